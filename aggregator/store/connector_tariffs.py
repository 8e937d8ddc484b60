"""Read from the current snapshot what one connector, or all of an EVSE, are charged by."""

from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from aggregator.errors import StoreError
from aggregator.store.pointer import current_snapshot
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import CONFIG

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
        StoreError: nothing has been published yet, or the snapshot is of an older Klarpris.
    """
    snapshot = current_snapshot(snapshots_folder)
    if snapshot is None:
        message = "nothing has been published yet; `klarpris harvest` publishes a snapshot"
        raise StoreError(message)
    parameters = place._asdict() | {"limit": MOST}
    try:
        with duckdb.connect(str(snapshot.path), read_only=True, config=dict(CONFIG)) as connection:
            found = connection.execute(sql("queries", "connector_tariffs"), parameters)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.BinderException as error:
        message = "the snapshot was published by an older Klarpris; `klarpris publish` renews it"
        raise StoreError(message) from error
    except duckdb.Error as error:
        message = f"the snapshot {snapshot.path} cannot be read: {str(error).splitlines()[0]}"
        raise StoreError(message) from error
