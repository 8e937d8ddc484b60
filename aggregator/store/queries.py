"""What readers ask of the current snapshot; they never see the warehouse.

One connection for the whole process, replaced when a new snapshot is published; every question
runs on a cursor of its own, so that pages and downloads do not wait for each other.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Self

import duckdb
import pyarrow as pa

from aggregator.store.pointer import Snapshot, current_snapshot
from aggregator.store.sql_files import sql
from aggregator.store.status import FeedStatus, HarvestStatus
from aggregator.store.warehouse import CONFIG, attach

__all__ = ["FeedStatus", "HarvestStatus", "Reader", "Selection", "Snapshot", "current_reader"]

READER_MEMORY = "512MB"
EXPORT_BATCH_ROWS = 20_000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which offers are compared. country: alpha-3; methods: payment methods; session: ac, dc, hpc.

    least_kw: power that the session needs; weaker connectors cannot deliver it.
    """

    country: str | None
    standard: str | None
    power: str | None
    methods: tuple[str, ...]
    session: str
    least_kw: float = 0

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind."""
        return {
            "country": self.country,
            "standard": self.standard,
            "power": self.power,
            "methods": list(self.methods),
            "session": self.session,
            "least_kw": self.least_kw,
        }


class Reader:
    """Answers questions about one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Open the snapshot read-only; nothing outside it can be reached from its connection."""
        self.snapshot = snapshot
        self._connection = duckdb.connect(
            ":memory:", config={**CONFIG, "memory_limit": READER_MEMORY}
        )
        attach(self._connection, snapshot.path, "snapshot", read_only=True)
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("use snapshot")
        self._connection.execute(sql("queries", "chosen"))
        (about,) = self._rows("about_snapshot", {})
        self.is_synthetic: bool = about["synthetic"]
        self.published_at: datetime = about["published_at"]
        self.version: str = about["klarpris_version"]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute("use snapshot")
        return cursor

    def _rows(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        with self._cursor() as cursor:
            found = cursor.execute(sql("queries", query), dict(parameters))
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def countries(self) -> list[str]:
        """Return the countries that have offers, those with most prices first."""
        return [row["country"] for row in self._rows("countries", {})]

    def standards(self, country: str | None) -> list[str]:
        """Return the plug types of a country, the most frequent first."""
        return [row["connector_standard"] for row in self._rows("standards", {"country": country})]

    def currencies(self, selection: Selection) -> list[str]:
        """Return the currencies of the selection, the most frequent first."""
        return [row["currency"] for row in self._rows("currencies", selection.parameters())]

    def stations(self, selection: Selection, currency: str | None, limit: int) -> list[Row]:
        """Return the cheapest stations; see queries/stations.sql for the columns."""
        return self._chosen("stations", selection, currency=currency, limit=limit)

    def summary(self, selection: Selection, currency: str | None) -> Row:
        """Return the totals over all stations of the selection."""
        return self._chosen("summary", selection, currency=currency)[0]

    def unpriced(self, selection: Selection, limit: int) -> list[Row]:
        """Return locations without a price, with the reason."""
        return self._chosen("unpriced", selection, limit=limit)

    def unpriced_reasons(self, selection: Selection) -> list[Row]:
        """Return how many locations have no price, by reason."""
        return self._chosen("unpriced_reasons", selection)

    def map_points(self, selection: Selection, currency: str | None, most: int) -> list[Row]:
        """Return at most so many places to draw."""
        return self._chosen("map_points", selection, currency=currency, most=most)

    def operator_spread(self, selection: Selection, currency: str | None, most: int) -> list[Row]:
        """Return the quantiles of totals by operator."""
        return self._chosen("operator_spread", selection, currency=currency, most=most)

    def _chosen(self, query: str, selection: Selection, **more: object) -> list[Row]:
        return self._rows(query, {**selection.parameters(), **more})

    def feeds(self) -> list[Row]:
        """Return every feed with its coverage and last run."""
        return self._rows("feeds", {})

    def rejection_reasons(self) -> list[Row]:
        """Return what was refused, by feed and reason."""
        return self._rows("rejection_reasons", {})

    def reading_notes(self) -> list[Row]:
        """Return what was read differently from how it was written."""
        return self._rows("reading_notes", {})

    def export(self, selection: Selection) -> "Export":
        """Return the rows of a download, batch by batch."""
        cursor = self._cursor()
        found = cursor.sql(sql("queries", "export"), params=selection.parameters())
        return Export(cursor, found.to_arrow_reader(EXPORT_BATCH_ROWS))


@dataclass(frozen=True, slots=True)
class Export:
    """Rows of a download, read as they are sent. Use as a context."""

    _cursor: duckdb.DuckDBPyConnection
    batches: pa.RecordBatchReader

    def __enter__(self) -> Self:
        """Return the rows."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the connection."""
        self._cursor.close()


_OPENING = threading.Lock()


@cache
def _readers() -> dict[Path, Reader]:
    return {}


def current_reader(snapshots_folder: Path) -> Reader | None:
    """Return a reader of the current snapshot, None before the first is published.

    Asking costs one look at the pointer; a new snapshot is opened once, and the old one is let go
    of when the last question on it is answered.
    """
    snapshot = current_snapshot(snapshots_folder)
    if snapshot is None:
        return None
    with _OPENING:
        readers = _readers()
        known = readers.get(snapshots_folder)
        if known is None or known.snapshot.snapshot_id != snapshot.snapshot_id:
            known = readers[snapshots_folder] = Reader(snapshot)
        return known
