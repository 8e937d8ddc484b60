"""Where records stand in a document, and in which version they speak."""

import pytest

from aggregator.domain.problem import ObjectType
from aggregator.errors import FormatError, Refused
from aggregator.feeds import OcpiVersion
from aggregator.formats.document import (
    RecordList,
    guess_version,
    module_records,
    object_type_of,
    record_lists,
)
from tests.formats.raw_records import (
    ABSENT,
    raw_connector,
    raw_evse,
    raw_location,
    raw_tariff,
)

LOCATION, TARIFF = ObjectType.LOCATION, ObjectType.TARIFF
LOCATIONS, TARIFFS = [raw_location(), raw_location(id="L2")], [raw_tariff()]


def found_in(document):
    return {(one.object_type, one.json_path, len(one.records)) for one in record_lists(document)}


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (LOCATIONS, "$"),
        ({"data": LOCATIONS}, "$.data"),
        ({"status_code": 1000, "timestamp": "2026-03-01T12:00:00Z", "data": LOCATIONS}, "$.data"),
        ({"name": "x", "message": "ok", "error": None, "data": LOCATIONS}, "$.data"),
        ({"locations": LOCATIONS}, "$.locations"),
        ({"Locations": LOCATIONS, "status": "ok"}, "$.Locations"),
        ({"next": "abc", "items": LOCATIONS}, "$.items"),
    ],
    ids=["array", "data", "OCPI", "Clenergy", "Jolt", "Greece", "chargecloud"],
)
def test_locations_are_found_in_every_envelope(document, path):
    assert found_in(document) == {(LOCATION, path, 2)}
    assert module_records(document, LOCATION)[0].json_path == path


def test_two_modules_in_one_document_are_told_apart():
    document = {"data": {"locations": {"data": LOCATIONS}, "tariffs": {"data": TARIFFS}}}
    assert found_in(document) == {
        (LOCATION, "$.data.locations.data", 2),
        (TARIFF, "$.data.tariffs.data", 1),
    }
    assert module_records(document, TARIFF)[0].records == TARIFFS


def test_one_object_in_place_of_a_list_is_a_list_of_one():
    assert found_in({"status_code": 1000, "data": raw_location()}) == {(LOCATION, "$.data", 1)}


def test_first_records_may_be_nothing_at_all():
    assert found_in({"data": [None, "x", {}, raw_location()]}) == {(LOCATION, "$.data", 4)}


@pytest.mark.parametrize("document", [[], {"data": []}, {"status_code": 1000, "data": []}])
def test_empty_document_holds_no_lists(document):
    assert record_lists(document) == []


@pytest.mark.parametrize(
    "document", [None, 5, "text", {}, {"data": None}, {"error": "x"}, [{"id": 1}], [[]]]
)
def test_document_without_records_is_refused(document):
    with pytest.raises(FormatError, match="no OCPI locations or tariffs were found"):
        record_lists(document)


def test_ocpi_error_is_never_an_empty_document():
    with pytest.raises(Refused):
        record_lists({"status_code": 2000, "data": []})


def test_records_nested_deeper_than_any_feed_does_are_not_looked_for():
    document = {"data": LOCATIONS}
    for _ in range(6):
        document = {"data": document}
    with pytest.raises(FormatError):
        record_lists(document)


@pytest.mark.parametrize(
    ("document", "path"), [([{"id": 1}, None], "$"), ({"data": [{"id": 1}, None]}, "$.data")]
)
def test_records_that_look_like_nothing_are_still_counted_in_their_module(document, path):
    (found,) = module_records(document, LOCATION)
    assert (found.object_type, found.json_path, len(found.records)) == (LOCATION, path, 2)


@pytest.mark.parametrize("document", [None, "x", {}, {"data": None}, {"locations": []}])
def test_module_without_a_place_for_records_is_refused(document):
    with pytest.raises(FormatError, match="the answer holds no list of locations"):
        module_records(document, LOCATION)


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"coordinates": {}}, LOCATION),
        ({"evses": []}, LOCATION),
        ({"coordinates": {}, "currency": "EUR"}, LOCATION),
        ({"elements": []}, TARIFF),
        ({"currency": "EUR"}, TARIFF),
        ({"id": "1"}, None),
        ("location", None),
        (None, None),
    ],
)
def test_record_is_told_by_its_shape(record, kind):
    assert object_type_of(record) is kind


def old_location(**changes):
    connector = {"id": "1", "voltage": 230, "amperage": 32}
    return raw_location(
        country_code=ABSENT, party_id=ABSENT, evses=[raw_evse(connectors=[connector])]
    ) | dict(changes)


@pytest.mark.parametrize(
    ("kind", "record", "version"),
    [
        (LOCATION, old_location(), OcpiVersion.V2_1_1),
        (LOCATION, old_location(party_id="AAA"), OcpiVersion.V2_2_1),
        (LOCATION, raw_location(), OcpiVersion.V2_2_1),
        (LOCATION, raw_location(help_phone="+46"), OcpiVersion.V2_3_0),
        (LOCATION, raw_location(evses=None), OcpiVersion.V2_2_1),
        (TARIFF, raw_tariff(), OcpiVersion.V2_2_1),
        (TARIFF, raw_tariff(tax_included="NO"), OcpiVersion.V2_3_0),
    ],
)
def test_version_is_guessed_from_the_words_of_the_records(kind, record, version):
    assert guess_version([RecordList(kind, "$", [None, record])]) is version


def test_version_of_no_records_is_2_2_1():
    assert guess_version([]) is OcpiVersion.V2_2_1


@pytest.mark.parametrize(
    "evses", [5, True, "E1", {"uid": 1}, [None], [5], [{"connectors": 5}], [{"connectors": [1]}]]
)
def test_version_is_guessed_past_malformed_evses(evses):
    records = [old_location(evses=evses), old_location()]
    assert guess_version([RecordList(LOCATION, "$", records)]) is OcpiVersion.V2_1_1


def test_connector_that_says_voltage_in_both_words_speaks_2_2_1():
    both = raw_connector(voltage=400, amperage=32)
    location = old_location(evses=[raw_evse(connectors=[both])])
    assert guess_version([RecordList(LOCATION, "$", [location])]) is OcpiVersion.V2_2_1


def test_every_list_of_a_module_counts_wherever_it_stands():
    document = {"data": {"ac": [raw_location()], "dc": LOCATIONS}}
    found = module_records(document, LOCATION)
    assert [(one.json_path, len(one.records)) for one in found] == [
        ("$.data.ac", 1),
        ("$.data.dc", 2),
    ]


def test_records_keyed_by_position_are_a_list():
    document = {"data": {"0": raw_location(), "1": raw_location(), "3": raw_location()}}
    (found,) = module_records(document, LOCATION)
    assert (found.json_path, len(found.records)) == ("$.data", 3)
