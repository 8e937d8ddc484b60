"""Read what was refused from the current snapshot."""

from pathlib import Path
from typing import Any

import duckdb

from aggregator.errors import StoreError
from aggregator.store.pointer import current_snapshot
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import CONFIG


def rejections(snapshots_folder: Path, feed: str | None, limit: int) -> list[dict[str, Any]]:
    """Return refused records as rows of mart.rejected_record, at most `limit`.

    Raises:
        StoreError: nothing has been published yet.
    """
    snapshot = current_snapshot(snapshots_folder)
    if snapshot is None:
        message = "nothing has been published yet; `klarpris harvest` publishes a snapshot"
        raise StoreError(message)
    try:
        with duckdb.connect(str(snapshot.path), read_only=True, config=dict(CONFIG)) as connection:
            found = connection.execute(
                sql("queries", "rejected_records"), {"feed": feed, "limit": limit}
            )
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error as error:
        message = f"the snapshot {snapshot.path} cannot be read: {str(error).splitlines()[0]}"
        raise StoreError(message) from error
