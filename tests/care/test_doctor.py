"""Each check says what is wrong and what to do; looking changes nothing."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from aggregator.care.copies import folder_of
from aggregator.care.doctor import State, examine, worst
from aggregator.care.doctor.folders import rights, room
from aggregator.care.doctor.zones import zones
from aggregator.errors import FeedFileError
from aggregator.feeds import Feed
from aggregator.publish import publish
from aggregator.store.pointer import POINTER, current_snapshot
from aggregator.store.status import FeedStatus, HarvestStatus
from aggregator.store.warehouse import open_warehouse
from tests.care.conftest import everything_in, held_by_another, receive

FEED = Feed(
    feed_id="one",
    name="F",
    source="ocpi_file",
    licence="CC0-1.0",
    url="http://127.0.0.1/a",
    every="6h",
)

OLD_WAREHOUSES = sorted((Path(__file__).parents[1] / "store/old_warehouses").glob("*.duckdb"))
BEFORE = """
insert into core.tariff
select * replace (valid_from - interval 2 day as valid_from, {} as valid_to) from core.tariff
"""


@pytest.fixture
def healthy(filled):
    """Return the settings of a home in which all is well."""
    with open_warehouse(filled.warehouse_path) as connection:
        publish(connection, filled)
    return filled


def found(settings, feeds=(FEED,), wrong=(), now=None):
    """Return the findings by check; of several of one check, all."""
    by_check = {}
    known = {feed.feed_id: feed for feed in feeds}
    for one in examine(settings, known, wrong, now or datetime.now(UTC)):
        by_check.setdefault(one.check, []).append(one)
    return by_check


def only(settings, check, **values):
    (one,) = found(settings, **values)[check]
    return one


def spoil(settings, *statements):
    with open_warehouse(settings.warehouse_path) as connection:
        for statement in statements:
            connection.execute(statement)


def say(settings, **values):
    now = datetime.now(UTC)
    state = {"last_run_at": now, "last_success_at": now, "outcome": "ok"} | values
    HarvestStatus(updated_at=now, feeds={"one": FeedStatus(name="F", **state)}).write(settings.home)


def test_where_all_is_well_every_check_is_ok(healthy):
    checks = found(healthy)
    assert {one.state for some in checks.values() for one in some} == {State.OK}
    assert [*checks] == [
        *("warehouse", "schema", "contents", "clock", "disk", "folder", "leftovers"),
        *("snapshot", "time zones", "feeds"),
    ]


def test_nothing_is_changed_by_looking(healthy):
    before = everything_in(healthy.home)
    found(healthy)
    assert everything_in(healthy.home) == before


def test_an_empty_home_stays_one(settings):
    checks = found(settings)
    assert checks["warehouse"][0].state is State.WARNING
    assert checks["snapshot"][0].state is State.WARNING
    assert "never harvested: one" in checks["feeds"][0].text
    assert not settings.home.exists()


def test_a_warehouse_in_use_is_no_failure_and_says_what_is_not_checked(healthy):
    with held_by_another(healthy):
        checks = found(healthy)
    assert checks["warehouse"][0].state is State.OK
    assert "not checked" in checks["warehouse"][0].text
    assert "contents" not in checks
    assert worst(one for some in checks.values() for one in some) is State.OK


def test_a_damaged_warehouse_fails_and_says_how_to_restore(healthy):
    healthy.warehouse_path.write_bytes(healthy.warehouse_path.read_bytes()[:100_000])
    one = only(healthy, "warehouse")
    assert one.state is State.FAILED
    assert "klarpris restore" in one.todo


def test_a_warehouse_that_was_not_closed_is_told_and_read_with_its_log(healthy, crash):
    crash(healthy.warehouse_path)
    one = only(healthy, "warehouse")
    assert one.state is State.WARNING
    assert "did not close" in one.text


@pytest.mark.parametrize("old", OLD_WAREHOUSES, ids=lambda path: path.stem)
def test_an_older_schema_is_fine_and_is_upgraded_by_the_next_harvest(settings, old):
    settings.home.mkdir(parents=True)
    shutil.copyfile(old, settings.warehouse_path)
    checks = found(settings)
    assert [checks[name][0].state for name in ("warehouse", "schema", "contents")] == [State.OK] * 3
    assert checks["schema"][0].text.startswith("of an older Klarpris; the next harvest upgrades it")


def test_the_ledger_of_an_older_warehouse_is_checked_as_far_as_it_goes(settings):
    settings.home.mkdir(parents=True)
    shutil.copyfile(OLD_WAREHOUSES[0], settings.warehouse_path)
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        connection.execute("update core.run_count set received = received + 1")
    assert "neither kept nor rejected" in only(settings, "contents").text


def test_old_warehouses_are_there_to_be_looked_at():
    assert len(OLD_WAREHOUSES) >= 3


def test_a_newer_schema_fails(healthy):
    spoil(healthy, "insert into schema_step values ('9999_future', null)")
    assert only(healthy, "schema").state is State.FAILED
    assert "upgrade" in only(healthy, "schema").todo


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "update core.run_count set received = received + 1 where object_type = 'tariff'",
            "1 runs received something that is neither kept nor rejected",
        ),
        (
            "update core.tariff set valid_to = valid_from - interval 1 hour",
            "1 versions of tariff end before they begin",
        ),
        (
            "insert into core.location select * from core.location where location_id = 'L1'",
            "1 records of location have more than one current version",
        ),
        (
            BEFORE.format("valid_from + interval 1 second"),
            "1 versions of tariff overlap the next one",
        ),
        (
            "delete from core.evse where location_id = 'L2'",
            "1 connectors have no EVSE",
        ),
        (
            "update core.location set valid_to = valid_from where location_id = 'L2'",
            "1 EVSEs have no location",
        ),
    ],
)
def test_what_does_not_add_up_is_counted(healthy, statement, words):
    spoil(healthy, statement)
    one = only(healthy, "contents")
    assert (one.state, one.text) == (State.FAILED, words)


def test_versions_that_follow_each_other_without_a_gap_are_in_order(healthy):
    spoil(
        healthy,
        BEFORE.format("valid_from"),
    )
    assert only(healthy, "contents").state is State.OK


def test_a_clock_that_is_behind_is_told_in_minutes(healthy):
    one = only(healthy, "clock", now=datetime.now(UTC) - timedelta(hours=2))
    assert one.state is State.WARNING
    assert "120 min behind" in one.text


def test_moments_far_ahead_are_counted(healthy):
    spoil(healthy, "update core.location set valid_from = valid_from + interval 3 year")
    one = only(healthy, "clock")
    assert one.state is State.WARNING
    assert one.text.startswith("2 moments in the warehouse are more than a day ahead")


def test_without_a_snapshot_somebody_should_publish(filled):
    assert only(filled, "snapshot").state is State.WARNING


def test_a_damaged_pointer_fails(healthy):
    (healthy.snapshots_folder / POINTER).write_text("{")
    assert only(healthy, "snapshot").state is State.FAILED


def test_a_snapshot_that_is_gone_fails(healthy):
    current_snapshot(healthy.snapshots_folder).path.unlink()
    one = only(healthy, "snapshot")
    assert one.state is State.FAILED
    assert "klarpris publish" in one.todo


def test_a_damaged_snapshot_fails(healthy):
    path = current_snapshot(healthy.snapshots_folder).path
    path.write_bytes(path.read_bytes()[:5_000])
    assert only(healthy, "snapshot").state is State.FAILED


def test_changes_that_were_never_published_are_told(healthy):
    receive(healthy, ["L1", "L2", "L3"])
    assert only(healthy, "snapshot").state is State.OK
    later = datetime.now(UTC) + timedelta(hours=1)
    one = only(healthy, "snapshot", now=later)
    assert one.state is State.WARNING
    assert "is not in it" in one.text


def test_while_feeds_are_harvested_an_old_snapshot_is_told(healthy):
    say(healthy, last_success_at=datetime.now(UTC) + timedelta(days=3))
    with held_by_another(healthy):
        one = only(healthy, "snapshot", now=datetime.now(UTC) + timedelta(days=3))
    assert one.state is State.WARNING
    assert "for 3 days" in one.text


def test_unfinished_files_of_long_ago_are_told_and_fresh_ones_are_not(healthy):
    folder_of(healthy.home).mkdir()
    stray = folder_of(healthy.home) / "a.duckdb"
    stray.write_bytes(b"half")
    assert only(healthy, "leftovers").state is State.OK
    os.utime(stray, (0, 0))
    one = only(healthy, "leftovers")
    assert one.state is State.WARNING
    assert str(stray) in one.text


def test_a_run_that_never_ended_is_told_unless_a_harvester_is_there(healthy):
    say(healthy, running_since=datetime.now(UTC))
    assert only(healthy, "leftovers").state is State.WARNING
    with held_by_another(healthy):
        assert only(healthy, "leftovers").state is State.OK


@pytest.mark.parametrize(
    ("state", "expected", "words"),
    [
        ({"outcome": "failed", "message": "no answer"}, State.FAILED, "one failed: no answer"),
        ({"outcome": "attention", "message": "odd"}, State.WARNING, "one: odd"),
        ({"last_success_at": None}, State.WARNING, "one: has never brought anything"),
    ],
)
def test_a_feed_that_needs_a_look_is_named(healthy, state, expected, words):
    say(healthy, **state)
    one = only(healthy, "feeds")
    assert (one.state, one.text) == (expected, words)


@pytest.mark.parametrize(("hours", "state"), [(11.9, State.OK), (12.1, State.WARNING)])
def test_a_feed_is_overdue_after_twice_its_rhythm(healthy, hours, state):
    say(healthy, last_success_at=datetime.now(UTC) - timedelta(hours=hours))
    assert only(healthy, "feeds").state is state


def test_a_feed_file_that_cannot_be_used_fails_and_a_feed_that_is_off_is_no_matter(healthy):
    off = FEED.model_copy(update={"feed_id": "off", "enabled": False})
    one = only(healthy, "feeds", feeds=[FEED, off], wrong=[FeedFileError("bad.toml: no")])
    assert (one.state, one.text) == (State.FAILED, "bad.toml: no")
    assert only(healthy, "feeds", feeds=[FEED, off]).state is State.OK


def test_a_zone_that_is_not_known_here_fails():
    one = zones(["Europe/Stockholm", "Mars/Olympus"])
    assert one.state is State.FAILED
    assert "Mars/Olympus" in one.text
    assert zones(["Europe/Stockholm"]).state is State.OK


@pytest.mark.parametrize(
    ("free_bytes", "state"),
    [(10**12, State.OK), (104_000_000, State.WARNING), (99_000_000, State.FAILED)],
)
def test_room_is_compared_with_what_is_written_next(free_bytes, state):
    # A warehouse of 5 MB and a snapshot of 1 MB; 100 MB are to be left over.
    assert room(free_bytes, 5_000_000, 1_000_000).state is state


def test_a_folder_that_may_not_be_written_fails():
    one = rights([Path("/home/a")])
    assert one.state is State.FAILED
    assert "/home/a" in one.text
