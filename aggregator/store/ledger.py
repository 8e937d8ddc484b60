"""What each run received and what became of it, to the last record; checked before it is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, NoReturn

import pyarrow as pa

from aggregator.domain.problem import Account, ObjectType
from aggregator.domain.text import one_line
from aggregator.errors import StoreError
from aggregator.store.columns import naive
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

Row = dict[str, Any]
LONGEST_MESSAGE = 1_000


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the records of one type in one run.

    received = kept + rejected, and kept = new + changed + unchanged + waiting.
    rejected includes duplicates. new, changed, unchanged and ended are against what was known.
    waiting: new, but not taken in yet, because the answer lacks too much of what is known.
    live: current records after the run.
    """

    received: int
    kept: int
    rejected: int
    duplicates: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    waiting: int = 0
    live: int = 0


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What is shown beside a feed's figures, as its file said at the time of the run."""

    feed: str
    name: str
    ocpi_version: str | None = None
    licence: str | None = None
    attribution: str | None = None
    source_url: str | None = None
    every_seconds: int | None = None
    verified: bool = False
    synthetic: bool = False
    tariffs_from: tuple[str, ...] = ()
    fingerprint: str | None = None
    priority: int = 50


@dataclass(slots=True)
class Run:
    """One harvest of one feed. Times are UTC.

    outcome: ok; attention (something was held back or came only in part); failed (nothing came).
    finished_at never goes back within a feed; clock_at is what this machine's clock said then.
    accepts_shrink: whatever was missing from it is really gone, a person says.
    """

    run_id: str
    facts: FeedFacts
    started_at: datetime
    finished_at: datetime | None = None
    clock_at: datetime | None = None
    outcome: str = "ok"
    messages: list[str] = field(default_factory=list)
    documents: int = 0
    bytes: int = 0
    account: Account = field(default_factory=Account)
    counts: dict[ObjectType, Count] = field(default_factory=dict)
    has_changes: bool = False
    accepts_shrink: bool = False
    is_whole: bool = False
    """Whether everything came, and was read under this run's fingerprint."""
    seconds: float = 0
    """From the first thought of it to its end, by a clock that nobody sets."""
    clean: Callable[[str], str] = str
    """Takes every secret out of what is said."""

    def say(self, text: str) -> None:
        """Add what a person should know."""
        self.messages.append(one_line(self.clean(text), LONGEST_MESSAGE))

    def attend(self, text: str) -> None:
        """Add what a person should look at."""
        self.outcome = "attention"
        self.say(text)

    @property
    def message(self) -> str | None:
        """What a person should know about this run, in one line."""
        return "; ".join(self.messages) or None


def check_identity(counts: Mapping[ObjectType, Count]) -> None:
    """Raise StoreError unless it is known of every record received what became of it."""
    for object_type, count in counts.items():
        if count.received != count.kept + count.rejected:
            _refuse(
                f"{count.received} {object_type} records received, "
                f"but {count.kept} kept and {count.rejected} rejected"
            )
        if count.kept != count.new + count.changed + count.unchanged + count.waiting:
            _refuse(
                f"{count.kept} {object_type} records kept, but {count.new} new, {count.changed} "
                f"changed, {count.unchanged} unchanged and {count.waiting} waiting"
            )


def check_live(
    before: Mapping[str, int], changes: Mapping[str, Mapping[str, int]], after: Mapping[str, int]
) -> None:
    """Raise StoreError unless the tables hold what was there, and what is new, and not what ended.

    Args:
        before: current records of each table before the run.
        changes: of each table: how many are `new` and how many have `ended`.
        after: current records of each table, counted after the run was written.
    """
    for table, count in changes.items():
        if after[table] != before[table] + count["new"] - count["ended"]:
            _refuse(
                f"{before[table]} {table} records were live, {count['new']} are new and "
                f"{count['ended']} ended, but {after[table]} are live now"
            )


def _refuse(what: str) -> NoReturn:
    message = f"the ledger does not add up: {what}; nothing was loaded"
    raise StoreError(message)


def knows(connection: Connection, feed: str, fingerprint: str | None) -> bool:
    """Tell whether a feed's records are here, read as they would be read now."""
    row = connection.execute(sql("core", "knows"), {"feed": feed, "print": fingerprint}).fetchone()
    return bool(row and row[0])


def write_run(connection: Connection, run: Run) -> None:
    """Record a run and its counts, and what its feed file said."""
    facts = run.facts
    row = {name: getattr(facts, name) for name in facts.__slots__}
    if not run.is_whole:
        before = _fingerprint(connection, facts.feed)
        is_mixed = run.outcome != "failed" and run.documents and before != facts.fingerprint
        row["fingerprint"] = None if is_mixed else before
    connection.execute("delete from core.feed where feed = ?", [facts.feed])
    insert(connection, "core.feed", [row])
    insert(connection, "core.run", [_run_row(run)])
    counts = [
        {"run_id": run.run_id, "object_type": str(kind), **asdict(count)}
        for kind, count in run.counts.items()
    ]
    insert(connection, "core.run_count", counts)


def _fingerprint(connection: Connection, feed: str) -> str | None:
    """Return under which fingerprint a feed's records were last read, all of them."""
    query = "select fingerprint from core.feed where feed = ?"
    row = connection.execute(query, [feed]).fetchone()
    return row[0] if row else None


def last_counts(connection: Connection, feed: str) -> dict[ObjectType, Count]:
    """Return what a feed's last run that brought any records says of the same ones again."""
    rows = connection.execute(sql("core", "last_counts"), {"feed": feed}).fetchall()
    return {
        ObjectType(kind): Count(
            received, kept, rejected, duplicates, unchanged=kept - waiting, waiting=waiting
        )
        for kind, received, kept, rejected, duplicates, waiting in rows
    }


def _run_row(run: Run) -> Row:
    return {
        "run_id": run.run_id,
        "feed": run.facts.feed,
        "started_at": naive(run.started_at),
        "finished_at": naive(run.finished_at),
        "outcome": run.outcome,
        "message": run.message,
        "documents": run.documents,
        "bytes": run.bytes,
        "clock_at": naive(run.clock_at),
        "accepts_shrink": run.accepts_shrink,
    }


def insert(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows by the names of their columns, all at once."""
    if rows:
        connection.register("batch", pa.Table.from_pylist(list(rows)))
        connection.execute(f"insert into {table} by name select * from batch")  # noqa: S608 - our own table name
        connection.unregister("batch")
