"""A planned charge becomes a session at each charger."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from aggregator.domain.charge import Charge, energy_between

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LISBON = ZoneInfo("Europe/Lisbon")
EVENING = datetime(2026, 11, 24, 18)  # noqa: DTZ001 - on each charger's clock
CHARGE = Charge(Decimal(40), Decimal(11), Decimal(150), EVENING, Decimal(15))


@pytest.mark.parametrize(
    ("connector", "is_dc", "power"),
    [("22", False, "11"), ("7.4", False, "7.4"), ("50", True, "50"), ("350", True, "150")],
)
def test_the_weaker_of_car_and_connector_decides(connector, is_dc, power):
    assert CHARGE.power_kw(Decimal(connector), is_dc=is_dc) == Decimal(power)


def test_an_unknown_connector_is_reckoned_with_the_car():
    assert CHARGE.power_kw(None, is_dc=False) == 11


def test_minutes_are_energy_over_power():
    session = CHARGE.session(Decimal(50), STOCKHOLM)
    assert session.charging_minutes == 48
    assert session.energy_kwh == 40
    assert session.parking_minutes == 15


def test_the_power_of_a_session_is_never_below_that_of_the_charger():
    power = CHARGE.session(Decimal(11), STOCKHOLM).power_kw
    assert Decimal(11) <= power < Decimal("11.0001")


def test_a_time_without_a_zone_is_read_on_each_clock():
    here, there = (CHARGE.session(Decimal(50), zone).start for zone in (STOCKHOLM, LISBON))
    assert (here.hour, there.hour) == (18, 18)
    assert here != there


def test_a_moment_is_the_same_everywhere():
    now = datetime(2026, 11, 24, 17, tzinfo=UTC)
    charge = Charge(Decimal(40), Decimal(11), Decimal(150), now)
    starts = [charge.session(Decimal(50), zone).start for zone in (STOCKHOLM, LISBON)]
    assert starts == [now, now]
    assert [one.hour for one in starts] == [18, 17]


def test_a_time_that_the_clock_skips_is_moved_on():
    charge = Charge(Decimal(40), Decimal(11), Decimal(150), datetime(2026, 3, 29, 2, 30))  # noqa: DTZ001
    assert charge.session(Decimal(50), STOCKHOLM).start.hour == 3


@pytest.mark.parametrize(("low", "high"), [(80, 20), (50, 50), (-1, 50), (20, 101)])
def test_a_battery_is_not_charged_downwards(low, high):
    with pytest.raises(ValueError, match="no energy"):
        energy_between(Decimal(60), Decimal(low), Decimal(high))
