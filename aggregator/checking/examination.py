"""The reading of one source to its end, or as far as a check goes."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

from aggregator.checking.delivery import Delivery, packed_as
from aggregator.checking.kit import CheckClient, Heard
from aggregator.checking.tally import Tally
from aggregator.errors import BrokenAnswer, KlarprisError
from aggregator.feeds import Feed
from aggregator.sources.page import Page, Source

Advanced = Callable[[int, int | None], None]
"""Called with the records so far, and how many there are where the server says so."""


@dataclass(slots=True)
class Examination:
    """The reading of one source.

    feed: as its file says it, or as it was found; None where local files are read. heard: answers
    of every status so far. most_pages: of each module; None for all.
    """

    source: Source
    tally: Tally
    feed: Feed | None = None
    client: CheckClient | None = None
    heard: list[Heard] = field(default_factory=list)
    most_pages: int | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    async def run_through(self, advanced: Advanced) -> None:
        """Read every module; one that fails costs itself."""
        modules = await self.source.modules()
        self.tally.version = await self.source.version()
        for module in modules:
            await self._attempt(module, self.source.pages(module), advanced)
        if self.client and self.client.feed.tariff_url:
            named = [name for ids in self.tally.links for name in ids]
            wanted = list(dict.fromkeys(named))[: self.client.feed.max_pages]
            pages = self.source.single_tariffs(wanted)
            await self._attempt("tariff", pages, advanced)

    async def _attempt(
        self, module: str, pages: AsyncGenerator[Page, None], advanced: Advanced
    ) -> None:
        delivery = Delivery(module)
        self.deliveries.append(delivery)
        try:
            async with aclosing(pages) as delivered:
                async for page in delivered:
                    await asyncio.to_thread(self._read, page, delivery)
                    advanced(self.tally.records, page.total)
                    if self.most_pages and len(delivery.pages) >= self.most_pages:
                        delivery.was_stopped = True
                        break
        except KlarprisError as error:
            delivery.was_stopped = self._asked_enough(module, error)
            if not delivery.was_stopped:
                self.failures.append(str(error))

    def _asked_enough(self, module: str, error: KlarprisError) -> bool:
        """Tell whether the pages ended only because no more of them may be asked for."""
        asked = sum(heard.name == module for heard in self.heard)
        is_end = isinstance(error, BrokenAnswer) and self.most_pages is not None
        return is_end and asked >= (self.most_pages or 0)

    def _read(self, page: Page, delivery: Delivery) -> None:
        delivery.packed = delivery.packed or packed_as(_beginning(page))
        before = self.tally.records
        try:
            self.tally.read(page)
        finally:
            delivery.note(page, self.tally.records - before, self.feed)


def _beginning(page: Page) -> bytes:
    """Return a document's first bytes, as they came."""
    if page.body.sha256:
        return next(page.body.chunks(), b"")
    assert page.body.path  # noqa: S101 - a local file, whose digest nobody needs
    with page.body.path.open("rb") as file:
        return file.read(4)
