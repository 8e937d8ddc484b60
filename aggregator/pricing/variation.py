"""Whether the price of a tariff depends on when, how long or how much one charges."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from aggregator.domain.tariff import Dimension
from aggregator.pricing.components import Candidate, PriceTable, active_candidate
from aggregator.pricing.course import NOTHING, Course
from aggregator.pricing.periods import Period, periods
from aggregator.pricing.restrictions import MIDNIGHT, Moment

DAYS_PER_WEEK = 7
NEGLIGIBLE_WINDOW = timedelta(minutes=1)  # 23:59 as end of the day leaves such a hole

Price = tuple[Fraction, Decimal | None] | None
"""Price and VAT rate; None where nothing is charged."""

Schedule = tuple[tuple[Price, ...], ...]
"""For each dimension, the prices through the stages of a session."""


def price_varies(table: PriceTable, run: Course, first_day: date) -> bool:
    """Return whether any price changes in the week from first_day or inside the session."""
    if all(candidate.unrestricted for candidate in table):
        return False
    first: Schedule | None = None
    for schedule in _weekly_schedules(table, run, first_day):
        first = first or schedule
        if schedule != first or any(len(set(prices)) > 1 for prices in schedule):
            return True
    return False


def price_varies_by_clock(table: PriceTable, run: Course, first_day: date) -> bool:
    """Return whether the time, date or weekday of the start changes any price of the session."""
    schedules = _weekly_schedules(table, run, first_day)
    first = next(schedules, None)
    return any(schedule != first for schedule in schedules)


def _weekly_schedules(table: PriceTable, run: Course, first_day: date) -> Iterator[Schedule]:
    """Return the schedule of a session for each window of the week in which prices are steady."""
    stages = periods(run, replace(table.thresholds, clock_times=()))
    for local in _windows(table.thresholds.clock_times, first_day):
        yield _schedule(table, [_at(stage, local, run.power_kw) for stage in stages])


@lru_cache(maxsize=4096)
def _windows(clock_times: tuple[time, ...], first_day: date) -> tuple[datetime, ...]:
    """Return the beginning of every window of the week, on the local clock.

    The zone does not matter: only the reading of the clock does.
    """
    begins = [
        datetime.combine(first_day + timedelta(days=day), clock, UTC)
        for day in range(DAYS_PER_WEEK)
        for clock in clock_times or (MIDNIGHT,)
    ]
    end = datetime.combine(first_day + timedelta(days=DAYS_PER_WEEK), MIDNIGHT, UTC)
    windows = (b for b, until in pairwise([*begins, end]) if until - b > NEGLIGIBLE_WINDOW)
    return tuple(windows) if clock_times else tuple(begins[:1])


def _at(stage: Period, local: datetime, power_kw: Fraction | None) -> tuple[bool, Moment, Moment]:
    """Return whether the stage is one of charging, and its start as charging and as parked."""
    elapsed_seconds, energy_kwh = stage.start.elapsed_seconds, stage.start.energy_kwh
    return (
        stage.charging,
        Moment(local, elapsed_seconds, energy_kwh, power_kw, None),
        Moment(local, elapsed_seconds, energy_kwh, NOTHING, NOTHING),
    )


def _schedule(table: PriceTable, stages: Sequence[tuple[bool, Moment, Moment]]) -> Schedule:
    """Return the prices of every dimension; parking might begin at any stage."""
    charging = [moment for is_charging, moment, _ in stages if is_charging]
    parked = [moment for _, _, moment in stages]
    candidates = table.candidates
    flat = _prices(candidates[Dimension.FLAT], (moment for _, moment, _ in stages))
    return (
        tuple(_prices(candidates[Dimension.ENERGY], charging)),
        tuple(_prices(candidates[Dimension.TIME], charging)),
        tuple(_prices(candidates[Dimension.PARKING_TIME], parked)),
        tuple(_settled_once(flat)),
    )


def _prices(candidates: tuple[Candidate, ...], moments: Iterable[Moment]) -> Iterator[Price]:
    """Return what is charged at each moment."""
    for moment in moments:
        candidate = active_candidate(candidates, moment)
        if candidate is None or not candidate.price:
            yield None
        else:
            yield candidate.price, candidate.component.vat_rate


def _settled_once(prices: Iterable[Price]) -> Iterator[Price]:
    """Return the flat fees as owed: the first one settles the session (ruling 6)."""
    settled: Price = None
    for price in prices:
        settled = settled or price
        yield settled
