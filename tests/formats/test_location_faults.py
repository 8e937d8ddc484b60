"""What a bad part costs: itself, with its place, the reason and the count of what is lost."""

import json

import pytest

from aggregator.domain.problem import Account, ObjectType
from aggregator.formats.reading import Reader
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_connector,
    raw_evse,
    raw_location,
    read_as_location,
)

LOCATION, EVSE, CONNECTOR = ObjectType.LOCATION, ObjectType.EVSE, ObjectType.CONNECTOR


def test_bad_connector_costs_only_itself():
    evse = raw_evse(connectors=[raw_connector(id=None), raw_connector(id="2")])
    location, account = read_as_location(raw_location(evses=[evse]))
    assert [c.connector_id for c in location.evses[0].connectors] == ["2"]
    [rejection] = account.rejections
    assert rejection.object_type is CONNECTOR
    assert rejection.object_id == "E1"
    assert rejection.record_id == "L1"
    assert rejection.json_path == "$.data[0].evses[0].connectors[0]"
    assert (rejection.reason_code, rejection.reason) == ("missing_id", "'id' is null")
    assert rejection.lost == ((CONNECTOR, 1),)
    assert rejection.document_url == "https://a.example"


def test_bad_evse_costs_itself_and_its_connectors():
    bad = raw_evse(uid=ABSENT, evse_id=ABSENT, connectors=[raw_connector(), raw_connector(id="2")])
    location, account = read_as_location(raw_location(evses=[bad, raw_evse(uid="E2")]))
    assert [e.evse_uid for e in location.evses] == ["E2"]
    [rejection] = account.rejections
    assert rejection.json_path == "$.data[0].evses[0]"
    assert rejection.reason == "'uid' is missing, and there is no evse_id to use instead"
    assert dict(rejection.lost) == {EVSE: 1, CONNECTOR: 2}


def test_evse_that_is_no_object_costs_itself():
    location, account = read_as_location(raw_location(evses=["E1", raw_evse()]))
    assert len(location.evses) == 1
    [rejection] = account.rejections
    assert rejection.reason == "an object is needed here, not a text"
    assert dict(rejection.lost) == {EVSE: 1}


def test_bad_location_costs_everything_in_it():
    evses = [raw_evse(), raw_evse(connectors=[raw_connector(), raw_connector(id="2")]), 5]
    location, account = read_as_location(raw_location(id=ABSENT, evses=evses))
    assert location is None
    [rejection] = account.rejections
    assert (rejection.object_type, rejection.object_id, rejection.record_id) == (
        LOCATION,
        None,
        None,
    )
    assert rejection.json_path == "$.data[0]"
    assert (rejection.reason_code, rejection.reason) == ("missing_id", "'id' is missing")
    assert dict(rejection.lost) == {LOCATION: 1, EVSE: 3, CONNECTOR: 3}


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (None, "null"),
        (True, "true or false"),
        ("x", "a text"),
        ([], "a list"),
        (5, "a number"),
        (0.5, "a number"),
    ],
)
def test_location_that_is_no_object_is_refused_in_plain_words(raw, kind):
    location, account = read_as_location(raw)
    assert location is None
    assert account.rejections[0].reason == f"an object is needed here, not {kind}"
    assert account.received == {LOCATION: 1}


@pytest.mark.parametrize("bad_id", ["", "  ", "x" * 256, True, {"id": 1}, [1], 1.5])
def test_id_that_is_none_costs_the_location(bad_id):
    location, account = read_as_location(raw_location(id=bad_id))
    assert location is None
    assert account.rejections[0].reason_code == "unreadable_id"


def test_everything_received_is_kept_or_refused():
    evses = [
        raw_evse(connectors=[raw_connector(), raw_connector(id=""), None]),
        raw_evse(uid=None, evse_id=None, connectors=[raw_connector()]),
        raw_evse(uid="E3", connectors=[]),
        raw_evse(uid="E4", connectors=ABSENT),
    ]
    location, account = read_as_location(raw_location(evses=evses))
    assert account.received == {LOCATION: 1, EVSE: 4, CONNECTOR: 4}
    assert len(location.evses) == 3
    assert sum(len(e.connectors) for e in location.evses) == 1
    assert account.rejected(LOCATION) == 0
    assert account.rejected(EVSE) == 1
    assert account.rejected(CONNECTOR) == 3


def test_refused_record_is_kept_as_received():
    raw = raw_location(id=None, name="Långgatan")
    _, account = read_as_location(raw)
    assert json.loads(account.rejections[0].raw_fragment) == raw


def test_refused_record_is_cut_to_what_can_be_shown():
    _, account = read_as_location(raw_location(id=None, name="x" * 5_000))
    fragment = account.rejections[0].raw_fragment
    assert len(fragment) == 2_000
    assert fragment.endswith("…")


@pytest.mark.parametrize("uid", [ABSENT, None, "", ["E1"]])
def test_evse_without_uid_goes_by_its_evse_id(uid):
    location, account = read_as_location(raw_location(evses=[raw_evse(uid=uid)]))
    assert location.evses[0].evse_uid == "SE*AAA*E1"
    assert "missing_uid" in notes_of(account)


def test_integer_ids_are_read_as_texts():
    evse = raw_evse(uid=29, connectors=[raw_connector(id=0, tariff_ids=[7, "7", 8])])
    location, account = read_as_location(raw_location(id=249, evses=[evse]))
    assert location.location_id == "249"
    assert location.evses[0].evse_uid == "29"
    assert location.evses[0].connectors[0].connector_id == "0"
    assert location.evses[0].connectors[0].tariff_ids == ("7", "8")
    assert account.rejections == []


@pytest.mark.parametrize("evses", [{"status": "AVAILABLE"}, "E1", 5, True])
def test_evses_that_are_no_list_are_noted(evses):
    location, account = read_as_location(raw_location(evses=evses))
    assert location.evses == ()
    assert account.received == {LOCATION: 1}
    assert notes_of(account) == ["unreadable_evses"]


def test_one_evse_where_a_list_is_needed_is_read_and_noted():
    location, account = read_as_location(raw_location(evses=raw_evse()))
    assert [evse.evse_uid for evse in location.evses] == ["E1"]
    assert account.received == {LOCATION: 1, EVSE: 1, CONNECTOR: 1}
    assert notes_of(account) == ["single_evses"]


def test_one_connector_where_a_list_is_needed_is_read_and_noted():
    evse = raw_evse(connectors=raw_connector())
    location, account = read_as_location(raw_location(evses=[evse]))
    assert len(location.evses[0].connectors) == 1
    assert account.received[CONNECTOR] == 1
    assert notes_of(account) == ["single_connectors"]


def test_connectors_that_are_no_list_are_noted():
    location, account = read_as_location(raw_location(evses=[raw_evse(connectors={"plug": "1"})]))
    assert location.evses[0].connectors == ()
    [kind] = account.notes
    assert kind.json_path == "$.data[*].evses[*].connectors"
    assert kind.note == "'connectors' cannot be read: a list is needed, not an object; left out"


def test_same_slip_counts_as_one_kind_and_keeps_the_first_example():
    evses = [raw_evse(uid="E1", status=1), raw_evse(uid="E2", status=2)]
    _, account = read_as_location(raw_location(evses=evses))
    [(kind, count)] = account.notes.items()
    assert (kind.json_path, count) == ("$.data[*].evses[*].status", 2)
    assert account.examples[kind] == "1"


def test_several_unreadable_fields_cost_only_themselves():
    location, account = read_as_location(raw_location(name=[], city={}, last_updated="yesterday"))
    assert (location.name, location.city, location.last_updated) == (None, None, None)
    assert location.address == "Storgatan 1"
    assert sorted(notes_of(account)) == [
        "unreadable_city",
        "unreadable_last_updated",
        "unreadable_name",
    ]


def test_unreadable_list_outside_of_any_record_holds_nothing_back():
    account = Account()
    assert Reader(account).listed(LOCATION, "$", {"evses": 5}, "evses") == []
    assert account.held == set()


def test_unreadable_list_keeps_what_its_record_held_before():
    _, account = read_as_location(raw_location(evses=5))
    assert account.held == {"L1"}
