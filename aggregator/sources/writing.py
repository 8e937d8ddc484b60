"""Put a body where it is kept while more of it comes in: compressing takes as long as receiving."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from aggregator.sources.answer import TakesBody

AT_ONCE = 1 << 20


class WritingBeside:
    """Hands parts on by the megabyte, in a thread; never more than two of them wait."""

    def __init__(self, spool: TakesBody) -> None:
        self._spool = spool
        self._parts: list[bytes] = []
        self._size = 0
        self._under_way: asyncio.Future[None] | None = None

    @classmethod
    @asynccontextmanager
    async def of(cls, spool: TakesBody) -> AsyncIterator[Self]:
        """Yield a writer; afterwards all is written, or nothing writes any more."""
        writing = cls(spool)
        try:
            yield writing
        except BaseException:
            await writing.let_go()
            raise
        await writing.finish()

    async def add(self, part: bytes) -> None:
        """Take in the next part.

        Raises:
            StoreError: the disk refused an earlier one.
        """
        self._parts.append(part)
        self._size += len(part)
        if self._size >= AT_ONCE:
            await self._settle()
            work = asyncio.to_thread(self._spool.write, self._waiting())
            self._under_way = asyncio.ensure_future(work)

    def _waiting(self) -> bytes:
        waiting = b"".join(self._parts)
        self._parts, self._size = [], 0
        return waiting

    async def _settle(self) -> None:
        if self._under_way:
            await asyncio.shield(self._under_way)
            self._under_way = None

    async def finish(self) -> None:
        """Write what is left; a small body is written right here."""
        await self._settle()
        if self._parts:
            self._spool.write(self._waiting())

    async def let_go(self) -> None:
        """Wait until nothing writes any more, whatever came of it."""
        if self._under_way:
            await asyncio.wait([self._under_way])
            self._under_way.exception()
