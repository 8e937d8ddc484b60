"""Why the total of a session changes its way at a break point of its curve."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from aggregator.domain.tariff import Dimension
from aggregator.pricing.components import PriceTable
from aggregator.pricing.curve_pieces import Piece, limits_applied
from aggregator.pricing.limits import LimitKind


class Trigger(StrEnum):
    """What is passed at a break point."""

    START = "start"
    CHARGING_ENDS = "charging_ends"
    CLOCK = "clock"  # a window, midnight, a date or a change of the clock
    DURATION = "duration"  # a threshold of the session's duration
    ENERGY = "energy"  # a threshold of the energy so far
    LIMIT = "limit"  # the lowest or highest price


class ChangeKind(StrEnum):
    """What begins or ends at a break point."""

    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Change:
    """A component that begins or ends to charge, or a limit that begins or ceases to apply.

    element_number: counted from 1; it and the dimension are None for a limit.
    incl_vat: whether the limit is that of the total with tax; None for a component.
    """

    kind: ChangeKind
    dimension: Dimension | None = None
    element_number: int | None = None
    limit: LimitKind | None = None
    incl_vat: bool | None = None


def triggers(
    table: PriceTable, clock: set[Fraction], left: Piece, right: Piece
) -> Iterator[Trigger]:
    """Say what is passed between two pieces."""
    if right.cut:
        yield Trigger.LIMIT
        return
    moment = right.period.start
    if left.period.charging and not right.period.charging:
        yield Trigger.CHARGING_ENDS
    if moment.elapsed_seconds in clock:
        yield Trigger.CLOCK
    if moment.elapsed_seconds in table.thresholds.durations_seconds:
        yield Trigger.DURATION
    if moment.energy_kwh in table.thresholds.energies_kwh:
        yield Trigger.ENERGY


def changes(table: PriceTable, left: Piece | None, right: Piece) -> Iterator[Change]:
    """Return what ends with one piece and what begins with the next."""
    before = {c: None for c in left.active if c.price} if left else {}
    after = {c: None for c in right.active if c.price}
    for kind, components in (
        (ChangeKind.ENDS, [c for c in before if c not in after]),
        (ChangeKind.BEGINS, [c for c in after if c not in before]),
    ):
        for one in components:
            yield Change(kind, one.component.dimension, one.element_number)
    limits_before = limits_applied(table, left) if left else frozenset()
    limits_after = limits_applied(table, right)
    for limit, incl_vat in sorted(limits_before ^ limits_after):
        kind = ChangeKind.BEGINS if (limit, incl_vat) in limits_after else ChangeKind.ENDS
        yield Change(kind, limit=limit, incl_vat=incl_vat)
