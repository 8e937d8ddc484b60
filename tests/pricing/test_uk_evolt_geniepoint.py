"""Tariffs of Evolt and GeniePoint as published in October 2026.

Public data under the Public Charge Point Regulations 2023; ids left out.
"""

from decimal import Decimal

import pytest

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceLimit,
    PriceList,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.quote import QuoteState
from tests.pricing.price_lists import uk_billed as billed
from tests.pricing.price_lists import uk_component as component
from tests.pricing.price_lists import uk_quoted as quoted

EVOLT = PriceList(
    "GBP",
    PriceBasis.NET,
    (
        TariffElement(
            (component(Dimension.TIME, "50", step_size=60),),
            Restrictions(min_duration_seconds=1800),
        ),
        TariffElement((component(Dimension.FLAT, "0.833"), component(Dimension.ENERGY, "0.5"))),
    ),
    min_price=PriceLimit(Decimal("2.5"), Decimal(3)),
)


def test_evolt_charges_time_after_half_an_hour_though_that_stands_first():
    found = quoted(EVOLT)
    assert found.price_per_kwh == Decimal("0.6")
    assert found.start_fee == Decimal("0.9996")
    assert (found.price_per_minute, found.fee_after_minutes) == (None, 30)
    # ac: 0.833 + 10 + 1.5 h x 50 = 85.833 net; dc: 0.833 + 15 + 1/6 h x 50 = 24.1663..; hpc:
    # 0.833 + 20 = 20.833. With 20 %: 102.9996, 28.9996, 24.9996.
    assert found.totals == {
        "ac": Decimal("103.00"),
        "dc": Decimal("29.00"),
        "hpc": Decimal("25.00"),
    }
    assert (quoted(EVOLT, "ac").price_varies, quoted(EVOLT, "hpc").price_varies) == (True, False)


def test_ruling_8_evolt_has_a_lowest_price():
    # 1 kWh: 1.333 net, 1.5996 gross.
    found = billed(EVOLT, "2026-11-24T12:00", "1", "10")
    assert (found.total_net, found.total_gross) == (Decimal("2.50"), Decimal("3.00"))


def test_evolt_overstay_fee_is_flat_and_begins_after_135_minutes():
    listed = PriceList(
        "GBP",
        PriceBasis.NET,
        (
            TariffElement(
                (component(Dimension.FLAT, "16.667"),), Restrictions(min_duration_seconds=8100)
            ),
            TariffElement((component(Dimension.ENERGY, "0.658"),)),
        ),
    )
    found = quoted(listed)
    assert (found.start_fee, found.fee_after_minutes) == (None, 135)
    # ac: 13.16 + 16.667 = 29.827 net, 35.7924 gross; dc: 19.74 net, 23.688 gross.
    assert (found.totals["ac"], found.totals["dc"]) == (Decimal("35.79"), Decimal("23.69"))


def test_evolt_flat_fee_of_0_alone_is_free():
    listed = PriceList("GBP", PriceBasis.NET, (TariffElement((component(Dimension.FLAT, "0"),)),))
    assert quoted(listed).state is QuoteState.FREE


GENIEPOINT = PriceList(
    "GBP",
    PriceBasis.NET,
    (
        TariffElement(
            (
                component(Dimension.ENERGY, "0.69"),
                component(Dimension.TIME, "0.0"),
                component(Dimension.FLAT, "0.0"),
            )
        ),
        TariffElement(
            (component(Dimension.PARKING_TIME, "5.56", step_size=5400),),
            Restrictions(min_duration_seconds=5400),
        ),
    ),
)


def test_geniepoint_parking_is_billed_in_steps_of_90_minutes():
    found = quoted(GENIEPOINT)
    assert (found.price_per_minute, found.start_fee) == (None, None)
    assert found.fee_after_minutes == 90
    assert found.price_per_kwh == Decimal("0.828")
    # 5.56 x 1.2 / 60
    assert found.parking_price_per_minute == Decimal("0.1112")
    # ac: 20 x 0.69 = 13.80; 120 minutes of parking are two steps, 3 h x 5.56 = 16.68;
    # 30.48 net, 36.576 gross. dc: 20.70 net, 24.84 gross.
    assert (found.totals["ac"], found.totals["dc"]) == (Decimal("36.58"), Decimal("24.84"))


def test_ruling_4_geniepoint_parking_before_the_90th_minute_of_the_session_is_free():
    # 30 minutes of charging, 70 of parking: 10 minutes are beyond 90, one step of 1.5 h: 8.34.
    found = billed(GENIEPOINT, "2026-11-24T12:00", "0", "30", "70")
    assert found.total_net == Decimal("8.34")
    assert found.lines[-1].quantity * 60 == pytest.approx(Decimal(10))
