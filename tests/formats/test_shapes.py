"""A record is known by its shape, and the version by its words."""

import pytest

from aggregator.feeds import OcpiVersion
from aggregator.formats.shapes import guess_version, object_type_of, unwrapped
from tests.formats.json_texts import LOCATION, TARIFF
from tests.formats.raw_records import ABSENT, raw_connector, raw_evse, raw_location, raw_tariff

POINT = {"type": "Point", "coordinates": [11.9, 57.7]}
PLACE = {"longitude": 11.9, "latitude": 57.7}


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
        ({"type": "Feature", "properties": {"id": "1"}, "geometry": POINT}, LOCATION),
        ({"type": "Feature", "properties": {"elements": []}, "geometry": POINT}, TARIFF),
        ({"type": "Feature", "properties": {"id": "1"}, "geometry": None}, None),
        ({"type": "Feature", "properties": {"id": "1"}}, None),
        ({"type": "Feature", "properties": None, "geometry": POINT}, None),
    ],
)
def test_record_is_told_by_its_shape(record, kind):
    assert object_type_of(record) is kind


@pytest.mark.parametrize(
    ("feature", "record"),
    [
        ({"properties": {"id": "1"}, "geometry": POINT}, {"id": "1", "coordinates": PLACE}),
        ({"properties": {"coordinates": "x"}, "geometry": POINT}, {"coordinates": "x"}),
        ({"properties": {"elements": 1}, "geometry": POINT}, {"elements": 1}),
        ({"properties": {"id": "1"}, "geometry": {"coordinates": [1]}}, {"id": "1"}),
        ({"properties": {"id": "1"}, "geometry": {"coordinates": "1 2"}}, {"id": "1"}),
        ({"properties": {"id": "1"}, "geometry": [1, 2]}, {"id": "1"}),
    ],
)
def test_feature_of_geojson_is_its_properties_and_its_place(feature, record):
    assert unwrapped({"type": "Feature"} | feature) == record


def test_record_that_only_has_properties_is_itself():
    record = {"type": "Site", "properties": {"id": "1"}}
    assert unwrapped(record) is record


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
    assert guess_version(kind, [None, record]) is version


def test_version_of_no_records_is_2_2_1():
    assert guess_version(LOCATION, []) is OcpiVersion.V2_2_1


@pytest.mark.parametrize(
    "evses", [5, True, "E1", {"uid": 1}, [None], [5], [{"connectors": 5}], [{"connectors": [1]}]]
)
def test_version_is_guessed_past_malformed_evses(evses):
    records = [old_location(evses=evses), old_location()]
    assert guess_version(LOCATION, records) is OcpiVersion.V2_1_1


def test_connector_that_says_voltage_in_both_words_speaks_2_2_1():
    both = raw_connector(voltage=400, amperage=32)
    location = old_location(evses=[raw_evse(connectors=[both])])
    assert guess_version(LOCATION, [location]) is OcpiVersion.V2_2_1
