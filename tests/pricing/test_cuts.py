"""Where a session is cut (rulings 2 and 3)."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from aggregator.pricing.cuts import clock_changes

LONDON = ZoneInfo("Europe/London")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_without_clock_times_there_is_no_cut():
    assert clock_changes((), utc("2026-03-28"), utc("2026-03-30"), LONDON) == set()


def test_cuts_lie_at_local_times_on_every_day_in_between():
    changes = clock_changes((time(7),), utc("2026-07-01T07:00"), utc("2026-07-03T05:00"), LONDON)
    # British Summer Time: 07:00 local is 06:00 UTC; the day of departure ends before it.
    assert changes == {utc("2026-07-02T06:00")}


def test_a_time_that_the_clock_repeats_is_cut_twice_and_so_is_the_change_itself():
    changes = clock_changes(
        (time(1, 30),), utc("2026-10-24T23:00"), utc("2026-10-25T03:00"), LONDON
    )
    # 25 October 2026: 01:59:59 BST is followed, at 01:00 UTC, by 01:00 GMT.
    assert changes == {
        utc("2026-10-25T00:30"),
        utc("2026-10-25T01:00"),
        utc("2026-10-25T01:30"),
    }


def test_a_time_that_the_clock_skips_is_cut_where_it_skips():
    changes = clock_changes(
        (time(1, 30),), utc("2026-03-29T00:00"), utc("2026-03-29T05:00"), LONDON
    )
    # 29 March 2026: 00:59:59 GMT is followed, at 01:00 UTC, by 02:00 BST.
    assert utc("2026-03-29T01:00") in changes


def test_a_change_of_offset_is_found_with_a_start_between_seconds():
    start = utc("2026-03-28T12:00:00.250")
    assert utc("2026-03-29T01:00") in clock_changes((time(0),), start, utc("2026-03-30"), LONDON)


@pytest.mark.parametrize("hours", [1, 24, 49])
def test_a_session_that_begins_on_the_change_is_not_cut_there(hours):
    start = utc("2026-03-29T01:00")
    end = datetime.fromtimestamp(start.timestamp() + hours * 3600, tz=UTC)
    assert start not in clock_changes((time(1, 30),), start, end, LONDON)


def test_a_clock_set_back_across_midnight_does_not_lose_the_day():
    havana = ZoneInfo("America/Havana")  # 1 November 2026: 01:00 becomes 00:00
    changes = clock_changes(
        (time(0, 30),), utc("2026-11-01T04:00"), utc("2026-11-01T06:00"), havana
    )
    assert changes == {
        utc("2026-11-01T04:30"),
        utc("2026-11-01T05:00"),
        utc("2026-11-01T05:30"),
    }
