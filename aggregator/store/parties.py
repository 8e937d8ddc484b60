"""Read from the current snapshot which parties there are."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from aggregator.errors import StoreError
from aggregator.store.pointer import current_snapshot
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import CONFIG


@dataclass(frozen=True, slots=True)
class SeenParty:
    """A party under one of the names that its locations state.

    connectors: counted in every feed that has them. feeds: their ids, in order.
    """

    country_code: str
    party_id: str
    operator_name: str
    connectors: int
    feeds: tuple[str, ...]


def parties(snapshots_folder: Path) -> list[SeenParty]:
    """Return the parties of mart.operator, those with most connectors first.

    Raises:
        StoreError: nothing has been published yet, or the snapshot cannot be read.
    """
    snapshot = current_snapshot(snapshots_folder)
    if snapshot is None:
        message = "nothing has been published yet; `klarpris harvest` publishes a snapshot"
        raise StoreError(message)
    try:
        with duckdb.connect(str(snapshot.path), read_only=True, config=dict(CONFIG)) as connection:
            rows = connection.execute(sql("queries", "parties")).fetchall()
    except duckdb.Error as error:
        message = f"the snapshot {snapshot.path} cannot be read: {str(error).splitlines()[0]}"
        raise StoreError(message) from error
    return [
        SeenParty(country_code, party_id, name, connectors, tuple(feeds))
        for country_code, party_id, name, connectors, feeds in rows
    ]
