"""Short words for tariff elements, so that an operator's price list reads like one.

All prices are what people pay, tax included.
"""

from datetime import time
from decimal import Decimal

from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    Restrictions,
    TariffElement,
    Weekday,
)

MINUTES_PER_HOUR = 60
NIGHT = Restrictions(start_time=time(22), end_time=time(6))
WEEKEND = Restrictions(day_of_week=(Weekday.SATURDAY, Weekday.SUNDAY))


def energy(price_per_kwh: str, step_size_wh: int = 1) -> PriceComponent:
    """Return a charge per kWh."""
    return PriceComponent(Dimension.ENERGY, Decimal(price_per_kwh), step_size_wh=step_size_wh)


def per_minute(price_per_minute: str) -> PriceComponent:
    """Return a charge per minute plugged in; published per hour, as OCPI asks."""
    price_per_hour = Decimal(price_per_minute) * MINUTES_PER_HOUR
    return PriceComponent(Dimension.TIME, price_per_hour, step_size_seconds=60)


def parking_per_minute(price_per_minute: str) -> PriceComponent:
    """Return a charge per minute plugged in without charging; published per hour."""
    price_per_hour = Decimal(price_per_minute) * MINUTES_PER_HOUR
    return PriceComponent(Dimension.PARKING_TIME, price_per_hour, step_size_seconds=60)


def per_session(price: str) -> PriceComponent:
    """Return a charge per session: a start fee, or "0" to say that charging is free."""
    return PriceComponent(Dimension.FLAT, Decimal(price))


def always(*price_components: PriceComponent) -> TariffElement:
    """Return an element without restrictions."""
    return TariffElement(price_components)


def when(restrictions: Restrictions, *price_components: PriceComponent) -> TariffElement:
    """Return an element that applies under restrictions; put it before the one for other times."""
    return TariffElement(price_components, restrictions)


def after_minutes(minutes: int, *price_components: PriceComponent) -> TariffElement:
    """Return an element that applies from so many minutes after the start of the session."""
    restrictions = Restrictions(min_duration_seconds=minutes * MINUTES_PER_HOUR)
    return TariffElement(price_components, restrictions)
