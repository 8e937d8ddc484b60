"""Tariffs in one archived document, found by their ids and read as a harvest reads them."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, NamedTuple

from aggregator.domain import contents
from aggregator.domain.problem import Account, ObjectType
from aggregator.domain.tariff import PriceList, Tariff
from aggregator.feeds import Feed, Layout, ObjectKind, OcpiVersion, StatedPrices
from aggregator.formats.defaults import Defaults
from aggregator.formats.document import Document, RecordBatch
from aggregator.formats.inline_tariffs import inline_tariffs
from aggregator.formats.parsing import loosely
from aggregator.formats.reading import Reader
from aggregator.formats.shapes import guess_version, unwrapped
from aggregator.formats.tariffs import read_tariff
from aggregator.formats.unpacking import unpacked
from aggregator.sources.archive import ArchivedDocument

MADE_FROM_CONTENT = re.compile(r"[0-9a-f]{16}")  # see `formats.inline_tariffs`: no operator's id
NO_LAYOUT = Layout()


class Wanted(NamedTuple):
    """A tariff as it is published in a snapshot. content_hash: SHA-256 of its price list."""

    country_code: str
    party_id: str
    tariff_id: str
    content_hash: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What names it, without what a harvest adds to ids that stand for several contents."""
        return key_of(self.country_code, self.party_id, self.tariff_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """A feed whose archive is looked through, and how its documents are read.

    feed: of its file; None where there is none. ocpi_version: what the last harvest spoke.
    max_bytes: the largest document that is read, inflated.
    """

    feed_id: str
    feed: Feed | None
    ocpi_version: OcpiVersion | None
    max_bytes: int

    @property
    def layout(self) -> Layout:
        """Where the feed's documents keep their records."""
        return self.feed.layout if self.feed else NO_LAYOUT


@dataclass(frozen=True, slots=True)
class ReadTariff:
    """A tariff of a document, as it stands there and as it was read.

    prices: the feed's setting with which it was read.
    """

    json_path: str
    raw: dict[str, Any]
    price_list: PriceList
    content_hash: str
    ocpi_version: OcpiVersion
    prices: StatedPrices


class Raw(NamedTuple):
    """A tariff of a document as it stands there. guessed: the version whose words it uses."""

    json_path: str
    value: dict[str, Any]
    guessed: OcpiVersion


def key_of(country_code: str, party_id: str, tariff_id: str) -> tuple[str, str, str]:
    """Return what names a tariff within a feed, whatever the case of its letters."""
    return (country_code, party_id, tariff_id.partition("#")[0].casefold())


def needles(wanted: Collection[Wanted]) -> tuple[bytes, ...]:
    """Return texts one of which a document must hold to be of use; none: any document may be."""
    found: set[bytes] = set()
    for one in wanted:
        base = one.tariff_id.partition("#")[0]
        if MADE_FROM_CONTENT.fullmatch(base):
            return ()
        word = max(base.split(), key=len, default="")
        escaped = json.dumps(word)[1:-1]
        found |= {text.encode() for text in (word, escaped, escaped.replace("/", r"\/"))}
    return tuple(found)


def mentions(document: ArchivedDocument, texts: Collection[bytes], max_bytes: int) -> bool:
    """Tell whether a document holds one of the texts; it is read to its end, which checks it.

    Raises:
        StoreError: the file is gone or no longer holds the bytes that came.
        BrokenAnswer: it is packed and cannot be unpacked.
    """
    overlap = max(map(len, texts), default=1) - 1
    found, tail = not texts, b""
    for chunk in unpacked(document.body().chunks(), max_bytes):
        part = tail + chunk
        found = found or any(text in part for text in texts)
        tail = part[len(part) - min(overlap, len(part)) :]
    return found


def tariffs_in(document: ArchivedDocument, asked: Asked, texts: Collection[bytes]) -> Iterator[Raw]:
    """Yield the tariffs of the records that hold one of the texts, with their places.

    Raises:
        StoreError: the file is gone or no longer holds the bytes that came.
        SourceError: the document breaks off, or reports an error.
        FormatError: it holds no records.
    """
    body = document.body()
    records = Document(body.chunks, max_bytes=asked.max_bytes, layout=asked.layout)
    known: dict[str, str] = {}
    for batch in records.batches():
        guessed = guess_version(batch.object_type, batch.sample())
        for path, content in _chosen(batch, texts):
            for here, value in _raw_tariffs(batch.object_type, content, path, asked, known):
                yield Raw(here, value, guessed)


def _chosen(batch: RecordBatch, texts: Collection[bytes]) -> Iterator[tuple[str, bytes]]:
    for position, content in enumerate(batch.records, start=batch.first):
        if not texts or any(text in content for text in texts):
            yield f"{batch.json_path}[{position}]", content


def _raw_tariffs(
    object_type: ObjectType, content: bytes, path: str, asked: Asked, known: dict[str, str]
) -> list[tuple[str, dict[str, Any]]]:
    value = loosely(content)
    if not isinstance(value, dict):
        return []
    value = unwrapped(value)
    if object_type is ObjectType.TARIFF:
        return [(path, value)]
    return inline_tariffs(value, path, asked.layout.aliases, known)


def readings(raw: Raw, asked: Asked) -> Iterator[tuple[Tariff, ReadTariff]]:
    """Yield what a tariff can mean, the likeliest first: as the feed is read now, then otherwise.

    Its file may have changed since the harvest, and the version may not be known.
    """
    for version, prices in dict.fromkeys(_ways_to_read(raw, asked)):
        defaults = replace(_defaults(asked.feed, version), prices=prices)
        tariff = read_tariff(raw.value, raw.json_path, defaults, Reader(Account()))
        if tariff is None:
            return
        yield tariff, _as_read(raw, tariff, version, prices)


def _ways_to_read(raw: Raw, asked: Asked) -> Iterator[tuple[OcpiVersion, StatedPrices]]:
    """Yield versions and settings: of a version that is known all settings go before others."""
    settings = (asked.feed.prices if asked.feed else StatedPrices.AS_STATED, *StatedPrices)
    if asked.ocpi_version:
        yield from product((asked.ocpi_version,), settings)
    for prices, version in product(settings, (raw.guessed, *OcpiVersion)):
        yield version, prices


def _defaults(feed: Feed | None, version: OcpiVersion) -> Defaults:
    return Defaults.of(feed, version) if feed else Defaults(ocpi_version=version)


def _as_read(raw: Raw, tariff: Tariff, version: OcpiVersion, prices: StatedPrices) -> ReadTariff:
    return ReadTariff(
        json_path=raw.json_path,
        raw=raw.value,
        price_list=tariff.price_list,
        content_hash=contents.content_hash(contents.to_json(tariff.price_list)),
        ocpi_version=version,
        prices=prices,
    )


def aliases_of(asked: Asked) -> dict[str, str]:
    """Return the names that the feed's tariffs use for OCPI's fields."""
    return dict(asked.layout.aliases.get(ObjectKind.TARIFF, {}))
