"""The fast lane: what it returns, the tolerant reader returns too, and finds nothing to say."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.demo.records import location_record
from aggregator.demo.world import build_world
from aggregator.domain.problem import Account
from aggregator.feeds import ObjectKind, OcpiVersion
from aggregator.formats.defaults import Defaults
from aggregator.formats.locations import read_location
from aggregator.formats.parsing import parsed
from aggregator.formats.reading import Reader
from aggregator.formats.records import read_record
from aggregator.formats.well_formed import read_well_formed
from tests.formats.json_texts import CONNECTOR, EVSE, LOCATION
from tests.formats.mangling import edits, mangled, written
from tests.formats.raw_records import ABSENT, raw_connector, raw_evse, raw_location

PATH = "$[0]"
DEFAULTS = [
    Defaults(),
    Defaults(ocpi_version=OcpiVersion.V2_1_1, country_code="DE", party_id="XYZ"),
    Defaults(ocpi_version=OcpiVersion.V2_3_0, operator_name="Laddbolaget"),
]


def is_alike(raw, defaults):
    """Tell whether the fast lane read a record, after checking it against the tolerant reader."""
    fast = read_well_formed(raw, defaults)
    if fast is None:
        return False
    account = Account()
    reader = Reader(account)
    tolerant = read_location(parsed(raw, LOCATION, PATH, reader), PATH, defaults, reader)
    assert repr(fast) == repr(tolerant)
    assert fast == tolerant
    assert not account.notes, raw
    assert not account.rejections
    own = Account()
    found = read_record(LOCATION, raw, PATH, defaults, Reader(own))
    assert own.received == account.received
    assert (found.location.record, found.tariffs) == (fast, ())
    return True


@pytest.fixture(scope="module")
def world():
    return build_world(3_000)


def test_every_well_formed_record_of_the_simulated_operators_takes_the_fast_lane(world):
    taken = {}
    for operator in world.operators:
        defaults = Defaults(ocpi_version=operator.ocpi_version)
        records = [
            json.dumps(location_record(world, operator, number)).encode()
            for number in range(world.locations_of(operator))
        ]
        fast = sum(is_alike(record, defaults) for record in records)
        taken[operator.operator_id] = fast / len(records)
        assert fast / len(records) > (0.9 if operator.has_defects else 0.99), operator.operator_id
    assert len(taken) >= 6


RAW = raw_location(
    evses=[
        raw_evse(
            connectors=[
                raw_connector(capabilities=["ISO_15118_2_PLUG_AND_CHARGE"]),
                raw_connector(id="2", tariff_id="T2"),
            ]
        ),
        raw_evse(uid="E2", evse_id=None, accepted_service_providers=["Chargemap", "Mer"]),
    ]
)
TEXT, NODES = written(RAW)


@settings(max_examples=500, deadline=None)
@given(edits(NODES, most=3), st.sampled_from(DEFAULTS))
def test_mangled_record_is_read_alike_or_left_to_the_tolerant_reader(found, defaults):
    is_alike(mangled(TEXT, found), defaults)


TEXTS = [
    *(None, ABSENT, "", " ", "-", "N/A", "n/a", "null", "None", "unknown", "NULL", "?", "0", "x"),
    *("a b", " a b", "a  b", "a\tb", "a\nb", "\u00a0a", "a\u200bb", "å" * 300, "x" * 2_000),
    *(
        "a\x00b",
        "\ufeffa",
        "\u2028",
        "Kungsgatan 5 – hus <b>B</b>",
        "\ud83d",
        "e\u0301",
        "12345678",
    ),
    *("123456789 ", "123456789\u3000", "\u202eabcdefghij", "&amp; Söhne GmbH", "x" * 10_000),
]
FIELDS = {
    "id": ["1", " 1 ", "", "x" * 36, "x" * 256, 5, "å b", "L\n1", "Å" * 20, "0", "null"],
    "country_code": ["SE", "se", "SWE", " SE", "S", None, ABSENT, "XX", "12", "ŠE", "EL", "UK"],
    "party_id": ["AAA", "aaa", "", "A*A", "AAAA", None, ABSENT, "A1A", "Å", "x" * 200],
    "publish": [True, False, None, ABSENT, "true", 0, 1],
    "country": [
        "SWE",
        "SE",
        "Sweden",
        "Sverige",
        "sweden",
        "",
        None,
        "XXX",
        "ESP",
        "Kosovo",
        "752",
    ],
    "time_zone": ["Europe/Berlin", "Europe/Colonia", "", None, "UTC", "europe/berlin", "+02:00"],
    "operator": [None, ABSENT, {}, {"name": None}, {"name": " A  B "}, "x", {"Name": "x"}, []],
    "last_updated": [
        *("2026-03-01T12:00:00Z", "2026-03-01T12:00:00.123Z", "2026-03-01T12:00:00.123456Z"),
        *("2026-03-01T12:00:00.1Z", "2026-03-01T12:00:00.12345Z", "2026-03-01T12:00Z"),
        *("2026-03-01T12:00:00+02:00", "2026-03-01T12:00:00-0230", "2026-03-01 12:00:00Z"),
        *("2026-03-01T12:00:00", "2026-03-01", "2026-03-01T12:00:00z", "2026-03-01t12:00:00Z"),
        *("2016-12-31T23:59:60Z", "2026-03-01T24:00:00Z", "2026-02-29T12:00:00Z", "1772366400"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"),
        *(1772366400, 1772366400000, 1.5, None, ABSENT, "", "2026-03-01T12:00:00,5Z", "+02026-01"),
        *("2026-03-01T12:00:00 Z", " 2026-03-01T12:00:00Z", "2026-03-01T12:00:00+23:59", True),
        *("2026-03-01T12:00:00+24:00", "2026-03-01T12:00:00-00:00", "2026-03-01T12:00:00.Z"),
    ],
    "coordinates": [
        {"latitude": latitude, "longitude": longitude}
        for latitude, longitude in [
            *(("57.706700", "11.967000"), (57.7067, 11.967), ("57.7", 12), ("57", "12")),
            *(("11.967", "57.7067"), ("57,7067", "11,967"), ("0", "0"), ("57.7", "57.7")),
            *(("+57.7", "11.9"), ("57.7 ", "11.9"), ("5.77e1", "11.9"), ("57.7", "-11.9")),
            *(("91", "11.9"), ("57.7", "181"), (None, "11"), ("57.7°", "11.9"), ("nan", "11.9")),
            *(("٥٧.7", "11.9"), ("57_7", "11.9"), ("57.", "11.9"), (".5", "11.9"), (True, 11.9)),
            *((57.70670000000001234, 11.967), ("57.123456789012345678", "11.9"), (10**30, 1)),
            *(("-0", "-0.0"), (-90, 180), ("057.7", "011.9"), (1e-7, 1e-300), ("", "")),
        ]
    ],
    "uid": ["E1", "", " E 1", 5, None, "x" * 256],
    "status": ["AVAILABLE", "available", " CHARGING ", "WORKING", "UNKNOWN", "", None, "REMOVED"],
    "capabilities": [
        *(None, ABSENT, [], ["RFID_READER", "RFID_READER"], ["rfid_reader"], [""], [None], "x"),
        *(["RFID_READER", "CREDIT_CARD_PAYABLE", " RESERVABLE "], ["UNHEARD_OF"], [5]),
    ],
    "accepted_service_providers": [
        *(None, ABSENT, [], ["B", "A", "B"], [" A  B ", "n/a", ""], [None], [5], "x", {}),
        *(["x" * 200], ["x" * 201], [" " * 300], [str(n) for n in range(1_000)]),
        *([str(n) for n in range(1_001)], ["a\nb", "Kungsgatan\u200b"], [["A"]], {"0": {"a": 1}}),
    ],
    "connectors": [None, ABSENT, [], {}, {"0": raw_connector()}, raw_connector(), [None]],
    "standard": ["IEC_62196_T2", "iec_62196_t2", "CCS2", None, ABSENT, "", "CHADEMO", "x" * 200],
    "format": ["SOCKET", "cable", None, ABSENT, "TETHERED"],
    "power_type": ["AC_3_PHASE", "ac_3_phase", "AC_1_PHASE", "AC_2_PHASE_SPLIT", None, "PHASE"],
    "max_voltage": [230, 400.0, 0, None, ABSENT, "400", -1, 1e6, 10**12, 230.5, 400.10, 1e-9],
    "voltage": [230, 0, None, ABSENT, 400],
    "max_amperage": [32, 0, None, ABSENT, 16.0, 63.5, 1e9, 10**10],
    "amperage": [32, 0, None, ABSENT],
    "max_electric_power": [
        *(22_000, 22, 22.5, 0, None, ABSENT, 350_000, 350, 10**8, -1, "22000", 3_700.0, 1e-3, 22e3),
        *(11_040.000000001, 0.1 + 0.2, 999, 1_000, 1_001, 4_000_000),
    ],
    "tariff_ids": [
        None,
        ABSENT,
        [],
        ["T1", "T1"],
        ["", "T2"],
        [" T1 "],
        [5],
        "T1",
        [None],
        ["x" * 300],
    ],
    "tariff_id": [None, ABSENT, "T1", "T9", "", " T1", 5, "x" * 300],
    "properties": [None, {}, 1],
    "tariffs": [None, [], [{"id": "T1"}]],
    "lastUpdated": [None, "2026-03-01T12:00:00Z"],
    "ampere": [None, "32"],
}
FIELDS |= dict.fromkeys(["name", "address", "city", "postal_code", "evse_id"], TEXTS)
FIELDS |= {"physical_reference": TEXTS}
CHANGES = st.lists(
    st.sampled_from([(key, value) for key, values in FIELDS.items() for value in values]),
    max_size=4,
).map(dict)


def changed(changes):
    """Return a location of which every field has its own place to be changed."""
    inside = dict(changes)
    known = {"uid", "status", "capabilities", "connectors", "evse_id", "physical_reference"}
    known |= {"accepted_service_providers"}
    evse = {key: inside.pop(key) for key in list(inside) if key in known}
    known = {*raw_connector(), "voltage", "amperage", "tariff_id", "ampere"} - {
        "id",
        "last_updated",
    }
    connector = {key: inside.pop(key) for key in list(inside) if key in known}
    evse = {"connectors": [raw_connector(**connector)]} | evse
    return raw_location(**({"evses": [raw_evse(**evse)]} | inside))


@pytest.mark.parametrize("defaults", DEFAULTS)
def test_each_odd_value_alone_is_read_alike_or_left_to_the_tolerant_reader(defaults):
    fast = sum(
        is_alike(json.dumps(changed({key: value})).encode(), defaults)
        for key, values in FIELDS.items()
        for value in values
    )
    assert fast > 100


@settings(max_examples=500, deadline=None)
@given(CHANGES, st.sampled_from(DEFAULTS), st.booleans())
def test_odd_values_together_are_read_alike_or_left_to_the_tolerant_reader(
    changes, defaults, is_ascii
):
    text = json.dumps(changed(changes), ensure_ascii=is_ascii)
    is_alike(text.encode("utf-8", "surrogatepass"), defaults)


@pytest.mark.parametrize(
    ("capabilities", "is_fast"),
    [
        ([], True),
        (None, True),
        (["ISO_15118_2_PLUG_AND_CHARGE", "iso_15118_20_plug_and_charge"], True),
        (["ISO_15118_2_PLUG_AND_CHARGE", ""], True),
        (["RFID_READER"], False),  # of an EVSE: noted
        ([5], False),
        ("ISO_15118_2_PLUG_AND_CHARGE", False),
    ],
)
def test_capabilities_of_a_connector_are_read_alike_or_left(capabilities, is_fast):
    raw = json.dumps(changed({"connectors": [raw_connector(capabilities=capabilities)]}))
    assert is_alike(raw.encode(), Defaults()) is is_fast


def test_plain_record_takes_the_fast_lane_and_is_counted():
    account = Account()
    found = read_record(LOCATION, TEXT, PATH, Defaults(), Reader(account))
    assert read_well_formed(TEXT, Defaults()) == found.location.record
    assert account.received == {LOCATION: 1, EVSE: 2, CONNECTOR: 3}


def test_record_of_a_feed_with_names_of_its_own_is_left_to_the_tolerant_reader():
    renamed = Defaults(aliases={ObjectKind.LOCATION: {"name": "title"}})
    assert read_well_formed(TEXT, renamed) is None


@pytest.mark.parametrize(
    ("stated", "microsecond"), [("12:00:00.1234567Z", 123_457), ("12:00:00.000000999Z", 1)]
)
def test_fractions_beyond_microseconds_are_rounded_in_both_lanes(stated, microsecond):
    raw = json.dumps(raw_location(last_updated=f"2026-03-01T{stated}")).encode()
    fast = read_well_formed(raw, Defaults())
    assert fast == read_location(json.loads(raw), PATH, Defaults(), Reader(Account()))
    assert fast.last_updated.microsecond == microsecond


@pytest.mark.parametrize("key", ["max_voltage", "max_amperage", "max_electric_power"])
def test_measure_too_small_to_be_true_is_left_to_the_tolerant_reader(key):
    assert not is_alike(json.dumps(changed({key: 1e-300})).encode(), Defaults())
