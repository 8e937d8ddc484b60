"""The quarantine: what was refused, remembered from run to run, and what was noted."""

from collections.abc import Callable, Collection, Mapping
from functools import cache

from aggregator.domain.problem import NoteKind, ObjectType, Rejection
from aggregator.store.columns import naive
from aggregator.store.ledger import Row, Run, insert
from aggregator.store.sql_files import sql
from aggregator.store.warehouse import Connection

Clean = Callable[[str], str]
RECORD_OF = {"locations": ObjectType.LOCATION, "tariffs": ObjectType.TARIFF}


def write_problems(connection: Connection, run: Run, complete_modules: Collection[str]) -> None:
    """Write down what this run refused and noted; what it no longer refuses is past, not gone.

    complete_modules: those of `locations`, `tariffs` that came completely. Of another one, what
        did not come again is still refused, and its notes hold.
    """
    clean = cache(run.clean)
    told = {"feed": run.facts.feed, "settled": sorted(RECORD_OF[one] for one in complete_modules)}
    _write_refused(connection, run, clean)
    _settle(connection, run, told)
    connection.execute(sql("core", "noted"))
    insert(connection, "temp.noted", [_note_row(run, kind, clean) for kind in run.account.notes])
    for statement in ("noted_before", "noted_no_longer"):
        connection.execute(sql("core", statement), told)
    connection.execute(sql("core", "noted_now"))


def _write_refused(connection: Connection, run: Run, clean: Clean) -> None:
    """Bring together what was refused by the reader, and what came more than once."""
    connection.execute(sql("core", "refused"))
    rows = [_rejection_row(one, clean) for one in run.account.rejections]
    insert(connection, "temp.refused", rows)
    connection.execute(sql("core", "duplicate_rejections"))


def _settle(connection: Connection, run: Run, told: Mapping[str, object]) -> None:
    """Pair each refusal with the same one of the runs before, if there is one.

    told: the feed, and of which types of records all refusals are known now (`settled`).
    """
    feed = {"feed": run.facts.feed}
    seen = {"run_id": run.run_id, "now": naive(run.finished_at)}
    connection.execute(sql("core", "refusal_pair"), feed)
    connection.execute(sql("core", "received_again"))
    connection.execute(sql("core", "refused_no_longer"), told)
    connection.execute(sql("core", "refused_again"), seen)
    connection.execute(sql("core", "refused_first"), feed | seen)


def see_problems_again(connection: Connection, run: Run) -> None:
    """Write down that a run refused what the one before did: its documents are the same."""
    parameters = {"run_id": run.run_id, "feed": run.facts.feed, "now": naive(run.finished_at)}
    connection.execute(sql("core", "refused_as_before"), parameters)


def _rejection_row(rejection: Rejection, clean: Clean) -> Row:
    """Return a rejection without any secret that the server put into what it sent."""
    lost = dict(rejection.lost)
    is_record = rejection.object_type in RECORD_OF.values()
    record_id = rejection.record_id or (rejection.object_id if is_record else None)
    return {
        "object_type": str(rejection.object_type),
        "object_id": clean(rejection.object_id or "") or None,
        "record_id": clean(record_id or "") or None,
        "json_path": clean(rejection.json_path),
        "reason_code": rejection.reason_code,
        "reason": clean(rejection.reason),
        "raw_fragment": clean(rejection.raw_fragment or "") or None,
        "document_url": clean(rejection.document_url),
        "lost_evses": lost.get(ObjectType.EVSE, 0),
        "lost_connectors": lost.get(ObjectType.CONNECTOR, 0),
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
