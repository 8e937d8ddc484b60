"""What is closed when somebody arrives is left out, counted, and never taken for unknown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator.comparing.comparison import compare
from tests.comparing.test_comparison import ALL, CHARGE, SWEDEN, names
from tests.dashboard.market import NORTH, flat_energy, listed, station

MONDAY_TO_FRIDAY = tuple(f"{day * 1440 + 480}-{day * 1440 + 1200}" for day in range(5))
HOURS = {"Shop": MONDAY_TO_FRIDAY, "Street": ("always",), "Silent": ()}
STOCKHOLM = "Europe/Stockholm"


@pytest.fixture
def shops(receive, publish_now):
    zones = {"Shop": STOCKHOLM, "Street": STOCKHOLM, "Silent": STOCKHOLM}
    stations = [
        station(name, "t", opening_times=hours, time_zone=zones[name])
        for name, hours in HOURS.items()
    ]
    receive(stations, [listed("t", flat_energy("5.00"))], feed=NORTH)
    return publish_now()


def asked(reader, at):
    return compare(reader, replace(SWEDEN, open_at=at), CHARGE, None, ALL)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), False),  # 07:59 in Stockholm
        (datetime(2026, 11, 24, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 20, 0), False),  # noqa: DTZ001 - on the clock there
        (datetime(2026, 11, 24, 19, 59), True),  # noqa: DTZ001
        (datetime(2026, 11, 28, 12, 0), False),  # noqa: DTZ001 - a Saturday
    ],
)
def test_a_closed_place_is_left_out_and_counted(shops, at, is_open):
    found = asked(shops, at)
    assert ("Shop" in names(found.stations)) is is_open
    assert found.summary["places_closed"] == (0 if is_open else 1)
    assert found.summary["places"] == (3 if is_open else 2)


def test_what_does_not_say_when_it_is_open_stays_and_is_counted(shops):
    found = asked(shops, datetime(2026, 11, 28, 12, tzinfo=UTC))
    assert set(names(found.stations)) == {"Street", "Silent"}
    assert found.summary["places_without_hours"] == 1


def test_nothing_is_left_out_unless_it_is_asked_for(shops):
    found = asked(shops, None)
    assert (found.summary["places"], found.summary["places_closed"]) == (3, 0)
