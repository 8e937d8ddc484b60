"""Look at a warehouse file as it is: nothing is created, upgraded or changed.

Only where no process writes it. `open_warehouse` is for harvesting.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

import duckdb

from aggregator.errors import InUse, StoreError
from aggregator.store.trouble import reason, warehouse_trouble
from aggregator.store.warehouse import CONFIG, Connection, attach

if sys.platform != "win32":
    import fcntl

MOST_MEMORY = "1000000000B"


@contextmanager
def at_rest(path: Path) -> Iterator[Connection]:
    """Yield a connection that can only read; no other process can write meanwhile.

    What a process that did not end well left in the log beside the file is seen as well.

    Raises:
        InUse: another process writes it.
        StoreError: there is no such file, or it is damaged.
    """
    if not path.is_file():
        message = f"there is no warehouse at {path}; `klarpris harvest` makes one"
        raise StoreError(message)
    connection = duckdb.connect(":memory:", config={**CONFIG, "memory_limit": MOST_MEMORY})
    try:
        connection.execute("set temp_directory = ?", [gettempdir()])
        try:
            attach(connection, path, "warehouse", read_only=True)
        except duckdb.Error as error:
            raise _refusal(path, error) from error
        connection.execute("use warehouse")
        yield connection
    finally:
        connection.close()


def settle(path: Path) -> None:
    """Put what is in the log beside a warehouse file into the file; its schema stays as it is.

    Raises:
        InUse: another process writes it.
        StoreError: it is damaged.
    """
    if not log_of(path).exists():
        return
    connection = duckdb.connect(":memory:", config={**CONFIG})
    try:
        attach(connection, path, "warehouse")
        connection.execute("checkpoint warehouse")
    except duckdb.Error as error:
        raise _refusal(path, error) from error
    finally:
        connection.close()


def _refusal(path: Path, error: duckdb.Error) -> StoreError:
    message = f"{path} cannot be read as a warehouse: {reason(error)}"
    return warehouse_trouble(path, error) or StoreError(message)


def log_of(path: Path) -> Path:
    """Return where DuckDB keeps what is committed and not yet in its place in the file."""
    return path.with_name(f"{path.name}.wal")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep every other process out of a warehouse file, sound or damaged, without reading it.

    This process must not have it open: closing any handle on it would let go of the lock. Where
    the system has no such locks, it refuses to replace a file that is open.

    Raises:
        InUse: another process has it open.
    """
    if sys.platform == "win32" or not path.exists():
        yield
        return
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the kind of lock that DuckDB takes
        yield
    except BlockingIOError as error:
        message = f"another klarpris process is using {path}; wait for it or stop it"
        raise InUse(message) from error
    finally:
        os.close(handle)


def bring_to_disk(path: Path) -> None:
    """Wait until a file, and its name in its folder, are safe from a loss of power."""
    for one in (path, path.parent):
        if sys.platform == "win32" and one.is_dir():
            continue
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
