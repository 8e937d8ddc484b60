"""Sessions of any course: changing power, measured current, charging again after a pause."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.session import ChargingSession, ProfiledSession, Stretch
from aggregator.domain.tariff import Dimension, PriceBasis, PriceList
from aggregator.pricing.bill import BillWarning, bill
from aggregator.pricing.kernel import prices
from tests.pricing.price_lists import NOON, component, element, session
from tests.pricing.test_properties import energies, minutes, price_lists, starts, without_steps

FREE_BELOW_16_A = (
    element(component(Dimension.ENERGY, "0"), max_current_a=Decimal(16)),
    element(component(Dimension.ENERGY, "0.5")),
)


def charging(minutes, kwh, **more):
    return Stretch(charging=True, minutes=Decimal(minutes), energy_kwh=Decimal(kwh), **more)


def parked(minutes):
    return Stretch(charging=False, minutes=Decimal(minutes))


def net(elements, *stretches):
    listed = PriceList("EUR", PriceBasis.NET, tuple(elements))
    return bill(listed, ProfiledSession(NOON, stretches))


def test_ruling_11_the_price_follows_the_power_of_each_stretch():
    elements = (
        element(component(Dimension.ENERGY, "0.8"), min_power_kw=Decimal(50)),
        element(component(Dimension.ENERGY, "0.4")),
    )
    # 20 kWh at 80 kW, then 5 at 20 kW, then 5 that were measured at 60 kW: 16 + 2 + 4.
    found = net(elements, charging(15, 20), charging(15, 5), charging(15, 5, power_kw=Decimal(60)))
    assert found.total_net == Decimal("22.00")
    assert found.warnings == ()


@pytest.mark.parametrize(("amperes", "total"), [("15.9", "0.00"), ("16", "5.00")])
def test_ruling_11_a_measured_current_decides(amperes, total):
    found = net(FREE_BELOW_16_A, charging(60, 10, current_a=Decimal(amperes)))
    assert found.total_net == Decimal(total)
    assert found.warnings == ()


def test_ruling_11_an_unknown_current_meets_no_limit_and_is_said():
    found = net(FREE_BELOW_16_A, charging(60, 10, current_a=Decimal(6)), charging(60, 10))
    assert found.total_net == Decimal("5.00")
    assert found.warnings == (BillWarning.CURRENT_UNKNOWN,)


def test_ruling_11_the_current_of_a_plain_session_is_used():
    listed = PriceList("EUR", PriceBasis.NET, FREE_BELOW_16_A)
    with_current = replace(session("10", "60"), current_a=Decimal(6))
    assert bill(listed, with_current).total_net == 0


def test_charging_after_parking_is_charging_again():
    # An hour of charging, an hour of pause, half an hour of charging, half an hour parked.
    elements = (
        element(
            component(Dimension.ENERGY, "1"),
            component(Dimension.TIME, "6"),
            component(Dimension.PARKING_TIME, "2"),
        ),
    )
    found = net(elements, charging(60, 10), parked(60), charging(30, 2), parked(30))
    assert found.total_net == Decimal("24.00")


def test_energy_and_duration_thresholds_are_met_in_a_later_stretch():
    # 12 kWh are reached halfway through the second charging; minute 100 lies in the pause.
    elements = (
        element(component(Dimension.ENERGY, "1"), max_kwh=Decimal(12)),
        element(component(Dimension.ENERGY, "3")),
        element(component(Dimension.PARKING_TIME, "6"), min_duration_seconds=6000),
    )
    found = net(elements, charging(60, 10), parked(60), charging(30, 4))
    assert found.total_net == Decimal("20.00")


def test_a_stretch_in_which_nothing_passes_is_none():
    elements = (element(component(Dimension.FLAT, "1"), component(Dimension.ENERGY, "1")),)
    found = net(elements, parked(0), charging(60, 10), charging(0, 0), parked(0))
    assert found.total_net == Decimal("11.00")
    assert net(elements).total_net == Decimal("1.00")


@pytest.mark.parametrize(
    "stretch",
    [
        charging(-1, 1),
        charging(1, "NaN"),
        charging(1, 1, power_kw=Decimal(-1)),
        charging(1, 1, current_a=Decimal("inf")),
        Stretch(charging=False, minutes=Decimal(1), energy_kwh=Decimal(1)),
    ],
)
def test_an_absurd_stretch_is_refused(stretch):
    with pytest.raises(ValueError, match=r"session|parked"):
        net(FREE_BELOW_16_A, stretch)


@given(price_lists, starts, energies, minutes, minutes, st.integers(2, 5))
def test_cutting_a_session_finer_changes_nothing(listed, start, kwh, charged, rest, parts):
    plain = without_steps(listed)
    whole = ChargingSession(start, kwh, charged, rest)
    finer = ProfiledSession(
        start,
        (
            *[charging(charged / parts, kwh / parts)] * parts,
            *[parked(rest / parts)] * parts,
        ),
    )
    if all((one / parts) * parts == one for one in (kwh, charged, rest)):
        assert bill(plain, finer).total_as_stated == bill(plain, whole).total_as_stated


def test_a_stated_power_decides_and_is_left_to_the_exact_engine():
    # 10 kWh in 27.273 minutes are a little less than 22 kW on average.
    elements = (
        element(component(Dimension.ENERGY, "0.6"), min_power_kw=Decimal(22)),
        element(component(Dimension.ENERGY, "0.4")),
    )
    listed = PriceList("EUR", PriceBasis.NET, elements)
    plain = session("10", "27.273")
    stated = replace(plain, stated_power_kw=Decimal(22))
    assert bill(listed, plain).total_net == 4
    assert bill(listed, stated).total_net == 6
    columns = prices.session_columns([plain, stated])
    found = prices.price(prices.prepare([listed]), [0, 0], columns, [0, 1])
    assert found.total_net.tolist() == [400, 600]


def test_a_session_without_charging_time_has_no_average_power():
    assert session("10", "0").power_kw is None
