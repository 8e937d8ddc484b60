"""One answer that is asked for before it is needed."""

import asyncio
from collections.abc import Awaitable, Callable

from aggregator.sources.http import Answer


class Ahead:
    """Asks for one address while something else is done; forgets it when it was not needed."""

    def __init__(self, fetch: Callable[[str], Awaitable[Answer]]) -> None:
        self._fetch = fetch
        self._url = ""
        self._task: asyncio.Task[Answer] | None = None

    def begin(self, url: str) -> None:
        """Ask now, and do not wait."""
        self._url = url
        self._task = asyncio.ensure_future(self._wait_for(url))

    async def _wait_for(self, url: str) -> Answer:
        return await self._fetch(url)

    async def take(self, url: str) -> Answer:
        """Return the answer of an address, which may be under way already.

        Raises:
            SourceError: it did not come.
        """
        if self._task is None or self._url != url:
            await self.forget()
            return await self._fetch(url)
        try:
            return await self._task
        finally:
            await self.forget()

    async def forget(self) -> None:
        """Cancel what is under way and wait until it has let go of its connection."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
