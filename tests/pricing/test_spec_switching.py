"""OCPI 2.2.1 examples of changing elements: step sizes, power and duration."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    Restrictions,
    TariffElement,
)
from tests.pricing.price_lists import assert_totals, billed, hourly

STEP_SIZES = (
    TariffElement(
        (
            hourly(Dimension.TIME, "1.2", None, 1800),
            hourly(Dimension.PARKING_TIME, "1", None, 900),
        ),
        Restrictions(start_time=time(0), end_time=time(17)),
    ),
    TariffElement(
        (
            hourly(Dimension.TIME, "2.4", None, 900),
            hourly(Dimension.PARKING_TIME, "1", None, 900),
        ),
        Restrictions(start_time=time(17), end_time=time(20)),
    ),
    TariffElement(
        (hourly(Dimension.TIME, "2.4", None, 900),),
        Restrictions(start_time=time(20), end_time=time(0)),
    ),
)


@pytest.mark.parametrize(
    ("start", "minutes", "parked", "net"),
    [
        ("16:55", "10", "2", "0.55"),  # 0.10 + 0.20 + 15 min of parking 0.25
        ("16:35", "35", "0", "1.30"),  # 25 min 0.50 + 20 min 0.80
        ("19:40", "12", "20", "0.73"),  # 0.48 + 8 -> 15 min of parking 0.25
    ],
)
def test_ruling_5_switching_to_another_element(start, minutes, parked, net):
    found = billed(STEP_SIZES, start=f"2026-11-23T{start}", minutes=minutes, parked=parked)
    assert_totals(found, net, None)


@pytest.mark.parametrize(("kwh", "net"), [("6", "1.20"), ("16", "5.60"), ("48", "24.00")])
def test_ruling_11_price_by_power(kwh, net):
    # One hour at 6, 16 and 48 kW: 0.20, 0.35 and 0.50 per kWh; 16 is no longer below 16.
    by_power = (
        ("0.20", Restrictions(max_power_kw=Decimal(16))),
        ("0.35", Restrictions(max_power_kw=Decimal(32))),
        ("0.50", Restrictions()),
    )
    elements = tuple(
        TariffElement((PriceComponent(Dimension.ENERGY, Decimal(price), step_size_wh=1),), limits)
        for price, limits in by_power
    )
    assert_totals(billed(elements, kwh=kwh), net, None)


def test_price_by_duration():
    # 6 kWh in 40 minutes, evenly: 4.5 kWh free, 1.5 at 0.25 = 0.375; with tax 0.45.
    by_duration = (
        ("0", Restrictions(max_duration_seconds=1800)),
        ("0.25", Restrictions(max_duration_seconds=3600)),
        ("0.4", Restrictions()),
    )
    elements = tuple(
        TariffElement(
            (PriceComponent(Dimension.ENERGY, Decimal(price), Decimal("0.20"), step_size_wh=1),),
            limits,
        )
        for price, limits in by_duration
    )
    assert_totals(billed(elements, kwh="6", minutes="40"), "0.38", "0.45")
