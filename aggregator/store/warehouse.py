"""Open the warehouse: one DuckDB file that only the harvester touches.

It is attached to an empty in-memory database under the name `warehouse`, so that the same SQL
works when something else is attached there. DuckDB lets one process at a time write a file.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from aggregator.errors import InUse, StoreError
from aggregator.store.sql_files import sql, sql_names
from aggregator.store.trouble import reason, warehouse_trouble

Connection = duckdb.DuckDBPyConnection
STORAGE_VERSION = "v1.5.0"  # read by DuckDB 1.5 and 2.x alike
USUAL_ROW_GROUP = 122_880  # DuckDB's own
CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # What is committed is safe in the log; it is put into its place seldom, and when closing.
    "checkpoint_threshold": "256MB",
}

LEAST_MEMORY = 128_000_000  # bytes
MOST_MEMORY = 1_000_000_000
BYTES_PER_LOADED_ROW, BYTES_PER_PUBLISHED_ROW = 1_000, 700
FEW_ROWS = 250_000
Result = TypeVar("Result")

WRITING = threading.Lock()
"""Held while core changes and while a snapshot is built from it, so that both see it whole."""


@contextmanager
def open_warehouse(path: Path | None) -> Iterator[Connection]:
    """Yield a connection to the warehouse, its schema brought up to date; None: in memory.

    Raises:
        StoreError: another process has it open, or it cannot be read or written, now or while the
            connection is used; the file is never replaced.
    """
    modest = {"memory_limit": f"{LEAST_MEMORY}B", "threads": "1"}  # more where it is needed
    connection = duckdb.connect(":memory:", config={**CONFIG, **modest})
    try:
        pa.array([0])  # pyarrow loads the rest of itself with its first column: not during a run
        _attach(connection, path)
        with telling(path):
            _upgrade(connection)
            yield connection
    finally:
        connection.close()


@contextmanager
def telling(path: Path | None) -> Iterator[None]:
    """Turn what the disk or a damaged warehouse refuses into a StoreError that says what to do."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if told := warehouse_trouble(path, error):
            raise told from error
        raise


def path_of(connection: Connection) -> Path | None:
    """Return the file of the warehouse; None when it is in memory."""
    with connection.cursor() as beside:  # answers even when the warehouse no longer does
        found = beside.execute(sql("warehouse", "path")).fetchone()
    return Path(found[0]) if found and found[0] else None


def trouble_of(connection: Connection, error: Exception) -> StoreError | None:
    """Return what a person is told about the warehouse; None for an error that is our own fault."""
    return warehouse_trouble(path_of(connection), error)


def lost(connection: Connection) -> StoreError | None:
    """Return why this process can no longer use its warehouse, None while it can.

    DuckDB gives one up when it could not put the log into its place; opening it anew mends that.
    """
    try:
        with cursor(connection) as own:
            own.execute("select step from schema_step")
    except StoreError as error:
        return error
    except duckdb.Error as error:
        return trouble_of(connection, error) or StoreError(reason(error))
    return None


def make_room(connection: Connection, rows: int) -> None:
    """Let DuckDB use as much memory as loading this many rows needs, and one thread for few.

    What does not fit is put on disk meanwhile. DuckDB deals out work by 122,880 rows; below two
    such portions its threads only wait for each other.
    """
    allow(connection, LEAST_MEMORY + rows * BYTES_PER_LOADED_ROW, rows)


def allow(connection: Connection, memory_bytes: int, rows: int) -> None:
    """Set how much memory and how many threads DuckDB may use for work on so many rows."""
    threads = (os.cpu_count() or 1) if rows > FEW_ROWS else 1
    connection.execute("set memory_limit = ?", [f"{min(memory_bytes, MOST_MEMORY)}B"])
    connection.execute("set threads = ?", [threads])


def with_little_memory(
    connection: Connection, rows: int, most_bytes: int, work: Callable[[], Result]
) -> Result:
    """Return what work gives that can be done twice: first with little memory, else with most."""
    little = min(most_bytes, LEAST_MEMORY + rows * BYTES_PER_PUBLISHED_ROW)
    allow(connection, little, rows)
    try:
        return work()
    except (duckdb.OutOfMemoryException, StoreError) as error:
        is_short = isinstance(error.__cause__ or error, duckdb.OutOfMemoryException)
        if not is_short or little == most_bytes:
            raise
    connection.execute("set memory_limit = ?", [f"{most_bytes}B"])
    return work()


def _attach(connection: Connection, path: Path | None) -> None:
    if path is None:
        connection.execute("attach ':memory:' as warehouse")
        connection.execute("use warehouse")
        return
    is_new = not path.exists()
    _refuse_empty(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What does not fit into memory goes beside the warehouse, not where the command was typed.
        connection.execute("set temp_directory = ?", [str(path.parent / "spill")])
        attach(connection, path, "warehouse")
        connection.execute("use warehouse")
    except (OSError, duckdb.Error) as error:
        message = f"the warehouse {path} cannot be opened: {reason(error)}"
        told = warehouse_trouble(path, error) or StoreError(message)
        if is_new and not isinstance(told, InUse):
            with suppress(OSError):
                path.unlink(missing_ok=True)  # holds nothing yet, and half a file could never open
        raise told from error


def _refuse_empty(path: Path) -> None:
    """Leave a file of no bytes as it is: where a warehouse was, making a new one hides the loss."""
    if path.is_file() and not path.stat().st_size:
        message = (
            f"the warehouse {path} is empty (0 bytes), it was left as it is; "
            "`klarpris restore FILE` puts a backup in its place. To begin anew, remove the file."
        )
        raise StoreError(message)


def attach(
    connection: Connection,
    path: Path,
    name: str,
    *,
    read_only: bool = False,
    row_group: int = USUAL_ROW_GROUP,
) -> None:
    """Attach a database file. ATTACH takes no bound values, so the path is quoted here.

    row_group: rows of a new file's tables that are read, or passed over, together; some of 2,048.
    """
    quoted = str(path).replace("'", "''")
    new = f"storage_version '{STORAGE_VERSION}', row_group_size {row_group}"
    options = "read_only" if read_only else new
    connection.execute(f"attach '{quoted}' as {name} ({options})")


def cursor(connection: Connection) -> Connection:
    """Return a second connection to the same warehouse, with temporary tables of its own.

    Raises:
        StoreError: DuckDB has given the warehouse up; only opening it anew mends that.
    """
    other = connection.cursor()
    try:
        other.execute("use warehouse")
    except duckdb.Error as error:
        other.close()
        raise trouble_of(connection, error) or error from error
    return other


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Make everything inside happen, or nothing of it."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # what went wrong is told, not that it was undone already
            connection.execute("rollback")
        raise
    connection.execute("commit")


def _upgrade(connection: Connection) -> None:
    """Apply the numbered schema steps that this file has not seen, all or none of them.

    Steps are only ever added.
    """
    with transaction(connection):
        connection.execute(
            "create table if not exists schema_step (step varchar not null, applied_at timestamp)"
        )
        rows = connection.execute("select step from schema_step").fetchall()
        applied, steps = {step for (step,) in rows}, sql_names("schema")
        if newer := applied - set(steps):
            message = (
                f"the warehouse was written by a newer Klarpris (step {max(newer)}); "
                "upgrade Klarpris to use it"
            )
            raise StoreError(message)
        for step in steps:
            if step not in applied:
                connection.execute(sql("schema", step))
                moment = datetime.now(UTC).replace(tzinfo=None)
                connection.execute("insert into schema_step values (?, ?)", [step, moment])
