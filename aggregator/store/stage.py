"""Collect what one run receives in temporary tables, page by page, and settle duplicates there."""

from collections.abc import Sequence
from itertools import count

from aggregator.domain.location import Location
from aggregator.domain.tariff import Tariff
from aggregator.store.columns import (
    KEYS,
    SCHEMAS,
    Numbered,
    Row,
    content_columns,
    location_rows,
    table_of,
    tariff_rows,
)
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

TABLES = tuple(KEYS)
INSIDE_LOCATION = ("evse", "evse_status", "connector")


def template(name: str, table: str) -> str:
    """Return one of the `core` statements for one table."""
    return sql(
        "core",
        name,
        table=table,
        key=", ".join(KEYS[table]),
        columns=", ".join(SCHEMAS[table].names),
        content=", ".join(content_columns(table)),
        record_id="tariff_id" if table == "tariff" else "location_id",
        own_id=KEYS[table][-1],
    )


class Stage:
    """The records of one run of one feed, not yet part of the warehouse."""

    def __init__(self, connection: Connection, feed: str) -> None:
        """Make empty staging tables on this connection; other connections do not see them."""
        self.connection = connection
        self.feed = feed
        self._numbers = count(1)
        self._positions = dict.fromkeys(TABLES, 0)
        for table in TABLES:
            connection.execute(template("stage", table))

    def add_locations(self, locations: Sequence[tuple[str, Location]]) -> None:
        """Add locations with the JSON paths at which they were received."""
        numbered: list[Numbered[Location]] = [
            (next(self._numbers), path, location) for path, location in locations
        ]
        for table, rows in location_rows(self.feed, numbered).items():
            self._add(table, rows)

    def add_tariffs(self, tariffs: Sequence[tuple[str, Tariff]]) -> None:
        """Add tariffs with the JSON paths at which they were received."""
        numbered: list[Numbered[Tariff]] = [
            (next(self._numbers), path, tariff) for path, tariff in tariffs
        ]
        self._add("tariff", list(tariff_rows(self.feed, numbered)))

    def _add(self, table: str, rows: list[Row]) -> None:
        if not rows:
            return
        batch = table_of(table, rows, self._positions[table])
        self._positions[table] += len(rows)
        self.connection.register("batch", batch)
        self.connection.execute(f"insert into temp.stage_{table} by name select * from batch")  # noqa: S608 - our own table name
        self.connection.unregister("batch")

    def settle_duplicates(self) -> dict[str, int]:
        """Keep the newest of records with one key; return how many of each type were not kept."""
        self.connection.execute(template("duplicates", "location"))
        for table in INSIDE_LOCATION:
            self.connection.execute(template("drop_inside", table))
        for table in (*INSIDE_LOCATION, "tariff"):
            self.connection.execute(template("duplicates", table))
        rows = self.connection.execute(sql("core", "duplicate_counts")).fetchall()
        return {object_type: int(number) for object_type, number in rows}

    def count(self, table: str) -> int:
        """Return how many records of this type are staged now."""
        row = self.connection.execute(f"select count(*) from temp.stage_{table}").fetchone()  # noqa: S608 - our own table name
        return int(row[0]) if row else 0
