"""Copy a whole warehouse into a new, compact file, and prove that the copy holds the same.

A plain copy of the file would not do where the harvester has it open: closing the file once more
in the same process lets go of DuckDB's lock.
"""

from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from aggregator.errors import StoreError
from aggregator.store.at_rest import at_rest, bring_to_disk, log_of
from aggregator.store.sql_files import sql, sql_names
from aggregator.store.trouble import reason
from aggregator.store.warehouse import (
    MOST_MEMORY,
    WRITING,
    Connection,
    attach,
    cursor,
    with_little_memory,
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a warehouse holds. rows: by table; macros: by name, what they say."""

    steps: list[str]
    rows: dict[str, int]
    macros: list[list[str]]

    def described(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)

    @property
    def total_rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.rows.values())


def contents(connection: Connection, database: str = "warehouse") -> Contents:
    """Return what an attached warehouse holds, counted."""
    tables = connection.execute(sql("care", "tables"), {"database": database}).fetchall()
    macros = connection.execute(sql("care", "macros"), {"database": database}).fetchall()
    steps = connection.execute(sql("care", "steps", database=database)).fetchall()
    rows = {
        f"{schema}.{table}": _rows(connection, database, schema, table) for schema, table in tables
    }
    return Contents([step for (step,) in steps], rows, [list(one) for one in macros])


def _rows(connection: Connection, database: str, schema: str, table: str) -> int:
    query = sql("care", "row_count", database=database, schema=schema, table=table)
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def copy_open(connection: Connection, into: Path) -> Contents:
    """Copy the warehouse that this process has open; harvests wait with loading meanwhile.

    Raises:
        StoreError: there is no room, or no right to write.
    """
    own = cursor(connection)
    try:
        with WRITING:
            return _copy(own, into)
    finally:
        own.close()


def copy_at_rest(path: Path, into: Path) -> Contents:
    """Copy a warehouse file that no process has open; it stays exactly as it is.

    Raises:
        InUse: another process writes it.
        StoreError: it is damaged, there is no room, or no right to write.
    """
    with at_rest(path) as connection:
        return _copy(connection, into)


def _copy(connection: Connection, into: Path) -> Contents:
    try:
        found = contents(connection)
        rows = found.total_rows
        with_little_memory(connection, rows, MOST_MEMORY, partial(_write, connection, into))
        bring_to_disk(into)
    except (OSError, duckdb.Error) as error:
        with suppress(OSError):
            remove(into)
        message = f"the warehouse could not be copied to {into}: {reason(error)}"
        raise StoreError(message) from error
    return found


def _write(connection: Connection, into: Path) -> None:
    remove(into)
    attach(connection, into, "duplicate")
    try:
        connection.execute(sql("care", "copy"))
        connection.execute("checkpoint duplicate")
    finally:
        connection.execute("detach duplicate")


def remove(path: Path) -> None:
    """Remove a warehouse file and its log, if they are there."""
    for one in (path, log_of(path)):
        one.unlink(missing_ok=True)


def verify(path: Path, expected: Contents | None = None) -> Contents:
    """Return what a warehouse file holds; it is opened and counted, and not changed.

    Raises:
        StoreError: it is damaged, of a newer Klarpris, or does not hold what is expected.
    """
    try:
        with at_rest(path) as connection:
            found = contents(connection)
    except duckdb.Error as error:
        message = f"{path} is no whole warehouse: {reason(error)}"
        raise StoreError(message) from error
    if newer := set(found.steps) - set(sql_names("schema")):
        message = (
            f"{path} was written by a newer Klarpris (step {max(newer)}); "
            "upgrade Klarpris to use it"
        )
        raise StoreError(message)
    if expected is not None and found != expected:
        message = f"{path} does not hold what was copied into it; it is not used"
        raise StoreError(message)
    return found
