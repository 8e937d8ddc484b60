"""Write one read-only snapshot file beside the old one and point readers to it.

A crash while writing leaves the old snapshot current; what was left behind goes with the next.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb

from aggregator import __version__
from aggregator.store.columns import naive
from aggregator.store.meanings import describe
from aggregator.store.pointer import Snapshot, current_snapshot, point_to
from aggregator.store.sql_files import sql, sql_names
from aggregator.store.trouble import snapshot_trouble
from aggregator.store.warehouse import Connection, attach

SCHEMA_VERSION = 7  # raised with every change of sql/snapshot
KEPT_SNAPSHOTS = 3
ROW_GROUP = 30_720  # smaller than usual: what is sorted is found by passing over the rest
SUFFIX = ".duckdb"
UNFINISHED = ".building"
NEEDED_BY_OFFERS = ("feed", "location", "session_quote", "offered_tariff")
# After mart.offer_row, which some of them count.
MARTS = (
    "region",
    "reference",
    "flag",
    "connector",
    "tariff",
    "offer_preferred",
    "evse_conflict",
    "price_history",
    "operator",
    "feed_run",
    "rejected_record",
    *("place_area", "place_label", "place_code", "named_place"),
)


def write_snapshot(
    connection: Connection, folder: Path, now: datetime, origin: str | None = None
) -> Snapshot:
    """Build the marts from the prepared temporary tables and publish them atomically.

    now: UTC. origin: digest of what the snapshot is made from (`store/origin.py`).

    Raises:
        StoreError: there is no room, no right to write, or the marts cannot be built.
    """
    try:
        return _write(connection, folder, now, origin)
    except (OSError, duckdb.Error) as error:
        with suppress(OSError):
            _clear(folder)
        raise snapshot_trouble(folder, error) from error


def _write(connection: Connection, folder: Path, now: datetime, origin: str | None) -> Snapshot:
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    snapshot_id = f"{now:%Y%m%dT%H%M%S%fZ}"
    unfinished = folder / f"{snapshot_id}{SUFFIX}{UNFINISHED}"
    attach(connection, unfinished, "snapshot", row_group=ROW_GROUP)
    try:
        rows = _build(connection, snapshot_id, now)
    finally:
        connection.execute("use warehouse")
        connection.execute("detach snapshot")
    path = folder / f"{snapshot_id}{SUFFIX}"
    _settle(unfinished, path)
    snapshot = Snapshot(snapshot_id, path, now, SCHEMA_VERSION, rows, origin)
    point_to(snapshot)
    _prune(folder)
    return snapshot


def _build(connection: Connection, snapshot_id: str, now: datetime) -> dict[str, int]:
    connection.execute("use snapshot")
    connection.execute("create schema mart")
    for name in sql_names("snapshot"):
        connection.execute(sql("snapshot", name))
    describe(connection)
    for name in NEEDED_BY_OFFERS:
        connection.execute(sql("mart", name))
    with _joined_as_written(connection):
        connection.execute(sql("mart", "offer_row"))
    for name in MARTS:
        connection.execute(sql("mart", name))
    connection.execute(
        sql("mart", "snapshot"),
        {
            "snapshot_id": snapshot_id,
            "schema_version": SCHEMA_VERSION,
            "now": naive(now),
            "version": __version__,
        },
    )
    return _row_counts(connection)


@contextmanager
def _joined_as_written(connection: Connection) -> Iterator[None]:
    """Have joins keep the order of their first table, which others are looked up for."""
    connection.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    try:
        yield
    finally:
        connection.execute("reset disabled_optimizers")


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = connection.execute(
        "select table_name, estimated_size from duckdb_tables() "
        "where database_name = 'snapshot' and schema_name = 'mart' order by table_name"
    ).fetchall()
    counts = {name: int(size) for name, size in tables}
    return dict(sorted({**counts, "offer": counts["offer_row"]}.items()))


def _settle(unfinished: Path, path: Path) -> None:
    """Bring the file safely to disk before anyone is pointed to it."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.rename(path)


def _clear(folder: Path) -> None:
    """Remove what a crash left half-written."""
    for rest in folder.glob(f"*{UNFINISHED}*"):
        rest.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    """Keep the newest snapshots; readers of a removed one keep their open file.

    Where a system does not let go of a file that is open, it goes with a later snapshot.
    """
    current = current_snapshot(folder)
    for old in sorted(folder.glob(f"*{SUFFIX}"))[:-KEPT_SNAPSHOTS]:
        if current is None or old != current.path:
            with suppress(OSError):
                old.unlink(missing_ok=True)
