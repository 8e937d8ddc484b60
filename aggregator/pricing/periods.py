"""A session cut into periods within which no restriction changes.

Source: ruling 2: wall-clock times, dates, weekdays, durations and kWh, energy being linear.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from aggregator.pricing.course import MICROSECONDS_PER_SECOND, NOTHING, Course, Leg
from aggregator.pricing.cuts import Thresholds, clock_changes
from aggregator.pricing.restrictions import Moment

Mark = tuple[Fraction, Fraction]
"""Elapsed seconds and energy so far, in kWh."""


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a session that is charged alike from beginning to end.

    start: its first moment, which decides what restrictions hold.
    duration_seconds / energy_kwh: what passes within it.
    """

    start: Moment
    charging: bool
    duration_seconds: Fraction
    energy_kwh: Fraction


def periods(run: Course, thresholds: Thresholds) -> list[Period]:
    """Cut the session where restrictions can change and where charging begins or ends.

    A session without any duration is one empty period, since it may still owe a flat fee.
    """
    if not run.legs:
        moment = run.parked_moment(NOTHING, NOTHING)
        return [Period(moment, charging=False, duration_seconds=NOTHING, energy_kwh=NOTHING)]
    elapsed = sorted(set(elapsed_marks(run, thresholds, run.total_seconds)))
    return [period for leg in run.legs for period in _of_leg(run, leg, thresholds, elapsed)]


def _of_leg(
    run: Course, leg: Leg, thresholds: Thresholds, elapsed: list[Fraction]
) -> Iterator[Period]:
    begin = (leg.begin_seconds, leg.begin_kwh)
    for first, last in pairwise(sorted({begin, leg.end, *_marks(leg, thresholds, elapsed)})):
        start = run.charging_moment(*first, leg) if leg.charging else run.parked_moment(*first)
        yield Period(start, leg.charging, last[0] - first[0], last[1] - first[1])


def _marks(leg: Leg, thresholds: Thresholds, elapsed: list[Fraction]) -> Iterator[Mark]:
    """Return the moments inside a leg at which a restriction can change."""
    end_seconds, end_kwh = leg.end
    for energy in thresholds.energies_kwh:
        if leg.begin_kwh < energy < end_kwh:
            energy_kwh = Fraction(energy)
            share = (energy_kwh - leg.begin_kwh) / leg.kwh
            yield leg.begin_seconds + leg.seconds * share, energy_kwh
    for seconds in elapsed:
        if leg.begin_seconds < seconds < end_seconds:
            yield seconds, leg.energy_at(seconds)


def elapsed_marks(
    run: Course, thresholds: Thresholds, total_seconds: Fraction
) -> Iterator[Fraction]:
    """Return the elapsed seconds, below the total, of duration thresholds and clock changes."""
    for seconds in thresholds.durations_seconds:
        if seconds < total_seconds:
            yield Fraction(seconds)
    end = run.instant_at(total_seconds)
    for change in clock_changes(thresholds.clock_times, run.start, end, run.zone):
        yield Fraction((change - run.start) // timedelta(microseconds=1), MICROSECONDS_PER_SECOND)
