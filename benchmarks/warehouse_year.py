"""A year of daily changes over a loaded warehouse, and what was known on any day of it.

Each day 1 % of the locations, with all their equipment, and 1 % of the tariffs come as an
incremental answer. The clock is moved; the harvest is the real one, without a snapshot each day.
"""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import time_machine

from aggregator.cli.output import configure_logging
from aggregator.config import Settings
from aggregator.domain.problem import ObjectType
from aggregator.harvest import Equipment, Job, harvest
from aggregator.sources.local_file import local_feeds
from aggregator.store.ledger import Run
from aggregator.store.warehouse import Connection, open_warehouse
from benchmarks.warehouse_feed import Numbers, Size, write_records

DAYS = 365
CHANGED_EVERY = 100
LATER_EDITIONS = 3  # so that none looks like that of the feed before the year
DAYS_ASKED_FOR = 20
SEED = 1
CONNECTOR = """
    select feed, country_code, party_id, location_id, evse_uid, connector_id
    from core.connector
    where valid_to is null
    order by hash(location_id, evse_uid, connector_id)
    limit 1
"""
KEY = ("feed", "country_code", "party_id", "location_id", "evse_uid", "connector_id")
OF_ONE = " and ".join(f"{name} = ${name}" for name in KEY)
QUESTIONS = {
    "tariffs_of_a_feed": """
        select country_code, party_id, tariff_id, price_list
        from core.tariff_as_of($moment)
        where feed = $feed""",
    "connectors_counted": "select count(*) from core.connector_as_of($moment)",
    "one_connector": f"""
        select tariff_ids, max_power_kw, valid_from
        from core.connector_as_of($moment)
        where {OF_ONE}""",  # noqa: S608 - constants of this module
}


class Silent:
    """Wants to know nothing of how far a harvest is."""

    def started(self, feed: str) -> None: ...

    def advanced(self, feed: str, records: int, total: int | None) -> None: ...

    def finished(self, feed: str, run: Run) -> None: ...


def a_year(home: Path, feed: str, size: Size, days: int = DAYS) -> dict[str, Any]:
    """Return what a year costs, in seconds, bytes and milliseconds."""
    configure_logging()  # not a line for each day
    settings = Settings(home=home)
    begun, begin = time.perf_counter(), datetime.now(UTC)
    with open_warehouse(settings.warehouse_path) as connection:
        for day in range(1, days + 1):
            with time_machine.travel(begin + timedelta(days=day)):
                _a_day(connection, settings, feed, size, day)
    seconds = time.perf_counter() - begun
    with open_warehouse(settings.warehouse_path) as connection:  # the log is in its place by now
        moments = [begin + timedelta(days=day, hours=1) for day in _some_days(days)]
        asked = {name: percentile(_times(connection, name, moments), 95) for name in QUESTIONS}
        (versions,) = connection.execute("select count(*) from core.connector").fetchall()[0]
    return {
        "days": days,
        "seconds": round(seconds, 1),
        "seconds_per_day": round(seconds / days, 2),
        "connector_versions": versions,
        "warehouse_mb": round(settings.warehouse_path.stat().st_size / 1e6),
        "as_of_p95_ms": {name: round(took * 1_000, 1) for name, took in asked.items()},
    }


def of_the_day(count: int, day: int) -> Numbers:
    """Return (number, edition) of the records that change on a day.

    >>> of_the_day(300, 101)
    [(1, 105), (101, 105), (201, 105)]
    """
    edition = day + day // CHANGED_EVERY + LATER_EDITIONS  # no round number after the one before
    changed = range(day % CHANGED_EVERY, count, CHANGED_EVERY)
    return [(number, edition) for number in changed]


def percentile(seconds: list[float], percent: int) -> float:
    """Return the least of the values that so many per cent of them do not exceed.

    >>> percentile([3.0, 1.0, 2.0, 4.0], 50), percentile([3.0, 1.0], 95)
    (2.0, 3.0)
    """
    return sorted(seconds)[max(0, -(-len(seconds) * percent // 100) - 1)]


def _a_day(connection: Connection, settings: Settings, feed: str, size: Size, day: int) -> None:
    with TemporaryDirectory() as name:
        locations, tariffs = of_the_day(size.locations, day), of_the_day(size.tariffs, day)
        write_records(Path(name) / feed, size, locations, tariffs)
        jobs = [Job(one.feed_id, None, one) for one in local_feeds(Path(name), ())]
        runs = asyncio.run(harvest(connection, jobs, Equipment.of(settings), Silent()))
    for kind in (ObjectType.LOCATION, ObjectType.EVSE, ObjectType.CONNECTOR):
        changed = runs[feed].counts[kind].changed
        assert changed >= len(locations), kind  # noqa: S101 - else no figure counts


def _some_days(days: int) -> list[int]:
    chance = Random(SEED)
    return [chance.randint(1, days) for _ in range(DAYS_ASKED_FOR)]


def _times(connection: Connection, name: str, moments: list[datetime]) -> list[float]:
    """Return how long a question takes for each moment, in seconds; after one that counts not."""
    row = connection.execute(CONNECTOR).fetchall()[0]
    known = dict(zip(KEY, row, strict=True))
    values = {key: value for key, value in known.items() if f"${key}" in QUESTIONS[name]}
    return list(_timed(connection, QUESTIONS[name], values, moments))


def _timed(
    connection: Connection, query: str, values: dict[str, Any], moments: list[datetime]
) -> Iterator[float]:
    connection.execute(query, values | {"moment": moments[0].replace(tzinfo=None)}).fetchall()
    for moment in moments:
        begun = time.perf_counter()
        found = connection.execute(query, values | {"moment": moment.replace(tzinfo=None)})
        assert found.fetchall()  # noqa: S101 - else no figure counts
        yield time.perf_counter() - begun
