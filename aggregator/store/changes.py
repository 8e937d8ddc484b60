"""What one run's records are beside those that are known: new, changed, ended, or waiting."""

from collections.abc import Collection, Mapping

from aggregator.domain.problem import ObjectType
from aggregator.store.columns import naive
from aggregator.store.ledger import Run
from aggregator.store.shrink import MEMORY, ShrinkGuard
from aggregator.store.sql_files import sql
from aggregator.store.stage import TABLES, Stage, template

Tally = Mapping[str, int]
MODULE_TABLES = {
    "locations": ("location", "evse", "evse_status", "connector"),
    "tariffs": ("tariff",),
}


def live_records(stage: Stage) -> dict[str, int]:
    """Return how many current records of a feed each table holds now."""
    return {table: _live(stage, table) for table in TABLES}


def _live(stage: Stage, table: str) -> int:
    query = sql("core", "live_count", table=table)
    row = stage.connection.execute(query, {"feed": stage.feed}).fetchone()
    return int(row[0]) if row else 0


def changes_of(stage: Stage, table: str) -> dict[str, int]:
    """Return how many records of a table are `new`, `changed`, `ended` or `waiting`."""
    rows = stage.connection.execute(sql("core", "change_counts", table=table)).fetchall()
    return dict.fromkeys(("new", "changed", "ended", "waiting"), 0) | dict(rows)


def unchanged_of(stage: Stage, table: str) -> int:
    """Return how many staged records of a table are as core holds them, counted one by one."""
    row = stage.connection.execute(sql("core", "unchanged_count", table=table)).fetchone()
    return int(row[0]) if row else 0


def find_all_changes(
    stage: Stage, run: Run, complete: set[str], held: list[str], guard: ShrinkGuard, live: Tally
) -> set[str]:
    """Compare what came with what is known; return the modules that lack too much.

    Then nothing ends, in no module: what is kept names tariffs. What is new in such a module
    waits. Nor does anything end where a module lacks records and holds some without an id.

    Args:
        stage: what came.
        run: told what a person should look at.
        complete: modules that came whole; emptied where nothing ends.
        held: ids of locations and tariffs of which nothing ends.
        guard: decides what is too much.
        live: current records by table.
    """
    most = _most_live(stage, run, live)
    shrunk, unclear = set(), set()
    for module in MODULE_TABLES:
        _find_changes(stage, module, held, is_complete=module in complete)
        if module in complete and _is_shrunk(stage, run, module, guard, live, most):
            shrunk.add(module)
        elif module in complete and _is_unclear(stage, run, module, guard):
            unclear.add(module)
    if shrunk or unclear:
        complete.clear()
        for module in MODULE_TABLES:
            _find_changes(stage, module, held, is_complete=False)
    for module in shrunk:
        _let_new_wait(stage, module)
    return shrunk


def _find_changes(stage: Stage, module: str, held: Collection[str], *, is_complete: bool) -> None:
    parameters = {"feed": stage.feed, "complete": is_complete, "held": held}
    for table in MODULE_TABLES[module]:
        stage.connection.execute(template("changes", table), parameters)


def _most_live(stage: Stage, run: Run, live: Tally) -> dict[str, int]:
    """Return the most records of each table that were live in the last 24 hours, until now.

    By the machine's clock, either way: runs while it was far ahead are no memory of these hours.
    """
    now = naive(run.clock_at)
    parameters = {
        "feed": stage.feed,
        "first": now - MEMORY if now else None,
        "last": now + MEMORY if now else None,
    }
    rows = stage.connection.execute(sql("core", "most_live"), parameters).fetchall()
    return dict(live) | {table: max(int(most), live[table]) for table, most in rows}


def _is_shrunk(
    stage: Stage, run: Run, module: str, guard: ShrinkGuard, live: Tally, most: Tally
) -> bool:
    """Tell whether a module lacks too much; say so, and how a person can confirm it."""
    for table in MODULE_TABLES[module]:
        if table not in set(ObjectType):
            continue  # the states of EVSEs come and go with them
        counts = changes_of(stage, table)
        why = guard.why_held(table, counts["ended"], counts["new"], live[table], most[table])
        if why:
            run.attend(
                f"{why}; all are kept, and new ones wait; if they are really gone: "
                f"klarpris harvest {stage.feed} --accept-shrink"
            )
            return True
    return False


def _is_unclear(stage: Stage, run: Run, module: str, guard: ShrinkGuard) -> bool:
    """Tell whether what a module lacks may be what came without a readable id; say so."""
    record = MODULE_TABLES[module][0]
    nameless = [
        one for one in run.account.rejections if one.record_id is None and one.object_type == record
    ]
    ended = changes_of(stage, record)["ended"]
    if guard.accepts_all or not nameless or not ended:
        return False
    run.attend(
        f"{len(nameless):,} {module} came without a readable id, so they may be the {ended:,} "
        "that are missing; all are kept; if those are really gone: "
        f"klarpris harvest {stage.feed} --accept-shrink"
    )
    return True


def _let_new_wait(stage: Stage, module: str) -> None:
    for table in MODULE_TABLES[module]:
        stage.connection.execute(sql("core", "wait", table=table))
