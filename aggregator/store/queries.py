"""What readers ask of the current snapshot; they never see the warehouse.

One connection for the whole process, replaced when a new snapshot is published; every question
runs on a cursor of its own, so that pages and downloads do not wait for each other.
"""

import logging
import threading
from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb

from aggregator.errors import StoreError
from aggregator.store.offer_questions import OFFER_TOTAL, OfferQuestions
from aggregator.store.place_questions import PlaceQuestions
from aggregator.store.pointer import Snapshot, current_snapshot
from aggregator.store.questions import (
    EARTH_RADIUS_KM,
    Chargers,
    Circle,
    ConnectorKey,
    Near,
    PriceSpread,
    ViewAsked,
)
from aggregator.store.reading import Row, open_snapshot, rows_of, telling
from aggregator.store.sql_files import sql
from aggregator.store.station_questions import Neighbourhood, StationQuestions
from aggregator.store.status import FeedStatus, HarvestStatus

__all__ = [
    "EARTH_RADIUS_KM",
    "OFFER_TOTAL",
    "Chargers",
    "Circle",
    "ConnectorKey",
    "FeedStatus",
    "HarvestStatus",
    "Near",
    "Neighbourhood",
    "PriceSpread",
    "Reader",
    "Snapshot",
    "StoreError",
    "ViewAsked",
    "current_reader",
]

log = logging.getLogger(__name__)


class Reader(OfferQuestions, PlaceQuestions, StationQuestions):
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

    def countries(self) -> list[str]:
        """Return the countries that have offers, those with most prices first."""
        return [row["country"] for row in self._rows("countries", {})]

    def standards(self, country: str | None) -> list[str]:
        """Return the plug types of a country, the most frequent first."""
        return [row["connector_standard"] for row in self._rows("standards", {"country": country})]

    def price_spread(self, asked: PriceSpread) -> list[Row]:
        """Return quantiles of a session's total, by currency and tax basis.

        total_quantiles: of 5, 25, 50, 75 and 95 % of the offers, in the row's currency.
        """
        return self._rows("price_spread", asked.parameters())

    def offered_price_lists(self, chargers: Chargers) -> list[Row]:
        """Return what the chargers ask as price lists, by operator and way to pay.

        paid: contract, free or without; vat_rate: 0.2 is 20 %, None where none was added by law;
        connectors: how many offer the price list that way.
        """
        return self._rows("offered_price_lists", chargers.parameters())

    def priced_connectors(self, chargers: Chargers) -> list[Row]:
        """Return how many of the connectors have a price, by operator, most first."""
        return self._rows("priced_connectors", chargers.parameters())

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


def _tidied(row: Row) -> Row:
    """Return a row of what is near, with what its offers have in common said once."""
    flags = {flag for each in row["flags"] if each for flag in each.split()}
    return {
        **{name: value for name, value in row.items() if name != "connector_nos"},
        "methods": sorted({method for method in row["methods"] if method}),
        "flags": sorted(flags),
        "connectors": len(set(row["connector_nos"])),
    }


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
