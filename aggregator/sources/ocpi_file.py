"""Whole documents behind plain addresses: bare arrays, envelopes, gzip files."""

import asyncio
from collections.abc import AsyncIterator

from aggregator.feeds import OcpiVersion
from aggregator.formats.document import decode, refuse_ocpi_error
from aggregator.sources.address import shown
from aggregator.sources.http import FeedClient
from aggregator.sources.page import BOTH, Page, naming


class OcpiFile:
    """One document for each module, or one that holds both."""

    complete = True

    def __init__(self, client: FeedClient) -> None:
        """Prepare to fetch; nothing is sent yet."""
        self._client = client
        feed = client.feed
        urls = {"locations": feed.locations_url, "tariffs": feed.tariffs_url, BOTH: feed.url}
        self._urls = {module: url for module, url in urls.items() if url}

    async def version(self) -> OcpiVersion | None:
        """Return the version that the feed file states."""
        return self._client.feed.ocpi_version

    async def modules(self) -> list[str]:
        """Return the modules that the feed file gives addresses for."""
        return list(self._urls)

    async def pages(self, module: str) -> AsyncIterator[Page]:
        """Yield the module's one document."""
        url = self._urls[module]
        answer = await self._client.get(url)
        with naming(shown(url)):
            document = await asyncio.to_thread(decode, answer.content, self._client.max_bytes)
            refuse_ocpi_error(document)
        yield Page(shown(answer.url), document, len(answer.content))
