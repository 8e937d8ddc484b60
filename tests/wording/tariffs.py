"""Realistic price lists by name, each with something else to tell."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceLimit,
    PriceList,
    Reservation,
    Weekday,
)
from tests.pricing.price_lists import (
    WEEKEND,
    WORKING_DAYS,
    charging,
    component,
    element,
    energy,
    flat,
    parking,
)

NIGHT = {"start_time": time(20), "end_time": time(8)}
GROSS, NET = PriceBasis.GROSS, PriceBasis.NET


def listed(*elements, basis=GROSS, currency="EUR", **more):
    return PriceList(currency, basis, elements, **more)


def priced(dimension, price, vat_rate=None, seconds=0):
    return replace(component(dimension, price, vat_rate), step_size_seconds=seconds)


PER_KWH = element(energy("0.5"))

TARIFFS = {
    "energy": listed(PER_KWH),
    "energy in kronor": listed(element(energy("5.49")), currency="SEK"),
    "energy in yen": listed(element(energy("50")), currency="JPY"),
    "idle fee by day, with a ceiling": listed(
        element(energy("0.50")),
        element(parking("0"), **NIGHT),
        element(parking("6"), min_duration_seconds=14400),
        max_price=PriceLimit(incl_vat=Decimal(12)),
    ),
    "idle fee in a window": listed(
        PER_KWH,
        element(parking("6"), min_duration_seconds=14400, start_time=time(8), end_time=time(20)),
    ),
    "first half hour free": listed(
        element(charging("0"), max_duration_seconds=1800), element(charging("6"))
    ),
    "first hour cheaper": listed(
        PER_KWH, element(charging("1"), max_duration_seconds=3600), element(charging("2.5"))
    ),
    "dearer after 20 kWh": listed(
        element(energy("0.4"), max_kwh=Decimal(20)), element(energy("0.5"))
    ),
    "first kWh dearer, window of energy": listed(
        element(energy("1"), max_kwh=Decimal(1)),
        element(energy("0.4"), min_kwh=Decimal(1), max_kwh=Decimal("30.5")),
        element(energy("0.6"), min_kwh=Decimal("30.5")),
    ),
    "night, day and weekend": listed(
        element(energy("0.45"), day_of_week=WEEKEND),
        element(energy("0.325"), end_time=time(7), day_of_week=WORKING_DAYS),
        element(energy("0.4917"), start_time=time(7), day_of_week=WORKING_DAYS),
        currency="GBP",
        basis=PriceBasis.UNKNOWN,
    ),
    "night": listed(element(energy("0.3"), **NIGHT), element(energy("0.5"))),
    "working nights": listed(
        element(energy("0.3"), day_of_week=WORKING_DAYS, **NIGHT), element(energy("0.5"))
    ),
    "open by day only": listed(element(energy("0.5"), start_time=time(8), end_time=time(20))),
    "a hole of a minute": listed(element(energy("0.5"), end_time=time(23, 59))),
    "seconds in a window": listed(
        element(energy("0.5"), start_time=time(8, 0, 30)), element(energy("0.6"))
    ),
    "fee by hour of two dimensions": listed(
        PER_KWH,
        element(flat("1"), charging("2.5"), reservation=Reservation.RESERVATION, end_time=time(12)),
        element(flat("2"), charging("3"), reservation=Reservation.RESERVATION),
    ),
    "no charge for time at night or on Sundays": listed(
        PER_KWH,
        element(charging("0"), **NIGHT),
        element(charging("0"), day_of_week=(Weekday.SUNDAY,)),
        element(charging("6")),
    ),
    "an element for every weekday": listed(
        *(
            element(energy("0.4" if day in WORKING_DAYS else "0.3"), day_of_week=(day,))
            for day in Weekday
        )
    ),
    "one price in two windows": listed(
        element(energy("0.4"), start_time=time(20)),
        element(energy("0.4"), end_time=time(8)),
        element(energy("0.5"), start_time=time(8), end_time=time(17)),
        element(energy("0.5"), start_time=time(17), end_time=time(20)),
    ),
    "the evening before the afternoon": listed(
        element(energy("0.4"), start_time=time(17), end_time=time(20)),
        element(energy("0.4"), start_time=time(12), end_time=time(17)),
        element(energy("0.4"), start_time=time(6), end_time=time(7)),
        element(energy("0.4"), start_time=time(7), day_of_week=WEEKEND, end_time=time(8)),
    ),
    "power tiers": listed(
        element(energy("0.49"), max_power_kw=Decimal(22)),
        element(energy("0.59"), min_power_kw=Decimal(22), max_power_kw=Decimal(50)),
        element(energy("0.79"), min_power_kw=Decimal(50)),
    ),
    "current tiers": listed(
        element(charging("1"), max_current_a=Decimal(16)),
        element(charging("1.5"), min_current_a=Decimal(16), max_current_a=Decimal(32)),
        element(charging("2"), min_current_a=Decimal(32)),
        basis=NET,
    ),
    "summer": listed(
        element(energy("0.39"), start_date=date(2026, 6, 1), end_date=date(2026, 9, 1)),
        element(energy("0.49")),
    ),
    "christmas eve free": listed(
        element(energy("0"), start_date=date(2026, 12, 24), end_date=date(2026, 12, 25)),
        element(energy("0.49"), end_date=date(2027, 1, 1)),
        element(energy("0.52"), start_date=date(2027, 1, 1)),
    ),
    "odd weekdays": listed(
        element(
            parking("3"),
            day_of_week=(Weekday.SATURDAY, Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY),
        ),
        element(energy("0.5"), day_of_week=(Weekday.MONDAY, Weekday.TUESDAY)),
    ),
    "steps": listed(
        element(
            replace(energy("0.5"), step_size_wh=1000),
            priced(Dimension.TIME, "6", "0.2", 900),
        ),
    ),
    "steps of charging and parking": listed(
        element(
            replace(energy("0.5"), step_size_wh=500),
            priced(Dimension.TIME, "6", "0.2", 900),
            priced(Dimension.PARKING_TIME, "12", "0.2", 3600),
        ),
        basis=PriceBasis.NO_TAX,
    ),
    "reservation": listed(
        PER_KWH,
        element(flat("2"), charging("3"), reservation=Reservation.RESERVATION),
    ),
    "reservation that expires": listed(
        element(flat("4"), reservation=Reservation.RESERVATION_EXPIRES),
        element(
            priced(Dimension.TIME, "3", "0.2", 600),
            reservation=Reservation.RESERVATION,
            max_duration_seconds=3600,
        ),
        element(
            component(Dimension.FLAT, "0.5", "0.2"), component(Dimension.ENERGY, "0.25", "0.1")
        ),
        basis=NET,
    ),
    "free, but not to reserve": listed(
        element(energy("0")),
        element(charging("6"), reservation=Reservation.RESERVATION),
        basis=NET,
    ),
    "only an expired reservation is free": listed(
        PER_KWH,
        element(flat("0"), reservation=Reservation.RESERVATION_EXPIRES),
        element(flat("2"), reservation=Reservation.RESERVATION),
    ),
    "limits net and gross": listed(
        element(energy("0.5"), flat("1")),
        basis=NET,
        min_price=PriceLimit(Decimal(1), Decimal("1.2")),
        max_price=PriceLimit(Decimal(30), Decimal(36)),
    ),
    "limit without tax on prices with tax": listed(
        PER_KWH, max_price=PriceLimit(excl_vat=Decimal(10))
    ),
    "limit with tax on prices without": listed(
        PER_KWH, basis=NET, max_price=PriceLimit(incl_vat=Decimal(10))
    ),
    "limit of an unknown basis": listed(
        PER_KWH, basis=PriceBasis.UNKNOWN, min_price=PriceLimit(Decimal(2), Decimal(3))
    ),
    "highest price of zero means none": listed(
        PER_KWH, max_price=PriceLimit(Decimal(0), Decimal(0))
    ),
    "highest price of zero without tax means none": listed(
        PER_KWH, basis=NET, max_price=PriceLimit(Decimal(0), Decimal(12))
    ),
    "only a lowest price": listed(
        element(flat("0")), basis=NET, min_price=PriceLimit(excl_vat=Decimal(1))
    ),
    "fee at weekends": listed(
        element(flat("0"), day_of_week=WORKING_DAYS), element(energy("0.5"), flat("1"))
    ),
    "late fee and a fee for much energy": listed(
        PER_KWH, element(flat("5"), min_duration_seconds=5400, min_kwh=Decimal(10))
    ),
    "parking by energy": listed(
        element(parking("6"), min_kwh=Decimal(5), max_kwh=Decimal(10)),
        element(parking("3"), max_kwh=Decimal(5)),
        element(parking("9"), min_duration_seconds=1800, max_duration_seconds=5400),
        PER_KWH,
    ),
    "rate not stated": listed(element(energy("0.5", None)), basis=NET),
    "rate of zero": listed(element(energy("0.5", "0")), basis=NET),
    "rate not stated for parking": listed(
        element(energy("0.5"), component(Dimension.PARKING_TIME, "6")), basis=NET
    ),
    "two rates of one dimension": listed(
        element(energy("0.5", "0.1"), max_kwh=Decimal(10)), element(energy("0.6")), basis=NET
    ),
    "free": listed(element(energy("0"))),
    "no elements": listed(),
    "unreadable": replace(listed(PER_KWH), unreadable_parts=("elements[1]",)),
    "negative price": listed(element(energy("-1"))),
    "negative rate": listed(element(energy("1", "-0.2"))),
}
