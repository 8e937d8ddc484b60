"""What readers ask of the current snapshot; they never see the warehouse.

One connection for the whole process, replaced when a new snapshot is published; every question
runs on a cursor of its own, so that pages and downloads do not wait for each other.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Self

import duckdb
import pyarrow as pa

from aggregator.errors import StoreError
from aggregator.store.pointer import Snapshot, current_snapshot
from aggregator.store.questions import ConnectorKey, Near, PriceSpread
from aggregator.store.reading import Row, open_snapshot, rows_of, telling
from aggregator.store.sql_files import sql
from aggregator.store.station_questions import Neighbourhood, StationQuestions
from aggregator.store.status import FeedStatus, HarvestStatus

__all__ = [
    "ConnectorKey",
    "FeedStatus",
    "HarvestStatus",
    "Near",
    "Neighbourhood",
    "PriceSpread",
    "Reader",
    "Selection",
    "Snapshot",
    "StoreError",
    "current_reader",
]

EXPORT_BATCH_ROWS = 20_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which offers are compared. country: alpha-3; methods: payment methods.

    session: ac, dc, hpc, idle. least_kw: power that the session needs; weaker connectors cannot
    deliver it.
    without_flagged: whether what is doubtful is left out; see `mart.flag`.
    """

    country: str | None
    standard: str | None
    power: str | None
    methods: tuple[str, ...]
    session: str
    least_kw: float = 0
    without_flagged: bool = False

    def parameters(self) -> dict[str, Any]:
        """Return the values to bind."""
        return {
            "country": self.country,
            "standard": self.standard,
            "power": self.power,
            "methods": list(self.methods),
            "session": self.session,
            "least_kw": self.least_kw,
            "without_flagged": self.without_flagged,
        }


class Reader(StationQuestions):
    """Answers questions about one snapshot; every question may raise StoreError.

    The file may be taken away meanwhile: who has it open goes on reading it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Open the snapshot read-only; nothing outside it can be reached from its connection.

        Raises:
            StoreError: the file is gone or damaged, or this Klarpris does not know its tables.
        """
        self.snapshot = snapshot
        self._connection = open_snapshot(snapshot)
        try:
            with telling(snapshot):
                self._connection.execute(sql("queries", "chosen"))
                # Every question runs on the thread that asks: sharing one out costs more than it
                # saves where most take milliseconds and several are asked at once.
                self._connection.execute("set threads = 1")
                (about,) = rows_of(self._connection, "about_snapshot", {})
        except StoreError:
            self._connection.close()
            raise
        self.is_synthetic: bool = about["synthetic"]
        self.published_at: datetime = about["published_at"]
        self.version: str = about["klarpris_version"]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute("use snapshot")
        return cursor

    def _rows(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        with telling(self.snapshot), self._cursor() as cursor:
            return rows_of(cursor, query, parameters)

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

    def price_spread(self, asked: PriceSpread) -> list[Row]:
        """Return quantiles of a session's total, by currency and tax basis.

        total_quantiles: of 5, 25, 50, 75 and 95 % of the offers, in the row's currency.
        """
        return self._rows("price_spread", asked.parameters())

    def cheapest_near(self, near: Near) -> list[Row]:
        """Return the cheapest places around a point; see queries/cheapest_near.sql.

        total: in the row's currency, None when not known; distance_km: along the great circle;
        methods, flags: sorted; connectors: how many.
        """
        return [_tidied(row) for row in self._rows("cheapest_near", near.parameters())]

    def region_medians(self, method: str, *, without_flagged: bool = False) -> list[Row]:
        """Return the typical total of one payment method everywhere, by power class.

        One row per country, region_1, power class, currency and tax basis; median_total: in the
        row's currency, of the reference session of the power class.
        """
        return self._rows("region_medians", {"method": method, "without_flagged": without_flagged})

    def price_history(self, connector: ConnectorKey) -> list[Row]:
        """Return the tariffs of one connector over time (UTC), oldest first; none if unknown."""
        return self._rows("price_history", connector.parameters())

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


def _tidied(row: Row) -> Row:
    """Return a row of what is near, with what its offers have in common said once."""
    flags = {flag for each in row["flags"] if each for flag in each.split()}
    return {
        **{name: value for name, value in row.items() if name != "connector_nos"},
        "methods": sorted({method for method in row["methods"] if method}),
        "flags": sorted(flags),
        "connectors": len(set(row["connector_nos"])),
    }


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
    of when the last question on it is answered. Where the new one cannot be read, the old one
    answers on, and the log says why.

    Raises:
        StoreError: the pointer or the snapshot cannot be read, and none was open before.
    """
    with _OPENING:
        readers = _readers()
        known = readers.get(snapshots_folder)
        try:
            snapshot = current_snapshot(snapshots_folder)
            if snapshot and not (known and known.snapshot.snapshot_id == snapshot.snapshot_id):
                known = readers[snapshots_folder] = Reader(snapshot)
        except StoreError as error:
            if known is None:
                raise
            _tell_once(str(error))
            return known
        return known if snapshot else None


@cache
def _tell_once(because: str) -> None:
    log.warning("the snapshot that was open before is still shown: %s", because)
