"""The same location in the words of three versions, and whose it is."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aggregator.domain.location import Connector, Evse, Location, PowerSource
from aggregator.feeds import Feed, OcpiVersion
from aggregator.formats.defaults import Defaults
from tests.formats.raw_records import (
    ABSENT,
    raw_connector,
    raw_evse,
    raw_location,
    read_as_connector,
    read_as_location,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def feed(**values):
    plain = {
        "feed_id": "a_feed",
        "name": "A feed",
        "source": "ocpi_file",
        "url": "https://a.example/all.json",
        "licence": "CC0-1.0",
    }
    return Feed.model_validate(plain | values)


def test_location_of_2_2_1_is_read_with_its_evse_and_connector():
    location, account = read_as_location(raw_location())
    connector = Connector(
        connector_id="1",
        standard="IEC_62196_T2_COMBO",
        format="CABLE",
        power_type="DC",
        max_power_kw=Decimal(300),
        max_power_source=PowerSource.DECLARED,
        tariff_ids=("T1",),
        last_updated=NOON,
    )
    evse = Evse(
        evse_uid="E1",
        evse_id="SE*AAA*E1",
        status="AVAILABLE",
        capabilities=("RFID_READER",),
        physical_reference="7",
        connectors=(connector,),
        last_updated=NOON,
    )
    assert location == Location(
        country_code="SE",
        party_id="AAA",
        location_id="L1",
        publish=True,
        name="Station L1",
        address="Storgatan 1",
        city="Göteborg",
        postal_code="411 38",
        country="SWE",
        latitude=57.7067,
        longitude=11.967,
        time_zone="Europe/Stockholm",
        operator_name="Laddbolaget",
        evses=(evse,),
        last_updated=NOON,
    )
    assert account.rejections == []
    assert not account.notes


def test_connector_of_2_1_1_says_voltage_amperage_and_tariff_id():
    raw = {
        "id": "1",
        "standard": "IEC_62196_T2",
        "format": "SOCKET",
        "power_type": "AC_3_PHASE",
        "voltage": 230,
        "amperage": 32,
        "tariff_id": "11",
        "last_updated": "2015-06-29T20:39:09Z",
    }
    connector, _ = read_as_connector(raw)
    # 3 x 230 V x 32 A = 22,080 W
    assert connector.max_power_kw == Decimal("22.08")
    assert connector.max_power_source is PowerSource.COMPUTED
    assert connector.tariff_ids == ("11",)


def test_what_2_3_0_adds_about_paying_is_read_and_the_rest_does_not_disturb():
    evse = raw_evse(
        accepted_service_providers=["Some eMSP"],
        parking=[{"parking_id": "1"}],
        connectors=[raw_connector(capabilities=["iso_15118_2_plug_and_charge"])],
    )
    location, account = read_as_location(
        raw_location(evses=[evse], help_phone="+46123", parking_places=[{"id": "1"}])
    )
    [found] = location.evses
    assert found.accepted_service_providers == ("Some eMSP",)
    assert found.connectors[0].capabilities == ("ISO_15118_2_PLUG_AND_CHARGE",)
    assert not account.notes


def test_party_is_the_one_that_the_record_names():
    location, _ = read_as_location(raw_location(), Defaults(country_code="NO", party_id="BBB"))
    assert (location.country_code, location.party_id) == ("SE", "AAA")


def test_party_of_a_silent_record_is_the_feeds():
    raw = raw_location(country_code=ABSENT, party_id=ABSENT)
    location, _ = read_as_location(raw, Defaults(country_code="NO", party_id="BBB"))
    assert (location.country_code, location.party_id) == ("NO", "BBB")


@pytest.mark.parametrize("evse_id", ["SE*CCC*E12*3", "SECCCE123", "se*ccc*e12"])
def test_party_that_neither_record_nor_feed_names_is_told_by_the_evse_id(evse_id):
    evses = [raw_evse(evse_id=None), raw_evse(uid="E2", evse_id=evse_id)]
    raw = raw_location(country_code=ABSENT, party_id=ABSENT, evses=evses)
    location, _ = read_as_location(raw)
    assert (location.country_code, location.party_id) == ("SE", "CCC")


def test_party_stays_unknown_when_the_evse_ids_do_not_tell():
    raw = raw_location(country_code=ABSENT, party_id=None, evses=[raw_evse(evse_id="VSA-E-9TOX-A")])
    location, _ = read_as_location(raw)
    assert (location.country_code, location.party_id) == ("ZZ", "ZZZ")


def test_party_of_a_lower_case_record_is_read_in_capitals():
    location, _ = read_as_location(raw_location(country_code="se", party_id="aaa"))
    assert (location.country_code, location.party_id) == ("SE", "AAA")


@pytest.mark.parametrize("operator", [ABSENT, None, "Laddbolaget", {}, {"name": ""}])
def test_operator_name_is_the_feeds_when_the_record_names_none(operator):
    location, _ = read_as_location(
        raw_location(operator=operator), Defaults(operator_name="The feed's")
    )
    assert location.operator_name == "The feed's"


@pytest.mark.parametrize(
    ("publish", "shown"),
    [
        (True, True),
        (False, False),
        (ABSENT, True),
        (None, True),
        ("", True),
        ("false", False),
        ("true", True),
    ],
)
def test_location_is_shown_unless_the_operator_says_no(publish, shown):
    location, _ = read_as_location(raw_location(publish=publish))
    assert location.publish is shown


def test_unreadable_publish_is_noted_and_left_out():
    location, account = read_as_location(raw_location(publish=[]))
    assert location.publish is True
    [kind] = account.notes
    assert kind.json_path == "$.data[*].publish"
    assert kind.note_code == "unreadable_publish"


def test_defaults_take_what_the_feed_file_states():
    stated = feed(
        country_code="LT",
        party_id="VSA",
        operator_name="Via Lietuva",
        time_zone="Europe/Vilnius",
        prices="net",
        prices_evidence="alt texts",
    )
    defaults = Defaults.of(stated, OcpiVersion.V2_1_1)
    assert (defaults.country_code, defaults.party_id) == ("LT", "VSA")
    assert defaults.operator_name == "Via Lietuva"
    assert str(defaults.time_zone) == "Europe/Vilnius"
    assert defaults.prices == "net"
    assert defaults.ocpi_version is OcpiVersion.V2_1_1


def test_defaults_of_a_silent_feed_file_are_unknown():
    assert Defaults.of(feed(), OcpiVersion.V2_2_1) == Defaults()


def test_empty_and_not_applicable_texts_are_not_stated():
    location, _ = read_as_location(raw_location(postal_code="N/A", city="", address="  a   b "))
    assert (location.postal_code, location.city, location.address) == (None, None, "a b")


def test_location_without_evses_is_kept():
    location, account = read_as_location(raw_location(evses=ABSENT))
    assert location.evses == ()
    assert account.rejections == []


def test_connector_without_a_link_to_a_tariff_has_no_tariff_ids():
    connector, _ = read_as_connector(raw_connector(tariff_ids=None))
    assert connector.tariff_ids == ()
