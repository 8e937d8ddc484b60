"""What each run received and what became of it: received = kept + rejected, checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import pyarrow as pa

from aggregator.domain.problem import Account, NoteKind, ObjectType, Rejection
from aggregator.domain.text import one_line
from aggregator.errors import StoreError
from aggregator.store.columns import naive
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

Row = dict[str, Any]
Clean = Callable[[str], str]
LONGEST_MESSAGE = 1_000


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the records of one type in one run.

    rejected includes duplicates. new, changed and ended are against the run before.
    """

    received: int
    kept: int
    rejected: int
    duplicates: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0


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


@dataclass(slots=True)
class Run:
    """One harvest of one feed. Times are UTC.

    outcome: ok; attention (something was held back or came only in part); failed (nothing came).
    """

    run_id: str
    facts: FeedFacts
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str = "ok"
    messages: list[str] = field(default_factory=list)
    documents: int = 0
    bytes: int = 0
    account: Account = field(default_factory=Account)
    counts: dict[ObjectType, Count] = field(default_factory=dict)
    has_changes: bool = False
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
    """Raise StoreError unless every record received is either kept or rejected."""
    for object_type, count in counts.items():
        if count.received != count.kept + count.rejected:
            message = (
                f"the ledger does not add up: {count.received} {object_type} records received, "
                f"but {count.kept} kept and {count.rejected} rejected; nothing was loaded"
            )
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
        is_mixed = run.documents and before != facts.fingerprint
        row["fingerprint"] = None if is_mixed else before
    connection.execute("delete from core.feed where feed = ?", [facts.feed])
    _insert(connection, "core.feed", [row])
    _insert(connection, "core.run", [_run_row(run)])
    counts = [
        {"run_id": run.run_id, "object_type": str(kind), **asdict(count)}
        for kind, count in run.counts.items()
    ]
    _insert(connection, "core.run_count", counts)


def _fingerprint(connection: Connection, feed: str) -> str | None:
    """Return under which fingerprint a feed's records were last read, all of them."""
    query = "select fingerprint from core.feed where feed = ?"
    row = connection.execute(query, [feed]).fetchone()
    return row[0] if row else None


def last_counts(connection: Connection, feed: str) -> dict[ObjectType, Count]:
    """Return what became of the records of a feed's last run that brought any."""
    rows = connection.execute(sql("core", "last_counts"), {"feed": feed}).fetchall()
    return {ObjectType(kind): Count(*numbers) for kind, *numbers in rows}


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
    }


def write_problems(connection: Connection, run: Run) -> None:
    """Replace a feed's quarantine and notes by those of this run."""
    feed, account, clean = run.facts.feed, run.account, cache(run.clean)
    connection.execute("delete from core.rejection where feed = ?", [feed])
    connection.execute("delete from core.note where feed = ?", [feed])
    _insert(
        connection,
        "core.rejection",
        [_rejection_row(run, one, clean) for one in account.rejections],
    )
    _insert(connection, "core.note", [_note_row(run, kind, clean) for kind in account.notes])
    parameters = {"run_id": run.run_id, "feed": feed, "now": naive(run.finished_at)}
    connection.execute(sql("core", "duplicate_rejections"), parameters)


def _rejection_row(run: Run, rejection: Rejection, clean: Clean) -> Row:
    """Return a rejection without any secret that the server put into what it sent."""
    lost = dict(rejection.lost)
    return {
        "run_id": run.run_id,
        "feed": run.facts.feed,
        "object_type": str(rejection.object_type),
        "object_id": clean(rejection.object_id or "") or None,
        "json_path": clean(rejection.json_path),
        "reason_code": rejection.reason_code,
        "reason": clean(rejection.reason),
        "raw_fragment": clean(rejection.raw_fragment or "") or None,
        "document_url": clean(rejection.document_url),
        "lost_evses": lost.get(ObjectType.EVSE, 0),
        "lost_connectors": lost.get(ObjectType.CONNECTOR, 0),
        "seen_at": naive(run.finished_at),
    }


def _note_row(run: Run, kind: NoteKind, clean: Clean) -> Row:
    return {
        "run_id": run.run_id,
        "feed": run.facts.feed,
        "object_type": str(kind.object_type),
        "json_path": clean(kind.json_path),
        "note_code": kind.note_code,
        "note": clean(kind.note),
        "occurrences": run.account.notes[kind],
        "example": clean(run.account.examples[kind]),
    }


def _insert(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows by the names of their columns, all at once."""
    if rows:
        connection.register("batch", pa.Table.from_pylist(list(rows)))
        connection.execute(f"insert into {table} by name select * from batch")  # noqa: S608 - our own table name
        connection.unregister("batch")
