"""Whether the current snapshot shows all that is known now.

It does not when the harvester stopped, or the disk was full, between loading and publishing; when
a tariff began or ended to be valid since; on another day, because sessions are priced on the day of
publishing; or when an operator file, a reference table or the program itself was changed.
"""

from datetime import datetime
from pathlib import Path

from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.store.columns import naive
from aggregator.store.origin import origin_of
from aggregator.store.pointer import Snapshot, current_snapshot
from aggregator.store.reading import open_snapshot, rows_of, telling
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection


def readable_snapshot(snapshots_folder: Path) -> Snapshot | None:
    """Return the current snapshot; None when there is none, or readers could not open it."""
    try:
        current = current_snapshot(snapshots_folder)
        if current is not None:
            with open_snapshot(current) as connection, telling(current):
                rows_of(connection, "about_snapshot", {})
    except StoreError:
        return None
    return current


def has_news(connection: Connection, settings: Settings, now: datetime) -> bool:
    """Tell whether a snapshot made now would show what the current one cannot.

    now: UTC. Never when nothing was ever received.
    """
    origin = origin_of(connection, settings)
    if origin is None:
        return False
    current = readable_snapshot(settings.snapshots_folder)
    return (
        current is None
        or current.origin != origin
        or current.published_at > now  # the clock was set back
        or current.published_at.date() != now.date()
        or _validity_changed(connection, current.published_at, now)
    )


def _validity_changed(connection: Connection, since: datetime, until: datetime) -> bool:
    """Tell whether a current tariff began or ended to be valid between two moments (UTC)."""
    moments = {"since": naive(since), "until": naive(until)}
    row = connection.execute(sql("care", "validity_moments"), moments).fetchone()
    return bool(row and row[0])
