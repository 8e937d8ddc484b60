"""The lines of a bill: what each component charges, without and with tax.

Source: ruling 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aggregator.domain.tariff import Dimension, PriceBasis
from aggregator.pricing.billing import UNITS, Charge, Unit
from aggregator.pricing.course import NOTHING
from aggregator.pricing.limits import Totals
from aggregator.pricing.money import decimal_from


class Context(StrEnum):
    """What a line is for: a reservation is charged apart from its session (ruling 7)."""

    SESSION = "session"
    RESERVATION = "reservation"


@dataclass(frozen=True, slots=True)
class BillLine:
    """What one price component charges.

    element_number: position in the tariff's elements, counted from 1.
    quantity / billed_quantity: before and after rounding up to the step size, in `unit`.
    price: per unit, as published.
    net / gross: before limits, not rounded; None where unknown.
    as_stated: billed quantity times price, whatever the price includes.
    """

    dimension: Dimension
    element_number: int
    quantity: Decimal
    billed_quantity: Decimal
    unit: Unit
    price: Decimal
    vat_rate: Decimal | None
    net: Decimal | None
    gross: Decimal | None
    as_stated: Decimal
    context: Context = Context.SESSION


@dataclass(frozen=True, slots=True)
class Taxed:
    """A charge without and with tax, exact; None where unknown."""

    charge: Charge
    net: Fraction | None
    gross: Fraction | None


def with_tax(charge: Charge, basis: PriceBasis) -> Taxed:
    """Return the charge without and with tax."""
    stated, vat_rate = charge.amount, charge.candidate.component.vat_rate
    if basis is PriceBasis.UNKNOWN:
        return Taxed(charge, None, None)
    if basis is PriceBasis.NO_TAX or not stated:
        return Taxed(charge, stated, stated)
    is_net = basis is PriceBasis.NET
    if vat_rate is None:
        return Taxed(charge, stated if is_net else None, None if is_net else stated)
    factor = 1 + Fraction(vat_rate)
    return Taxed(
        charge, stated if is_net else stated / factor, stated * factor if is_net else stated
    )


def sums(charges: Sequence[Taxed], basis: PriceBasis) -> Totals:
    """Return the sums; a total is unknown as soon as one part of it is."""
    as_stated = sum((one.charge.amount for one in charges), NOTHING)
    if basis is PriceBasis.UNKNOWN:
        return Totals(None, None, as_stated)
    net, gross = _sum([one.net for one in charges]), _sum([one.gross for one in charges])
    return Totals(net, gross, as_stated)


def _sum(amounts: Sequence[Fraction | None]) -> Fraction | None:
    """Return the sum, None when any amount is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NOTHING) if len(known) == len(amounts) else None


def line(taxed: Taxed, context: Context) -> BillLine:
    """Return a charge as it is shown."""
    charge = taxed.charge
    component = charge.candidate.component
    return BillLine(
        dimension=component.dimension,
        element_number=charge.candidate.element_number,
        quantity=decimal_from(charge.quantity),
        billed_quantity=decimal_from(charge.billed_quantity),
        unit=UNITS[component.dimension],
        price=component.price,
        vat_rate=component.vat_rate,
        net=None if taxed.net is None else decimal_from(taxed.net),
        gross=None if taxed.gross is None else decimal_from(taxed.gross),
        as_stated=decimal_from(charge.amount),
        context=context,
    )
