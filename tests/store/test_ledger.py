"""The ledger adds up: what was received, what was kept of it, and what is live afterwards."""

from dataclasses import asdict

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.domain.problem import ObjectType
from aggregator.errors import StoreError
from aggregator.publish import publish
from aggregator.store.ledger import Count, check_identity, check_live
from aggregator.store.shrink import ShrinkGuard
from tests.records import evse, location, tariff

LOCATION = ObjectType.LOCATION


def of(count, *names):
    return tuple(asdict(count)[name] for name in names)


def test_new_changed_unchanged_ended_and_live_are_counted(receive):
    receive([location(f"L{n}") for n in range(5)])
    run = receive([location("L0"), location("L1"), location("L2", name="new"), location("L9")])
    # Of five: two came as they were, one changed, two are missing; one came that was unknown.
    names = ("kept", "new", "changed", "unchanged", "waiting", "ended", "live")
    assert of(run.counts[LOCATION], *names) == (4, 1, 1, 2, 0, 2, 4)
    assert of(run.counts[ObjectType.CONNECTOR], *names) == (4, 1, 0, 3, 0, 2, 4)


def test_a_duplicate_counts_neither_as_unchanged_nor_as_live(receive):
    receive([location("L1")])
    run = receive([location("L1"), location("L1")])
    names = ("received", "kept", "rejected", "unchanged", "live")
    assert of(run.counts[LOCATION], *names) == (2, 1, 1, 1, 1)


def test_what_an_incomplete_answer_lacks_is_live(receive):
    receive([location("L1"), location("L2")], [tariff()])
    run = receive([location("L1")], complete=("tariffs",), guard=ShrinkGuard())
    assert of(run.counts[LOCATION], "kept", "unchanged", "ended", "live") == (1, 1, 0, 2)
    assert of(run.counts[ObjectType.TARIFF], "ended", "live") == (0, 1)


def test_a_change_of_status_is_no_change_of_the_evse(receive):
    receive([location(evses=(evse(status="AVAILABLE"),))])
    run = receive([location(evses=(evse(status="CHARGING"),))])
    assert of(run.counts[ObjectType.EVSE], "changed", "unchanged") == (0, 1)


def test_the_counts_are_kept_with_the_run(receive, warehouse):
    receive([location("L1"), location("L2")])
    run = receive([location("L1"), location("L3")])
    query = (
        "select new, unchanged, waiting, ended, live from core.run_count "
        "where run_id = ? and object_type = 'location'"
    )
    assert warehouse.execute(query, [run.run_id]).fetchall() == [(1, 1, 0, 1, 2)]


def test_a_snapshot_has_the_counts_by_type_and_in_all(receive, warehouse, tmp_path):
    receive([location("L1"), location("L2")], [tariff()])
    run = receive([location("L1"), location("L3")], [tariff()])
    snapshot = publish(warehouse, Settings(home=tmp_path))
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        counts = "object_type, new, unchanged, waiting, ended, live"
        query = f"select {counts} from mart.feed_run_count where run_id = ? order by 1"  # noqa: S608 - as above
        rows = connection.execute(query, [run.run_id]).fetchall()
        query = "select unchanged, waiting, live from mart.feed_run where run_id = ?"
        total = connection.execute(query, [run.run_id]).fetchall()
    inside = (1, 1, 0, 1, 2)
    assert rows == [
        ("connector", *inside),
        ("evse", *inside),
        ("location", *inside),
        ("tariff", 0, 1, 0, 0, 1),
    ]
    assert total == [(4, 0, 7)]


def test_a_record_kept_must_be_new_changed_unchanged_or_waiting():
    check_identity({LOCATION: Count(10, 9, 1, new=2, changed=3, unchanged=3, waiting=1)})
    wrong = Count(10, 9, 1, new=2, changed=3, unchanged=3)
    said = "9 location records kept, but 2 new, 3 changed, 3 unchanged and 0 waiting"
    with pytest.raises(StoreError, match=said):
        check_identity({LOCATION: wrong})


def test_what_is_live_must_be_what_was_with_the_new_and_without_the_ended():
    changes = {"evse_status": {"new": 2, "ended": 1}}
    check_live({"evse_status": 10}, changes, {"evse_status": 11})
    said = "10 evse_status records were live, 2 are new and 1 ended, but 12 are live now"
    with pytest.raises(StoreError, match=said):
        check_live({"evse_status": 10}, changes, {"evse_status": 12})


def test_a_table_that_does_not_hold_what_it_should_loads_nothing(receive, warehouse):
    receive([location("L1"), location("L2")])
    # A second current version of one record, as no run of ours can write it.
    warehouse.execute("insert into core.location from core.location where location_id = 'L2'")
    with pytest.raises(StoreError, match=r"does not add up: .*; nothing was loaded"):
        receive([location("L1"), location("L2", name="new")])
    runs = warehouse.execute("select count(*) from core.run").fetchone()
    names = warehouse.execute("select distinct name from core.location order by 1").fetchall()
    assert (runs, names) == ((1,), [("Station L1",), ("Station L2",)])
