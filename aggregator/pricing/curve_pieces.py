"""The straight parts that the total of a growing session consists of, before and within limits.

Sources: rulings 1, 2, 8 and 9.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import chain, pairwise

from aggregator.domain.tariff import Dimension, PriceBasis, PriceLimit
from aggregator.pricing.billing import Charge, flat_charges, metered_charges
from aggregator.pricing.components import Candidate, PriceTable
from aggregator.pricing.course import SECONDS_PER_MINUTE
from aggregator.pricing.limits import LimitKind, Totals, limited
from aggregator.pricing.lines import sums, with_tax
from aggregator.pricing.periods import Period

HALF = Fraction(1, 2)


class Axis(StrEnum):
    """What grows: the energy charged, or the minutes since the session began."""

    ENERGY = "kWh"
    STAY = "min"


@dataclass(frozen=True, slots=True)
class Amounts:
    """Currency, or currency per kWh or minute; None where unknown."""

    net: Fraction | None
    gross: Fraction | None
    as_stated: Fraction


@dataclass(frozen=True, slots=True)
class Slope:
    """How much each further unit costs. bent: a derived tax grows unevenly and is None here."""

    net: Fraction | None
    gross: Fraction | None
    as_stated: Fraction | None
    bent: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the axis on which the total before limits grows evenly.

    period: which is charged alike. cut: whether only a limit parts it from the piece before.
    base, grown: totals before limits at its begin and end.
    active: what charges, by dimension.
    """

    begin: Fraction
    end: Fraction
    period: Period
    cut: bool
    base: Amounts
    grown: Amounts
    active: tuple[Candidate, ...]

    def unlimited(self, position: Fraction) -> Amounts:
        """Return the totals before limits at a position inside."""
        share = (position - self.begin) / (self.end - self.begin)
        if not share:
            return self.base
        return Amounts(
            _between(self.base.net, self.grown.net, share),
            _between(self.base.gross, self.grown.gross, share),
            self.base.as_stated + (self.grown.as_stated - self.base.as_stated) * share,
        )


def pieces(table: PriceTable, periods: Sequence[Period], axis: Axis) -> Iterator[Piece]:
    """Return the pieces of a session's total, cut where a limit begins or ceases to matter."""
    for piece in _grown_pieces(table, periods, axis):
        cuts = sorted({piece.begin, *_limit_cuts(table, piece), piece.end})
        for begin, end in pairwise(cuts):
            yield replace(
                piece,
                begin=begin,
                end=end,
                cut=begin != piece.begin,
                base=piece.unlimited(begin),
                grown=piece.unlimited(end),
            )


def goes_on(table: PriceTable, left: Piece, right: Piece) -> bool:
    """Return whether the total simply goes on from one piece to the next."""
    if within_limits(table, left.grown) != within_limits(table, right.base):
        return False
    before, after = slope_of(table, left), slope_of(table, right)
    if not before.bent:
        return before == after
    kinds = limits_applied(table, left), limits_applied(table, right)
    return left.grown == right.base and _rate(left) == _rate(right) and kinds[0] == kinds[1]


def within_limits(table: PriceTable, amounts: Amounts) -> Amounts:
    """Return the totals raised or lowered to the price list's limits."""
    found = _limited(table, amounts)
    return Amounts(found.net, found.gross, found.as_stated)


def limits_applied(table: PriceTable, piece: Piece) -> frozenset[tuple[LimitKind, bool]]:
    """Return which limits change a total all along the piece, and if it is that with tax."""
    middle = piece.unlimited((piece.begin + piece.end) * HALF)
    return frozenset((one.kind, one.incl_vat) for one in _limited(table, middle).applied)


def slope_of(table: PriceTable, piece: Piece) -> Slope:
    """Return the growth of the limited total, as it is inside the piece."""
    width = (piece.end - piece.begin) / 4
    first, middle, last = (
        within_limits(table, piece.unlimited(piece.begin + width * part)) for part in (1, 2, 3)
    )
    net, bent_net = _growth((first.net, middle.net, last.net), width)
    gross, bent_gross = _growth((first.gross, middle.gross, last.gross), width)
    stated, bent = _growth((first.as_stated, middle.as_stated, last.as_stated), width)
    return Slope(net, gross, stated, bent=bent or bent_net or bent_gross)


def _rate(piece: Piece) -> tuple[Fraction | None, ...]:
    """Return the growth before limits, per unit."""
    width = piece.end - piece.begin
    pairs = (
        (piece.base.net, piece.grown.net),
        (piece.base.gross, piece.grown.gross),
        (piece.base.as_stated, piece.grown.as_stated),
    )
    return tuple(
        None if low is None or high is None else (high - low) / width for low, high in pairs
    )


def _limited(table: PriceTable, amounts: Amounts) -> Totals:
    return limited(table.price_list, Totals(amounts.net, amounts.gross, amounts.as_stated))


def _growth(
    values: tuple[Fraction | None, Fraction | None, Fraction | None], width: Fraction
) -> tuple[Fraction | None, bool]:
    """Return the growth per unit of values this far apart; None where unknown or uneven.

    Beside it: whether it is uneven.
    """
    first, middle, last = values
    if first is None or middle is None or last is None:
        return None, False
    if middle - first != last - middle:
        return None, True
    return (middle - first) / width, False


def _between(low: Fraction | None, high: Fraction | None, share: Fraction) -> Fraction | None:
    return None if low is None or high is None else low + (high - low) * share


def _grown_pieces(table: PriceTable, periods: Sequence[Period], axis: Axis) -> Iterator[Piece]:
    """Return a piece for each period that is longer than nothing."""
    total = _sums(table, [])
    flat: tuple[Candidate, ...] = ()
    for period in periods:
        if not flat:
            fee = flat_charges(table.candidates[Dimension.FLAT], [period]).charges
            flat = tuple(charge.candidate for charge in fee)
            total = _plus(total, _sums(table, fee))
        charges = [
            replace(charge, billed_quantity=charge.quantity)  # the steps are told beside
            for charge in metered_charges(table, [period])
        ]
        grown = _plus(total, _sums(table, charges))
        begin, end = _span(period, axis)
        if end > begin:
            active = (*flat, *(charge.candidate for charge in charges))
            yield Piece(begin, end, period, cut=False, base=total, grown=grown, active=active)
        total = grown


def _span(period: Period, axis: Axis) -> tuple[Fraction, Fraction]:
    """Return where on the axis a period begins and ends."""
    if axis is Axis.ENERGY:
        return period.start.energy_kwh, period.start.energy_kwh + period.energy_kwh
    begin = period.start.elapsed_seconds
    return begin / SECONDS_PER_MINUTE, (begin + period.duration_seconds) / SECONDS_PER_MINUTE


def _sums(table: PriceTable, charges: Sequence[Charge]) -> Amounts:
    basis = table.price_list.price_basis
    found = sums([with_tax(charge, basis) for charge in charges], basis)
    return Amounts(found.net, found.gross, found.as_stated)


def _plus(one: Amounts, other: Amounts) -> Amounts:
    """Add amounts; unknown stays unknown."""
    return Amounts(
        None if one.net is None or other.net is None else one.net + other.net,
        None if one.gross is None or other.gross is None else one.gross + other.gross,
        one.as_stated + other.as_stated,
    )


def _limit_cuts(table: PriceTable, piece: Piece) -> Iterator[Fraction]:
    """Return the positions inside a piece at which a limit can begin or cease to matter.

    That is where a total meets a limit, or where it does after the lowest price has scaled its tax.
    """
    lows = _amounts_of(table.price_list.min_price)
    highs = _amounts_of(table.price_list.max_price)
    lines = [(piece.base.as_stated, piece.grown.as_stated)]
    if table.price_list.price_basis is not PriceBasis.UNKNOWN:
        lines += [
            (low, high)
            for low, high in (
                (piece.base.net, piece.grown.net),
                (piece.base.gross, piece.grown.gross),
            )
            if low is not None and high is not None
        ]
    differences = [
        (low - amount, high - amount) for low, high in lines for amount in chain(lows, highs)
    ]
    differences += [
        (one[0] * low - other[0] * high, one[1] * low - other[1] * high)
        for one in lines
        for other in lines
        if one != other
        for low in lows
        for high in highs
    ]
    for at_begin, at_end in differences:
        if at_begin * at_end < 0:
            share = at_begin / (at_begin - at_end)
            yield piece.begin + (piece.end - piece.begin) * share


def _amounts_of(limit: PriceLimit | None) -> list[Fraction]:
    stated = (limit.excl_vat, limit.incl_vat) if limit else ()
    return [Fraction(amount) for amount in stated if amount is not None]
