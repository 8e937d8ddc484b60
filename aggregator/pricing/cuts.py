"""The moments inside a session at which a restriction can begin or cease to hold.

Durations are elapsed time, so all arithmetic is done in UTC and the local clock is only read.

Source: rulings 2 and 3.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import partial
from math import ceil

from aggregator.domain.tariff import Restrictions
from aggregator.pricing.restrictions import MIDNIGHT, depends_on_clock

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where restrictions change.

    clock_times: local times of day, ascending, midnight among them; empty without any
        restriction on time, date or weekday.
    """

    clock_times: tuple[time, ...]
    durations_seconds: tuple[int, ...]
    energies_kwh: tuple[Decimal, ...]


def thresholds_of(all_restrictions: Iterable[Restrictions]) -> Thresholds:
    """Collect where any of these restrictions changes."""
    clock_times: set[time] = set()
    durations_seconds: set[int | None] = set()
    energies_kwh: set[Decimal | None] = set()
    for restrictions in all_restrictions:
        if depends_on_clock(restrictions):
            clock_times |= {
                MIDNIGHT,
                restrictions.start_time or MIDNIGHT,
                restrictions.end_time or MIDNIGHT,
            }
        durations_seconds |= {restrictions.min_duration_seconds, restrictions.max_duration_seconds}
        energies_kwh |= {restrictions.min_kwh, restrictions.max_kwh}
    return Thresholds(
        tuple(sorted(clock_times)),
        tuple(sorted(seconds for seconds in durations_seconds if seconds)),
        tuple(sorted(energy for energy in energies_kwh if energy)),
    )


def clock_changes(
    times: tuple[time, ...], start: datetime, end: datetime, zone: tzinfo
) -> set[datetime]:
    """Return the UTC instants between start and end at which a clock restriction can change.

    These are the local times of day on every day, twice where the clock is set back, and the
    instants at which the zone's offset from UTC changes. Some of them may change nothing.

    Args:
        times: local times of day; without any there are no changes.
        start: UTC, excluded.
        end: UTC, excluded.
        zone: the charger's.
    """
    if not times:
        return set()
    changes = {
        datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)
        for day in _days(start.astimezone(zone).date(), end.astimezone(zone).date())
        for clock in times
        for fold in (0, 1)
    }
    changes.update(_offset_changes(start.replace(microsecond=0), end, zone))
    return {change for change in changes if start < change < end}


def _days(first: date, last: date) -> Iterator[date]:
    """Return every date from first to last; the clock may be set back across midnight."""
    for number in range(min(first, last).toordinal(), max(first, last).toordinal() + 1):
        yield date.fromordinal(number)


def _offset_changes(start: datetime, end: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Find the whole seconds at which the offset changes; never more than one change a day."""
    while start < end:
        until = min(start + DAY, end)
        before = _offset(start, zone)
        if _offset(until, zone) != before:
            seconds = ceil((until - start).total_seconds())
            yield start + timedelta(
                seconds=bisect_left(
                    range(seconds),
                    x=True,
                    key=partial(_offset_differs, start, zone),
                )
            )
        start = until


def _offset_differs(start: datetime, zone: tzinfo, seconds: int) -> bool:
    """Return whether the offset is another one this many seconds after start."""
    return _offset(start + timedelta(seconds=seconds), zone) != _offset(start, zone)


def _offset(instant: datetime, zone: tzinfo) -> timedelta | None:
    """Return the zone's offset from UTC at an instant."""
    return instant.astimezone(zone).utcoffset()
