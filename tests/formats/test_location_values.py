"""Times, coordinates, capabilities and links of a location as feeds really write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from aggregator.formats.defaults import Defaults
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_connector,
    raw_evse,
    raw_location,
    read_as_connector,
    read_as_location,
)

VILNIUS = Defaults(time_zone=ZoneInfo("Europe/Vilnius"))


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2025-03-13T06:59:09Z", 6),
        ("2025-03-13T06:59:09+00:00", 6),
        ("2025-03-13T06:59:09+02:00", 4),
        ("2025-03-13T06:59:09.0Z", 6),
        (" 2025-03-13T06:59:09Z ", 6),
    ],
)
def test_time_with_an_offset_is_read_in_utc(written, hour):
    location, account = read_as_location(raw_location(last_updated=written), VILNIUS)
    assert location.last_updated == datetime(2025, 3, 13, hour, 59, 9, tzinfo=UTC)
    assert not account.notes


@pytest.mark.parametrize("written", ["2025-03-13T06:59:09", "2025-03-13 06:59:09"])
def test_time_without_an_offset_is_on_the_feeds_clock(written):
    location, account = read_as_location(raw_location(last_updated=written), VILNIUS)
    # Vilnius is two hours ahead of UTC in winter
    assert location.last_updated == datetime(2025, 3, 13, 4, 59, 9, tzinfo=UTC)
    [kind] = account.notes
    assert kind.note == "a time without an offset is read as Europe/Vilnius"


def test_time_without_an_offset_is_utc_where_the_feed_file_is_silent():
    location, account = read_as_location(raw_location(last_updated="2025-03-13T06:59:09"))
    assert location.last_updated == datetime(2025, 3, 13, 6, 59, 9, tzinfo=UTC)
    assert notes_of(account) == ["time_without_offset"]


@pytest.mark.parametrize("written", [None, "", "null", ABSENT])
def test_missing_time_is_unknown_without_a_note(written):
    location, account = read_as_location(raw_location(last_updated=written))
    assert location.last_updated is None
    assert not account.notes


def test_time_beyond_the_calendar_is_unknown():
    location, _ = read_as_location(raw_location(last_updated="0001-01-01T00:00:00+01:00"))
    assert location.last_updated is None


def test_coordinates_may_be_numbers():
    location, account = read_as_location(
        raw_location(coordinates={"latitude": 57.5, "longitude": -3}, country="GBR")
    )
    assert (location.latitude, location.longitude) == (57.5, -3.0)
    assert not account.notes


@pytest.mark.parametrize(
    ("coordinates", "code"),
    [
        ({"latitude": "", "longitude": ""}, "missing_coordinates"),
        ({"latitude": None, "longitude": None}, "missing_coordinates"),
        ({"latitude": "57.5", "longitude": None}, "missing_coordinates"),
        ({"latitude": "57.5"}, "missing_longitude"),
        ({"latitude": "91", "longitude": "11"}, "unreadable_latitude"),
        ({"latitude": "57", "longitude": "-180.5"}, "unreadable_longitude"),
        ({"latitude": "north", "longitude": "11"}, "unreadable_latitude"),
        ({"latitude": 1e30, "longitude": "11"}, "unreadable_latitude"),
        (None, "not_an_object"),
        (ABSENT, "not_an_object"),
        ("57.5,11.9", "not_an_object"),
    ],
)
def test_location_without_usable_coordinates_is_kept_without_position(coordinates, code):
    location, account = read_as_location(raw_location(coordinates=coordinates))
    assert (location.latitude, location.longitude) == (None, None)
    [kind] = account.notes
    assert kind.note_code == code
    assert kind.json_path == "$.data[*].coordinates"
    assert kind.note.startswith("no position: ")


def test_capabilities_are_read_in_capitals_once_each():
    evse = raw_evse(capabilities=["rfid_reader", "RFID_READER ", "", None, 5, "chip_card_support"])
    location, _ = read_as_location(raw_location(evses=[evse]))
    assert location.evses[0].capabilities == ("CHIP_CARD_SUPPORT", "RFID_READER")


def test_capabilities_that_are_no_list_are_noted():
    location, account = read_as_location(raw_location(evses=[raw_evse(capabilities="RFID")]))
    assert location.evses[0].capabilities == ()
    assert notes_of(account) == ["unreadable_capabilities"]


def test_status_is_trimmed_and_kept_as_published():
    evses = [raw_evse(uid="E1", status="charging "), raw_evse(uid="E2", status="WORKING")]
    location, _ = read_as_location(raw_location(evses=evses))
    assert [e.status for e in location.evses] == ["CHARGING", "WORKING"]


@pytest.mark.parametrize(
    ("links", "ids"),
    [
        ({"tariff_ids": ["A", "B"]}, ("A", "B")),
        ({"tariff_ids": ABSENT, "tariff_id": "A"}, ("A",)),
        ({"tariff_ids": [], "tariff_id": "A"}, ("A",)),
        ({"tariff_ids": ["A"], "tariff_id": "A"}, ("A",)),
        ({"tariff_ids": ["A"], "tariff_id": "B"}, ("A", "B")),
        ({"tariff_ids": [" A ", "", None, {}, True], "tariff_id": None}, ("A",)),
    ],
)
def test_connector_is_linked_by_tariff_ids_and_tariff_id(links, ids):
    connector, _ = read_as_connector(raw_connector(**links))
    assert connector.tariff_ids == ids


def test_one_tariff_id_where_a_list_is_needed_is_read_and_noted():
    connector, account = read_as_connector(raw_connector(tariff_ids="T1"))
    assert connector.tariff_ids == ("T1",)
    assert notes_of(account) == ["single_tariff_ids"]


@pytest.mark.parametrize("written", [{"id": "T1"}, True, " "])
def test_tariff_ids_that_are_no_list_are_noted(written):
    connector, account = read_as_connector(raw_connector(tariff_ids=written))
    assert connector.tariff_ids == ()
    assert notes_of(account) == ["unreadable_tariff_ids"]


def test_connector_values_outside_the_enums_are_kept_as_published():
    connector, _ = read_as_connector(
        raw_connector(standard="CCS2", format=None, power_type="ac_3_phase")
    )
    assert connector.standard == "CCS2"
    assert connector.format is None
    assert connector.power_type == "AC_3_PHASE"


@pytest.mark.parametrize(
    ("stated", "country"),
    [("SWE", "SWE"), ("se", "SWE"), ("FR", "FRA"), ("DE", "DEU"), ("TRY", "SWE"), (None, "SWE")],
)
def test_country_is_alpha_3_however_it_is_written_else_the_partys(stated, country):
    location, _ = read_as_location(raw_location(country=stated))
    assert location.country == country


def test_country_that_is_none_is_noted():
    _, account = read_as_location(raw_location(country="TRY"))
    (kind,) = account.notes
    assert (kind.note_code, account.examples[kind]) == ("unknown_country", "TRY")


def test_country_stays_unknown_where_nothing_tells():
    location, _ = read_as_location(raw_location(country="TRY", country_code="ZZ"))
    assert location.country is None
