"""Collect what one run receives in temporary tables, and settle duplicates there.

Records whose bytes have been read before are not read again: they are staged as core holds them.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from aggregator.domain.problem import ObjectType
from aggregator.domain.tariff import Tariff
from aggregator.store.columns import (
    ADDED_LISTS,
    KEYS,
    SCHEMAS,
    Numbered,
    content_columns,
    first_content_columns,
    tariff_table,
)
from aggregator.store.location_rows import LocationRows
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

TABLES = tuple(KEYS)
STAGED = ("location", "evse", "connector", "tariff")
INSIDE_LOCATION = ("evse", "connector")
STAGED_OF = {
    ObjectType.LOCATION: ("location", "evse", "connector"),
    ObjectType.TARIFF: ("tariff",),
}
FLUSHED_ROWS = 10_000
RECOGNISED = pa.schema(
    [("digest", pa.binary()), ("record_no", pa.int64()), ("json_path", pa.string())]
)
ARRIVED = pa.schema([("digest", pa.binary()), ("record_no", pa.int64()), ("notes", pa.string())])


class Arrived(NamedTuple):
    """What is remembered of a record that its bytes alone decide: nothing of it was refused.

    digest: of the bytes. number: its place among all records of the run. notes: what was noted
    about it, as JSON.
    """

    digest: bytes
    number: int
    notes: str | None = None


def template(name: str, table: str) -> str:
    """Return one of the `core` statements for one table."""
    record = "tariff" if table == "tariff" else "location"
    return sql(
        "core",
        name,
        table=table,
        key=", ".join(KEYS[table]),
        columns=", ".join(SCHEMAS[table].names),
        content=", ".join(content_columns(table)),
        **_added_lists(table),
        record=record,
        record_id=f"{record}_id",
        own_id=KEYS[table][-1],
    )


def _added_lists(table: str) -> dict[str, str]:
    if table not in ADDED_LISTS:
        return {}
    return {
        "first_content": ", ".join(first_content_columns(table)),
        "added_lists": ", ".join(ADDED_LISTS[table]),
    }


class Stage:
    """The records of one run of one feed, not yet part of the warehouse."""

    def __init__(self, connection: Connection, feed: str) -> None:
        """Make empty staging tables on this connection; other connections do not see them."""
        self.connection = connection
        self.feed = feed
        self._numbers = count(1)
        self._keys: set[int] = set()
        self._is_repeated = False
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stage")
        self._filling: Future[None] | None = None
        self._positions = dict.fromkeys(STAGED, 0)
        self._waiting: dict[str, list[pa.Table]] = {table: [] for table in STAGED}
        self._recognised: dict[str, list[tuple[object, ...]]] = {one: [] for one in STAGED_OF}
        self._arrived: dict[str, list[Arrived]] = {one: [] for one in STAGED_OF}
        for table in STAGED:
            connection.execute(template("stage", table))
        for record in STAGED_OF:
            connection.execute(template("recognised", record))
        connection.execute(sql("core", "stage_status"))

    def known_records(self, record: ObjectType, fingerprint: str) -> dict[bytes, str | None]:
        """Return the digests of the bytes that current records were read from, and their notes.

        fingerprint: of all else that decides what bytes mean: the reader and the feed file.
        """
        parameters = {"feed": self.feed, "object_type": record, "fingerprint": fingerprint}
        return dict(self.connection.execute(sql("core", "read_record"), parameters).fetchall())

    def add_locations(self, rows: LocationRows, arrived: Iterable[Arrived]) -> None:
        """Add locations that were read now."""
        keys = [rows.tables["location"][name].to_pylist() for name in KEYS["location"][1:]]
        self._watch([hash(key) for key in zip(*keys, strict=True)])
        self._is_repeated = self._is_repeated or rows.holds_twice
        for table, added in rows.tables.items():
            self._add(table, added)
        self._arrived[ObjectType.LOCATION] += arrived

    def add_tariffs(self, numbered: Numbered[Tariff], arrived: Iterable[Arrived]) -> None:
        """Add tariffs that were read now."""
        records = [tariff for _, _, tariff in numbered]
        self._watch([hash((r.country_code, r.party_id, r.tariff_id, "tariff")) for r in records])
        self._add("tariff", tariff_table(self.feed, numbered))
        self._arrived[ObjectType.TARIFF] += arrived

    def _watch(self, keys: list[int]) -> None:
        """Note when a key may have come before; equal hashes of others only cost a look."""
        before = len(self._keys)
        self._keys.update(keys)
        self._is_repeated = self._is_repeated or len(self._keys) < before + len(keys)

    def next_number(self) -> int:
        """Return the next record's place in the run; of equally old duplicates the last counts."""
        return next(self._numbers)

    def recognise(self, record: ObjectType, digest: bytes, number: int, json_path: str) -> None:
        """Add a record by the digest of its bytes, with the JSON path at which it stood."""
        self._recognised[record].append((digest, number, json_path))

    def _insert(self, table: str, schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        columns = zip(zip(*rows, strict=True), schema, strict=True)
        arrays = [pa.array(values, type=field.type) for values, field in columns]
        self.connection.register("batch", pa.Table.from_arrays(arrays, schema=schema))
        self.connection.execute(f"insert into temp.{table} by name select * from batch")  # noqa: S608 - our own table name
        self.connection.unregister("batch")

    def _add(self, table: str, rows: pa.Table) -> None:
        """Keep rows until there are many: each insert costs as much as a thousand rows."""
        self._waiting[table].append(rows)
        if sum(one.num_rows for one in self._waiting[table]) >= FLUSHED_ROWS:
            self._flush(table)

    def _flush(self, table: str) -> None:
        """Hand the waiting rows to DuckDB, which takes them in beside the reading of more."""
        if not self._waiting[table]:
            return
        rows = pa.concat_tables(self._waiting[table])
        first, behind = self._positions[table], self._positions[table] + rows.num_rows
        numbered = rows.append_column("position", pa.array(np.arange(first, behind)))
        self._positions[table], self._waiting[table] = behind, []
        self._settle()
        self._filling = self._beside.submit(self._fill, table, numbered)

    def _fill(self, table: str, rows: pa.Table) -> None:
        # A reader hands over its batches without asking Python for each.
        self.connection.register("batch", rows.to_reader())
        statement = "fill_stage_with_lists" if table in ADDED_LISTS else "fill_stage"
        self.connection.execute(template(statement, table))
        self.connection.unregister("batch")

    def _settle(self) -> None:
        """Wait until DuckDB has taken in what it was handed; its errors are raised here."""
        if self._filling:
            self._filling.result()
            self._filling = None

    def close(self) -> None:
        """Let go of the connection, whatever became of the run."""
        self._beside.shutdown(wait=True)

    def finish(self) -> None:
        """Bring together all records: those that were read, and those that came as they were."""
        for table in STAGED:
            self._flush(table)
        self._settle()
        for record in STAGED_OF:
            self._insert(f"recognised_{record}", RECOGNISED, self._recognised[record])
            self._insert(f"arrived_{record}", ARRIVED, self._arrived[record])
        for record in STAGED_OF:
            self.connection.execute(template("kept", record), {"feed": self.feed})

    def restage(self, record: ObjectType) -> dict[str, int]:
        """Stage what was recognised but came otherwise too; return how many rows of each table."""
        if self.count(f"kept_{record}") == self.count(f"recognised_{record}"):
            return {}
        self._is_repeated = True
        before = {table: self.count(f"stage_{table}") for table in STAGED_OF[record]}
        for table in STAGED_OF[record]:
            parameters = {"feed": self.feed, "position": self._positions[table]}
            self.connection.execute(template("restage", table), parameters)
        if record is ObjectType.LOCATION:
            self.connection.execute(sql("core", "restage_status"))
        return {table: self.count(f"stage_{table}") - before[table] for table in before}

    def kept(self, table: str) -> int:
        """Return how many current rows of a table belong to records that came as they were."""
        query = template("kept_count", table)
        row = self.connection.execute(query, {"feed": self.feed}).fetchone()
        return int(row[0]) if row else 0

    def settle_duplicates(self) -> dict[str, int]:
        """Keep the newest of records with one key; return how many of each type were not kept."""
        self._find_duplicates("location")
        for table in INSIDE_LOCATION:
            self.connection.execute(template("inside", table))
            if self._is_repeated:
                self.connection.execute(template("drop_inside", table))
        for table in (*INSIDE_LOCATION, "tariff"):
            self._find_duplicates(table)
        for name in ("repeated_location", "repeated_tariff"):
            self.connection.execute(sql("core", name))
        rows = self.connection.execute(sql("core", "duplicate_counts")).fetchall()
        return {object_type: int(number) for object_type, number in rows}

    def _find_duplicates(self, table: str) -> None:
        parameters = {"is_repeated": self._is_repeated}
        self.connection.execute(template("duplicates", table), parameters)
        if self._is_repeated:
            self.connection.execute(template("drop_duplicates", table))

    def count(self, table: str) -> int:
        """Return how many rows a temporary table of this run has now."""
        row = self.connection.execute(f"select count(*) from temp.{table}").fetchone()  # noqa: S608 - our own table name
        return int(row[0]) if row else 0
