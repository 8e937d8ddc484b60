"""From periods to billed quantities: step sizes and flat fees.

Sources: rulings 5 and 6; OCPI 2.2.1, mod_cdrs, "step_size".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from aggregator.domain.tariff import Dimension, PriceComponent
from aggregator.pricing.components import (
    Candidate,
    PriceTable,
    ReservationTable,
    active_candidate,
)
from aggregator.pricing.course import NOTHING, SECONDS_PER_HOUR
from aggregator.pricing.periods import Period

WH_PER_KWH = 1000
ONCE = Fraction(1)


class Unit(StrEnum):
    """What a quantity counts: the unit that the price is for."""

    KWH = "kWh"
    HOUR = "h"
    SESSION = "session"


UNITS = {
    Dimension.ENERGY: Unit.KWH,
    Dimension.FLAT: Unit.SESSION,
    Dimension.PARKING_TIME: Unit.HOUR,
    Dimension.TIME: Unit.HOUR,
}


@dataclass(frozen=True, slots=True)
class Charge:
    """What one component is billed for, in the unit of its price.

    quantity: as consumed. billed_quantity: with the surplus of the step size.
    """

    candidate: Candidate
    quantity: Fraction
    billed_quantity: Fraction

    @property
    def amount(self) -> Fraction:
        """The charge, in currency, as the prices are stated."""
        return self.billed_quantity * self.candidate.price


@dataclass(frozen=True, slots=True)
class FlatCharges:
    """The flat fee of a session, if any, and whether another one was due later and left out."""

    charges: tuple[Charge, ...]
    another_left_out: bool


def flat_charges(candidates: tuple[Candidate, ...], periods: Sequence[Period]) -> FlatCharges:
    """Return the flat fee of the first moment that has one.

    A session owes it once, and each reservation does (ruling 6).

    Args:
        candidates: of the dimension FLAT, in list order.
        periods: of the session or of the reservation.
    """
    active = [
        candidate for candidate, _ in _active(candidates, ((period, ONCE) for period in periods))
    ]
    if not active:
        return FlatCharges((), another_left_out=False)
    first = active[0]
    return FlatCharges(
        (Charge(first, ONCE, ONCE),),
        another_left_out=any(other.price > first.price for other in active),
    )


class Slack(NamedTuple):
    """By how much stated quantities may be off, in kWh and hours, because they were rounded.

    A total that lies so little above a multiple of its step is that multiple.
    """

    energy_kwh: Fraction = NOTHING
    hours: Fraction = NOTHING


EXACT = Slack()


def metered_charges(
    table: PriceTable, periods: Sequence[Period], slack: Slack = EXACT
) -> list[Charge]:
    """Return the charges for energy, charging time and parking time, rounded up to steps.

    Energy is rounded once. Time is rounded once as well: the parking time if any of it is
    priced, else the charging time (ruling 5).
    """
    found = table.candidates
    energy = _consumed(found[Dimension.ENERGY], ((p, p.energy_kwh) for p in periods))
    charging = _consumed(found[Dimension.TIME], ((p, _hours(p)) for p in periods if p.charging))
    parking = _consumed(
        found[Dimension.PARKING_TIME], ((p, _hours(p)) for p in periods if not p.charging)
    )
    return [
        *_billed(energy, slack.energy_kwh, in_steps=True),
        *_billed(charging, slack.hours, in_steps=not parking),
        *_billed(parking, slack.hours, in_steps=True),
    ]


def reserved_charges(
    table: ReservationTable, periods: Sequence[Period], slack: Slack = EXACT
) -> list[Charge]:
    """Return the charges for a reservation: its fee, and its time rounded up to the step."""
    candidates = table.candidates
    hours = _consumed(candidates[Dimension.TIME], ((p, _hours(p)) for p in periods))
    return [
        *flat_charges(candidates[Dimension.FLAT], periods).charges,
        *_billed(hours, slack.hours, in_steps=True),
    ]


def _hours(period: Period) -> Fraction:
    """Return how long the period lasts, in the unit of a price per hour."""
    return period.duration_seconds / SECONDS_PER_HOUR


def _active(
    candidates: tuple[Candidate, ...], volumes: Iterable[tuple[Period, Fraction]]
) -> Iterator[tuple[Candidate, Fraction]]:
    """Return what each volume is priced by; volumes without a price are left out."""
    if not candidates:
        return
    for period, volume in volumes:
        candidate = active_candidate(candidates, period.start) if volume else None
        if candidate is not None:
            yield candidate, volume


def _consumed(
    candidates: tuple[Candidate, ...], volumes: Iterable[tuple[Period, Fraction]]
) -> dict[Candidate, Fraction]:
    """Sum the volumes by what prices them, the candidate that was active last coming last.

    A price of 0 is a price: that volume is counted (ruling 5).
    """
    consumed: dict[Candidate, Fraction] = {}
    for candidate, volume in _active(candidates, volumes):
        consumed[candidate] = consumed.pop(candidate, NOTHING) + volume
    return consumed


def _billed(
    consumed: dict[Candidate, Fraction], slack: Fraction, *, in_steps: bool
) -> Iterator[Charge]:
    """Return the charges in order of last use; the last one bears the surplus of its step."""
    surplus = NOTHING
    last = None
    if in_steps and consumed:
        last = next(reversed(consumed))
        surplus = _surplus(sum(consumed.values(), NOTHING), _step(last.component), slack)
    for candidate, quantity in consumed.items():
        extra = surplus if candidate is last else NOTHING
        yield Charge(candidate, quantity, quantity + extra)


def _surplus(quantity: Fraction, step: Fraction, slack: Fraction) -> Fraction:
    """Return what is missing to the next multiple of the step; nothing without a step.

    It is a little below zero where the quantity lies no more than the slack above a multiple.
    """
    if step <= 0:
        return NOTHING
    below = floor(quantity / step) * step
    if below and quantity - below <= slack < step:
        return below - quantity
    return ceil(quantity / step) * step - quantity


def _step(component: PriceComponent) -> Fraction:
    """Return the billing block in the unit of the price: kWh or hours."""
    if component.dimension is Dimension.ENERGY:
        return Fraction(component.step_size_wh, WH_PER_KWH)
    return Fraction(component.step_size_seconds, SECONDS_PER_HOUR)
