"""raw -> core: append-only history and a ledger that adds up, to the last record.

One transaction a run: after a crash at any instant the warehouse holds the run wholly or not.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from aggregator.domain.problem import ObjectType
from aggregator.store.changes import (
    MODULE_TABLES,
    Tally,
    changes_of,
    find_all_changes,
    live_records,
    unchanged_of,
)
from aggregator.store.columns import naive
from aggregator.store.ledger import (
    Count,
    Run,
    check_identity,
    check_live,
    last_counts,
    write_run,
)
from aggregator.store.moments import end_now
from aggregator.store.quarantine import see_problems_again, write_problems
from aggregator.store.shrink import HOLDS_EMPTY, ShrinkGuard
from aggregator.store.sql_files import sql
from aggregator.store.stage import STAGED, TABLES, Stage, template
from aggregator.store.warehouse import WRITING, Connection, make_room, transaction

RECORD_OF = {"locations": ObjectType.LOCATION, "tariffs": ObjectType.TARIFF}


@dataclass(frozen=True, slots=True)
class _Found:
    """What came, beside what was known before; by table.

    complete: modules whose missing records end. settled: modules of which it is known what is
    refused; what is missing from them need not end. held: ids of which nothing ends.
    kept: records that came as they were. live: current records before the run.
    """

    complete: Collection[str]
    settled: Collection[str]
    held: list[str]
    kept: Tally
    duplicates: Tally
    live: Tally
    changes: Mapping[str, Tally]

    def unchanged(self, stage: Stage, table: str) -> int:
        """Return how many records came that core holds as they are."""
        return unchanged_of(stage, table) + self.kept[table]


def load(
    stage: Stage,
    run: Run,
    complete_modules: Collection[str],
    guard: ShrinkGuard = HOLDS_EMPTY,
) -> None:
    """Make what was staged part of the warehouse, and write down what became of every record.

    Args:
        stage: what was received.
        run: whose account it is; its counts are filled in.
        complete_modules: those of `locations`, `tariffs` that were received to the last page.
            Records that are missing from a complete module end; an incomplete one never ends any,
            nor does one that holds a record without a readable id: it may be any of them.
        guard: holds a complete module that is empty or would end too many records: they stay as
            they were.

    Raises:
        StoreError: the ledger does not add up; nothing was loaded.
    """
    with WRITING:
        _load(stage, run, complete_modules, guard)


def keep_everything(stage: Stage, run: Run, modules: Collection[str]) -> None:
    """Write down a run in which the server said that all its documents are as they were.

    modules: those of `locations`, `tariffs` that the server said so of.
    """
    with WRITING:
        connection, feed = stage.connection, stage.feed
        end_now(connection, run)
        live = live_records(stage)
        before = last_counts(connection, feed)
        run.counts = {kind: replace(count, live=live[kind]) for kind, count in before.items()}
        check_identity(run.counts)
        parameters = {"feed": feed, "now": naive(run.finished_at), "modules": sorted(modules)}
        with transaction(connection):
            connection.execute(sql("core", "seen_again"), parameters)
            see_problems_again(connection, run)
            write_run(connection, run)


def _load(stage: Stage, run: Run, complete_modules: Collection[str], guard: ShrinkGuard) -> None:
    stage.finish()
    make_room(stage.connection, sum(stage.count(f"stage_{table}") for table in STAGED))
    for record in RECORD_OF.values():
        for table, restaged in stage.restage(record).items():
            run.account.received[ObjectType(table)] += restaged
    end_now(stage.connection, run)
    found = _compare(stage, run, complete_modules, guard)
    run.accepts_shrink = guard.accepts_all
    run.has_changes = any(
        tally[change] for tally in found.changes.values() for change in ("new", "changed", "ended")
    )
    with transaction(stage.connection):
        _write(stage, run, found)
        _account(stage, run, found)
        write_run(stage.connection, run)
        write_problems(stage.connection, run, found.settled)


def _compare(
    stage: Stage, run: Run, complete_modules: Collection[str], guard: ShrinkGuard
) -> _Found:
    """Settle what counts of all that came, and what it changes."""
    kept = {table: stage.kept(table) for table in TABLES}
    duplicates = stage.settle_duplicates()
    live = live_records(stage)
    empty = set() if guard.accepts_all else _empty(stage, complete_modules, kept, live)
    for module in sorted(empty):
        _say_empty(run, module, live)
    complete = set(complete_modules) - empty
    held = sorted({r.record_id for r in run.account.rejections if r.record_id} | run.account.held)
    shrunk = find_all_changes(stage, run, complete, held, guard, live)
    settled = set(complete_modules) - empty - shrunk
    changes = {table: changes_of(stage, table) for table in TABLES}
    return _Found(complete, settled, held, kept, duplicates, live, changes)


def _empty(stage: Stage, modules: Collection[str], kept: Tally, live: Tally) -> set[str]:
    """Return the modules that came without a record although some are known."""
    tables = {module: MODULE_TABLES[module][0] for module in modules}
    return {
        module
        for module, table in tables.items()
        if live[table] and not kept[table] and not stage.count(f"stage_{table}")
    }


def _say_empty(run: Run, module: str, live: Tally) -> None:
    known = live[MODULE_TABLES[module][0]]
    run.attend(
        f"the answer held no {module}; the {known} known ones are kept; if they are really gone: "
        f"klarpris harvest {run.facts.feed} --accept-shrink"
    )


def _write(stage: Stage, run: Run, found: _Found) -> None:
    """Write versions, and from which bytes they were read."""
    connection, now = stage.connection, naive(run.finished_at)
    for table in TABLES:
        connection.execute(template("touch_versions", table), {"feed": stage.feed})
        connection.execute(template("close_versions", table), {"now": now})
        connection.execute(template("insert_versions", table), {"feed": stage.feed, "now": now})
    for module, record in RECORD_OF.items():
        _write_read_records(stage, run, module, record, found)


def _write_read_records(
    stage: Stage, run: Run, module: str, record: ObjectType, found: _Found
) -> None:
    """Remember from which bytes records were read, where core holds what these bytes say."""
    connection = stage.connection
    bound = {"feed": stage.feed, "held": found.held}
    is_complete = {"complete": module in found.complete}
    connection.execute(template("forget_read_records", record), bound | is_complete)
    waits = any(found.changes[table]["waiting"] for table in MODULE_TABLES[module])
    if run.facts.fingerprint is None or waits:
        return
    connection.execute(sql("core", f"lacking_{record}"), is_complete)
    bound["fingerprint"] = run.facts.fingerprint
    connection.execute(template("remember_read_records", record), bound)


def _account(stage: Stage, run: Run, found: _Found) -> None:
    """Count what became of every record, and which modules were seen wholly."""
    live = live_records(stage)
    check_live(found.live, found.changes, live)
    run.counts = {kind: _count(stage, run, found, kind, live) for kind in ObjectType}
    check_identity(run.counts)
    _flag_many_refusals(run)
    run.is_whole = run.is_whole and run.outcome == "ok"
    for module, tables in MODULE_TABLES.items():
        came = {table: _seen(stage, found, table) for table in tables}
        if came[tables[0]] and came == {table: live[table] for table in tables}:
            _mark_all_seen(stage, run, module)


def _count(stage: Stage, run: Run, found: _Found, kind: ObjectType, live: Tally) -> Count:
    kept, twice = found.kept[kind], found.duplicates.get(kind, 0)
    return Count(
        received=run.account.received[kind] + kept,
        kept=stage.count(f"stage_{kind}") + kept,
        rejected=run.account.rejected(kind) + twice,
        duplicates=twice,
        unchanged=found.unchanged(stage, kind),
        live=live[kind],
        **found.changes[kind],
    )


def _seen(stage: Stage, found: _Found, table: str) -> int:
    """Return how many of the current records this run brought."""
    tally = found.changes[table]
    return found.unchanged(stage, table) + tally["new"] + tally["changed"]


def _flag_many_refusals(run: Run) -> None:
    """Ask for attention when more was refused than kept: the format is probably another one."""
    refused = sum(count.rejected - count.duplicates for count in run.counts.values())
    kept = sum(count.kept for count in run.counts.values())
    if refused > kept:
        run.attend(f"more records were refused ({refused}) than kept ({kept})")


def _mark_all_seen(stage: Stage, run: Run, module: str) -> None:
    """Remember this run as the one in which every current record of a module was received."""
    connection, feed, now = stage.connection, stage.feed, naive(run.finished_at)
    connection.execute("delete from core.module where feed = ? and module = ?", [feed, module])
    connection.execute("insert into core.module values (?, ?, ?)", [feed, module, now])


def record_failure(connection: Connection, run: Run) -> None:
    """Write down a run that brought nothing; everything known stays as it is.

    What it had counted before it failed was undone with it.
    """
    with WRITING:
        end_now(connection, run)
        run.outcome, run.counts = "failed", {}
        run.has_changes = run.accepts_shrink = run.is_whole = False
        with transaction(connection):
            write_run(connection, run)
