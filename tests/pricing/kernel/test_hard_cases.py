"""Cases in which the kernel went wrong once."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import Dimension, PriceBasis, PriceLimit, PriceList
from aggregator.pricing.bill import bill
from aggregator.pricing.kernel import prices
from aggregator.pricing.kernel.layout import FROM_EXACT
from tests.pricing.price_lists import BERLIN, component, element, hourly

NIGHT = PriceList(
    "EUR",
    PriceBasis.NET,
    (
        element(component(Dimension.ENERGY, "0.1"), start_time=datetime(1, 1, 1, 2).time()),  # noqa: DTZ001
        element(component(Dimension.ENERGY, "1")),
    ),
)


def totals(listed, *sessions):
    columns = prices.session_columns(sessions)
    return prices.price(
        prices.prepare([listed]), [0] * len(sessions), columns, range(len(sessions))
    )


@pytest.mark.parametrize("fold", [0, 1])
def test_a_start_in_the_hour_that_the_clock_skips(fold):
    start = datetime(2026, 3, 29, 2, 30, 0, 500_000, BERLIN, fold=fold)
    sessions = [
        ChargingSession(start + timedelta(seconds=more), Decimal(10), Decimal(minutes))
        for more in (0, 60)
        for minutes in (1, 60, 600)
    ]
    found = totals(NIGHT, *sessions)
    expected = [bill(NIGHT, session).total_net * 100 for session in sessions]
    assert found.total_net.tolist() == expected


def test_a_total_whose_error_is_larger_than_a_unit_is_left_to_the_exact_engine():
    slices = [
        element(
            hourly(Dimension.TIME, str(99_999 + number), "8", 0),
            min_duration_seconds=number,
            max_duration_seconds=number + 1,
        )
        for number in range(60)
    ]
    listed = PriceList("KWD", PriceBasis.NET, tuple(slices))
    session = ChargingSession(datetime(2026, 6, 1, tzinfo=BERLIN), Decimal(0), Decimal(1))
    assert totals(listed, session).total_gross[0] == bill(listed, session).total_gross * 1000


@pytest.mark.parametrize("number", ["1E+5000", "1E+30", "0.49579832"])
def test_a_number_beyond_the_kernel_costs_only_itself(number):
    odd = PriceList(
        "EUR",
        PriceBasis.NET,
        (
            element(component(Dimension.ENERGY, "0.49579832"), max_kwh=Decimal(number)),
            element(component(Dimension.ENERGY, "1")),
        ),
        max_price=PriceLimit(Decimal(10), None),
    )
    session = ChargingSession(datetime(2026, 6, 1, tzinfo=BERLIN), Decimal(20), Decimal(60))
    found = totals(odd, session, session)
    assert found.origin.tolist() == [FROM_EXACT] * 2
    assert found.total_net.tolist() == [bill(odd, session).total_net * 100] * 2
