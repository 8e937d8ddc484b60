"""Prices that look like those of another unit: told by their size, in rough euros.

`pricing.lint` remarks on the same prices for whoever writes a tariff; here it is judged which unit
was meant, and by each currency's own range.
"""

from collections.abc import Iterator
from decimal import Decimal

from aggregator.domain.tariff import Dimension, PriceComponent, PriceList
from aggregator.normalise.plausibility.charges import charges, energy_prices
from aggregator.normalise.plausibility.flag import Flag
from aggregator.normalise.plausibility.ranges import PriceRange, Ranges

HUNDRED, THOUSAND = 100, 1000  # cents in a euro; Wh in a kWh, kWh in a MWh
USUAL_EUROS_PER_KWH = Decimal("0.5")
MINUTES_PER_HOUR = 60
SECONDS_PER_MINUTE = 60

# Euros. The upper two are those of `pricing.lint.figures`.
LEAST_OF_A_MINUTE = Decimal("0.01")
LIKE_A_MINUTE = Decimal("0.25")  # an hour for less is hardly ever offered
LIKE_A_MINUTE_IN_MINUTES = Decimal("0.5")  # the same, with a step of one minute
DEAREST_HOUR = Decimal(150)  # 2.50 a minute: more than any fee for blocking a charger
LEAST_OF_AN_HOUR, MOST_OF_AN_HOUR = Decimal("0.5"), Decimal(60)


def unit_flags(price_list: PriceList, ranges: Ranges) -> Iterator[Flag]:
    """Yield what the sizes of prices tell; nothing for a currency without a range."""
    usual = ranges.get(price_list.currency)
    if usual is None:
        return
    for component in energy_prices(price_list):
        yield from _of_energy(component.price, usual)
    for component in charges(price_list):
        if component.dimension in {Dimension.TIME, Dimension.PARKING_TIME}:
            yield from _of_time(component, usual)


def _of_energy(price_per_kwh: Decimal, usual: PriceRange) -> Iterator[Flag]:
    if price_per_kwh > usual.most_plausible_per_kwh:
        are_cents = usual.holds(price_per_kwh / HUNDRED)
        is_of_mwh = usual.holds(price_per_kwh / THOUSAND)
        if are_cents and not (is_of_mwh and _is_nearer_by_thousand(price_per_kwh, usual)):
            yield Flag.CENTS_FOR_EUROS
        elif is_of_mwh:
            yield Flag.UNIT_SLIP
    elif price_per_kwh < usual.least_plausible_per_kwh and usual.holds(price_per_kwh * THOUSAND):
        yield Flag.UNIT_SLIP


def _is_nearer_by_thousand(price_per_kwh: Decimal, usual: PriceRange) -> bool:
    """Tell whether a thousandth is nearer to a usual price than a hundredth, as factors go."""
    middle = usual.about(USUAL_EUROS_PER_KWH)
    return (price_per_kwh / HUNDRED) * (price_per_kwh / THOUSAND) > middle * middle


def _of_time(component: PriceComponent, usual: PriceRange) -> Iterator[Flag]:
    """Judge a price per hour; with a long step a high one may well be a single fee."""
    price, step = component.price, component.step_size_seconds
    in_minutes = step == SECONDS_PER_MINUTE
    like_a_minute = LIKE_A_MINUTE_IN_MINUTES if in_minutes else LIKE_A_MINUTE
    if usual.about(LEAST_OF_A_MINUTE) <= price <= usual.about(like_a_minute):
        yield Flag.MINUTE_PRICE_IN_HOUR_FIELD
    least, most = usual.about(LEAST_OF_AN_HOUR), usual.about(MOST_OF_AN_HOUR)
    is_dear = price > usual.about(DEAREST_HOUR) and step <= SECONDS_PER_MINUTE
    if is_dear and least <= price / MINUTES_PER_HOUR <= most:
        yield Flag.HOUR_PRICE_IN_MINUTE_FIELD
