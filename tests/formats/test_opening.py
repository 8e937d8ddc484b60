"""OCPI's Hours: what is read of them, and what is left out and noted."""

import json

import pytest

from aggregator.formats.defaults import Defaults
from aggregator.formats.opening import MOST_PERIODS
from aggregator.formats.well_formed import read_well_formed
from tests.formats.raw_records import raw_location, read_as_location

MONDAY = {"weekday": 1, "period_begin": "08:00", "period_end": "20:00"}
SUNDAY_NIGHT = {"weekday": 7, "period_begin": "22:00", "period_end": "06:00"}
CHRISTMAS = {"period_begin": "2026-12-25T00:00:00Z", "period_end": "2026-12-26T00:00:00Z"}
CLOSED = "-2026-12-25T00:00:00+00:00/2026-12-26T00:00:00+00:00"


def read(hours):
    """Return the hours that are read, and the codes of what was noted."""
    location, account = read_as_location(raw_location(opening_times=hours))
    return location.opening_times, {kind.note_code for kind in account.notes}


def read_fast(hours):
    """Return what the fast lane reads; None where it leaves the record."""
    raw = json.dumps(raw_location(opening_times=hours)).encode()
    location = read_well_formed(raw, Defaults())
    return None if location is None else location.opening_times


@pytest.mark.parametrize(
    ("hours", "texts"),
    [
        (None, ()),
        ({}, ()),
        ({"twentyfourseven": False}, ()),
        ({"twentyfourseven": True}, ("always",)),
        ({"twentyfourseven": True, "regular_hours": [MONDAY]}, ("always",)),
        ({"regular_hours": [MONDAY]}, ("480-1200",)),
        ({"regular_hours": [MONDAY | {"period_end": "24:00"}]}, ("480-1440",)),
        ({"regular_hours": [MONDAY | {"period_end": "00:00"}]}, ("480-1440",)),
        ({"regular_hours": [SUNDAY_NIGHT]}, ("0-360", "9960-10080")),
        ({"twentyfourseven": True, "exceptional_closings": [CHRISTMAS]}, ("always", CLOSED)),
        ({"regular_hours": [MONDAY | {"period_end": "23:59"}]}, ("480-1440",)),
        ({"regular_hours": [MONDAY | {"period_end": "23:59:59"}]}, ("480-1440",)),
        ({"exceptional_openings": [CHRISTMAS]}, ()),
        ({"exceptional_closings": [CHRISTMAS]}, ()),
    ],
)
def test_hours_are_read_in_both_lanes(hours, texts):
    assert read(hours) == (texts, set())
    assert read_fast(hours) == texts


@pytest.mark.parametrize(
    ("hours", "texts", "code"),
    [
        ("24/7", (), "unreadable_opening_times"),
        ({"regular_hours": [MONDAY, {"weekday": 8}]}, (), "unreadable_period"),
        ({"regular_hours": [MONDAY, "Tuesday"]}, (), "unreadable_period"),
        ({"regular_hours": [MONDAY | {"period_end": "08:00"}]}, (), "unreadable_period"),
        ({"regular_hours": [MONDAY | {"weekday": 0}]}, (), "unreadable_period"),
        (
            {"twentyfourseven": True, "exceptional_closings": [{"period_begin": "2026-12-25"}]},
            ("always",),
            "unreadable_period",
        ),
        ({"regular_hours": "08-20"}, (), "unreadable_regular_hours"),
        ({"regular_hours": [MONDAY] * (MOST_PERIODS + 1)}, (), "many_regular_hours"),
    ],
)
def test_what_is_known_in_part_says_nothing_of_when_it_is_closed(hours, texts, code):
    found, codes = read(hours)
    assert found == texts
    assert code in codes
    assert read_fast(hours) is None


def test_other_spellings_are_understood():
    location, _ = read_as_location(
        raw_location(
            openingTimes={
                "regularHours": [{"weekday": 1, "periodBegin": "08:00", "periodEnd": "20:00"}]
            }
        )
    )
    assert location.opening_times == ("480-1200",)
