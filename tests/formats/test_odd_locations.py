"""Ids, texts, times and optional fields of locations that real feeds fill in odd ways."""

from datetime import UTC, datetime

import pytest

from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_connector,
    raw_evse,
    raw_location,
    raw_tariff,
    read_as_connector,
    read_as_location,
    read_as_tariff,
)

HALF = "\ud83d"  # the first half of an emoji, cut off


@pytest.mark.parametrize("evse_id", ["VSA-E-9TOX-A", "K0025957A*4", 143, "DE*ABC*E1"])
def test_evse_id_that_follows_no_rule_is_kept(evse_id):
    location, account = read_as_location(raw_location(evses=[raw_evse(evse_id=evse_id)]))
    assert location.evses[0].evse_id == str(evse_id)
    assert not account.notes


def test_evse_without_an_evse_id_is_kept():
    # punkt, zepto, evio
    location, account = read_as_location(raw_location(evses=[raw_evse(evse_id=ABSENT)]))
    assert location.evses[0].evse_id is None
    assert not account.notes


def test_null_uid_beside_an_integer_evse_id_goes_by_it():
    # Jolt
    location, _ = read_as_location(raw_location(evses=[raw_evse(uid=None, evse_id=143)]))
    assert location.evses[0].evse_uid == "143"


def test_ids_keep_their_letters_as_published():
    evse = raw_evse(uid="Ab1", connectors=[raw_connector(id="cD2", tariff_ids=["Ef3", "eF3"])])
    location, _ = read_as_location(raw_location(id="xYz", evses=[evse]))
    assert location.location_id == "xYz"
    assert location.evses[0].evse_uid == "Ab1"
    assert location.evses[0].connectors[0].connector_id == "cD2"
    assert location.evses[0].connectors[0].tariff_ids == ("Ef3", "eF3")


def test_tariff_id_of_2_1_1_that_is_null_links_nothing():
    # Stuttgart
    connector, account = read_as_connector(raw_connector(tariff_ids=ABSENT, tariff_id=None))
    assert connector.tariff_ids == ()
    assert not account.notes


def test_tariff_id_in_camel_case_is_a_link():
    # voltrelli
    connector, _ = read_as_connector(raw_connector(tariff_ids=ABSENT, tariffId="T7"))
    assert connector.tariff_ids == ("T7",)


def test_several_connectors_of_an_evse_are_kept_in_order():
    # Fastned
    plugs = [raw_connector(id=str(number)) for number in (3, 1, 2)]
    location, _ = read_as_location(raw_location(evses=[raw_evse(connectors=plugs)]))
    assert [c.connector_id for c in location.evses[0].connectors] == ["3", "1", "2"]


@pytest.mark.parametrize("nothing", ["", " ", "N/A", "n/a", "unknown", "Unknown", "null", None])
def test_optional_text_that_states_nothing_is_none(nothing):
    location, account = read_as_location(
        raw_location(
            postal_code=nothing, city=nothing, evses=[raw_evse(physical_reference=nothing)]
        )
    )
    assert (location.postal_code, location.city) == (None, None)
    assert location.evses[0].physical_reference is None
    assert not account.notes


@pytest.mark.parametrize(
    ("name", "read"),
    [(["A"], "A"), (["Storgatan 1", " ", "Floor 2 "], "Storgatan 1, Floor 2"), ([""], None)],
)
def test_name_that_is_a_list_of_texts_is_one_text(name, read):
    location, account = read_as_location(raw_location(name=name))
    assert location.name == read
    assert not account.notes


@pytest.mark.parametrize(
    "odd",
    [
        {"directions": "behind the church"},
        {"directions": [{"language": "en", "text": ""}]},
        {"operator": {"name": "A", "website": ""}},
        {"operator": {"name": "A", "website": "www.lakd.lt"}},
        {"opening_times": None, "images": None, "related_locations": None, "facilities": None},
        {"opening_times": {"twentyfourseven": None}},
        {"energy_mix": "green"},
        {"charging_when_closed": "maybe"},
    ],
)
def test_field_that_nobody_reads_may_hold_anything(odd):
    location, account = read_as_location(raw_location(**odd))
    assert location is not None
    assert not account.notes


@pytest.mark.parametrize("floor_level", ["MFG ", "Camp", None, 3, "far too long for OCPI"])
def test_floor_level_may_be_abused(floor_level):
    location, account = read_as_location(raw_location(evses=[raw_evse(floor_level=floor_level)]))
    assert len(location.evses) == 1
    assert not account.notes


def test_address_longer_than_the_standard_allows_is_kept_whole():
    # ezvolt: 79 of 91 addresses are longer than 45 letters
    location, account = read_as_location(raw_location(address="Ä" * 200))
    assert location.address == "Ä" * 200
    assert not account.notes


@pytest.mark.parametrize(
    "time_zone", ["Asia/Kuala Lumpur", "Etc/GMT-3", "Asia/Baghdad", "Nowhere", "../etc/passwd"]
)
def test_time_zone_is_kept_as_stated_for_the_normaliser_to_judge(time_zone):
    location, account = read_as_location(raw_location(time_zone=time_zone))
    assert location.time_zone == time_zone
    assert not account.notes


@pytest.mark.parametrize("time_zone", [None, ABSENT, ""])
def test_missing_time_zone_is_none(time_zone):
    location, account = read_as_location(raw_location(time_zone=time_zone))
    assert location.time_zone is None
    assert not account.notes


@pytest.mark.parametrize("connectors", [[], ABSENT, None, {}])
def test_evse_without_connectors_is_kept(connectors):
    # Jolt, LT, punkt, toger
    location, account = read_as_location(raw_location(evses=[raw_evse(connectors=connectors)]))
    assert location.evses[0].connectors == ()
    assert account.rejections == []


@pytest.mark.parametrize("evses", [[], ABSENT, None])
def test_location_without_evses_is_kept(evses):
    # chargesini
    location, account = read_as_location(raw_location(evses=evses))
    assert location.evses == ()
    assert account.rejections == []
    assert not account.notes


def test_evses_keyed_by_their_ids_are_read():
    location, account = read_as_location(raw_location(evses={"a": raw_evse(), "b": raw_evse()}))
    assert len(location.evses) == 2
    assert not account.notes


@pytest.mark.parametrize(
    ("written", "microsecond"),
    [
        ("2025-03-13T06:59:09.1", 100_000),
        ("2025-03-13T06:59:09.12", 120_000),
        ("2025-03-13T06:59:09.123", 123_000),
        ("2025-03-13T06:59:09.123456", 123_456),
        ("2025-03-13 06:59:09.123456", 123_456),
        ("2025-03-13T06:59:09.1234567", 123_457),
    ],
)
def test_time_without_offset_may_have_any_number_of_decimals(written, microsecond):
    location, account = read_as_location(raw_location(last_updated=written))
    assert location.last_updated == datetime(2025, 3, 13, 6, 59, 9, microsecond, tzinfo=UTC)
    assert notes_of(account) == ["time_without_offset"]


def test_time_with_a_blank_instead_of_t_is_read():
    # voltrelli
    location, _ = read_as_location(raw_location(last_updated="2025-03-12 10:54:38"))
    assert location.last_updated == datetime(2025, 3, 12, 10, 54, 38, tzinfo=UTC)


def test_evse_without_a_time_is_kept():
    location, account = read_as_location(raw_location(evses=[raw_evse(last_updated=None)]))
    assert location.evses[0].last_updated is None
    assert not account.notes


@pytest.mark.parametrize(
    "name", ["GÃ¶teborg", r"G\u00f6teborg", r"G\xf6teborg", "Caf\N{REPLACEMENT CHARACTER}"]
)
def test_garbled_name_is_kept_as_it_is(name):
    location, account = read_as_location(raw_location(name=name))
    assert location.name == name
    assert not account.notes


def test_hard_blank_is_a_blank():
    location, _ = read_as_location(raw_location(name="Station\xa0 L1"))
    assert location.name == "Station L1"


def test_half_an_emoji_is_cut_from_every_text_and_id():
    plug = raw_connector(
        id=f"1{HALF}", standard=f"CHADEMO{HALF}", tariff_ids=[f"T1{HALF}"], tariff_id=f"T2{HALF}"
    )
    evse = raw_evse(uid=f"E1{HALF}", capabilities=[f"RFID_READER{HALF}"], connectors=[plug])
    raw = raw_location(id=f"L1{HALF}", name=f"A{HALF}", party_id=f"AAA{HALF}", evses=[evse])
    location, _ = read_as_location(raw)
    assert repr(location).encode("utf-8")
    assert (location.location_id, location.name, location.party_id) == ("L1", "A", "AAA")
    [found] = location.evses
    assert (found.evse_uid, found.capabilities) == ("E1", ("RFID_READER",))
    [connector] = found.connectors
    assert (connector.connector_id, connector.standard) == ("1", "CHADEMO")
    assert connector.tariff_ids == ("T1", "T2")


def test_id_of_half_an_emoji_is_none():
    location, account = read_as_location(raw_location(id=HALF))
    assert location is None
    assert account.rejections[0].raw_fragment.encode("utf-8")


def test_refused_tariff_with_half_an_emoji_can_be_written_down():
    _, account = read_as_tariff(raw_tariff(id=f"T1{HALF}", currency=HALF))
    assert account.rejections[0].record_id == "T1"
    assert account.rejections[0].raw_fragment.encode("utf-8")
