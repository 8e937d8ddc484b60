"""Example tariffs of OCPI, beside the totals that it states (those are in tests/pricing/spec)."""

from decimal import Decimal

import pytest

from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    Reservation,
    Restrictions,
    TariffElement,
)
from tests.pricing.price_lists import assert_totals, billed, hourly

START_FEE = PriceComponent(Dimension.FLAT, Decimal("0.5"), Decimal("0.20"))
PER_KWH = PriceComponent(Dimension.ENERGY, Decimal("0.25"), Decimal("0.10"), step_size_wh=1)


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
