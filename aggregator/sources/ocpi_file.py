"""Whole documents behind plain addresses: bare arrays, envelopes, packed files."""

from collections.abc import AsyncGenerator, Collection, Mapping

from aggregator.feeds import OcpiVersion
from aggregator.formats.document import Document
from aggregator.sources.address import shown
from aggregator.sources.http import FeedClient
from aggregator.sources.page import BOTH, MODULES, Page, Remarks
from aggregator.sources.single_tariffs import single_tariffs

NAMES = {BOTH: "locations_and_tariffs"}


class OcpiFile:
    """One document for each module, or one that holds both."""

    complete = True

    def __init__(self, client: FeedClient, *, conditional: bool = True) -> None:
        """Prepare to fetch; nothing is sent yet.

        conditional: what has not changed since it was last loaded need not be sent again.
        """
        self.remarks = Remarks()
        self._client, self._conditional = client, conditional
        feed = client.feed
        urls = {"locations": feed.locations_url, "tariffs": feed.tariffs_url, BOTH: feed.url}
        self._urls = {module: url for module, url in urls.items() if url}
        self._read: dict[str, Mapping[str, str]] = {}

    async def version(self) -> OcpiVersion | None:
        """Return the version that the feed file states."""
        return self._client.feed.ocpi_version

    async def modules(self) -> list[str]:
        """Return the modules that the feed file gives addresses for."""
        return list(self._urls)

    async def pages(self, module: str) -> AsyncGenerator[Page, None]:
        """Yield the module's one document, unless it is the one that came last time."""
        url = self._urls[module]
        answer = await self._client.get(
            url, name=NAMES.get(module, module), conditional=self._conditional
        )
        if answer.not_modified:
            self.remarks.unchanged.add(module)
            return
        self._client.memory.remember_validators(url, {})  # until this state of it is loaded
        document = Document(
            answer.body.chunks,
            max_bytes=self._client.max_bytes,
            layout=self._client.feed.layout,
            wanted=MODULES.get(module),
        )
        yield Page(shown(answer.url), document, answer.body)
        self._read[url] = answer.headers

    def forget_conditions(self) -> None:
        """From now on, fetch documents even if they have not changed since the last run."""
        self._conditional = False

    def loaded(self) -> None:
        """Note which documents are kept: next time they are wanted only when they have changed."""
        for url, headers in self._read.items():
            self._client.memory.remember_validators(url, headers)

    def single_tariffs(self, tariff_ids: Collection[str]) -> AsyncGenerator[Page, None]:
        """Yield a document for each tariff, where the feed file names `tariff_url`."""
        return single_tariffs(self._client, tariff_ids, self.remarks)
