"""The totals that OCPI 2.2.1 states for its own example tariffs (mod_tariffs, "Examples").

Errata are kept as in the rulings: the complex example's Saturday is 12.375 net and 13.975 gross,
the example with an alternative URL is 5.63 net and 6.24 gross.
"""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    PriceLimit,
    Reservation,
    Restrictions,
    TariffElement,
    Weekday,
)
from tests.pricing.price_lists import WEEKEND, WORKING_DAYS, assert_totals, billed, hourly

START_FEE = PriceComponent(Dimension.FLAT, Decimal("0.5"), Decimal("0.20"))
PER_KWH = PriceComponent(Dimension.ENERGY, Decimal("0.25"), Decimal("0.10"), step_size_wh=1)


def test_simple_energy_price():
    assert_totals(billed((TariffElement((PER_KWH,)),), kwh="20"), "5.00", "5.50")


def test_energy_price_and_start_fee():
    assert_totals(billed((TariffElement((START_FEE, PER_KWH)),), kwh="20"), "5.50", "6.10")


@pytest.mark.parametrize(("kwh", "net", "gross"), [("20", "5.00", "5.50"), ("1.9", "0.50", "0.55")])
def test_ruling_8_minimum_price(kwh, net, gross):
    limit = PriceLimit(Decimal("0.5"), Decimal("0.55"))
    assert_totals(billed((TariffElement((PER_KWH,)),), kwh=kwh, min_price=limit), net, gross)


@pytest.mark.parametrize(
    ("kwh", "net", "gross"), [("50", "10.00", "11.00"), ("30", "8.00", "8.85")]
)
def test_ruling_8_maximum_price(kwh, net, gross):
    limit = PriceLimit(Decimal(10), Decimal(11))
    elements = (TariffElement((START_FEE, PER_KWH)),)
    assert_totals(billed(elements, kwh=kwh, max_price=limit), net, gross)


def test_energy_price_start_fee_and_parking_fee():
    # 40 minutes of parking in steps of 15 are 45: 1.50 net.
    parking = hourly(Dimension.PARKING_TIME, "2", "0.20", 900)
    elements = (TariffElement((START_FEE, PER_KWH, parking)),)
    assert_totals(billed(elements, kwh="20", parked="40"), "7.00", "7.90")


def test_price_per_hour():
    elements = (TariffElement((hourly(Dimension.TIME, "2", "0.10", 60),)),)
    assert_totals(billed(elements, minutes="150"), "5.00", "5.50")


def test_price_per_hour_and_another_for_parking():
    elements = (
        TariffElement(
            (
                hourly(Dimension.TIME, "3", "0.10", 60),
                hourly(Dimension.PARKING_TIME, "5", "0.20", 300),
            )
        ),
    )
    assert_totals(billed(elements, minutes="150", parked="42"), "11.25", "12.75")


def test_ad_hoc_price_per_hour():
    # 2.5 h x 1.90 = 4.75; x 1.052 = 4.997.
    elements = (TariffElement((hourly(Dimension.TIME, "1.9", "0.052", 300),)),)
    assert_totals(billed(elements, minutes="150"), "4.75", "5.00")


def test_ruling_10_alternative_url_example_is_rounded_half_up_once():
    # 20.45 kWh are billed as 20.5: 5.125 + 0.5 = 5.625; 5.6375 + 0.6 = 6.2375.
    energy = PriceComponent(Dimension.ENERGY, Decimal("0.25"), Decimal("0.10"), step_size_wh=100)
    found = billed((TariffElement((START_FEE, energy)),), kwh="20.45")
    assert_totals(found, "5.63", "6.24")
    assert [line.net for line in found.lines] == [Decimal("0.5"), Decimal("5.125")]


def complex_example() -> tuple[TariffElement, ...]:
    """Return the complex example, its 32 A over all phases written as 7.36 kW at 230 V.

    A session's description has a power but no current.
    """
    slow = Decimal("7.36")
    return (
        TariffElement((PriceComponent(Dimension.FLAT, Decimal("2.5"), Decimal("0.15")),)),
        TariffElement((hourly(Dimension.TIME, "1", "0.20", 900),), Restrictions(max_power_kw=slow)),
        TariffElement(
            (hourly(Dimension.TIME, "2", "0.20", 600),),
            Restrictions(min_power_kw=slow, day_of_week=WORKING_DAYS),
        ),
        TariffElement(
            (hourly(Dimension.TIME, "1.25", "0.20", 600),),
            Restrictions(min_power_kw=slow, day_of_week=WEEKEND),
        ),
        TariffElement(
            (hourly(Dimension.PARKING_TIME, "5", "0.10", 300),),
            Restrictions(start_time=time(9), end_time=time(18), day_of_week=WORKING_DAYS),
        ),
        TariffElement(
            (hourly(Dimension.PARKING_TIME, "6", "0.10", 300),),
            Restrictions(start_time=time(10), end_time=time(17), day_of_week=(Weekday.SATURDAY,)),
        ),
    )


def test_complex_example_on_monday():
    # 165 min at 3.68 kW are 10.12 kWh. 2.50 + 2.75 + 3.75 (42 -> 45 min) = 9.00.
    found = billed(
        complex_example(), start="2026-11-23T09:30", kwh="10.12", minutes="165", parked="42"
    )
    assert_totals(found, "9.00", "10.30")


def test_complex_example_on_saturday_by_its_own_rules():
    # 114 min x 1.25/h = 2.375, not 2.28. Parking 15:24-16:35: 71 -> 75 min, 7.50.
    # Net 12.375, gross 2.875 + 2.85 + 8.25 = 13.975.
    found = billed(
        complex_example(), start="2026-11-28T13:30", kwh="18.791", minutes="114", parked="71"
    )
    assert_totals(found, "12.38", "13.98")


def test_free_of_charge():
    elements = (TariffElement((PriceComponent(Dimension.FLAT, Decimal(0)),)),)
    assert_totals(billed(elements, kwh="20"), "0.00", "0.00")


def test_first_hour_and_first_kwh_free():
    # Parking counts from the start of the session (ruling 4), so charging is 0 minutes here to
    # have the specification's hours: 1 h free, 1.75 h at 2/h = 3.50; 19 kWh at 0.20 = 3.80.
    parking = [hourly(Dimension.PARKING_TIME, price, None, 60) for price in ("0", "2", "3")]
    elements = (
        TariffElement(
            (PriceComponent(Dimension.ENERGY, Decimal(0)),), Restrictions(max_kwh=Decimal(1))
        ),
        TariffElement((PriceComponent(Dimension.ENERGY, Decimal("0.2"), step_size_wh=1),)),
        TariffElement((parking[0],), Restrictions(max_duration_seconds=3600)),
        TariffElement((parking[1],), Restrictions(max_duration_seconds=14400)),
        TariffElement((parking[2],)),
    )
    assert_totals(billed(elements, kwh="20", minutes="0", parked="165"), "7.30", None)


@pytest.mark.parametrize("kind", list(Reservation))
def test_ruling_7_a_session_without_reservation_leaves_the_reservation_price_out(kind):
    # The examples with a reservation, less its part: 0.50 + 5.00, with tax 0.60 + 5.50.
    elements = (
        TariffElement((hourly(Dimension.TIME, "5", "0.20", 60),), Restrictions(reservation=kind)),
        TariffElement((START_FEE, PER_KWH)),
    )
    assert_totals(billed(elements, kwh="20"), "5.50", "6.10")
