"""What was refused is remembered: since when, how often, and whether it still is."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import time_machine

from aggregator.domain.problem import ObjectType, Rejection
from aggregator.store.warehouse import open_warehouse
from tests.records import location, tariff

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
LOST = ((ObjectType.TARIFF, 1),)


def bad(tariff_id="T9", path="$.data[9]", **values):
    why = "missing_x", "'x' is missing"
    plain = Rejection(ObjectType.TARIFF, tariff_id, tariff_id, path, *why, "{}", "u", LOST)
    return replace(plain, **values)


@pytest.fixture
def refuse(receive):
    """Return a function that loads one good tariff and refuses others, an hour after the last."""
    hours = iter(range(1_000))

    def refuse(*rejections, feed="f"):
        received = {ObjectType.TARIFF: 1 + len(rejections)}
        with time_machine.travel(NOON + timedelta(hours=next(hours)), tick=False):
            return receive([], [tariff()], rejections=rejections, received=received, feed=feed)

    return refuse


@pytest.fixture
def remembered(warehouse):
    """Return a function that returns (id, first and last hour, occurrences, is current)."""

    def remembered(feed="f"):
        query = (
            "select object_id, datediff('hour', $noon, first_seen_at), "
            "datediff('hour', $noon, last_seen_at), occurrences, is_current "
            "from core.rejection where feed = $feed order by all"
        )
        noon = NOON.replace(tzinfo=None)
        return warehouse.execute(query, {"feed": feed, "noon": noon}).fetchall()

    return remembered


def test_a_refusal_that_comes_again_is_one_with_its_first_and_last_moment(refuse, remembered):
    for _ in range(3):
        refuse(bad())
    assert remembered() == [("T9", 0, 2, 3, True)]


def test_what_is_no_longer_refused_is_past_and_remembered(refuse, remembered):
    refuse(bad("T8"), bad("T9"))
    refuse(bad("T9"))
    assert remembered() == [("T8", 0, 0, 1, False), ("T9", 0, 1, 2, True)]


def test_what_is_refused_again_after_a_while_is_current_again(refuse, remembered):
    refuse(bad())
    refuse()
    refuse(bad())
    assert remembered() == [("T9", 0, 2, 2, True)]


def test_a_refusal_is_the_same_wherever_the_record_stands_in_the_answer(refuse, remembered):
    refuse(bad(path="$.data[12].elements[0].price"))
    refuse(bad(path="$.data[3].elements[7].price"))
    assert remembered() == [("T9", 0, 1, 2, True)]


@pytest.mark.parametrize(
    "other",
    [
        bad(path="$.data[9].currency"),
        bad(reason_code="bad_x"),
        bad(object_type=ObjectType.LOCATION, lost=()),
        bad("T10"),
    ],
)
def test_another_place_reason_object_or_id_is_another_refusal(receive, warehouse, other):
    for one in (bad(), other):
        received = {ObjectType.TARIFF: 1 + len(one.lost)}
        receive([], [tariff()], rejections=[one], received=received)
    rows = warehouse.execute("select occurrences, is_current from core.rejection order by all")
    assert rows.fetchall() == [(1, False), (1, True)]


def test_what_has_no_id_is_known_by_its_text(refuse, remembered):
    refuse(bad(None, raw_fragment="{one}"), bad(None, raw_fragment="{two}"))
    refuse(bad(None, raw_fragment="{two}"), bad(None, raw_fragment="{three}"))
    assert remembered() == [
        (None, 0, 0, 1, False),
        (None, 0, 1, 2, True),
        (None, 1, 1, 1, True),
    ]


def test_the_text_of_a_record_with_an_id_may_change(refuse, warehouse):
    refuse(bad(raw_fragment="{old}", reason="old"))
    refuse(bad(raw_fragment="{new}", reason="new", path="$.data[1]"))
    query = "select raw_fragment, reason, json_path, occurrences from core.rejection"
    assert warehouse.execute(query).fetchall() == [("{new}", "new", "$.data[1]", 2)]


def test_equal_refusals_of_one_run_keep_a_row_each(refuse, remembered):
    refuse(bad(), bad())
    refuse(bad(), bad(), bad())
    refuse(bad())
    assert remembered() == [
        ("T9", 0, 1, 2, False),
        ("T9", 0, 2, 3, True),
        ("T9", 1, 1, 1, False),
    ]


def test_the_rows_of_a_run_are_what_its_ledger_rejected(refuse, warehouse):
    refuse(bad("T1"), bad("T2"))
    run = refuse(bad("T2"), bad("T2"), bad("T3"))
    (rows,) = warehouse.execute(
        "select count(*) from core.rejection where run_id = ?", [run.run_id]
    ).fetchone()
    assert rows == run.counts[ObjectType.TARIFF].rejected == 3
    current = warehouse.execute("select distinct run_id from core.rejection where is_current")
    assert current.fetchall() == [(run.run_id,)]


def test_duplicates_are_remembered_too(receive, warehouse):
    for _ in range(2):
        receive([location("L1"), location("L1")])
    rows = "select object_type, reason_code, occurrences, is_current from core.rejection order by 1"
    assert warehouse.execute(rows).fetchall() == [
        ("connector", "duplicate_id", 2, True),
        ("evse", "duplicate_id", 2, True),
        ("location", "duplicate_id", 2, True),
    ]


def test_a_feed_remembers_its_own_refusals_only(refuse, remembered):
    refuse(bad(), feed="f")
    refuse(bad(), feed="g")
    refuse(feed="g")
    assert remembered("f") == [("T9", 0, 0, 1, True)]
    assert remembered("g") == [("T9", 1, 1, 1, False)]


def test_the_refusals_of_an_older_warehouse_are_remembered_as_seen_once(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(Path(__file__).parent / "old_warehouses" / "0003_as_of.duckdb", path)
    with duckdb.connect(str(path), read_only=True) as old:
        seen = old.execute("select seen_at from core.rejection order by all").fetchall()
    with open_warehouse(path) as connection:
        rows = connection.execute(
            "select last_seen_at, first_seen_at, occurrences, is_current "
            "from core.rejection order by all"
        ).fetchall()
    assert len(seen) > 0
    assert rows == [(moment, moment, 1, True) for (moment,) in seen]
