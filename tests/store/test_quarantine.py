"""What was refused is remembered: since when, how often, and whether it still is."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import time_machine

from aggregator.domain.problem import NoteKind, ObjectType, Rejection
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.quarantine import write_problems
from aggregator.store.shrink import ShrinkGuard
from aggregator.store.stage import Stage
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

    def refuse(*rejections, good="T1", **values):
        received = {ObjectType.TARIFF: 1 + len(rejections)}
        with time_machine.travel(NOON + timedelta(hours=next(hours)), tick=False):
            return receive([], [tariff(good)], rejections=rejections, received=received, **values)

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


def test_what_an_incomplete_answer_does_not_bring_is_still_refused(refuse, remembered):
    refuse(bad("T8"), bad("T9"), bad(None))
    refuse(bad("T9"), complete=("locations",))
    assert remembered() == [
        ("T8", 0, 0, 1, True),
        ("T9", 0, 1, 2, True),
        (None, 0, 0, 1, True),
    ]
    refuse(bad("T9"))
    assert remembered() == [
        ("T8", 0, 0, 1, False),
        ("T9", 0, 2, 3, True),
        (None, 0, 0, 1, False),
    ]


def test_what_an_incomplete_answer_brings_in_order_is_no_longer_refused(refuse, remembered):
    refuse(bad("T8"), bad("T9"))
    refuse(good="T9", complete=())
    assert remembered() == [("T8", 0, 0, 1, True), ("T9", 0, 0, 1, False)]


def test_what_an_incomplete_answer_refuses_otherwise_is_no_longer_refused_so(refuse, warehouse):
    refuse(bad("T9"))
    refuse(bad("T9", reason_code="bad_x"), complete=())
    rows = warehouse.execute("select reason_code, is_current from core.rejection order by 1")
    assert rows.fetchall() == [("bad_x", True), ("missing_x", False)]


def bad_evse(location_id):
    lost = ((ObjectType.EVSE, 1),)
    return bad("1", object_type=ObjectType.EVSE, record_id=location_id, lost=lost)


def test_parts_with_one_id_are_settled_by_the_location_they_stood_in(receive, warehouse):
    received = {ObjectType.LOCATION: 2, ObjectType.EVSE: 4, ObjectType.CONNECTOR: 2}
    both = [location("L1"), location("L2")]
    receive(both, rejections=[bad_evse("L1"), bad_evse("L2")], received=received)
    receive([location("L1")], complete=())
    rows = warehouse.execute("select record_id, is_current from core.rejection order by 1")
    assert rows.fetchall() == [("L1", False), ("L2", True)]


def test_a_module_that_lacks_too_much_settles_nothing(refuse, receive, remembered):
    refuse(bad("T9"))
    receive([], [], guard=ShrinkGuard())
    assert remembered() == [("T9", 0, 0, 1, True)]


def test_a_duplicate_is_kept_with_what_was_read_of_it(receive, warehouse):
    receive([location("L1", name="old"), location("L1", name="new")], [tariff(), tariff()])
    query = "select object_type, record_id, raw_fragment from core.rejection order by 1"
    rows = {kind: (record, text) for kind, record, text in warehouse.execute(query).fetchall()}
    assert {kind: record for kind, (record, _) in rows.items()} == {
        "connector": "L1",
        "evse": "L1",
        "location": "L1",
        "tariff": "T1",
    }
    assert json.loads(rows["location"][1])["name"] == "old"
    assert len(rows["tariff"][1]) <= 2_000


SLIP = NoteKind(ObjectType.LOCATION, "$[*].name", "long_name", "too long")
OTHER = replace(SLIP, note_code="odd_name")
PRICE_SLIP = replace(SLIP, object_type=ObjectType.TARIFF)


@pytest.fixture
def note(warehouse):
    """Return a function that writes down what a run noted; give what is noted then."""
    numbers = iter(range(1_000))

    def note(noted, complete=("locations", "tariffs")):
        run = Run(f"run{next(numbers)}", FeedFacts("f", "F"), NOON, NOON)
        run.account.notes.update(noted)
        run.account.examples.update(dict.fromkeys(noted, run.run_id))
        stage = Stage(warehouse, "f")
        stage.finish()
        stage.settle_duplicates()
        write_problems(warehouse, run, complete)
        stage.close()
        query = "select object_type, note_code, occurrences, example from core.note order by all"
        return warehouse.execute(query).fetchall()

    return note


def test_notes_of_a_module_that_came_completely_are_those_of_the_last_run(note):
    note({SLIP: 9, OTHER: 2, PRICE_SLIP: 3})
    assert note({SLIP: 1}) == [("location", "long_name", 1, "run1")]


def test_notes_of_a_module_that_did_not_come_completely_stay_and_are_added_to(note):
    note({SLIP: 9, PRICE_SLIP: 3})
    assert note({SLIP: 1, OTHER: 2}, complete=("tariffs",)) == [
        ("location", "long_name", 9, "run1"),
        ("location", "odd_name", 2, "run1"),
    ]
    assert note({}, complete=()) == [
        ("location", "long_name", 9, "run1"),
        ("location", "odd_name", 2, "run1"),
    ]
