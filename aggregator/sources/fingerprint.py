"""Whether two pages hold the same records, whatever their envelopes say about the time."""

from collections.abc import Iterator
from typing import Any

import msgspec

from aggregator.formats.document import Document, RecordBatch

SAMPLE = 20
FEW = 2
"""A page of so few records is known by all of their bytes: its ids alone may well come again."""

Fingerprint = tuple[Any, ...]


class _WithId(msgspec.Struct):
    id: Any = None


class KnownDocument(Document):
    """A document that can be told from others by its first records.

    first_records: empty before the first batch was read, and where there are none.
    """

    first_records: Fingerprint = ()

    def batches(self) -> Iterator[RecordBatch]:
        """Yield the records as any document does, and remember the first."""
        self.first_records = ()
        for batch in super().batches():
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
