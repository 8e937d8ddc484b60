"""raw -> core: versions, duplicates, what ends a record and what never does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.domain.problem import ObjectType, Rejection
from aggregator.errors import StoreError
from aggregator.store.ledger import Count, FeedFacts, Run, knows
from aggregator.store.loading import record_failure
from aggregator.store.shrink import ACCEPTS_ALL, ShrinkGuard
from tests.records import SPRING, connector, evse, location, tariff


def live(warehouse, table="location", column="location_id"):
    query = f"select {column} from core.{table} where valid_to is null order by all"  # noqa: S608
    return [row[0] for row in warehouse.execute(query).fetchall()]


def versions(warehouse, table="tariff"):
    return warehouse.execute(f"select count(*) from core.{table}").fetchone()[0]  # noqa: S608


def refused(object_type, record_id, lost):
    return Rejection(
        object_type, record_id, record_id, "$[9]", "missing_x", "'x' is missing", "{}", "u", lost
    )


def test_what_was_received_is_kept_and_counted_by_type(receive):
    run = receive([location("L1", evses=(evse("E1"), evse("E2")))], [tariff()])

    kept = {kind: count.kept for kind, count in run.counts.items()}
    assert kept == {
        ObjectType.LOCATION: 1,
        ObjectType.EVSE: 2,
        ObjectType.CONNECTOR: 2,
        ObjectType.TARIFF: 1,
    }
    assert all(count.new == count.kept for count in run.counts.values())


def test_an_unchanged_second_run_writes_no_version(receive, warehouse):
    receive([location()], [tariff()])
    run = receive([location()], [tariff()])

    assert not run.has_changes
    assert versions(warehouse, "tariff") == versions(warehouse, "location") == 1


def test_last_updated_alone_is_no_new_version_but_is_kept(receive, warehouse):
    receive([], [tariff()])
    receive([], [tariff(last_updated=SPRING + timedelta(days=1))])

    rows = warehouse.execute("select operator_last_updated, valid_to from core.tariff").fetchall()
    assert rows == [((SPRING + timedelta(days=1)).replace(tzinfo=None), None)]


def test_a_price_change_closes_one_version_and_opens_the_next(receive, warehouse):
    receive([], [tariff(price="5.00")])
    run = receive([], [tariff(price="5.50")])

    rows = warehouse.execute(
        "select valid_to is null, first_seen_at = min(first_seen_at) over () "
        "from core.tariff order by valid_from"
    ).fetchall()
    assert rows == [(False, True), (True, True)]
    assert run.counts[ObjectType.TARIFF].changed == 1
    boundary = "select max(valid_to) = max(valid_from) from core.tariff"
    assert warehouse.execute(boundary).fetchone() == (True,)


ISO_2, ISO_20 = "ISO_15118_2_PLUG_AND_CHARGE", "ISO_15118_20_PLUG_AND_CHARGE"


def paid(providers=(), *capabilities):
    """Return a location of one EVSE with these providers and connectors of these capabilities."""
    plugs = [connector(str(n), capabilities=own) for n, own in enumerate(capabilities or [()])]
    return location(evses=(evse(accepted_service_providers=providers, connectors=tuple(plugs)),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (paid(), paid(("A",))),
        (paid(("A",)), paid(("A", "B"))),
        (paid(("A", "B")), paid()),
        (paid(()), paid((), (ISO_2,))),
        (paid((), (ISO_2,)), paid((), (ISO_20,))),
        (paid((), (ISO_2,)), paid((ISO_2,))),  # the same words in the other list
    ],
)
def test_another_list_of_providers_or_capabilities_is_a_change_of_the_evse(receive, before, after):
    receive([before])
    run = receive([after])
    assert {kind: count.changed for kind, count in run.counts.items() if count.changed} == {
        ObjectType.EVSE: 1
    }
    assert not receive([after]).has_changes


def test_an_evse_has_the_capabilities_of_all_its_connectors(receive, warehouse):
    receive([paid(("A",), (ISO_2,), (), (ISO_20, ISO_2))])
    assert live(warehouse, "evse", "connector_capabilities") == [[ISO_20, ISO_2]]
    assert live(warehouse, "evse", "accepted_service_providers") == [["A"]]


def test_an_evse_without_lists_has_the_digest_of_the_time_before_them(receive, warehouse):
    receive([paid()])
    as_before = "md5_number(json_array(evse_id, capabilities, physical_reference)::varchar)"
    assert live(warehouse, "evse", f"digest = {as_before}") == [True]
    receive([paid(("A",))])
    assert live(warehouse, "evse", f"digest = {as_before}") == [False]


def test_a_status_change_is_no_change_of_the_evse(receive, warehouse):
    receive([location(evses=(evse(status="AVAILABLE"),))])
    run = receive([location(evses=(evse(status="CHARGING"),))])

    assert run.has_changes
    assert versions(warehouse, "evse") == 1
    assert live(warehouse, "evse_status", "status") == ["CHARGING"]


def test_a_record_missing_from_a_complete_answer_ends(receive, warehouse):
    receive([location("L1"), location("L2")])
    run = receive([location("L1")])

    assert live(warehouse) == ["L1"]
    assert run.counts[ObjectType.LOCATION].ended == 1
    assert run.counts[ObjectType.CONNECTOR].ended == 1


def test_a_record_missing_from_an_incomplete_answer_stays(receive, warehouse):
    receive([location("L1"), location("L2")], [tariff()])
    receive([location("L1")], complete=("tariffs",))

    assert live(warehouse) == ["L1", "L2"]


def test_an_empty_answer_ends_nothing_and_asks_for_attention(receive, warehouse):
    receive([location("L1"), location("L2")], [tariff()])
    run = receive([], [tariff()], guard=ShrinkGuard())

    assert live(warehouse) == ["L1", "L2"]
    assert run.outcome == "attention"
    assert run.message == (
        "the answer held no locations; the 2 known ones are kept; if they are really gone: "
        "klarpris harvest f --accept-shrink"
    )


def test_an_empty_answer_that_a_person_confirms_ends_what_was_known(receive, warehouse):
    receive([location("L1"), location("L2")], [tariff()])
    run = receive([], [tariff()], guard=ACCEPTS_ALL)

    assert live(warehouse) == live(warehouse, "connector") == []
    assert run.outcome == "ok"
    assert run.counts[ObjectType.LOCATION].ended == 2


def without_id(path="$.data[1]"):
    one = refused(ObjectType.LOCATION, None, ((ObjectType.LOCATION, 1),))
    return replace(one, json_path=path)


ONE_AND_A_NAMELESS = {ObjectType.LOCATION: 2, ObjectType.EVSE: 1, ObjectType.CONNECTOR: 1}


def test_a_record_without_a_readable_id_may_be_any_that_is_missing(receive, warehouse):
    receive([location("L1"), location("L2")], [tariff("T1"), tariff("T2")])
    came = ONE_AND_A_NAMELESS | {ObjectType.TARIFF: 1}
    run = receive(
        [location("L1")],
        [tariff("T1")],
        rejections=[without_id()],
        received=came,
        guard=ShrinkGuard(),
    )

    assert live(warehouse) == ["L1", "L2"]
    assert live(warehouse, "tariff", "tariff_id") == ["T1", "T2"]  # the kept place may name it
    assert run.outcome == "attention"
    assert run.message == (
        "1 locations came without a readable id, so they may be the 1 that are missing; all are "
        "kept; if those are really gone: klarpris harvest f --accept-shrink"
    )


def test_a_record_without_an_id_beside_all_that_is_known_is_no_reason_to_look(receive, warehouse):
    for _ in range(2):
        run = receive(
            [location("L1")],
            rejections=[without_id()],
            received=ONE_AND_A_NAMELESS,
            guard=ShrinkGuard(),
        )

    assert run.outcome == "ok"
    assert live(warehouse) == ["L1"]


def test_a_person_says_that_what_is_missing_is_none_of_those_without_an_id(receive, warehouse):
    receive([location("L1"), location("L2")])
    receive(
        [location("L1")],
        rejections=[without_id()],
        received=ONE_AND_A_NAMELESS,
        guard=ACCEPTS_ALL,
    )

    assert live(warehouse) == ["L1"]


def test_a_run_that_was_undone_is_written_without_what_it_had_counted(receive, warehouse):
    receive([location("L1")])
    facts = FeedFacts("f", "F", fingerprint="of another reader")
    run = Run("undone", facts, datetime.now(UTC), documents=1)
    run.counts, run.has_changes, run.is_whole = {ObjectType.LOCATION: Count(6, 6, 0)}, True, True
    run.accepts_shrink = True
    record_failure(warehouse, run)

    written = "select outcome, accepts_shrink from core.run where run_id = 'undone'"
    assert warehouse.execute(written).fetchall() == [("failed", False)]
    counts = "select count(*) from core.run_count where run_id = 'undone'"
    assert warehouse.execute(counts).fetchall() == [(0,)]
    assert (run.counts, run.has_changes) == ({}, False)
    assert not knows(warehouse, "f", "of another reader")


def test_a_failed_run_leaves_it_known_under_which_fingerprint_all_was_read(receive, warehouse):
    receive([location("L1")])
    warehouse.execute("update core.feed set fingerprint = 'print'")
    facts = FeedFacts("f", "F", fingerprint="another")
    record_failure(warehouse, Run("undone", facts, datetime.now(UTC), documents=1))

    rows = warehouse.execute("select fingerprint from core.feed").fetchall()
    assert rows == [("print",)]


def test_a_record_that_became_unreadable_keeps_its_last_good_version(receive, warehouse):
    receive([location("L1"), location("L2")])
    bad = refused(ObjectType.LOCATION, "L2", ((ObjectType.LOCATION, 1),))
    receive(
        [location("L1")],
        rejections=[bad],
        received={ObjectType.LOCATION: 2, ObjectType.EVSE: 1, ObjectType.CONNECTOR: 1},
    )

    assert live(warehouse) == ["L1", "L2"]
    assert live(warehouse, "connector") == ["L1", "L2"]


def test_a_record_that_returns_remembers_when_it_was_first_seen(receive, warehouse):
    receive([location("L1"), location("L2")])
    first = warehouse.execute("select min(first_seen_at) from core.location").fetchone()
    receive([location("L1")])
    run = receive([location("L1"), location("L2")])

    again = warehouse.execute(
        "select first_seen_at from core.location where location_id = 'L2' and valid_to is null"
    ).fetchone()
    assert again == first
    assert run.counts[ObjectType.LOCATION].new == 1


def test_the_newest_of_two_locations_with_one_id_is_kept_with_its_own_evses(receive, warehouse):
    old = location("L1", name="old", last_updated=SPRING, evses=(evse("E1"), evse("E2")))
    new = location("L1", name="new", last_updated=SPRING + timedelta(days=1), evses=(evse("E3"),))
    run = receive([new, old])

    assert live(warehouse, "location", "name") == ["new"]
    assert live(warehouse, "evse", "evse_uid") == ["E3"]
    count = run.counts[ObjectType.EVSE]
    assert (count.received, count.kept, count.rejected, count.duplicates) == (3, 1, 2, 2)
    rejection = "select object_id, reason_code, lost_evses, lost_connectors from core.rejection"
    assert warehouse.execute(rejection).fetchall() == [("L1", "duplicate_id", 2, 2)]


def test_parts_of_one_location_on_several_pages_are_united(receive, warehouse):
    parts = [location("L1", evses=(evse("E1"),)), location("L1", evses=(evse("E2"), evse("E1")))]
    run = receive(parts)

    assert live(warehouse, "evse", "evse_uid") == ["E1", "E2"]
    assert run.counts[ObjectType.LOCATION].duplicates == 1
    query = "select object_type, object_id from core.rejection order by all"
    assert warehouse.execute(query).fetchall() == [
        ("connector", "1"),
        ("evse", "E1"),
        ("location", "L1"),
    ]


def test_a_location_that_was_read_only_in_part_keeps_its_evses(receive, warehouse):
    receive([location("L1"), location("L2")])
    run = receive([location("L1", evses=()), location("L2")], held=["L1"])

    assert live(warehouse, "connector") == ["L1", "L2"]
    assert run.counts[ObjectType.CONNECTOR].ended == 0


def test_two_connectors_with_one_id_cost_one_of_them(receive, warehouse):
    twice = evse(connectors=(connector("1"), connector("1", power_type="AC_3_PHASE")))
    run = receive([location(evses=(twice,))])

    assert live(warehouse, "connector", "power_type") == ["AC_3_PHASE"]
    assert run.counts[ObjectType.CONNECTOR].duplicates == 1


def test_two_parties_may_use_one_tariff_id(receive, warehouse):
    receive([], [tariff("adHoc"), replace(tariff("adHoc", price="9.00"), party_id="BBB")])

    assert live(warehouse, "tariff", "party_id") == ["AAA", "BBB"]


def test_two_feeds_with_equal_ids_never_touch_each_other(receive, warehouse):
    receive([location("L1"), location("L2")], feed="one")
    receive([location("L1")], feed="two")
    receive([location("L1", name="changed")], feed="two")

    rows = warehouse.execute(
        "select feed, location_id, name from core.location where valid_to is null order by all"
    ).fetchall()
    assert rows == [
        ("one", "L1", "Station L1"),
        ("one", "L2", "Station L2"),
        ("two", "L1", "changed"),
    ]


def test_a_ledger_that_does_not_add_up_loads_nothing(receive, warehouse):
    with pytest.raises(StoreError, match="5 location records received, but 1 kept and 0 rejected"):
        receive([location()], received={ObjectType.LOCATION: 5})

    assert live(warehouse) == []
    assert versions(warehouse, "run") == 0


def test_the_quarantine_holds_the_last_run_of_each_feed(receive, warehouse):
    bad = refused(ObjectType.TARIFF, "T9", ((ObjectType.TARIFF, 1),))
    receive([], [tariff()], rejections=[bad], received={ObjectType.TARIFF: 2}, feed="one")
    receive([], [tariff()], rejections=[bad], received={ObjectType.TARIFF: 2}, feed="two")
    receive([], [tariff()], feed="one")

    query = "select feed, object_id, reason from core.rejection where is_current"
    assert warehouse.execute(query).fetchall() == [("two", "T9", "'x' is missing")]


def test_more_refused_than_kept_asks_for_attention(receive):
    bad = [refused(ObjectType.TARIFF, f"T{n}", ((ObjectType.TARIFF, 1),)) for n in range(2, 4)]
    run = receive([], [tariff()], rejections=bad, received={ObjectType.TARIFF: 3})
    assert run.outcome == "attention"
    assert run.message == "more records were refused (2) than kept (1)"


def test_many_refused_records_keep_their_place_and_reason(receive, warehouse):
    many = [refused(ObjectType.TARIFF, f"T{n}", ((ObjectType.TARIFF, 1),)) for n in range(20_000)]
    receive([], [tariff("kept")], rejections=many, received={ObjectType.TARIFF: 20_001})
    assert versions(warehouse, "rejection") == 20_000
