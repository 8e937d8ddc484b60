"""Open the current snapshot to read it: the one place that says what is wrong with one."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from aggregator.errors import StoreError
from aggregator.store.pointer import Snapshot, current_snapshot
from aggregator.store.snapshot import SCHEMA_VERSION
from aggregator.store.sql_files import sql
from aggregator.store.trouble import reason
from aggregator.store.warehouse import CONFIG, Connection, attach

READER_MEMORY = "512MB"
RENEW = "`klarpris publish` renews it"
Row = dict[str, Any]


def published(folder: Path) -> Snapshot:
    """Return the current snapshot.

    Raises:
        StoreError: nothing has been published yet, or the pointer is damaged.
    """
    snapshot = current_snapshot(folder)
    if snapshot is None:
        message = "nothing has been published yet; `klarpris harvest` publishes a snapshot"
        raise StoreError(message)
    return snapshot


def open_snapshot(snapshot: Snapshot) -> Connection:
    """Return a connection that reads one snapshot, and that nothing outside it can be reached from.

    Raises:
        StoreError: the file is gone or damaged, or this Klarpris does not know its tables.
    """
    _check_version(snapshot)
    connection = duckdb.connect(":memory:", config={**CONFIG, "memory_limit": READER_MEMORY})
    try:
        with telling(snapshot):
            attach(connection, snapshot.path, "snapshot", read_only=True)
            connection.execute("set enable_external_access = false")
            connection.execute("use snapshot")
    except StoreError:
        connection.close()
        raise
    return connection


def _check_version(snapshot: Snapshot) -> None:
    if snapshot.schema_version == SCHEMA_VERSION:
        return
    who, then = "an older", RENEW
    if snapshot.schema_version > SCHEMA_VERSION:
        who, then = "a newer", "upgrade Klarpris to read it"
    message = f"the snapshot {snapshot.path} was published by {who} Klarpris; {then}"
    raise StoreError(message)


@contextmanager
def telling(snapshot: Snapshot) -> Iterator[None]:
    """Turn what DuckDB says of a snapshot into a StoreError that says what to do."""
    try:
        yield
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        message = f"the snapshot {snapshot.path} was published by an older Klarpris; {RENEW}"
        raise StoreError(message) from error
    except duckdb.Error as error:
        if not snapshot.path.exists():
            message = f"the snapshot {snapshot.path} is gone; {RENEW}"
        else:
            message = f"the snapshot {snapshot.path} cannot be read: {reason(error)}; {RENEW}"
        raise StoreError(message) from error


def rows_of(connection: Connection, query: str, parameters: Mapping[str, object]) -> list[Row]:
    """Return what one of the `queries` finds, as rows by column name."""
    found = connection.execute(sql("queries", query), dict(parameters))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def ask_current(folder: Path, query: str, parameters: Mapping[str, object]) -> list[Row]:
    """Return what one of the `queries` finds in the current snapshot.

    A snapshot may be taken away between the look at the pointer and its opening, when several are
    published in a row; then the next one is asked.

    Raises:
        StoreError: nothing has been published yet, or the snapshot cannot be read.
    """
    snapshot = published(folder)
    try:
        return _ask(snapshot, query, parameters)
    except StoreError:
        newer = published(folder)
        if newer.snapshot_id == snapshot.snapshot_id:
            raise
        return _ask(newer, query, parameters)


def _ask(snapshot: Snapshot, query: str, parameters: Mapping[str, object]) -> list[Row]:
    with open_snapshot(snapshot) as connection, telling(snapshot):
        return rows_of(connection, query, parameters)


class Asking(ABC):
    """What all questions to a snapshot stand on."""

    snapshot: Snapshot

    @abstractmethod
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own for a question."""

    def _rows(self, query: str, parameters: Mapping[str, Any]) -> list[Row]:
        """Return what one of the queries finds."""
        with telling(self.snapshot), self._cursor() as cursor:
            return rows_of(cursor, query, parameters)

    def _table(self, folder: str, query: str) -> pa.Table:
        """Return all of what a query finds, in columns."""
        with telling(self.snapshot), self._cursor() as cursor:
            return cursor.sql(sql(folder, query)).to_arrow_table()
