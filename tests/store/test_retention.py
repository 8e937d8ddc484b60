"""What is kept long enough goes; what is current, and what is still needed, stays."""

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.store.retention import Retention, apply_retention

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEYS = {
    "location": "location_id",
    "evse": "evse_uid",
    "evse_status": "evse_uid",
    "connector": "connector_id",
    "tariff": "tariff_id",
}
FILLED = {  # columns that must not be null, beside those of `version`
    "location": {"location_id": "L", "publish": True},
    "evse": {"location_id": "L", "evse_uid": "E", "capabilities": []},
    "evse_status": {"location_id": "L", "evse_uid": "E"},
    "connector": {"location_id": "L", "evse_uid": "E", "connector_id": "C", "tariff_ids": []},
    "tariff": {
        "tariff_id": "T",
        "currency": "SEK",
        "price_basis": "net",
        "price_list": "{}",
        "content_hash": "c",
    },
}


def days_ago(days):
    return (NOON - timedelta(days=days)).replace(tzinfo=None)


def insert(warehouse, table, row):
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    warehouse.execute(f"insert into core.{table} ({columns}) values ({places})", [*row.values()])  # noqa: S608 - made here


def version(warehouse, table, key, ended):
    """Write one version; ended: how many days ago, None for a current one."""
    moments = {"first_seen_at": days_ago(900), "valid_from": days_ago(900)}
    party = {"feed": "f", "country_code": "SE", "party_id": "AAA", "digest": 1}
    valid_to = None if ended is None else days_ago(ended)
    row = {**party, **FILLED[table], KEYS[table]: key, **moments, "valid_to": valid_to}
    insert(warehouse, table, row)


def run(warehouse, run_id, ended, feed="f", outcome="ok"):
    started_at = days_ago(ended) - timedelta(minutes=1)
    row = {"run_id": run_id, "feed": feed, "started_at": started_at, "finished_at": days_ago(ended)}
    insert(warehouse, "run", {**row, "outcome": outcome, "documents": 1, "bytes": 9})
    warehouse.execute(
        "insert into core.run_count (run_id, object_type, received, kept, rejected, duplicates, "
        "new, changed, ended) values (?, 'tariff', 1, 1, 0, 0, 0, 0, 0)",
        [run_id],
    )


def left(warehouse, table, column):
    query = f"select {column} from core.{table} order by all"  # noqa: S608 - made here
    return [one for (one,) in warehouse.execute(query).fetchall()]


@pytest.fixture
def harvested(warehouse):
    """Return a warehouse whose last run ended now."""
    run(warehouse, "now", 0)
    return warehouse


@pytest.mark.parametrize("table", KEYS)
def test_versions_that_ended_long_ago_go_and_current_ones_stay_however_old(harvested, table):
    for key, ended in {"old": 91, "at the limit": 90, "young": 89, "current": None}.items():
        version(harvested, table, key, ended)
    kept = Retention(prices_days=90, status_days=90)
    removed = apply_retention(harvested, kept, NOON)
    assert removed[table] == 1
    assert left(harvested, table, KEYS[table]) == ["at the limit", "current", "young"]


def test_by_default_prices_and_places_stay_for_ever_and_states_for_ninety_days(harvested):
    for table in KEYS:
        version(harvested, table, "old", 800)
    removed = apply_retention(harvested, Retention(), NOON)
    assert {table for table, rows in removed.items() if rows} == {"evse_status"}


def test_nought_days_keep_everything_for_ever(harvested):
    for table in KEYS:
        version(harvested, table, "old", 10_000)
    run(harvested, "old", 10_000)
    removed = apply_retention(harvested, Retention(0, 0, 0, 0), NOON)
    assert set(removed.values()) == {0}
    assert left(harvested, "run", "run_id") == ["now", "old"]


def test_old_runs_go_with_their_counts(harvested):
    run(harvested, "old", 401)
    run(harvested, "young", 399)
    removed = apply_retention(harvested, Retention(), NOON)
    assert (removed["run"], removed["run_count"]) == (1, 1)
    assert left(harvested, "run", "run_id") == ["now", "young"]
    assert left(harvested, "run_count", "run_id") == ["now", "young"]


def test_the_newest_run_of_a_feed_stays_and_its_newest_that_brought_anything(harvested):
    run(harvested, "brought", 700, feed="gone")
    run(harvested, "brought before", 800, feed="gone")
    run(harvested, "failed", 600, feed="gone", outcome="failed")
    run(harvested, "failed before", 650, feed="gone", outcome="failed")
    apply_retention(harvested, Retention(), NOON)
    assert left(harvested, "run", "run_id") == ["brought", "failed", "now"]


def refusal(warehouse, object_id, ended, *, is_current=False, run_id="now"):
    row = {"run_id": run_id, "feed": "f", "object_type": "tariff", "object_id": object_id}
    why = {"json_path": "$", "reason_code": "missing", "reason": "it is missing"}
    lost = {"lost_evses": 0, "lost_connectors": 0}
    seen = {"last_seen_at": days_ago(ended), "is_current": is_current}
    insert(warehouse, "rejection", row | why | lost | seen)


def test_past_refusals_go_and_what_the_last_run_refused_stays_however_old(harvested):
    refusal(harvested, "old", 401)
    refusal(harvested, "young", 399)
    refusal(harvested, "current", 900, is_current=True)
    removed = apply_retention(harvested, Retention(), NOON)
    assert removed["rejection"] == 1
    assert left(harvested, "rejection", "object_id") == ["current", "young"]


def test_a_run_that_a_refusal_names_stays_as_long_as_it(harvested):
    run(harvested, "old", 500)
    refusal(harvested, "old", 500, run_id="old")
    apply_retention(harvested, Retention(rejections_days=0), NOON)
    assert left(harvested, "run", "run_id") == ["now", "old"]
    apply_retention(harvested, Retention(), NOON)
    assert left(harvested, "run", "run_id") == ["now"]


def test_a_run_that_a_note_names_stays(harvested):
    run(harvested, "old", 500)
    named = {"run_id": "old", "feed": "f", "object_type": "evse", "json_path": "$"}
    insert(harvested, "note", {**named, "note_code": "c", "note": "n", "occurrences": 1})
    apply_retention(harvested, Retention(), NOON)
    assert left(harvested, "run", "run_id") == ["now", "old"]


def test_a_dry_run_counts_the_same_and_removes_nothing(harvested):
    version(harvested, "evse_status", "old", 91)
    run(harvested, "old", 401)
    tried = apply_retention(harvested, Retention(), NOON, dry_run=True)
    assert left(harvested, "evse_status", "evse_uid") == ["old"]
    assert left(harvested, "run", "run_id") == ["now", "old"]
    assert apply_retention(harvested, Retention(), NOON) == tried
    assert left(harvested, "evse_status", "evse_uid") == []


def test_a_clock_that_is_far_ahead_costs_nothing(harvested):
    version(harvested, "evse_status", "young", 10)
    run(harvested, "young", 10)
    removed = apply_retention(harvested, Retention(), datetime(2099, 1, 1, tzinfo=UTC))
    assert set(removed.values()) == {0}


def test_a_warehouse_without_any_run_is_left_as_it_is(warehouse):
    assert set(apply_retention(warehouse, Retention(), NOON).values()) == {0}
