"""What a warehouse or a snapshot tells about its own health. Nothing is changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from aggregator.errors import StoreError
from aggregator.store.at_rest import at_rest
from aggregator.store.columns import KEYS, naive
from aggregator.store.pointer import Snapshot
from aggregator.store.snapshot import SCHEMA_VERSION
from aggregator.store.sql_files import sql, sql_names
from aggregator.store.trouble import reason, warehouse_trouble
from aggregator.store.warehouse import CONFIG, Connection

PER_TABLE = {
    "backward_versions": "{} versions of {} end before they begin",
    "current_twice": "{} records of {} have more than one current version",
    "overlapping_versions": "{} versions of {} overlap the next one",
}
OVERALL = {
    "unbalanced_runs": "{} runs received something that is neither kept nor rejected",
    "connectors_without_evse": "{} connectors have no EVSE",
    "evses_without_location": "{} EVSEs have no location",
}
LEDGER = "0004_ledger"  # the step since which runs tell what became of what they kept
A_DAY = timedelta(days=1)  # more than clocks and time zones differ by


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a warehouse. Moments are UTC without zone.

    newer_steps, missing_steps: schema steps that this Klarpris does not know, or would add.
    faults: identities that do not hold, in words. newest_at: its newest moment. beyond: how many
    moments lie more than a day ahead of now. changed_at: when what is published last changed.
    """

    newer_steps: list[str]
    missing_steps: list[str]
    faults: list[str]
    newest_at: datetime | None
    beyond: int
    changed_at: datetime | None


def examine_warehouse(path: Path, now: datetime) -> Examined:
    """Return what a warehouse file that nobody writes tells about itself.

    now: UTC.

    Raises:
        InUse: another process writes it.
        StoreError: it is damaged.
    """
    try:
        with at_rest(path) as connection:
            return _examined(connection, now)
    except duckdb.Error as error:
        message = f"{path} cannot be examined: {reason(error)}"
        raise (warehouse_trouble(path, error) or StoreError(message)) from error


def _examined(connection: Connection, now: datetime) -> Examined:
    applied = {step for (step,) in _all(connection, sql("care", "steps", database="warehouse"))}
    known = sql_names("schema")
    newer = sorted(applied - set(known))
    missing = [step for step in known if step not in applied]
    if newer:
        return Examined(newer, missing, [], None, 0, None)
    until = {"until": naive(now + A_DAY)}
    ((newest_at, beyond),) = connection.execute(sql("care", "newest_moment"), until).fetchall()
    ((changed_at,),) = _all(connection, sql("care", "newest_change"))
    return Examined(newer, missing, _faults(connection, missing), newest_at, beyond, changed_at)


def _faults(connection: Connection, missing: Collection[str]) -> list[str]:
    """Return which identities do not hold; missing: steps that the warehouse has not seen."""
    found = []
    for name, words in OVERALL.items():
        is_old = name == "unbalanced_runs" and LEDGER in missing
        query = sql("care", f"{name}_before_ledger" if is_old else name)
        if count := _all(connection, query)[0][0]:
            found.append(words.format(f"{count:,}"))
    for table, key in KEYS.items():
        for name, words in PER_TABLE.items():
            query = sql("care", name, table=table, key=", ".join(key))
            if count := _all(connection, query)[0][0]:
                found.append(words.format(f"{count:,}", table))
    return found


def _all(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def zones_of(snapshot: Snapshot) -> list[str]:
    """Return the time zones that a snapshot's locations are priced in.

    Raises:
        StoreError: it is not there, is damaged, or is of another Klarpris.
    """
    if not snapshot.path.is_file():
        message = f"{snapshot.path} is not there"
        raise StoreError(message)
    if snapshot.schema_version != SCHEMA_VERSION:
        message = (
            f"{snapshot.path} is of schema version {snapshot.schema_version}, "
            f"this Klarpris reads version {SCHEMA_VERSION}"
        )
        raise StoreError(message)
    try:
        with duckdb.connect(snapshot.path, read_only=True, config={**CONFIG}) as connection:
            return [zone for (zone,) in _all(connection, sql("care", "zones"))]
    except duckdb.Error as error:
        message = f"{snapshot.path} cannot be read: {reason(error)}"
        raise StoreError(message) from error
