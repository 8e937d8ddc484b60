"""When a location can be reached, on its own clock."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.opening import MINUTES_PER_WEEK, Opening, from_texts, joined, to_texts

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CHRISTMAS = (datetime(2026, 12, 24, 23, tzinfo=UTC), datetime(2026, 12, 25, 23, tzinfo=UTC))
WEEKDAYS = Opening(False, ((480, 1200), (1920, 2640)), closed=(CHRISTMAS,))

minutes = st.integers(0, MINUTES_PER_WEEK - 1)
spans = st.lists(st.tuples(minutes, st.integers(1, 1440)).map(lambda one: (one[0], sum(one))))


@pytest.mark.parametrize(
    ("local", "is_open"),
    [
        ((2026, 11, 23, 7, 59), False),
        ((2026, 11, 23, 8, 0), True),
        ((2026, 11, 24, 19, 59), True),
        ((2026, 11, 24, 20, 0), False),
        ((2026, 11, 25, 12, 0), False),
    ],
)
def test_hours_are_those_of_the_week_on_the_clock_there(local, is_open):
    assert WEEKDAYS.is_open(datetime(*local, tzinfo=STOCKHOLM)) is is_open


def test_exceptions_take_away_and_add():
    always = Opening(True, closed=(CHRISTMAS,))
    assert not always.is_open(datetime(2026, 12, 25, 12, tzinfo=STOCKHOLM))
    assert always.is_open(datetime(2026, 12, 26, 0, tzinfo=STOCKHOLM))
    never = Opening(False, open=(CHRISTMAS,))
    assert never.is_open(datetime(2026, 12, 25, 12, tzinfo=STOCKHOLM))


@pytest.mark.parametrize("opening", [WEEKDAYS, Opening(True), Opening(False, open=(CHRISTMAS,))])
def test_what_is_written_is_read_back(opening):
    assert from_texts(to_texts(opening)) == opening


@given(spans)
def test_joined_spans_hold_the_same_minutes_and_do_not_touch(listed):
    found = joined(listed)
    wanted = {minute % MINUTES_PER_WEEK for begin, end in listed for minute in range(begin, end)}
    assert {minute for begin, end in found for minute in range(begin, end)} == wanted
    assert all(before[1] < after[0] for before, after in pairwise(found))
