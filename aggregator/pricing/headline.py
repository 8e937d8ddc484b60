"""The few prices that stand for a whole tariff in a comparison."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from aggregator.domain.tariff import Dimension
from aggregator.pricing.components import Candidate, PriceTable, active_candidate
from aggregator.pricing.course import NOTHING, SECONDS_PER_MINUTE, Course
from aggregator.pricing.money import decimal_from
from aggregator.pricing.periods import elapsed_marks
from aggregator.pricing.restrictions import Moment, has_thresholds, surroundings_hold

FEE_HORIZON_DAYS = 7  # a fee that begins later concerns nobody who compares
SECONDS_PER_DAY = int(timedelta(days=1).total_seconds())


@dataclass(frozen=True, slots=True)
class Headline:
    """What is charged, by dimension, to someone who starts now; None where nothing is."""

    energy: Candidate | None
    time: Candidate | None
    parking_time: Candidate | None
    flat: Candidate | None


def headline(table: PriceTable, run: Course) -> Headline:
    """Return the components that charge at the start of a session.

    Energy and parking are looked for past duration and energy thresholds: a tariff that begins
    to charge for them later does charge for them. Restrictions on power see no power in
    parking, as in a bill.
    """
    charging = run.charging_moment(NOTHING, NOTHING)
    candidates = table.candidates
    energy = _charging(active_candidate(candidates[Dimension.ENERGY], charging))
    return Headline(
        energy=energy or _first_past_thresholds(candidates[Dimension.ENERGY], charging),
        time=_charging(active_candidate(candidates[Dimension.TIME], charging)),
        parking_time=_first_past_thresholds(
            candidates[Dimension.PARKING_TIME], run.parked_moment(NOTHING, NOTHING)
        ),
        flat=_charging(active_candidate(candidates[Dimension.FLAT], charging)),
    )


def _charging(candidate: Candidate | None) -> Candidate | None:
    """Return the candidate unless its price is 0."""
    return candidate if candidate is not None and candidate.price else None


def _first_past_thresholds(candidates: tuple[Candidate, ...], moment: Moment) -> Candidate | None:
    """Return the first candidate that charges now or would, further into the session.

    What stands after a component that holds all along is never reached.
    """
    for candidate in candidates:
        if surroundings_hold(candidate.restrictions, moment):
            if candidate.price:
                return candidate
            if not has_thresholds(candidate.restrictions):
                return None
    return None


def fee_after_minutes(table: PriceTable, run: Course) -> Decimal | None:
    """Return how many minutes into the session a fee begins that depends on its duration.

    The fee is a charge for time, for parking or a flat one whose element has a least duration,
    whether or not the session lasts that long. None when there is none.
    """
    latest = FEE_HORIZON_DAYS * SECONDS_PER_DAY
    durations = [
        candidate.restrictions.min_duration_seconds or 0
        for candidate in table
        if _is_late_fee(candidate)
    ]
    if not any(seconds <= latest for seconds in durations):
        return None
    horizon = max(seconds for seconds in durations if seconds <= latest) + SECONDS_PER_DAY
    for elapsed in sorted(set(elapsed_marks(run, table.thresholds, Fraction(horizon)))):
        if _fee_runs(table, run, elapsed):
            return decimal_from(elapsed / SECONDS_PER_MINUTE)
    return None


def _is_late_fee(candidate: Candidate | None) -> bool:
    """Return whether it is a positive charge, other than for energy, with a least duration."""
    return (
        candidate is not None
        and bool(candidate.price)
        and candidate.component.dimension is not Dimension.ENERGY
        and bool(candidate.restrictions.min_duration_seconds)
    )


def _fee_runs(table: PriceTable, run: Course, elapsed_seconds: Fraction) -> bool:
    """Return whether such a fee is active for someone who charges or is parked by then."""
    energy_kwh = run.energy_at(elapsed_seconds)
    charging = run.charging_moment(elapsed_seconds, energy_kwh)
    parked = run.parked_moment(elapsed_seconds, energy_kwh)
    flat = table.candidates[Dimension.FLAT]
    active = [
        active_candidate(table.candidates[Dimension.TIME], charging),
        active_candidate(table.candidates[Dimension.PARKING_TIME], parked),
    ]
    if active_candidate(flat, run.charging_moment(NOTHING, NOTHING)) is None:
        active.append(active_candidate(flat, charging))
    return any(_is_late_fee(candidate) for candidate in active)
