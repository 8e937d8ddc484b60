"""The session that is meant, from what was said and what is usual."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from aggregator.errors import ConfigError
from aggregator.invoices.sessions import Wish, each_hour, session_of
from tests.pricing.price_lists import AC, DC

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 6, 2, 10, 30, 45, 123, tzinfo=UTC)


def meant(usual=DC, most_kw=None, now=NOW, zone=STOCKHOLM, **said):
    numbers = {"energy_kwh", "minutes", "power_kw", "stay", "current_a", "reserved"}
    wish = Wish(**{k: Decimal(v) if k in numbers else v for k, v in said.items()})
    return session_of(wish, usual, now, zone, None if most_kw is None else Decimal(most_kw))


def test_without_a_word_it_is_the_usual_session_from_now_without_parking():
    found = meant()
    assert (found.energy_kwh, found.charging_minutes, found.parking_minutes) == (30, 40, 0)
    assert found.start == datetime(2026, 6, 2, 12, 30, tzinfo=STOCKHOLM)
    assert (found.current_a, found.reserved) == (None, None)


@pytest.mark.parametrize(
    ("said", "most_kw", "minutes"),
    [
        ({"energy_kwh": "15"}, None, "20"),  # 45 kW
        ({"power_kw": "90"}, None, "20"),
        ({}, "22.5", "80"),  # the connector gives no more
        ({}, "150", "40"),
        ({}, "0", "40"),
        ({"power_kw": "90"}, "22.5", "20"),  # what was said stands
        ({"minutes": "7"}, None, "7"),
        ({"minutes": "0"}, None, "0"),
        ({"energy_kwh": "0"}, None, "0"),
        ({"energy_kwh": "0", "power_kw": "0"}, None, "0"),
        ({"energy_kwh": "20", "power_kw": "11"}, None, "109.091"),
    ],
)
def test_charging_lasts_as_long_as_energy_and_power_say(said, most_kw, minutes):
    assert meant(most_kw=most_kw, **said).charging_minutes == Decimal(minutes)


def test_minutes_are_exact_so_that_no_step_is_passed_by_a_hair():
    # 40 + 1/60 minutes have no end as a decimal; a step of a second would be billed twice.
    found = meant(energy_kwh="30", power_kw="44.98125780924614744", stay="120")
    assert found.charging_minutes.as_tuple().exponent >= -3
    assert found.charging_minutes + found.parking_minutes == 120


def test_the_rest_of_the_stay_is_parking():
    assert meant(AC, stay="180").parking_minutes == 60
    assert meant(stay="40").parking_minutes == 0


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"power_kw": "0"}, "a power above zero is needed"),
        ({"stay": "39"}, "a stay of 39 minutes is too short for 40 minutes of charging"),
        ({"day": date(1, 1, 1), "at": time(0)}, "0001-01-01 is outside the calendar"),
    ],
)
def test_what_cannot_be_is_told(said, message):
    with pytest.raises(ConfigError, match=message):
        meant(**said)


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ({"at": time(22)}, "2026-06-02T22:00+02:00"),
        ({"at": time(0)}, "2026-06-02T00:00+02:00"),
        ({"day": date(2026, 11, 24)}, "2026-11-24T12:00+01:00"),
        ({"day": date(2026, 11, 24), "at": time(7, 15)}, "2026-11-24T07:15+01:00"),
        # 02:00 to 03:00 is skipped on this day: 02:30 is half an hour after 02:00, 03:30.
        ({"day": date(2026, 3, 29), "at": time(2, 30)}, "2026-03-29T03:30+02:00"),
    ],
)
def test_it_starts_on_the_chargers_clock(said, start):
    found = meant(**said).start
    assert found.isoformat(timespec="minutes") == start
    assert found.tzinfo is STOCKHOLM


def test_today_is_today_where_the_charger_stands():
    late = datetime(2026, 6, 2, 23, 30, tzinfo=UTC)
    assert meant(now=late, at=time(8)).start.date() == date(2026, 6, 3)


def test_now_may_be_the_second_of_two_equal_hours():
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30, after the clock was set back
    assert meant(now=second).start.astimezone(UTC) == second


def test_a_reservation_and_a_current_are_taken_over():
    found = meant(reserved="15", expired=True, current_a="48")
    assert (found.reserved.minutes, found.reserved.expired, found.current_a) == (15, True, 48)


def test_each_hour_of_a_day():
    found = [one.start for one in each_hour(meant(day=date(2026, 6, 2)))]
    assert [start.hour for start in found] == list(range(24))
    assert {start.date() for start in found} == {date(2026, 6, 2)}


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 29), [0, 1, *range(3, 24)]),
        (date(2026, 10, 25), [0, 1, 2, 2, *range(3, 24)]),
    ],
)
def test_a_day_has_as_many_hours_as_the_clock_gives_it(day, hours):
    assert [one.start.hour for one in each_hour(meant(day=day))] == hours


def test_a_stated_power_is_the_power_however_long_the_time_is_rounded():
    found = meant(energy_kwh="10", power_kw="22")
    assert found.charging_minutes == Decimal("27.273")
    assert found.stated_power_kw == 22


def test_power_and_time_give_the_energy():
    assert meant(minutes="60", power_kw="22").energy_kwh == 22


def test_energy_time_and_power_must_go_together():
    with pytest.raises(ConfigError, match=r"150 kW for 60 minutes are 150\.000 kWh, not 20"):
        meant(energy_kwh="20", minutes="60", power_kw="150")
    assert meant(energy_kwh="10", minutes="27.27", power_kw="22").energy_kwh == 10
