"""Fields under other names: camelCase anywhere, and what the feed file maps."""

import pytest

from aggregator.feeds import ObjectKind, OcpiVersion
from aggregator.formats.defaults import Defaults
from aggregator.formats.keys import renamed, respelled
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
    read_as_location,
    read_as_tariff,
)
from tests.formats.test_location_versions import feed


def camel_case(value):
    """Return JSON with every key in camelCase, as voltrelli and Fintraffic write it."""
    if isinstance(value, list):
        return [camel_case(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        key.split("_")[0] + "".join(part.title() for part in key.split("_")[1:]): camel_case(inner)
        for key, inner in value.items()
    }


def test_location_in_camel_case_is_read_like_any_other():
    plain, _ = read_as_location(raw_location())
    location, account = read_as_location(camel_case(raw_location()))
    assert location == plain
    assert account.rejections == []


def test_tariff_in_camel_case_is_read_like_any_other():
    element = raw_element(restrictions={"start_time": "08:00", "min_duration": 60})
    raw = raw_tariff(
        elements=[element], min_price={"excl_vat": 1}, tax_included="NO", tariff_alt_text=["5 kr"]
    )
    plain, _ = read_as_tariff(raw)
    tariff, account = read_as_tariff(camel_case(raw))
    assert tariff == plain
    assert account.rejections == []


def test_every_object_in_camel_case_is_noted_once_with_its_keys():
    _, account = read_as_location(camel_case(raw_location(evses=[raw_evse(connectors=[])])))
    assert {kind.json_path: (kind.note_code, count) for kind, count in account.notes.items()} == {
        "$.data[*]": ("key_spelling", 1),
        "$.data[*].evses[*]": ("key_spelling", 1),
    }
    assert min(account.examples.values()).startswith('["countryCode", "partyId"')


def test_single_field_in_camel_case_is_read():
    location, account = read_as_location(raw_location(postal_code=ABSENT, postalCode="41138"))
    assert location.postal_code == "41138"
    assert notes_of(account) == ["key_spelling"]


def test_ocpis_own_spelling_comes_first():
    assert respelled({"postalCode": "1", "postal_code": "2"}) == {
        "postalCode": "1",
        "postal_code": "2",
    }


def test_first_of_two_foreign_spellings_counts():
    assert respelled({"evseID": "1", "evseId": "2"}) == {"evse_id": "1", "evseId": "2"}


def test_object_in_ocpis_spelling_is_not_copied():
    raw = raw_location()
    assert respelled(raw) is raw


def test_object_with_hundreds_of_keys_is_left_as_it_is():
    raw = {f"Key{number}": number for number in range(300)} | {"postalCode": "1"}
    assert respelled(raw) is raw


@pytest.mark.parametrize("key", ["subOperator", "parkingType", "Øst", ""])
def test_key_that_nothing_reads_is_left_alone_without_a_note(key):
    location, account = read_as_location(raw_location(**{key: {"name": "X"}}))
    assert location is not None
    assert not account.notes


def test_id_of_a_location_without_one_is_read_from_where_the_feed_file_says():
    defaults = Defaults(aliases={ObjectKind.LOCATION: {"id": "name"}})
    location, account = read_as_location(raw_location(id=ABSENT, name="Jolt 7"), defaults)
    assert (location.location_id, location.name) == ("Jolt 7", "Jolt 7")
    assert account.rejections == []
    assert not account.notes


def test_aliases_are_applied_to_every_kind_of_object():
    defaults = Defaults(
        aliases={
            ObjectKind.LOCATION: {"evses": "chargers", "coordinates.latitude": "geo.lat"},
            ObjectKind.EVSE: {"uid": "number", "connectors": "plugs"},
            ObjectKind.CONNECTOR: {"standard": "plug.kind"},
        }
    )
    plug = raw_connector(standard=ABSENT, plug={"kind": "CHADEMO"})
    charger = {"number": 5, "plugs": [plug]}
    raw = raw_location(
        evses=ABSENT, chargers=[charger], geo={"lat": 57.5}, coordinates={"longitude": 11.9}
    )
    location, account = read_as_location(raw, defaults)
    assert location.latitude == 57.5
    assert location.evses[0].evse_uid == "5"
    assert location.evses[0].connectors[0].standard == "CHADEMO"
    assert sum(account.received.values()) == 3
    assert account.rejections == []


def test_aliases_are_applied_to_tariffs():
    defaults = Defaults(aliases={ObjectKind.TARIFF: {"currency": "money.code", "id": "code"}})
    raw = raw_tariff(currency=ABSENT, money={"code": "EUR"}, id=ABSENT, code=12)
    tariff, _ = read_as_tariff(raw, defaults)
    assert (tariff.price_list.currency, tariff.tariff_id) == ("EUR", "12")


def test_refused_record_goes_by_the_id_that_its_alias_names():
    defaults = Defaults(aliases={ObjectKind.TARIFF: {"id": "code"}})
    _, account = read_as_tariff(raw_tariff(id=ABSENT, code="T9", currency=None), defaults)
    assert account.rejections[0].record_id == "T9"


@pytest.mark.parametrize("path", ["nowhere", "name.first", "nothing"])
def test_alias_that_leads_nowhere_changes_nothing(path):
    raw = {"id": "L1", "name": "X", "nothing": None}
    assert renamed(raw, {"id": path}) == raw


@pytest.mark.parametrize("holder", [ABSENT, None, "57.7, 11.9"])
def test_alias_may_build_the_object_that_holds_the_field(holder):
    raw = {"lat": "57.7"} if holder is ABSENT else {"lat": "57.7", "coordinates": holder}
    assert renamed(raw, {"coordinates.latitude": "lat"})["coordinates"] == {"latitude": "57.7"}


def test_alias_leaves_the_received_object_as_it_was():
    raw = {"coordinates": {"longitude": "11"}, "lat": "57.7"}
    renamed(raw, {"coordinates.latitude": "lat"})
    assert raw == {"coordinates": {"longitude": "11"}, "lat": "57.7"}


@pytest.mark.parametrize("raw", [None, "L1", [1]])
def test_what_is_no_object_is_not_renamed(raw):
    assert renamed(raw, {"id": "name"}) is raw


def test_two_prices_of_a_component_are_not_mixed_by_spelling():
    component = raw_component(price=5, Price=7)
    tariff, account = read_as_tariff(raw_tariff(elements=[raw_element(component)]))
    assert tariff.price_list.elements[0].price_components[0].price == 5
    assert not account.notes


def test_defaults_take_the_aliases_that_the_feed_file_states():
    stated = feed(layout={"aliases": {"location": {"id": "name"}}})
    defaults = Defaults.of(stated, OcpiVersion.V2_2_1)
    assert defaults.aliases == {ObjectKind.LOCATION: {"id": "name"}}
