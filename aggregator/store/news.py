"""Whether the current snapshot shows all that the warehouse knows.

It does not when the harvester stopped, or the disk was full, between loading and publishing.
"""

from datetime import UTC
from pathlib import Path

from aggregator.errors import StoreError
from aggregator.store.pointer import Snapshot, current_snapshot
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection


def readable_snapshot(snapshots_folder: Path) -> Snapshot | None:
    """Return the current snapshot; None when there is none, or its pointer or file is lost."""
    try:
        current = current_snapshot(snapshots_folder)
    except StoreError:
        return None
    return current if current and current.path.is_file() else None


def has_news(connection: Connection, snapshots_folder: Path) -> bool:
    """Tell whether something changed that the current snapshot cannot show."""
    row = connection.execute(sql("care", "newest_change")).fetchone()
    if row is None or row[0] is None:
        return False
    current = readable_snapshot(snapshots_folder)
    return current is None or row[0].replace(tzinfo=UTC) > current.published_at
