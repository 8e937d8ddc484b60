"""When feeds are due, and when a snapshot is published."""

import asyncio
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug import Response

from aggregator.config import Settings
from aggregator.feeds import Feed
from aggregator.publish import publish
from aggregator.schedule import NEWS_JOB, Harvester, is_due, splay
from aggregator.store.pointer import current_snapshot, point_to
from aggregator.store.reading import open_snapshot
from aggregator.store.status import FeedStatus, HarvestStatus
from aggregator.store.warehouse import open_warehouse
from tests.receiving import Receiver
from tests.records import location, tariff

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIX_HOURS = timedelta(hours=6)


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def feed(httpserver):
    """Return a feed of one location, at the test's own server."""
    site = {"id": "L1", "coordinates": {"latitude": "57.7", "longitude": "11.9"}, "evses": []}
    answer = Response(json.dumps([site]), content_type="application/json")
    httpserver.expect_request("/all.json").respond_with_handler(lambda _request: answer)
    return Feed(
        feed_id="one",
        name="One",
        source="ocpi_file",
        url=httpserver.url_for("/all.json"),
        licence="CC0-1.0",
        allow_private=True,
        every="6h",
    )


def run_for(harvester, until, seconds=10):
    """Let a harvester run until a condition holds."""

    async def running():
        task = asyncio.ensure_future(harvester.run())
        for _ in range(int(seconds / 0.05)):
            if until():
                break
            await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(running())


@pytest.mark.parametrize(
    ("last_run_at", "due"),
    [
        (None, True),
        (NOON - timedelta(hours=6), True),
        (NOON - timedelta(hours=5, minutes=59), False),
        (NOON + timedelta(hours=1), False),
        (NOON + timedelta(hours=7), True),
        (NOON + timedelta(days=27_000), True),
    ],
)
def test_a_feed_is_due_when_its_interval_has_passed(last_run_at, due):
    assert is_due(last_run_at, SIX_HOURS, NOON) is due


def test_feeds_that_begin_together_are_spread_over_a_minute_each_in_its_own_place():
    places = [splay(f"feed_{n}", 200).total_seconds() for n in range(200)]
    assert all(0 <= seconds <= 60 for seconds in places)
    assert all(any(at <= seconds < at + 10 for seconds in places) for at in range(0, 60, 10))
    assert places == [splay(f"feed_{n}", 200).total_seconds() for n in range(200)]


def test_few_feeds_do_not_wait_long():
    assert splay("a_feed", 1) < timedelta(seconds=2)
    assert splay("a_feed", 5) < timedelta(seconds=10)


def test_simulated_operators_are_asked_at_once_and_the_others_in_their_place(
    warehouse, feed, tmp_path
):
    made_up = feed.model_copy(update={"feed_id": "made_up", "synthetic": True})
    others = [feed.model_copy(update={"feed_id": f"feed_{n}"}) for n in range(40)]
    started_at = datetime.now(UTC)
    harvester = Harvester(warehouse, [made_up, *others], Settings(home=tmp_path))
    waits = {
        job.id: (job.next_run_time - started_at).total_seconds()
        for job in harvester._scheduler.get_jobs()
    }
    assert waits.pop("made_up") < 1
    expected = {one.feed_id: splay(one.feed_id, 40).total_seconds() for one in others}
    assert waits == pytest.approx(expected, abs=1)


def test_a_new_feed_is_harvested_published_and_its_next_run_is_known(warehouse, feed, tmp_path):
    chosen = Settings(home=tmp_path)
    harvester = Harvester(warehouse, [feed], chosen)
    run_for(harvester, lambda: current_snapshot(chosen.snapshots_folder))

    assert current_snapshot(chosen.snapshots_folder).rows["location"] == 1
    state = HarvestStatus.read(tmp_path).feeds["one"]
    assert state.outcome == "ok"
    assert state.running_since is None
    wait = (state.next_run_at - datetime.now(UTC)).total_seconds()
    assert 6 * 3600 - 700 < wait < 6 * 3600 + 700


def test_a_feed_that_ran_recently_waits_for_the_rest_of_its_interval(
    warehouse, feed, tmp_path, httpserver
):
    last = datetime.now(UTC) - timedelta(hours=1)
    known = FeedStatus(name="One", last_run_at=last, outcome="ok")
    HarvestStatus(updated_at=last, feeds={"one": known}).write(tmp_path)
    harvester = Harvester(warehouse, [feed], Settings(home=tmp_path))
    run_for(harvester, lambda: False, seconds=0.5)

    assert httpserver.log == []
    assert HarvestStatus.read(tmp_path).feeds["one"].next_run_at == last + SIX_HOURS


def test_a_feed_that_is_not_enabled_is_never_asked(warehouse, feed, tmp_path, httpserver):
    off = feed.model_copy(update={"enabled": False})
    run_for(Harvester(warehouse, [off], Settings(home=tmp_path)), lambda: False, seconds=0.5)
    assert httpserver.log == []


def test_nothing_new_publishes_nothing(warehouse, feed, tmp_path):
    chosen = Settings(home=tmp_path, publish_interval_seconds=0)
    often = feed.model_copy(update={"every": timedelta(seconds=1)})
    harvester = Harvester(warehouse, [often], chosen)

    def runs():
        query = "select count(*) from warehouse.core.run"
        return warehouse.cursor().execute(query).fetchone()[0]

    run_for(harvester, lambda: runs() >= 3)

    assert runs() >= 3
    assert len(list(chosen.snapshots_folder.glob("*.duckdb"))) == 1


def test_what_the_first_round_brings_is_published_when_it_is_over(
    warehouse, feed, tmp_path, httpserver
):
    slow = feed.model_copy(update={"feed_id": "two", "url": httpserver.url_for("/slow.json")})
    site = {"id": "L2", "coordinates": {"latitude": "57.7", "longitude": "11.9"}, "evses": []}

    def answer(_request):
        time.sleep(1)
        return Response(json.dumps([site]), content_type="application/json")

    httpserver.expect_request("/slow.json").respond_with_handler(answer)
    chosen = Settings(home=tmp_path)

    def shows_both():
        found = current_snapshot(chosen.snapshots_folder)
        return found and found.rows["location"] == 2

    run_for(Harvester(warehouse, [feed, slow], chosen), shows_both, seconds=15)
    assert shows_both()


def test_a_feed_never_runs_twice_at_once_and_missed_runs_are_made_up_once(
    warehouse, feed, tmp_path
):
    harvester = Harvester(warehouse, [feed], Settings(home=tmp_path))
    (job,) = harvester._scheduler.get_jobs()
    assert (job.max_instances, job.coalesce, job.misfire_grace_time) == (1, True, None)
    assert job.trigger.jitter == 600


def test_prices_that_expired_are_published_anew_without_a_harvest(warehouse, tmp_path):
    chosen = Settings(home=tmp_path)
    Receiver(warehouse)([location()], [tariff()])
    old = publish(warehouse, chosen)
    begun = old.published_at - timedelta(minutes=2)
    point_to(replace(old, published_at=begun))
    warehouse.execute(
        "update core.tariff set end_date_time = ?",
        [(begun + timedelta(minutes=1)).replace(tzinfo=None)],
    )

    def is_anew():
        return current_snapshot(chosen.snapshots_folder).snapshot_id != old.snapshot_id

    harvester = Harvester(warehouse, [], chosen)
    run_for(harvester, is_anew)
    new = current_snapshot(chosen.snapshots_folder)
    with open_snapshot(new) as connection:
        reasons = connection.execute("select distinct state_reason from mart.offer").fetchall()
    assert reasons == [("tariff_expired",)]


def test_a_look_for_news_every_five_minutes_publishes_nothing_where_there_is_none(
    warehouse, tmp_path
):
    chosen = Settings(home=tmp_path)
    harvester = Harvester(warehouse, [], chosen)
    jobs = []
    run_for(harvester, lambda: jobs.append(harvester._scheduler.get_job(NEWS_JOB)) or jobs[-1])
    assert jobs[-1].trigger.interval == timedelta(minutes=5)
    Receiver(warehouse)([location()], [tariff()])
    publish(warehouse, chosen)
    asyncio.run(harvester._look_for_news())
    assert len(list(chosen.snapshots_folder.glob("*.duckdb"))) == 1
