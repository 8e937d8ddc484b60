"""Small price lists for the lint, and what is found in them."""

from aggregator.domain.tariff import Dimension, PriceBasis, PriceList, Restrictions, TariffElement
from aggregator.pricing.lint import lint
from tests.pricing.price_lists import component


def priced(dimension, price, vat_rate="0.20", **steps):
    plain = component(Dimension[dimension], price, vat_rate)
    return type(plain)(plain.dimension, plain.price, plain.vat_rate, **steps)


def element(*components, **restrictions):
    return TariffElement(components, Restrictions(**restrictions))


def price_list(*elements, currency="EUR", basis=PriceBasis.NET, **more):
    return PriceList(currency, basis, elements, **more)


def found(listed, code):
    """Return the findings of one kind as (path, element number, message)."""
    return [(one.path, one.element_number, one.message) for one in lint(listed) if one.code is code]


def codes(listed):
    """Return the kinds of all findings."""
    return [one.code for one in lint(listed)]


PER_KWH = priced("ENERGY", "0.4")
PER_HOUR = priced("TIME", "3")
PARKING = priced("PARKING_TIME", "6")
FEE = priced("FLAT", "1")
