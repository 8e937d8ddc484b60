"""Read from the current snapshot what one connector, or all of an EVSE, are charged by."""

from pathlib import Path
from typing import Any, NamedTuple

from aggregator.store.reading import ask_current

MOST = 200


class Place(NamedTuple):
    """Which connectors are meant; None: any."""

    evse_id: str | None = None
    feed: str | None = None
    location_id: str | None = None
    evse_uid: str | None = None
    connector_id: str | None = None


def connector_tariffs(snapshots_folder: Path, place: Place) -> list[dict[str, Any]]:
    """Return one row per connector and tariff, at most 200; price_list is JSON, or None.

    Raises:
        StoreError: nothing has been published yet, or the snapshot cannot be read.
    """
    return ask_current(snapshots_folder, "connector_tariffs", place._asdict() | {"limit": MOST})
