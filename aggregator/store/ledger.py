"""What each run received and what became of it: received = kept + rejected, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aggregator.domain.problem import Account, ObjectType, Rejection
from aggregator.errors import StoreError
from aggregator.store.columns import naive
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection


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


def write_run(connection: Connection, run: Run) -> None:
    """Record a run, its counts and, where documents were read, its rejections and notes."""
    facts = run.facts
    connection.execute("delete from core.feed where feed = ?", [facts.feed])
    _insert(connection, "core.feed", [tuple(getattr(facts, name) for name in facts.__slots__)])
    row = (
        run.run_id,
        facts.feed,
        naive(run.started_at),
        naive(run.finished_at),
        run.outcome,
        run.message,
        run.documents,
        run.bytes,
    )
    _insert(connection, "core.run", [row])
    _insert(
        connection,
        "core.run_count",
        [
            (
                run.run_id,
                kind,
                c.received,
                c.kept,
                c.rejected,
                c.duplicates,
                c.new,
                c.changed,
                c.ended,
            )
            for kind, c in run.counts.items()
        ],
    )


def write_problems(connection: Connection, run: Run) -> None:
    """Replace a feed's quarantine and notes by those of this run."""
    feed = run.facts.feed
    connection.execute("delete from core.rejection where feed = ?", [feed])
    connection.execute("delete from core.note where feed = ?", [feed])
    _insert(connection, "core.rejection", [_rejection_row(run, r) for r in run.account.rejections])
    _insert(
        connection,
        "core.note",
        [
            (
                run.run_id,
                feed,
                kind.object_type,
                kind.json_path,
                kind.note_code,
                kind.note,
                number,
                run.account.examples[kind],
            )
            for kind, number in run.account.notes.items()
        ],
    )
    parameters = {"run_id": run.run_id, "feed": feed, "now": naive(run.finished_at)}
    connection.execute(sql("core", "duplicate_rejections"), parameters)


def _rejection_row(run: Run, rejection: Rejection) -> tuple[object, ...]:
    lost = dict(rejection.lost)
    return (
        run.run_id,
        run.facts.feed,
        rejection.object_type,
        rejection.object_id,
        rejection.json_path,
        rejection.reason_code,
        rejection.reason,
        rejection.raw_fragment,
        rejection.document_url,
        lost.get(ObjectType.EVSE, 0),
        lost.get(ObjectType.CONNECTOR, 0),
        naive(run.finished_at),
    )


def _insert(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"insert into {table} values ({places})", rows)  # noqa: S608 - our own table name
