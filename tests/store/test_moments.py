"""A clock that goes back or far ahead: what is written only ever goes forward."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from aggregator.store.columns import KEYS
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.loading import record_failure
from tests.records import evse, location, tariff

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
FAR = datetime(2099, 1, 1, tzinfo=UTC)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def receive_at(receive):
    """Return a function that loads a price and a status at a moment of this machine's clock."""

    def receive_at(moment, price="5.00", **more):
        with time_machine.travel(moment, tick=False):
            status = f"S{price}"
            return receive([location(evses=(evse(status=status),))], [tariff(price=price)], **more)

    return receive_at


def versions(warehouse, table="tariff"):
    query = f"select valid_from, valid_to from core.{table} order by valid_from"  # noqa: S608 - our own names
    aware = lambda moment: moment and moment.replace(tzinfo=UTC)  # noqa: E731
    return [tuple(map(aware, row)) for row in warehouse.execute(query).fetchall()]


def assert_forward(warehouse):
    """Check that every version ends after it begins, where the next one begins."""
    for table, keys in KEYS.items():
        query = (
            "select count(*), count(*) filter (where valid_to <= valid_from or valid_to > next) "  # noqa: S608 - our own names
            "from (select valid_from, valid_to, lead(valid_from) over "
            f"(partition by {', '.join(keys)} order by valid_from) as next from core.{table})"
        )
        rows, wrong = warehouse.execute(query).fetchone()
        assert rows > 0, table
        assert wrong == 0, table


def test_a_clock_that_went_back_dates_changes_just_after_what_is_known(receive_at, warehouse):
    receive_at(NOON, "5.00")
    run = receive_at(NOON - 2 * HOUR, "5.50")
    assert versions(warehouse) == [(NOON, NOON + TICK), (NOON + TICK, None)]
    assert run.outcome == "attention"
    assert "this machine's clock is 2 h behind what it was in the last run" in run.message
    assert "dated 2026-06-01 12:00:00 UTC" in run.message
    assert (run.clock_at, run.finished_at) == (NOON - 2 * HOUR, NOON + TICK)
    assert_forward(warehouse)


def test_runs_of_one_moment_follow_each_other_without_a_word(receive_at, warehouse):
    receive_at(NOON, "5.00")
    run = receive_at(NOON, "5.50")
    assert (run.outcome, run.message) == ("ok", None)
    assert versions(warehouse) == [(NOON, NOON + TICK), (NOON + TICK, None)]


def test_a_clock_that_is_right_again_is_said_and_no_longer_flagged(receive_at, warehouse):
    receive_at(NOON, "5.00")
    receive_at(NOON - HOUR, "5.10")
    run = receive_at(NOON - HOUR / 2, "5.20")
    assert run.outcome == "ok"
    assert "an earlier run was made with a clock 30 min ahead of now" in run.message
    run = receive_at(NOON + HOUR, "5.30")
    assert (run.outcome, run.message) == ("ok", None)
    assert versions(warehouse)[-1] == (NOON + HOUR, None)
    assert_forward(warehouse)


def test_one_run_far_ahead_breaks_none_of_those_after_it(receive_at, warehouse):
    receive_at(NOON, "5.00")
    receive_at(FAR, "5.10")
    flagged = receive_at(NOON + HOUR, "5.20")
    later = [receive_at(NOON + hours * HOUR, f"6.{hours}0") for hours in range(2, 6)]
    assert flagged.outcome == "attention"
    assert {run.outcome for run in later} == {"ok"}
    assert all(run.has_changes for run in later)
    assert len(versions(warehouse)) == 7
    assert versions(warehouse)[1:4] == [
        (FAR, FAR + TICK),
        (FAR + TICK, FAR + 2 * TICK),
        (FAR + 2 * TICK, FAR + 3 * TICK),
    ]
    assert_forward(warehouse)


def test_the_last_run_is_the_last_whatever_the_clock_said(receive_at, warehouse):
    receive_at(NOON)
    last = receive_at(NOON - HOUR)
    query = "select arg_max(run_id, finished_at), max(clock_at) from core.run"
    noon = NOON.replace(tzinfo=None)
    assert warehouse.execute(query).fetchall() == [(last.run_id, noon)]


def test_a_failed_run_is_dated_after_what_is_known_too(receive_at, warehouse):
    receive_at(NOON)
    run = Run("failed", FeedFacts("f", "F"), NOON - HOUR)
    with time_machine.travel(NOON - HOUR, tick=False):
        record_failure(warehouse, run)
    assert run.outcome == "failed"
    assert "clock is 1 h behind" in run.message
    assert run.finished_at == NOON + TICK


def test_another_feed_is_dated_by_its_own_moments(receive_at, warehouse):
    receive_at(FAR, feed="ahead")
    run = receive_at(NOON, feed="f")
    assert (run.outcome, run.finished_at) == ("ok", NOON)


def test_versions_alone_say_what_is_known(receive_at, warehouse):
    receive_at(NOON)
    warehouse.execute("update core.run set finished_at = finished_at - interval 1 day")
    warehouse.execute("update core.module set all_seen_at = all_seen_at - interval 1 day")
    run = receive_at(NOON - HOUR, "5.50")
    assert run.finished_at == NOON + TICK
    assert_forward(warehouse)
