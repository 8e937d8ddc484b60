"""What an OCPI server offers: which version, and where its modules are.

Source: OCPI 2.1.1, 2.2.1 and 2.3.0, "Version information endpoint".
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aggregator.errors import BrokenAnswer, FormatError, SourceError
from aggregator.feeds import Feed, OcpiVersion
from aggregator.sources.address import joined, shown
from aggregator.sources.http import FeedClient
from aggregator.sources.links import raised
from aggregator.sources.page import MODULES, Remarks
from aggregator.sources.small_answers import SmallAnswer, ask

VERSION = re.compile(r"[vV]?(\d+\.\d+(?:\.\d+)?)(?:-d\d+)?")
DEEPEST = 6
SENDER, UNSAID, OTHER = range(3)  # how likely an endpoint with this role gives records out
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """endpoints: for each module the addresses that may deliver it, the likeliest first."""

    version: OcpiVersion | None = None
    endpoints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


async def discover(client: FeedClient, remarks: Remarks) -> Offer:
    """Return what the feed's server offers; addresses in the feed file come before its own.

    Raises:
        SourceError: no version can be agreed on, or there are no locations.
    """
    feed = client.feed
    offer = Offer(feed.ocpi_version)
    if feed.versions_url:
        try:
            offer = await _agreed(client, feed.versions_url, remarks)
        except (SourceError, FormatError) as error:
            if not feed.locations_url:
                raise
            remarks.attention.append(f"{error}; the addresses in the feed file are used")
    endpoints = {**offer.endpoints, **_named(feed)}
    if "locations" not in endpoints:
        raise BrokenAnswer(_no_locations(feed))
    return Offer(offer.version, endpoints)


def _named(feed: Feed) -> dict[str, tuple[str, ...]]:
    named = {"locations": feed.locations_url, "tariffs": feed.tariffs_url}
    return {module: (url,) for module, url in named.items() if url}


def _no_locations(feed: Feed) -> str:
    return f"{shown(feed.source_url)}: the server offers no locations module"


async def _agreed(client: FeedClient, url: str, remarks: Remarks) -> Offer:
    """Return the offer of the highest common version whose details can be used."""
    answer = await ask(client, url, "versions")
    endpoints = _endpoints(answer, remarks)
    if endpoints:  # the address is that of one version already
        return Offer(client.feed.ocpi_version or _version_of(answer.document), endpoints)
    failures: list[SourceError | FormatError] = []
    for version, details_url in candidates(answer, client.feed):
        try:
            details = await ask(client, details_url, "version_details")
            endpoints = _endpoints(details, remarks)
            if "locations" not in endpoints and not client.feed.locations_url:
                raise BrokenAnswer(_no_locations(client.feed))
        except (SourceError, FormatError) as error:
            failures.append(error)
            continue
        remarks.attention.extend(f"{failure}; {version} is used instead" for failure in failures)
        return Offer(version, endpoints)
    raise failures[0]


def candidates(answer: SmallAnswer, feed: Feed) -> list[tuple[OcpiVersion, str]]:
    """Return common versions and the addresses of their details, highest first.

    Raises:
        BrokenAnswer: there is none; the line names what both sides speak.
    """
    wanted = [feed.ocpi_version] if feed.ocpi_version else list(OcpiVersion)
    offered: dict[str, None] = {}
    found: dict[tuple[OcpiVersion, str], None] = {}
    for row in rows(answer.document, "version"):
        name = str(row["version"]).strip()
        offered[name] = None
        match = VERSION.fullmatch(name)
        if match and match[1] in wanted and (url := address_of(row, answer.url)):
            found[OcpiVersion(match[1]), url] = None
    if not found:
        message = (
            f"{shown(feed.versions_url or '')}: no common version; the server offers "
            f"{', '.join(offered) or 'none'}, we read {', '.join(wanted)}"
        )
        raise BrokenAnswer(message)
    return sorted(found, key=lambda one: one[0], reverse=True)


def _version_of(document: Any) -> OcpiVersion | None:  # noqa: ANN401 - any JSON
    data = document.get("data", document) if isinstance(document, dict) else document
    said = data.get("version") if isinstance(data, dict) else None
    match = VERSION.fullmatch(str(said).strip())
    return OcpiVersion(match[1]) if match and match[1] in set(OcpiVersion) else None


def _endpoints(answer: SmallAnswer, remarks: Remarks) -> dict[str, tuple[str, ...]]:
    """Return the addresses of each module; one that makes no sense costs itself."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows(answer.document, "identifier", MODULES):
        module = str(row["identifier"]).strip().lower()
        if module not in MODULES:
            continue
        try:
            url = address_of(row, answer.url)
        except BrokenAnswer as error:
            remarks.attention.append(f"{error} ({module})")
            continue
        _note_plain(row, url, answer.url, remarks)
        if url:
            found.setdefault(module, []).append((_rank(row), url))
    return {
        module: tuple(dict.fromkeys(url for _, url in sorted(ranked, key=lambda one: one[0])))
        for module, ranked in found.items()
    }


def _rank(row: Row) -> int:
    role = str(row.get("role") or "").strip().upper()
    return {"SENDER": SENDER, "": UNSAID}.get(role, OTHER)


def address_of(row: Row, base: str) -> str | None:
    """Return the row's address, word for word where it is whole and as safe as its base."""
    url = _said(row)
    return raised(joined(base, url), base) if url else None


def _said(row: Row) -> str:
    url = row.get("url")
    return url.strip() if isinstance(url, str) else ""


def _note_plain(row: Row, url: str | None, base: str, remarks: Remarks) -> None:
    """Note once that the server names addresses of http although it is asked by https."""
    note = f"{shown(base)}: the server names addresses of http; its https is asked instead"
    if url and joined(base, _said(row)) != url and note not in remarks.notes:
        remarks.notes.append(note)


def rows(
    value: Any,  # noqa: ANN401 - any JSON
    key: str,
    names: Collection[str] = (),
    depth: int = DEEPEST,
) -> Iterator[Row]:
    """Yield every object with this key, in whatever lists and objects it is wrapped.

    Objects that stand under their name instead of carrying it are yielded with it: a version's
    or a module's, with its address alone or among other fields.
    """
    if isinstance(value, list) and depth:
        for inner in value:
            yield from rows(inner, key, names, depth - 1)
    elif isinstance(value, dict) and key in value and "url" in value:
        yield value
    elif isinstance(value, dict) and depth:
        for name, inner in value.items():
            if name.lower() in names or (key == "version" and VERSION.fullmatch(name)):
                yield from _rows_under(name, inner, key)
            else:
                yield from rows(inner, key, names, depth - 1)


def _rows_under(name: str, value: Any, key: str) -> Iterator[Row]:  # noqa: ANN401 - any JSON
    for inner in value if isinstance(value, list) else [value]:
        if isinstance(inner, str):
            yield {key: name, "url": inner}
        elif isinstance(inner, dict) and "url" in inner:
            yield {key: name, **inner}
