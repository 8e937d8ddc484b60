"""The components of a price list that charge in a session, as far as they can be judged."""

from collections.abc import Iterator
from decimal import Decimal

from aggregator.domain.tariff import Dimension, PriceComponent, PriceList

SMALLEST_EXPONENT, LARGEST_EXPONENT = -12, 12
HIGHEST_RATE = Decimal("0.3")  # no country taxes charging higher


def charges(price_list: PriceList) -> Iterator[PriceComponent]:
    """Yield every component that is not about reservations, in order."""
    for element in price_list.elements:
        if element.restrictions.reservation is None:
            yield from element.price_components


def energy_prices(price_list: PriceList) -> Iterator[PriceComponent]:
    """Yield the components that charge for energy."""
    return (one for one in charges(price_list) if one.dimension is Dimension.ENERGY)


def can_be_judged(price_list: PriceList) -> bool:
    """Tell whether every price is a number of a sensible size, and not below zero."""
    return all(is_sensible(one.price) for one in charges(price_list))


def is_sensible(number: Decimal) -> bool:
    """Tell whether a number is 0, or positive and of a size with which exact sums stay short.

    >>> [is_sensible(Decimal(text)) for text in ("0.49", "-1", "NaN", "1E+400")]
    [True, False, False, False]
    """
    if not number.is_finite() or number < 0:
        return False
    exponent = number.as_tuple().exponent
    is_short = isinstance(exponent, int) and exponent >= SMALLEST_EXPONENT
    return not number or (is_short and number.adjusted() <= LARGEST_EXPONENT)


def known_rate(component: PriceComponent) -> Decimal | None:
    """Return the VAT rate, 0.2 for 20 %; None where none is stated or none could be meant."""
    rate = component.vat_rate
    is_known = rate is not None and is_sensible(rate) and rate <= HIGHEST_RATE
    return rate if is_known else None
