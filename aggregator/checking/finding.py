"""An address -> the feed that it is, found out by asking: versions, modules, or whole documents."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from aggregator.checking.delivery import packed_as
from aggregator.checking.kit import CheckClient, Kit, opened
from aggregator.checking.subject import Given
from aggregator.domain.problem import ObjectType
from aggregator.errors import BrokenAnswer, FormatError, KlarprisError, SourceError
from aggregator.feeds import Feed
from aggregator.formats.document import Document
from aggregator.sources.address import is_private, origin_of, shown
from aggregator.sources.answer import Answer, Archive
from aggregator.sources.discovery import discover
from aggregator.sources.links import count_in, next_link
from aggregator.sources.page import Remarks, naming
from aggregator.sources.small_answers import fetched
from aggregator.sources.trail import NEXT, value_at

FILES = (".json", ".geojson", ".gz", ".zip", ".ndjson", ".jsonl")
LOOKS_LIKE_VERSIONS = re.compile(rb'"(versions?|identifier|endpoints)"\s*:')
SMALL_BYTES = 4_000_000
LOCATION, TARIFF = "location", "tariff"


@dataclass(frozen=True, slots=True)
class Found:
    """A feed, and the answers that were needed to find out."""

    feed: Feed
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a document holds. head: what stands around its records."""

    kinds: frozenset[ObjectType]
    head: Mapping[str, Any]


def feed_of(keys: Mapping[str, Any]) -> Feed:
    """Return the feed that a check asks; its name, id and licence are made up."""
    made_up = {"feed_id": "check", "name": "not named yet", "licence": "not stated"}
    return Feed.model_validate({**made_up, **keys})


async def find(given: Given, kit: Kit, archive: Archive) -> Found:
    """Return the feed behind an address.

    Raises:
        SourceError: the server does not deliver, or what it delivers is none.
    """
    url = given.url
    if is_private(origin_of(url).host) and "allow_private" not in given.keys:
        message = f"{shown(url)}: a private address; --allow-private allows it"
        raise SourceError(message)
    probe = feed_of({**given.keys, "source": "ocpi_pull", "versions_url": url})
    async with opened(probe, kit, archive) as client:
        client.keeps = True
        answer = await fetched(client, url, "versions")
        with naming(shown(url)):
            looked = await asyncio.to_thread(_look, answer, kit.max_bytes)
        if looked.kinds:
            keys = await _as_documents(given, client, answer, looked)
        else:
            await _expect_versions(client, answer)
            keys = {"source": "ocpi_pull", "versions_url": url}
    return Found(feed_of({**given.keys, **keys}), client.kept)


def _look(answer: Answer, max_bytes: int) -> _Looked:
    """Return what a document holds; where it breaks off behind records, what came before.

    Raises:
        SourceError: it is no JSON, or reports an OCPI error.
    """
    document = Document(answer.body.chunks, max_bytes=max_bytes)
    try:
        for _ in document.batches():
            pass
    except BrokenAnswer:
        if not document.kinds:
            raise
    except FormatError:
        pass
    return _Looked(frozenset(document.kinds), document.head)


async def _expect_versions(client: CheckClient, answer: Answer) -> None:
    """Raise unless the answer lists versions, or the modules of one, that can be used."""
    small = answer.body.size_bytes <= SMALL_BYTES
    if not (small and LOOKS_LIKE_VERSIONS.search(answer.content)):
        message = (
            f"{answer.body.url}: holds neither OCPI versions nor locations or tariffs; "
            "give the address of one of them"
        )
        raise BrokenAnswer(message)
    client.known[client.feed.versions_url or ""] = answer
    await discover(client, Remarks())


async def _as_documents(
    given: Given, client: CheckClient, answer: Answer, looked: _Looked
) -> dict[str, Any]:
    """Return the keys of a feed whose address is that of records."""
    url, kinds = given.url, looked.kinds
    if len(kinds) > 1:
        return {"source": "ocpi_file", "url": url}
    if _is_pull(answer, looked.head):
        keys: dict[str, Any] = {"source": "ocpi_pull", **_cursor(looked.head)}
    else:
        keys = {"source": "ocpi_file"}
    if kinds == {ObjectType.TARIFF}:
        locations = await _beside(client, url, TARIFF, LOCATION)
        return (
            {**keys, "locations_url": locations, "tariffs_url": url}
            if locations
            else {"source": "ocpi_file", "url": url}
        )
    keys["locations_url"] = url
    if "tariffs_url" not in given.keys and (found := await _beside(client, url, LOCATION, TARIFF)):
        keys["tariffs_url"] = found
    return keys


def _is_pull(answer: Answer, head: Mapping[str, Any]) -> bool:
    """Tell whether an answer is a page of an OCPI module rather than a document of its own."""
    headers = answer.headers
    counts = (count_in(headers, name) for name in ("x-total-count", "x-limit"))
    if next_link(headers, answer.url, {}).is_there or any(count is not None for count in counts):
        return True
    is_file = urlsplit(answer.url).path.lower().endswith(FILES)
    if is_file or packed_as(next(answer.body.chunks(), b"")):
        return False
    return "status_code" in head or NEXT in head


def _cursor(head: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys for a body that names its next page by a word instead of an address."""
    said = value_at(head, NEXT)
    if not isinstance(said, str | int) or isinstance(said, bool) or said == "":
        return {}
    is_address = str(said).strip().startswith(("http://", "https://", "/", "?"))
    return {} if is_address else {"paging": "cursor", "cursor_at": NEXT}


async def _beside(client: CheckClient, url: str, here: str, there: str) -> str | None:
    """Return the address of the other module, kept only when it answers with its records."""
    for candidate in _candidates(url, here, there):
        try:
            answer = await fetched(client, candidate, "document")
            looked = await asyncio.to_thread(_look, answer, client.max_bytes)
        except KlarprisError:
            continue
        if ObjectType(there) in looked.kinds:
            return candidate
    return None


def _candidates(url: str, here: str, there: str) -> Iterator[str]:
    """Yield where the other module may be: the same address with its name, or below.

    >>> list(_candidates("https://a.example/v1/locations/all", "location", "tariff"))
    ['https://a.example/v1/tariffs/all', 'https://a.example/v1/locations/all/tariffs']
    """
    parts = urlsplit(url)
    before, named, behind = parts.path.rpartition(here)
    if not named:
        return
    yield urlunsplit(parts._replace(path=f"{before}{there}{behind}"))
    if here == LOCATION and behind.strip("s/"):
        below = f"{parts.path.rstrip('/')}/{there}s"
        if not parts.path.lower().endswith(FILES):
            yield urlunsplit(parts._replace(path=below))
