"""The exact bill of one session.

Sources: rulings 8, 9, 10 and 11.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import Dimension, PriceBasis, PriceList
from aggregator.pricing.billing import (
    UNITS,
    Charge,
    FlatCharges,
    Unit,
    flat_charges,
    metered_charges,
)
from aggregator.pricing.components import PriceTable, price_table
from aggregator.pricing.limits import AppliedLimit, Totals, limited, without_zero
from aggregator.pricing.money import decimal_from, round_to_minor_unit
from aggregator.pricing.periods import NOTHING, Course, course, periods
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.restrictions import depends_on_current, depends_on_power

LAST_MINUTE = time(23, 59)

__all__ = ["Bill", "BillLine", "BillWarning", "NotComputable", "TaxBasis", "bill", "bill_from"]


class TaxBasis(StrEnum):
    """What the figures of a bill or quote include.

    GROSS: tax, by what the tariff itself states. DERIVED: tax, scaled where a limit states none.
    NET: no tax, because its rate is not stated. UNKNOWN: the published data do not tell.
    """

    GROSS = "gross"
    DERIVED = "derived"
    NET = "net"
    UNKNOWN = "unknown"


class BillWarning(StrEnum):
    """What a reader of a bill should know."""

    CURRENT_UNKNOWN = "current_unknown"  # restrictions on current count as not met
    POWER_UNKNOWN = "power_unknown"  # restrictions on power count as not met
    FLAT_FEE_LEFT_OUT = "flat_fee_left_out"  # a later, higher flat fee: a session owes one only
    LIMIT_UNCHECKED = "limit_unchecked"  # a limit may apply, but only tax could tell
    MAX_PRICE_ZERO = "max_price_zero"  # read as "no limit"
    UNPRICED_LAST_MINUTE = "unpriced_last_minute"  # 23:59 as end, taken literally


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


@dataclass(frozen=True, slots=True)
class Bill:
    """What a session costs; totals are within the limits and rounded to the minor unit.

    lines: flat fee, energy, charging time, parking time.
    total_net / total_gross: None where unknown.
    total_as_stated: in the published prices, whatever they include.
    """

    currency: str
    lines: tuple[BillLine, ...]
    total_net: Decimal | None
    total_gross: Decimal | None
    total_as_stated: Decimal
    limits_applied: tuple[AppliedLimit, ...]
    tax_basis: TaxBasis
    warnings: tuple[BillWarning, ...]


def bill(price_list: PriceList, session: ChargingSession) -> Bill:
    """Return what the session costs under the price list.

    Raises:
        NotComputable: the price list cannot be priced.
        ValueError: the session is absurd.
    """
    return bill_from(price_table(price_list), session)


def bill_from(table: PriceTable, session: ChargingSession) -> Bill:
    """Return what the session costs under a price list made ready before."""
    price_list = table.price_list
    run = course(session)
    parts = periods(run, table.thresholds)
    flat = flat_charges(table, parts)
    charges = [*flat.charges, *metered_charges(table, parts)]
    exact = [_net_and_gross(charge, price_list.price_basis) for charge in charges]
    totals = limited(price_list, _totals(charges, exact, price_list.price_basis))
    return Bill(
        currency=price_list.currency,
        lines=tuple(
            _line(charge, net, gross) for charge, (net, gross) in zip(charges, exact, strict=True)
        ),
        total_net=_rounded(totals.net, price_list.currency),
        total_gross=_rounded(totals.gross, price_list.currency),
        total_as_stated=round_to_minor_unit(totals.as_stated, price_list.currency),
        limits_applied=totals.applied,
        tax_basis=_tax_basis(totals),
        warnings=tuple(_warnings(table, run, flat, totals)),
    )


def _net_and_gross(charge: Charge, basis: PriceBasis) -> tuple[Fraction | None, Fraction | None]:
    """Return the charge without and with tax, None where unknown (ruling 9)."""
    stated, vat_rate = charge.amount, charge.candidate.component.vat_rate
    if basis is PriceBasis.UNKNOWN:
        return None, None
    if basis is PriceBasis.NO_TAX or not stated:
        return stated, stated
    if vat_rate is None:
        return (stated, None) if basis is PriceBasis.NET else (None, stated)
    factor = 1 + Fraction(vat_rate)
    return (stated, stated * factor) if basis is PriceBasis.NET else (stated / factor, stated)


def _totals(
    charges: Sequence[Charge],
    exact: Sequence[tuple[Fraction | None, Fraction | None]],
    basis: PriceBasis,
) -> Totals:
    """Sum the charges; a total is unknown as soon as one part of it is."""
    as_stated = sum((charge.amount for charge in charges), NOTHING)
    if basis is PriceBasis.UNKNOWN:
        return Totals(None, None, as_stated)
    return Totals(_sum([net for net, _ in exact]), _sum([gross for _, gross in exact]), as_stated)


def _sum(amounts: Sequence[Fraction | None]) -> Fraction | None:
    """Return the sum, None when any amount is."""
    total = NOTHING
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def _line(charge: Charge, net: Fraction | None, gross: Fraction | None) -> BillLine:
    """Return the charge as it is shown."""
    candidate = charge.candidate
    component = candidate.component
    return BillLine(
        dimension=component.dimension,
        element_number=candidate.element_number,
        quantity=decimal_from(charge.quantity),
        billed_quantity=decimal_from(charge.billed_quantity),
        unit=UNITS[component.dimension],
        price=component.price,
        vat_rate=component.vat_rate,
        net=None if net is None else decimal_from(net),
        gross=None if gross is None else decimal_from(gross),
        as_stated=decimal_from(charge.amount),
    )


def _rounded(amount: Fraction | None, currency: str) -> Decimal | None:
    """Return a total rounded once (ruling 10), None where unknown."""
    return None if amount is None else round_to_minor_unit(amount, currency)


def _tax_basis(totals: Totals) -> TaxBasis:
    """Return what the best known total includes."""
    if totals.gross is not None:
        return TaxBasis.DERIVED if totals.gross_derived else TaxBasis.GROSS
    return TaxBasis.UNKNOWN if totals.net is None else TaxBasis.NET


def _warnings(
    table: PriceTable, run: Course, flat: FlatCharges, totals: Totals
) -> Iterator[BillWarning]:
    """Say what was assumed, left out or could not be told."""
    restrictions = [c.restrictions for c in table if not c.unrestricted]
    max_price = table.price_list.max_price
    if any(depends_on_current(r) for r in restrictions):
        yield BillWarning.CURRENT_UNKNOWN
    if run.power_kw is None and any(depends_on_power(r) for r in restrictions):
        yield BillWarning.POWER_UNKNOWN
    if flat.another_left_out:
        yield BillWarning.FLAT_FEE_LEFT_OUT
    if totals.unchecked:
        yield BillWarning.LIMIT_UNCHECKED
    if max_price is not None and without_zero(max_price) != max_price:
        yield BillWarning.MAX_PRICE_ZERO
    if any(r.end_time is not None and r.end_time >= LAST_MINUTE for r in restrictions):
        yield BillWarning.UNPRICED_LAST_MINUTE
