"""Pull modules from an OCPI server: versions, endpoints, pages.

Source: OCPI 2.1.1, 2.2.1 and 2.3.0, "Versions module" and "Transport and format, Pagination".
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aggregator.errors import BrokenAnswer
from aggregator.feeds import OcpiVersion
from aggregator.formats.document import decode, module_records, refuse_ocpi_error
from aggregator.sources.address import joined, shown
from aggregator.sources.http import Answer, FeedClient
from aggregator.sources.page import MODULES, Page, naming

LINK = re.compile(r"<([^>]*)>([^<]*)")
RELATION = re.compile(r""";\s*rel\s*=\s*["']?([^"';,]*)""", re.IGNORECASE)
COUNT = re.compile(r"[0-9]{1,15}")


class OcpiPull:
    """The modules of one OCPI server, or of bare module addresses."""

    complete = True

    def __init__(self, client: FeedClient) -> None:
        """Prepare to pull; nothing is sent yet."""
        self._client = client
        self._feed = client.feed
        self._endpoints: dict[str, str] | None = None
        self._version: OcpiVersion | None = client.feed.ocpi_version

    async def version(self) -> OcpiVersion | None:
        """Return the version that was agreed on."""
        await self.modules()
        return self._version

    async def modules(self) -> list[str]:
        """Return those of locations and tariffs that the server offers."""
        if self._endpoints is None:
            self._endpoints = await self._discover()
        if "locations" not in self._endpoints:
            message = f"{shown(self._feed.source_url)}: the server offers no locations module"
            raise BrokenAnswer(message)
        return [module for module in MODULES if module in self._endpoints]

    async def _discover(self) -> dict[str, str]:
        named = {"locations": self._feed.locations_url, "tariffs": self._feed.tariffs_url}
        endpoints = {module: url for module, url in named.items() if url}
        if self._feed.versions_url:
            self._version, details_url = await self._choose_version(self._feed.versions_url)
            details, answer = await self._fetch(details_url)
            offered = _rows(_rows_of_first(details, "endpoints"))
            endpoints = dict(_module_urls(offered, answer.url)) | endpoints
        return endpoints

    async def _choose_version(self, url: str) -> tuple[OcpiVersion, str]:
        """Return the highest version that both sides speak, or the one the feed file asks for."""
        document, answer = await self._fetch(url)
        offered = {
            str(row.get("version")): row.get("url")
            for row in _rows(_rows_of_first(document, "versions"))
        }
        wanted = [self._feed.ocpi_version] if self._feed.ocpi_version else list(OcpiVersion)
        for version in sorted(wanted, reverse=True):
            if isinstance(details_url := offered.get(version), str):
                return version, joined(answer.url, details_url)
        message = (
            f"{shown(url)}: no common version; the server offers "
            f"{', '.join(offered) or 'none'}, we read {', '.join(wanted)}"
        )
        raise BrokenAnswer(message)

    async def pages(self, module: str) -> AsyncIterator[Page]:
        """Yield the module's pages: by Link, else by offset as far as X-Total-Count goes."""
        await self.modules()
        endpoint = (self._endpoints or {})[module]
        url: str | None = _with_query(endpoint, offset=0, limit=self._feed.page_limit)
        seen: set[str] = set()
        received = offset = 0
        total: int | None = None
        while url:
            if url in seen or len(seen) >= self._feed.max_pages:
                message = f"{shown(url)}: the pages do not end; stopped after {len(seen)}"
                raise BrokenAnswer(message)
            seen.add(url)
            document, answer = await self._fetch(url)
            with naming(shown(url)):
                records = module_records(document, MODULES[module])
            came = sum(len(found.records) for found in records)
            received += came
            # Empty pages in the middle are met in the field (Lithuania): they end nothing.
            offset += came or self._feed.page_limit
            total = _total(answer)
            yield Page(shown(answer.url), document, len(answer.content), total)
            url = self._next(answer, endpoint, offset, total)
        if total is not None and received < total:
            message = (
                f"{shown(endpoint)}: only {received} of {total} announced records came; "
                "what is missing is kept as it was"
            )
            raise BrokenAnswer(message)

    def _next(self, answer: Answer, endpoint: str, offset: int, total: int | None) -> str | None:
        if link := _next_link(answer):
            return joined(answer.url, link)
        if total is not None and offset < total:
            return _with_query(endpoint, offset=offset, limit=self._feed.page_limit)
        return None

    async def _fetch(self, url: str) -> tuple[Any, Answer]:
        answer = await self._client.get(url)
        with naming(shown(url)):
            document = await asyncio.to_thread(decode, answer.content, self._client.max_bytes)
            refuse_ocpi_error(document)
        return document, answer


def _rows(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    return (row for row in value if isinstance(row, dict)) if isinstance(value, list) else iter(())


def _rows_of_first(document: Any, key: str) -> Any:  # noqa: ANN401 - any JSON
    """Return `data`, or the list that some servers put one level deeper under `key`."""
    data = document.get("data") if isinstance(document, dict) else document
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and key in data[0]:
        data = data[0]
    return data.get(key) if isinstance(data, dict) else data


def _module_urls(
    endpoints: Iterator[dict[str, Any]], details_url: str
) -> Iterator[tuple[str, str]]:
    for row in endpoints:
        module, url = str(row.get("identifier")).lower(), row.get("url")
        sends = str(row.get("role") or "SENDER").upper() == "SENDER"
        if module in MODULES and sends and isinstance(url, str):
            yield module, joined(details_url, url)


def _next_link(answer: Answer) -> str | None:
    for address, parameters in LINK.findall(", ".join(answer.headers.get_list("link"))):
        relation = RELATION.search(parameters)
        if relation and "next" in relation[1].lower().split():
            return address.strip() or None
    return None


def _total(answer: Answer) -> int | None:
    total = answer.headers.get("x-total-count", "")
    return int(total) if COUNT.fullmatch(total) else None


def _with_query(url: str, **values: int) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | {key: str(value) for key, value in values.items()}
    return urlunsplit(parts._replace(query=urlencode(query)))
