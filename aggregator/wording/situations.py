"""Which of a dimension's prices can be met at all, and whether something is left without a price.

The situations a charge may meet are finitely many where nothing but the restrictions tells them
apart: times of the week, dates, durations, energies, powers and currents between two thresholds.
Where they are too many, nothing is ruled out.

Sources: rulings 1, 2, 3 and 11.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

from aggregator.domain.tariff import Dimension, Restrictions
from aggregator.pricing.components import Candidate
from aggregator.pricing.cuts import thresholds_of
from aggregator.pricing.restrictions import MIDNIGHT, Moment, restrictions_hold

MOST_SITUATIONS = 3000
DAYS_PER_WEEK = 7
SOME_MONDAY = date(2024, 1, 1)
NO_FLOW = [Fraction(0)]


@dataclass(frozen=True, slots=True)
class Reach:
    """What can be met of the prices of one dimension.

    candidates: those that charge in some situation, in list order.
    overlapping: those of them that would also hold where an earlier one charges.
    open_ended: whether some situation is left in which none holds.
    """

    candidates: tuple[Candidate, ...]
    overlapping: frozenset[Candidate]
    open_ended: bool


def reach(candidates: tuple[Candidate, ...], dimension: Dimension, *, flows: bool = True) -> Reach:
    """Return what can be met.

    Args:
        candidates: of one dimension, in list order.
        dimension: what they charge for; no power flows while parked.
        flows: whether a vehicle can be charging; not so during a reservation.
    """
    used = _up_to_unrestricted(candidates)
    if len(used) == 1 and used[0].unrestricted:
        return Reach(used, frozenset(), open_ended=False)
    axes = _axes(
        [c.restrictions for c in used], flows=flows and dimension is not Dimension.PARKING_TIME
    )
    if prod(len(axis) for axis in axes) > MOST_SITUATIONS:
        return Reach(used, frozenset(used[1:]), open_ended=not (used and used[-1].unrestricted))
    return _met(used, [_moment(*values) for values in product(*axes)])


def _up_to_unrestricted(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Leave out what stands after a price that always holds."""
    for position, candidate in enumerate(candidates, start=1):
        if candidate.unrestricted:
            return candidates[:position]
    return candidates


def _met(candidates: tuple[Candidate, ...], situations: Iterable[Moment]) -> Reach:
    """Try every price in every situation."""
    charging: set[Candidate] = set()
    overlapping: set[Candidate] = set()
    open_ended = False
    for moment in situations:
        holding = [c for c in candidates if restrictions_hold(c.restrictions, moment)]
        charging.update(holding[:1])
        overlapping.update(holding[1:])
        open_ended = open_ended or not holding
    found = tuple(c for c in candidates if c in charging)
    return Reach(found, frozenset(overlapping & charging), open_ended)


def _moment(
    day: date, clock: time, seconds: int, kwh: Fraction, power_kw: Fraction, current_a: Fraction
) -> Moment:
    return Moment(datetime.combine(day, clock, UTC), Fraction(seconds), kwh, power_kw, current_a)


Axes = tuple[list[date], list[time], list[int], list[Fraction], list[Fraction], list[Fraction]]


def _axes(restrictions: list[Restrictions], *, flows: bool) -> Axes:
    """Return one value of every stretch between two thresholds, for all that is restricted."""
    cuts = thresholds_of(restrictions)
    return (
        list(_days(restrictions)) if cuts.clock_times else [SOME_MONDAY],
        list(cuts.clock_times) or [MIDNIGHT],
        [0, *cuts.durations_seconds],
        [Fraction(0), *map(Fraction, cuts.energies_kwh)],
        _steps(restrictions, lambda r: (r.min_power_kw, r.max_power_kw)) if flows else NO_FLOW,
        _steps(restrictions, lambda r: (r.min_current_a, r.max_current_a)) if flows else NO_FLOW,
    )


def _steps(
    restrictions: list[Restrictions],
    limits: Callable[[Restrictions], tuple[Decimal | None, Decimal | None]],
) -> list[Fraction]:
    """Return 0 and every limit."""
    stated = {limit for one in restrictions for limit in limits(one) if limit is not None}
    return sorted({Fraction(0), *map(Fraction, stated)})


def _days(restrictions: list[Restrictions]) -> Iterator[date]:
    """Return each weekday before, between and after the dates that are named."""
    named = sorted(
        {day for one in restrictions for day in (one.start_date, one.end_date) if day is not None}
    )
    week_before = max(1, named[0].toordinal() - DAYS_PER_WEEK) if named else 0
    begins = [date.fromordinal(week_before) if named else SOME_MONDAY, *named]
    ends = [*named, date.max]
    for begin, end in zip(begins, ends, strict=True):
        for number in range(min(DAYS_PER_WEEK, (end - begin).days)):
            yield begin + timedelta(days=number)
