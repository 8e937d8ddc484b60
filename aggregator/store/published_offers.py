"""Read from the current snapshot everything that is published about the prices of a few offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aggregator.errors import StoreError
from aggregator.store.connector_tariffs import MOST, Place
from aggregator.store.pointer import Snapshot
from aggregator.store.reading import Row, open_snapshot, published, rows_of, telling


@dataclass(frozen=True, slots=True)
class PublishedOffers:
    """Offers of one snapshot, and what is needed to work their prices out anew.

    published_at: UTC; the prices are those of this day and the six days after it.
    sessions: rows of mart.session. meanings: what each flag means, in plain words.
    offers: one row per connector and tariff.
    """

    snapshot_id: str
    published_at: datetime
    sessions: tuple[Row, ...]
    meanings: dict[str, str]
    offers: tuple[Row, ...]


def published_offers(
    snapshots_folder: Path, place: Place, to_currency: str | None = None, most: int = MOST
) -> PublishedOffers:
    """Return the offers of a place, all of them from one snapshot.

    Args:
        snapshots_folder: of the home.
        place: which connectors are meant.
        to_currency: ISO 4217, for the exchange rate; None: none is asked for.
        most: so many connectors and tariffs at most.

    Raises:
        StoreError: nothing has been published yet, or the snapshot cannot be read.
    """
    asked = place._asdict() | {"to_currency": to_currency, "limit": most}
    snapshot = published(snapshots_folder)
    try:
        return _read(snapshot, asked)
    except StoreError:
        newer = published(snapshots_folder)
        if newer.snapshot_id == snapshot.snapshot_id:
            raise
        return _read(newer, asked)


def _read(snapshot: Snapshot, asked: Mapping[str, object]) -> PublishedOffers:
    with open_snapshot(snapshot) as connection, telling(snapshot):
        (about,) = rows_of(connection, "about_snapshot", {})
        meanings = rows_of(connection, "flag_meanings", {})
        return PublishedOffers(
            snapshot_id=about["snapshot_id"],
            published_at=about["published_at"].replace(tzinfo=UTC),
            sessions=tuple(rows_of(connection, "published_sessions", {})),
            meanings={row["flag"]: row["meaning"] for row in meanings},
            offers=tuple(rows_of(connection, "published_offers", asked)),
        )
