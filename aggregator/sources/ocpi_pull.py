"""Pull modules from an OCPI server: versions, endpoints, pages."""

from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from datetime import datetime

from aggregator.errors import SourceError
from aggregator.feeds import OcpiVersion
from aggregator.sources.discovery import Offer, discover
from aggregator.sources.http import FeedClient
from aggregator.sources.page import MODULES, Page, Remarks
from aggregator.sources.paging import ModulePages
from aggregator.sources.single_tariffs import single_tariffs


class OcpiPull:
    """The modules of one OCPI server, or of bare module addresses."""

    def __init__(self, client: FeedClient, since: datetime | None = None) -> None:
        """Prepare to pull; nothing is sent yet.

        Args:
            client: of the feed.
            since: ask only for records that changed after it; then nothing proves an end.
        """
        self.complete = since is None
        self.remarks = Remarks()
        self._client, self._since = client, since
        self._offer: Offer | None = None

    async def _offered(self) -> Offer:
        if self._offer is None:
            self._offer = await discover(self._client, self.remarks)
        return self._offer

    async def version(self) -> OcpiVersion | None:
        """Return the version that was agreed on."""
        return (await self._offered()).version

    async def modules(self) -> list[str]:
        """Return those of locations and tariffs that the server offers."""
        offer = await self._offered()
        return [module for module in MODULES if module in offer.endpoints]

    async def pages(self, module: str) -> AsyncGenerator[Page, None]:
        """Yield the module's pages, from the first of its endpoints that delivers any."""
        offer = await self._offered()
        *others, last = offer.endpoints[module]
        for endpoint in (*others, last):
            way = ModulePages(self._client, module, endpoint, self.remarks, self._since)
            try:
                async with aclosing(way.pages()) as pages:
                    async for page in pages:
                        yield page
            except SourceError as error:
                if way.delivered or endpoint == last:
                    raise
                self.remarks.attention.append(f"{error}; another endpoint is tried")
            else:
                return

    def forget_conditions(self) -> None:
        """Do nothing: pages are never asked for on condition."""

    def loaded(self) -> None:
        """Do nothing: pages are asked for again each time, or by when they changed."""

    def single_tariffs(self, tariff_ids: Collection[str]) -> AsyncGenerator[Page, None]:
        """Yield a document for each tariff, where the feed file names `tariff_url`."""
        return single_tariffs(self._client, tariff_ids, self.remarks)
