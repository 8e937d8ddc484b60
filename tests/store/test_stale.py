"""A feed says since when not everything that is shown of it has been seen."""

from datetime import UTC, datetime, timedelta

import duckdb
import pytest
import time_machine

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.loading import record_failure
from tests.records import location, tariff

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
BOTH = [location("L1"), location("L2")]


@pytest.fixture
def receive_at(receive):
    """Return a function that loads records so many hours after noon."""

    def receive_at(hour, locations=(), tariffs=(), **more):
        with time_machine.travel(NOON + timedelta(hours=hour), tick=False):
            return receive(locations, tariffs, **more)

    return receive_at


@pytest.fixture
def stale_since(warehouse, tmp_path):
    """Return a function that publishes and returns the hour since which the feed is stale."""

    def stale_since():
        snapshot = publish(warehouse, Settings(home=tmp_path))
        with duckdb.connect(str(snapshot.path), read_only=True) as connection:
            query = "select datediff('hour', ?, stale_since) from mart.feed"
            ((hour,),) = connection.execute(query, [NOON.replace(tzinfo=None)]).fetchall()
        return hour

    return stale_since


def test_a_feed_that_was_seen_wholly_is_not_stale(receive_at, stale_since):
    receive_at(0, BOTH, [tariff()])
    receive_at(1, BOTH[:1], [tariff()])
    assert stale_since() is None


def test_a_feed_without_tariffs_is_not_stale_for_that(receive_at, stale_since):
    receive_at(0, BOTH)
    assert stale_since() is None


def test_an_answer_that_was_held_back_makes_it_stale(receive_at, stale_since):
    receive_at(0, BOTH, [tariff()])
    receive_at(1, BOTH, [tariff()])
    receive_at(2, (), [tariff()])
    receive_at(3, (), [tariff()])
    assert stale_since() == 1


def test_an_answer_with_changes_only_is_no_sign_of_age(receive_at, stale_since):
    receive_at(0, BOTH, [tariff()])
    receive_at(1, BOTH[:1], [tariff()], complete=())
    assert stale_since() is None


def test_a_failed_run_makes_it_stale(receive_at, stale_since, warehouse):
    receive_at(0, BOTH, [tariff()])
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        record_failure(warehouse, Run("failed", FeedFacts("f", "F"), NOON))
    assert stale_since() == 0


def test_what_was_never_seen_wholly_is_stale_since_the_first_run(
    receive_at, stale_since, warehouse
):
    receive_at(0, BOTH, complete=())
    receive_at(1, BOTH, complete=())
    warehouse.execute("delete from core.module")
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        record_failure(warehouse, Run("failed", FeedFacts("f", "F"), NOON))
    assert stale_since() == 0
