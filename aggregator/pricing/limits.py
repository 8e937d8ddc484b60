"""The lowest and highest price of a session.

Sources: ruling 8; OCPI 2.2.1 and 2.3.0, mod_tariffs, notes on `min_price` and `max_price`.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aggregator.domain.tariff import PriceBasis, PriceLimit, PriceList

HIGHEST_VAT_RATE = 1  # no tax on charging is higher; only used to see that a limit cannot matter


class LimitKind(StrEnum):
    """Which limit of the price list."""

    MIN_PRICE = "min_price"
    MAX_PRICE = "max_price"


@dataclass(frozen=True, slots=True)
class AppliedLimit:
    """A limit that changed a total.

    incl_vat: whether it is the limit for the total with tax.
    """

    kind: LimitKind
    amount: Decimal
    incl_vat: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """Exact totals of a session; net and gross None where unknown.

    as_stated: in the published prices, whatever they include.
    gross_derived: tax was scaled, because a limit states no amount with tax.
    unchecked: a limit may matter that cannot be compared with what is known.
    """

    net: Fraction | None
    gross: Fraction | None
    as_stated: Fraction
    applied: tuple[AppliedLimit, ...] = ()
    gross_derived: bool = False
    unchecked: bool = False


def limited(price_list: PriceList, totals: Totals) -> Totals:
    """Return the totals within the price list's limits, the lowest price first.

    A highest price of 0 is left out: beside prices it can only mean "none".
    """
    basis = price_list.price_basis
    if price_list.min_price is not None:
        totals = _within(LimitKind.MIN_PRICE, price_list.min_price, basis, totals)
    if price_list.max_price is not None:
        totals = _within(LimitKind.MAX_PRICE, without_zero(price_list.max_price), basis, totals)
    return totals


def without_zero(limit: PriceLimit) -> PriceLimit:
    """Return the limit with amounts of 0 left out."""
    return PriceLimit(limit.excl_vat or None, limit.incl_vat or None)


def _within(kind: LimitKind, limit: PriceLimit, basis: PriceBasis, totals: Totals) -> Totals:
    """Apply one limit, to the net and to the gross total on their own where both are stated."""
    if basis is PriceBasis.UNKNOWN:
        return _as_stated_within(kind, limit, totals)
    if basis is PriceBasis.NO_TAX:
        limit = _same_with_and_without_tax(limit)
    totals = _unchecked_within(kind, limit, totals)
    net = _clamped(kind, totals.net, limit.excl_vat)
    gross = _clamped(kind, totals.gross, limit.incl_vat)
    applied = [*totals.applied]
    if limit.excl_vat is not None and net != totals.net:
        applied.append(AppliedLimit(kind, limit.excl_vat, incl_vat=False))
    if limit.incl_vat is not None and gross != totals.gross:
        applied.append(AppliedLimit(kind, limit.incl_vat, incl_vat=True))
    gross_derived = totals.gross_derived
    if limit.incl_vat is None and net != totals.net and gross is not None:
        gross, gross_derived = _scaled(gross, totals.net, net), True
    elif limit.excl_vat is None and gross != totals.gross and net is not None:
        net = _scaled(net, totals.gross, gross)
    stated = net if basis is PriceBasis.NET else gross
    return Totals(
        net=net,
        gross=gross,
        as_stated=totals.as_stated if stated is None else stated,
        applied=tuple(applied),
        gross_derived=gross_derived,
        unchecked=totals.unchecked or stated is None,
    )


def _same_with_and_without_tax(limit: PriceLimit) -> PriceLimit:
    """Return the limit with a missing amount filled from the other: there is no tax."""
    excl_vat, incl_vat = limit.excl_vat, limit.incl_vat
    return PriceLimit(
        incl_vat if excl_vat is None else excl_vat,
        excl_vat if incl_vat is None else incl_vat,
    )


def _as_stated_within(kind: LimitKind, limit: PriceLimit, totals: Totals) -> Totals:
    """Apply a limit to prices of unknown basis.

    The specification calls prices and `excl_vat` alike "excl. VAT": where prices are not to be
    trusted in that, they still go together.
    """
    amount = limit.incl_vat if limit.excl_vat is None else limit.excl_vat
    as_stated = _clamped(kind, totals.as_stated, amount)
    if amount is None or as_stated is None or as_stated == totals.as_stated:
        return totals
    applied = AppliedLimit(kind, amount, incl_vat=limit.excl_vat is None)
    return replace(totals, as_stated=as_stated, applied=(*totals.applied, applied))


def _clamped(kind: LimitKind, total: Fraction | None, amount: Decimal | None) -> Fraction | None:
    """Return the total, raised or lowered to the limit's amount; unknown stays unknown."""
    if total is None or amount is None:
        return total
    exact = Fraction(amount)
    return max(total, exact) if kind is LimitKind.MIN_PRICE else min(total, exact)


def _scaled(other: Fraction, before: Fraction | None, after: Fraction | None) -> Fraction | None:
    """Return the other total with its tax in the same proportion; None when there was none."""
    return other * after / before if before and after is not None else None


def _unchecked_within(kind: LimitKind, limit: PriceLimit, totals: Totals) -> Totals:
    """Mark the totals when a limit may matter to an amount that is not known."""
    if totals.net is None and totals.gross is not None and limit.incl_vat is None:
        lowest, highest = totals.gross / (1 + HIGHEST_VAT_RATE), totals.gross
        amount = limit.excl_vat
    elif totals.gross is None and totals.net is not None and limit.excl_vat is None:
        lowest, highest = totals.net, totals.net * (1 + HIGHEST_VAT_RATE)
        amount = limit.incl_vat
    else:
        return totals
    matters = amount is not None and (
        lowest < amount if kind is LimitKind.MIN_PRICE else highest > amount
    )
    return replace(totals, unchecked=totals.unchecked or matters)
