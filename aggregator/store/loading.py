"""raw -> core: append-only history and a ledger in which received = kept + rejected.

One transaction a run: after a crash at any instant the warehouse holds the run wholly or not.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from aggregator.domain.problem import ObjectType
from aggregator.store.columns import naive
from aggregator.store.ledger import (
    Count,
    Run,
    check_identity,
    last_counts,
    write_problems,
    write_run,
)
from aggregator.store.shrink import ACCEPTS_ALL, ShrinkGuard
from aggregator.store.sql_files import sql
from aggregator.store.stage import STAGED, TABLES, Stage, template
from aggregator.store.warehouse import WRITING, Connection, make_room, transaction

MODULE_TABLES = {
    "locations": ("location", "evse", "evse_status", "connector"),
    "tariffs": ("tariff",),
}
RECORD_OF = {"locations": ObjectType.LOCATION, "tariffs": ObjectType.TARIFF}


def load(
    stage: Stage,
    run: Run,
    complete_modules: Collection[str],
    guard: ShrinkGuard = ACCEPTS_ALL,
) -> None:
    """Make what was staged part of the warehouse, and write down what became of every record.

    Args:
        stage: what was received.
        run: whose account it is; its counts are filled in.
        complete_modules: those of `locations`, `tariffs` that were received to the last page.
            Records that are missing from a complete module end; an incomplete or empty one never
            ends any.
        guard: holds a complete module that would end too many records: they stay as they were.

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
        run.finished_at = datetime.now(UTC)
        connection, feed = stage.connection, stage.feed
        run.counts = last_counts(connection, feed)
        parameters = {"feed": feed, "now": naive(run.finished_at), "modules": sorted(modules)}
        with transaction(connection):
            connection.execute(sql("core", "seen_again"), parameters)
            write_run(connection, run)


def _load(stage: Stage, run: Run, complete_modules: Collection[str], guard: ShrinkGuard) -> None:
    connection, feed = stage.connection, stage.feed
    stage.finish()
    make_room(connection, sum(stage.count(f"stage_{table}") for table in STAGED))
    for record in RECORD_OF.values():
        for table, restaged in stage.restage(record).items():
            run.account.received[ObjectType(table)] += restaged
    kept = {table: stage.kept(table) for table in TABLES}
    duplicates = stage.settle_duplicates()
    complete = {m for m in complete_modules if not _is_held(stage, run, m, kept)}
    run.finished_at = datetime.now(UTC)
    now = naive(run.finished_at)
    held = sorted({r.record_id for r in run.account.rejections if r.record_id} | run.account.held)
    shrunk = _find_all_changes(stage, run, complete, held, guard)
    run.counts = _counts(stage, run, duplicates, kept)
    check_identity(run.counts)
    _flag_many_refusals(run)
    run.is_whole = run.is_whole and run.outcome == "ok"
    run.has_changes = any(sum(_changes(stage, table).values()) for table in TABLES)
    with transaction(connection):
        for table in TABLES:
            _write_versions(connection, table, feed, now)
        for module, tables in MODULE_TABLES.items():
            came = {table: stage.count(f"stage_{table}") + kept[table] for table in tables}
            if came[tables[0]] and came == {table: _live(stage, table) for table in tables}:
                _mark_all_seen(stage, module, now)
            parameters = {"feed": feed, "complete": module in complete, "held": held}
            if module not in shrunk:
                fingerprint = run.facts.fingerprint
                _write_read_records(connection, RECORD_OF[module], parameters, fingerprint)
        write_run(connection, run)
        write_problems(connection, run)


def _write_read_records(
    connection: Connection, record: str, parameters: dict[str, object], fingerprint: str | None
) -> None:
    connection.execute(template("forget_read_records", record), parameters)
    if fingerprint is not None:
        connection.execute(
            template("remember_read_records", record), parameters | {"fingerprint": fingerprint}
        )


def _is_held(stage: Stage, run: Run, module: str, kept: Mapping[str, int]) -> bool:
    """Tell whether an empty answer must not end what was there before."""
    table = MODULE_TABLES[module][0]
    if stage.count(f"stage_{table}") or kept[table]:
        return False
    if live := _live(stage, table):
        run.attend(f"the answer held no {module}; the {live} known ones are kept")
    return bool(live)


def _find_all_changes(
    stage: Stage, run: Run, complete: set[str], held: list[str], guard: ShrinkGuard
) -> set[str]:
    """Compare what came with what is known; return the modules that lack too much.

    Nothing ends then, of any module: what is kept names tariffs. What is new in them waits.
    """
    shrunk = set()
    for module in MODULE_TABLES:
        _find_changes(stage, module, held, is_complete=module in complete)
        if module in complete and _is_shrunk(stage, run, module, guard):
            shrunk.add(module)
    if shrunk:
        complete.clear()
        for module in MODULE_TABLES:
            _find_changes(stage, module, held, is_complete=False)
    for module in shrunk:
        _leave_out_new(stage, module)
    return shrunk


def _find_changes(stage: Stage, module: str, held: list[str], *, is_complete: bool) -> None:
    parameters = {"feed": stage.feed, "complete": is_complete, "held": held}
    for table in MODULE_TABLES[module]:
        stage.connection.execute(template("changes", table), parameters)


def _is_shrunk(stage: Stage, run: Run, module: str, guard: ShrinkGuard) -> bool:
    """Tell whether a module lacks too much; say so, and how a person can confirm it."""
    for table in MODULE_TABLES[module]:
        ended, live = _changes(stage, table).get("ended", 0), _live(stage, table)
        if table != "evse_status" and guard.holds(ended, live):
            run.attend(
                f"the answer lacks {ended:,} of {live:,} known {table}s; they are kept, and new "
                "ones wait; if they are really gone: "
                f"klarpris harvest {stage.feed} --accept-shrink"
            )
            return True
    return False


def _leave_out_new(stage: Stage, module: str) -> None:
    """Keep out what is new: it may be what is missing, under another name."""
    for table in MODULE_TABLES[module]:
        stage.connection.execute(f"delete from temp.change_{table} where change = 'new'")  # noqa: S608 - our own table name


def _live(stage: Stage, table: str) -> int:
    query = sql("core", "live_count", table=table)
    row = stage.connection.execute(query, {"feed": stage.feed}).fetchone()
    return int(row[0]) if row else 0


def _counts(
    stage: Stage, run: Run, duplicates: Mapping[str, int], kept: Mapping[str, int]
) -> dict[ObjectType, Count]:
    counts = {}
    for object_type in ObjectType:
        changes = _changes(stage, object_type)
        twice = duplicates.get(object_type, 0)
        counts[object_type] = Count(
            received=run.account.received[object_type] + kept[object_type],
            kept=stage.count(f"stage_{object_type}") + kept[object_type],
            rejected=run.account.rejected(object_type) + twice,
            duplicates=twice,
            new=changes.get("new", 0),
            changed=changes.get("changed", 0),
            ended=changes.get("ended", 0),
        )
    return counts


def _flag_many_refusals(run: Run) -> None:
    """Ask for attention when more was refused than kept: the format is probably another one."""
    refused = sum(count.rejected - count.duplicates for count in run.counts.values())
    kept = sum(count.kept for count in run.counts.values())
    if refused > kept:
        run.attend(f"more records were refused ({refused}) than kept ({kept})")


def _changes(stage: Stage, table: str) -> dict[str, int]:
    query = f"select change, count(*) from temp.change_{table} group by change"  # noqa: S608 - our own table name
    return {change: int(n) for change, n in stage.connection.execute(query).fetchall()}


def _write_versions(connection: Connection, table: str, feed: str, now: datetime | None) -> None:
    connection.execute(template("touch_versions", table), {"feed": feed})
    connection.execute(template("close_versions", table), {"now": now})
    connection.execute(template("insert_versions", table), {"feed": feed, "now": now})


def _mark_all_seen(stage: Stage, module: str, now: datetime | None) -> None:
    """Remember now as the moment at which every current record of a module was received."""
    connection, feed = stage.connection, stage.feed
    connection.execute("delete from core.module where feed = ? and module = ?", [feed, module])
    connection.execute("insert into core.module values (?, ?, ?)", [feed, module, now])


def record_failure(connection: Connection, run: Run) -> None:
    """Write down a run that brought nothing; everything known stays as it is."""
    run.outcome = "failed"
    run.finished_at = datetime.now(UTC)
    with WRITING, transaction(connection):
        write_run(connection, run)
