"""Whether two pages hold the same records, whatever their envelopes say about the time."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from aggregator.formats.document import Document, RecordBatch

SAMPLE = 20
FEW = 2
"""A page of so few records is known by all of their bytes: its ids alone may well come again."""

Fingerprint = tuple[Any, ...]


PARTY = re.compile(rb'\{\s*(?:"(?:country_code|party_id|id)"\s*:\s*"[^"\\]*"\s*,\s*){3}')
ALONE = re.compile(rb'\{\s*"id"\s*:\s*"[^"\\]*"')
"""How nearly all records begin: their ids are had without reading on, six times as fast."""


class _WithId(msgspec.Struct):
    id: Any = None
    country_code: Any = None
    party_id: Any = None


class KnownDocument(Document):
    """A document that can be told from others by its first records.

    first_records: empty before the first batch was read, and where there are none. ids: one
    number for each record that was read and is not the same as another.
    """

    first_records: Fingerprint = ()
    ids: frozenset[int] | set[int] = frozenset()

    def batches(self) -> Iterator[RecordBatch]:
        """Yield the records as any document does; remember the first, and the ids of all."""
        self.first_records, ids = (), set[int]()
        self.ids = ids
        for batch in super().batches():
            ids.update(_ids(batch.records))
            if not self.first_records:
                self.first_records = _fingerprint(batch.records[:SAMPLE])
            yield batch

    def peek(self) -> Fingerprint:
        """Return the fingerprint of the first records without reading on.

        Raises:
            BrokenAnswer: there is no beginning of a document of records.
            FormatError: it has no place for them.
        """
        for _ in self.batches():
            if self.first_records:
                break
        return self.first_records


def _ids(records: Iterable[bytes]) -> Iterator[int]:
    """Yield a number for each record that others of the same id and party have, too."""
    for record in records:
        # A plain id is alone only where no party can follow it.
        found = PARTY.match(record) or (b'"country_code"' not in record and ALONE.match(record))
        yield hash(found[0] if found else _whose(record))


def _whose(record: bytes) -> tuple[Any, ...] | bytes:
    try:
        known = msgspec.json.decode(record, type=_WithId)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return record
    is_usable = isinstance(known.id, str | int)
    return (str(known.country_code), str(known.party_id), known.id) if is_usable else record


def _fingerprint(records: list[bytes]) -> Fingerprint:
    if len(records) < FEW:
        return tuple(records)
    return tuple(_known_by(record) for record in records)


def _known_by(record: bytes) -> Any:  # noqa: ANN401 - whatever a server uses as an id
    try:
        name = msgspec.json.decode(record, type=_WithId).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return record
    return name if isinstance(name, str | int) else record
