"""How often and how many at once one host is asked, by all feeds of this process together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from aiolimiter import AsyncLimiter

from aggregator.feeds import Feed


class HostManners:
    """The manners towards one host: those of the strictest feed that has been there."""

    def __init__(self) -> None:
        self._pace_seconds = 0.0
        self._limiter: AsyncLimiter | None = None
        self._concurrency: int | None = None
        self._under_way = 0
        self._was_asked = False
        self._room = asyncio.Event()

    async def respect(self, feed: Feed) -> None:
        """Be at least as careful as this feed asks for, from now on."""
        self._concurrency = min(self._concurrency or feed.concurrency, feed.concurrency)
        if feed.pace_seconds > self._pace_seconds:
            self._pace_seconds = feed.pace_seconds
            self._limiter = AsyncLimiter(1, feed.pace_seconds)
            if self._was_asked:
                await self._limiter.acquire()  # a new limiter knows of no request before it

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place, then for the pace; the place is kept until the answer is read."""
        while not self._has_room():
            self._room.clear()
            await self._room.wait()
        self._under_way += 1
        self._was_asked = True
        try:
            if self._limiter:
                await self._limiter.acquire()
            yield
        finally:
            self._under_way -= 1
            self._room.set()

    def _has_room(self) -> bool:
        return self._concurrency is None or self._under_way < self._concurrency


class Manners:
    """The manners towards every host, by its name."""

    def __init__(self) -> None:
        self._hosts: dict[str, HostManners] = {}

    def towards(self, host: str) -> HostManners:
        """Return the manners towards a host."""
        return self._hosts.setdefault(host, HostManners())


_OF_LOOPS: WeakKeyDictionary[asyncio.AbstractEventLoop, Manners] = WeakKeyDictionary()


def shared_manners() -> Manners:
    """Return the manners that all feeds share which are harvested by the running event loop."""
    return _OF_LOOPS.setdefault(asyncio.get_running_loop(), Manners())
