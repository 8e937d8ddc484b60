"""Open the warehouse: one DuckDB file that only the harvester touches.

It is attached to an empty in-memory database under the name `warehouse`, so that the same SQL
works when something else is attached there. DuckDB lets one process at a time write a file.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from aggregator.errors import StoreError
from aggregator.store.sql_files import sql, sql_names

Connection = duckdb.DuckDBPyConnection
STORAGE_VERSION = "v1.5.0"  # read by DuckDB 1.5 and 2.x alike
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
        StoreError: another process has it open, or it cannot be read or written.
    """
    modest = {"memory_limit": f"{LEAST_MEMORY}B", "threads": "1"}  # more where it is needed
    connection = duckdb.connect(":memory:", config={**CONFIG, **modest})
    try:
        pa.array([0])  # pyarrow loads the rest of itself with its first column: not during a run
        _attach(connection, path)
        _upgrade(connection)
        yield connection
    finally:
        connection.close()


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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What does not fit into memory goes beside the warehouse, not where the command was typed.
        connection.execute("set temp_directory = ?", [str(path.parent / "spill")])
        attach(connection, path, "warehouse")
        connection.execute("use warehouse")
    except (OSError, duckdb.Error) as error:
        raise StoreError(_why_not(path, error)) from error


def attach(connection: Connection, path: Path, name: str, *, read_only: bool = False) -> None:
    """Attach a database file. ATTACH takes no bound values, so the path is quoted here."""
    quoted = str(path).replace("'", "''")
    options = "read_only" if read_only else f"storage_version '{STORAGE_VERSION}'"
    connection.execute(f"attach '{quoted}' as {name} ({options})")


def _why_not(path: Path, error: Exception) -> str:
    first_line = str(error).splitlines()[0]
    if "lock" in first_line.lower():
        return (
            f"another klarpris process is writing {path}; wait for it or stop it. "
            "Reading is never blocked: snapshots are separate files."
        )
    return f"the warehouse {path} cannot be opened: {first_line}"


def cursor(connection: Connection) -> Connection:
    """Return a second connection to the same warehouse, with temporary tables of its own."""
    other = connection.cursor()
    other.execute("use warehouse")
    return other


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Make everything inside happen, or nothing of it."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _upgrade(connection: Connection) -> None:
    """Apply the numbered schema steps that this file has not seen; steps are only ever added."""
    connection.execute(
        "create table if not exists schema_step (step varchar not null, applied_at timestamp)"
    )
    applied = {row[0] for row in connection.execute("select step from schema_step").fetchall()}
    steps = sql_names("schema")
    if newer := applied - set(steps):
        message = (
            f"the warehouse was written by a newer Klarpris (step {max(newer)}); "
            "upgrade Klarpris to use it"
        )
        raise StoreError(message)
    for step in steps:
        if step not in applied:
            with transaction(connection):
                connection.execute(sql("schema", step))
                moment = datetime.now(UTC).replace(tzinfo=None)
                connection.execute("insert into schema_step values (?, ?)", [step, moment])
