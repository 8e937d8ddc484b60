"""When a station can be reached, in words."""

from datetime import UTC, datetime

import pytest

from dashboard.station.facts import Station
from dashboard.station.hours import opening_hours

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday, 13:00 in Stockholm
WEEK = [f"{day * 1440 + 480}-{day * 1440 + 1200}" for day in range(5)]
CHRISTMAS = "-2026-12-24T23:00:00+00:00/2026-12-25T23:00:00+00:00"
LAST_YEAR = CHRISTMAS.replace("2026", "2025")


def hours(texts, zone="Europe/Stockholm", now=NOON):
    return opening_hours(Station({"opening_times": texts, "time_zone": zone}, ()), now)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (None, "opening hours not stated"),
        (["always"], "<b>Open now</b> · open day and night"),
        (WEEK, "<b>Open now</b> · Mon–Fri 08:00–20:00"),
        ([*WEEK[:3], "5760-6000", *WEEK[4:]], "Mon–Wed 08:00–20:00, Fri 00:00–04:00, 08:00–20:00"),
        (["1320-1800"], "<b>Closed now</b> · Mon 22:00–24:00, Tue 00:00–06:00"),
        (["always", CHRISTMAS], "closed 24 Dec 2026, 23:00 to 25 Dec 2026, 23:00 UTC"),
    ],
)
def test_hours_are_told_by_day(texts, said):
    assert said in hours(texts)


def test_exceptions_that_are_over_are_not_told():
    assert "2025" not in hours(["always", LAST_YEAR])


def test_the_clock_there_decides():
    late = NOON.replace(hour=19)
    assert "Closed now" in hours(WEEK, now=late)
    assert "Open now" in hours(WEEK, zone="Europe/London", now=late)


def test_without_a_time_zone_nobody_knows_whether_it_is_open():
    assert "now" not in hours(WEEK, zone=None)
    assert "Mon–Fri" in hours(WEEK, zone=None)
