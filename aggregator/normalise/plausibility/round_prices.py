"""Prices that are round only as they stand: tax was probably in them already.

Operators set prices that drivers see: 0.49, not 0.4917. A price stated without tax is therefore
usually round once its tax is added. What is round on neither side, or on both, tells nothing.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_currency_precision

from aggregator.domain.tariff import Dimension, PriceBasis, PriceComponent, PriceList
from aggregator.normalise.plausibility.charges import charges, known_rate
from aggregator.normalise.plausibility.flag import Flag
from aggregator.normalise.plausibility.tender import is_currency

LAST_DIGITS = frozenset({5, 9})  # as prices for consumers end
QUARTER = 25  # minor units: 0.25 or 0.75 may be anybody's price, also one without tax
CLOSE_TO_ROUND = Fraction(1, 200)  # minor units: what four decimals of a net price leave over


def tax_flags(price_list: PriceList) -> Iterator[Flag]:
    """Yield what speaks for prices with tax in a list that is said to be without.

    Every price above 0 must state its rate, and none may turn round by it.
    """
    costly = [one for one in charges(price_list) if one.price > 0]
    if price_list.price_basis is not PriceBasis.NET or not is_currency(price_list.currency):
        return
    digits = get_currency_precision(price_list.currency)
    if not all(map(known_rate, costly)) or any(_is_net(one, digits) for one in costly):
        return
    if any(_looks_gross(one, digits) for one in costly):
        yield Flag.TAX_TAKEN_TWICE


def _is_net(component: PriceComponent, digits: int) -> bool:
    """Tell whether a price is round with its tax; 5.00 an hour is that at any rate, so no proof."""
    units = _minor_units(component.price, digits)
    rate = Fraction(known_rate(component) or 0)
    is_proof = component.dimension is Dimension.ENERGY or not _is_whole(units)
    return is_proof and _is_nearly_whole(units * (1 + rate))


def _looks_gross(component: PriceComponent, digits: int) -> bool:
    units = _minor_units(component.price, digits)
    is_usual = _is_whole(units) and units % 10 in LAST_DIGITS and units % QUARTER != 0
    return component.dimension is Dimension.ENERGY and is_usual


def _minor_units(price: Decimal, digits: int) -> Fraction:
    return Fraction(price) * Fraction(10**digits)


def _is_whole(units: Fraction) -> bool:
    return units.denominator == 1


def _is_nearly_whole(units: Fraction) -> bool:
    return abs(units - round(units)) <= CLOSE_TO_ROUND
