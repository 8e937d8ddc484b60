"""What a session costs, as a function of its energy or of its minutes; exact.

The function consists of straight pieces. Billing steps would make it a staircase: they are told
beside it (`Curve.steps`). Sources: rulings 1, 2, 5, 6, 8 and 9.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import Dimension, PriceBasis, PriceList
from aggregator.pricing.billing import WH_PER_KWH
from aggregator.pricing.components import Candidate, PriceTable, price_table
from aggregator.pricing.course import NOTHING, SECONDS_PER_MINUTE, Course, course
from aggregator.pricing.curve_causes import Change, ChangeKind, Trigger, changes, triggers
from aggregator.pricing.curve_pieces import (
    Amounts,
    Axis,
    Piece,
    Slope,
    goes_on,
    pieces,
    slope_of,
    within_limits,
)
from aggregator.pricing.periods import elapsed_marks, periods

MINUTES_PER_HOUR = 60

__all__ = [
    "Amounts",
    "Axis",
    "BreakPoint",
    "Change",
    "ChangeKind",
    "Curve",
    "Slope",
    "Step",
    "Trigger",
    "curve_over_energy",
    "curve_over_stay",
]


@dataclass(frozen=True, slots=True)
class BreakPoint:
    """Where the total jumps, or grows otherwise than before.

    position: kWh or minutes.
    before, after: totals within the limits, in currency, just before it (and at it, but for the
        start) and just past it.
    slope: currency per kWh or per minute from here to the next break point.
    """

    position: Fraction
    before: Amounts
    after: Amounts
    slope: Slope
    triggers: tuple[Trigger, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A billing block that the curve leaves out, in kWh or minutes."""

    dimension: Dimension
    element_number: int
    size: Fraction


@dataclass(frozen=True, slots=True)
class Curve:
    """The total from a session's first moment to `end`; points ascend, the first one is 0."""

    axis: Axis
    currency: str
    end: Fraction
    points: tuple[BreakPoint, ...]
    steps: tuple[Step, ...]
    table: PriceTable
    pieces: tuple[Piece, ...]

    def at(self, position: Fraction) -> Amounts:
        """Return the exact total of a session that ends here, without billing steps.

        Raises:
            ValueError: the position is not on the curve.
        """
        for piece in self.pieces:
            if piece.begin <= position <= piece.end:
                return within_limits(self.table, piece.unlimited(position))
        msg = f"the curve reaches from 0 to {self.end} {self.axis}"
        raise ValueError(msg)


def curve_over_energy(
    price_list: PriceList, start: datetime, power_kw: Decimal, most_kwh: Decimal
) -> Curve:
    """Return the total over the energy charged at a constant power, in kWh.

    Args:
        price_list: what is charged.
        start: aware, in the charger's own time zone.
        power_kw: above zero.
        most_kwh: where the curve ends.

    Raises:
        NotComputable: the price list cannot be priced.
        ValueError: the session is absurd.
    """
    if not (power_kw > 0 and most_kwh > 0):
        msg = "a curve over energy needs a power and an energy above zero"
        raise ValueError(msg)
    hours = ceil(Fraction(most_kwh) / Fraction(power_kw))  # whole: the power stays exact
    session = ChargingSession(start, power_kw * hours, Decimal(hours * MINUTES_PER_HOUR))
    return _curve(price_table(price_list), course(session), Axis.ENERGY, Fraction(most_kwh))


def curve_over_stay(price_list: PriceList, session: ChargingSession) -> Curve:
    """Return the total over the minutes of a stay: charging, then parked, to the session's end.

    Raises:
        NotComputable: the price list cannot be priced.
        ValueError: the session is absurd or lasts no time.
    """
    run = course(session)
    if not run.total_seconds:
        msg = "a curve over the stay needs a session that lasts"
        raise ValueError(msg)
    return _curve(price_table(price_list), run, Axis.STAY, run.total_seconds / SECONDS_PER_MINUTE)


def _curve(table: PriceTable, run: Course, axis: Axis, end: Fraction) -> Curve:
    found = periods(run, table.thresholds)
    parts = tuple(_up_to(end, pieces(table, found, axis)))
    return Curve(
        axis,
        table.price_list.currency,
        end,
        tuple(_points(table, run, parts)),
        tuple(_steps(parts)),
        table,
        parts,
    )


def _up_to(end: Fraction, parts: Iterable[Piece]) -> Iterator[Piece]:
    """Cut the pieces at the end of the curve."""
    for piece in parts:
        if piece.begin < end:
            last = min(end, piece.end)
            yield replace(piece, end=last, grown=piece.unlimited(last))


def _points(table: PriceTable, run: Course, parts: tuple[Piece, ...]) -> Iterator[BreakPoint]:
    """Return the start, and every place between two pieces at which the total changes its way."""
    clock = set(
        elapsed_marks(run, replace(table.thresholds, durations_seconds=()), run.total_seconds)
    )
    zero = None if table.price_list.price_basis is PriceBasis.UNKNOWN else NOTHING
    first = parts[0]
    yield BreakPoint(
        first.begin,
        Amounts(zero, zero, NOTHING),
        within_limits(table, first.base),
        slope_of(table, first),
        (Trigger.START,),
        tuple(changes(table, None, first)),
    )
    for left, right in pairwise(parts):
        if not goes_on(table, left, right):
            yield BreakPoint(
                right.begin,
                within_limits(table, left.grown),
                within_limits(table, right.base),
                slope_of(table, right),
                tuple(triggers(table, clock, left, right)),
                tuple(changes(table, left, right)),
            )


def _steps(parts: Iterable[Piece]) -> Iterator[Step]:
    """Return the billing block of every component that the curve meets."""
    met: dict[Candidate, None] = {c: None for piece in parts for c in piece.active}
    for candidate in met:
        component = candidate.component
        size = Fraction(component.step_size_seconds, SECONDS_PER_MINUTE)
        if component.dimension is Dimension.ENERGY:
            size = Fraction(component.step_size_wh, WH_PER_KWH)
        if size and component.dimension is not Dimension.FLAT:
            yield Step(component.dimension, candidate.element_number, size)
