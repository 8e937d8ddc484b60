"""How long the warehouse keeps what is over. What is current is never removed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from aggregator.errors import StoreError
from aggregator.store.columns import naive
from aggregator.store.sql_files import sql
from aggregator.store.trouble import reason
from aggregator.store.warehouse import WRITING, Connection, cursor

PRICES_AND_PLACES = ("location", "evse", "connector", "tariff")
RUN_TABLES = ("run_count", "run")


@dataclass(frozen=True, slots=True)
class Retention:
    """Days for which the past is kept; 0: for ever.

    prices: versions of locations, EVSEs, connectors and tariffs that have ended. status: past
    states of EVSEs. runs: harvests and their counts. rejections: what is no longer refused.
    """

    prices_days: int = 0
    status_days: int = 90
    runs_days: int = 400
    rejections_days: int = 400


def apply_retention(
    connection: Connection, retention: Retention, now: datetime, *, dry_run: bool = False
) -> dict[str, int]:
    """Remove what has been kept long enough; return the rows removed, by table.

    Days are counted back from the last run where that is earlier than now: a clock that is ahead,
    or a machine that was switched off for long, costs nothing.

    Args:
        connection: to the warehouse.
        retention: how long each part is kept, in days.
        now: UTC.
        dry_run: only count; everything stays.

    Raises:
        StoreError: the warehouse cannot be read or written; everything stays.
    """
    own = cursor(connection)
    with WRITING:
        own.execute("begin transaction")
        try:
            removed = _remove(own, retention, now)
            own.execute("rollback" if dry_run else "commit")
        except duckdb.Error as error:
            message = f"nothing old was removed: {reason(error)}"
            raise StoreError(message) from error
        finally:
            own.close()  # a transaction that is still open is undone
    return removed


def _remove(connection: Connection, retention: Retention, now: datetime) -> dict[str, int]:
    (newest,) = connection.execute(sql("care", "newest_run")).fetchall()[0]
    today = min(naive(now) or newest, newest) if newest else naive(now)
    if today is None:
        return {}
    days = {**dict.fromkeys(PRICES_AND_PLACES, retention.prices_days)}
    days["evse_status"] = retention.status_days
    removed = {
        table: _delete(connection, sql("care", "delete_old_versions", table=table), today, kept)
        for table, kept in days.items()
    }
    removed["rejection"] = _remove_rejections(connection, today, retention.rejections_days)
    return removed | _remove_runs(connection, today, retention.runs_days)


def _delete(connection: Connection, statement: str, today: datetime, kept_days: int) -> int:
    """Carry out a statement for everything older than so many days; return how many rows went."""
    if not kept_days:
        return 0
    before = {"before": today - timedelta(days=kept_days)}
    return int(connection.execute(statement, before).fetchall()[0][0])


def _remove_rejections(connection: Connection, today: datetime, kept_days: int) -> int:
    """Remove past refusals, where the warehouse remembers any: older ones hold the last run's."""
    column = {"table": "rejection", "column": "is_current"}
    (remembers,) = connection.execute(sql("care", "has_column"), column).fetchall()[0]
    if not remembers:
        return 0
    return _delete(connection, sql("care", "delete_past_rejections"), today, kept_days)


def _remove_runs(connection: Connection, today: datetime, kept_days: int) -> dict[str, int]:
    if not kept_days:
        return dict.fromkeys(RUN_TABLES, 0)
    before = {"before": today - timedelta(days=kept_days)}
    connection.execute(sql("care", "old_runs"), before)
    statements = {table: sql("care", "delete_old_runs", table=table) for table in RUN_TABLES}
    return {
        table: int(connection.execute(statement).fetchall()[0][0])
        for table, statement in statements.items()
    }
