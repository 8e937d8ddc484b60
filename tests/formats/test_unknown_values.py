"""Values outside OCPI's enums: kept as published, counted, with an example."""

import pytest

from aggregator.domain.problem import ObjectType
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_connector,
    raw_evse,
    raw_location,
    read_as_connector,
    read_as_location,
)


def read_as_evse(raw):
    location, account = read_as_location(raw_location(evses=[raw]))
    return location.evses[0], account


@pytest.mark.parametrize("standard", ["CCS2", "TYPE 2 OUTLET", "GB/T (DC)"])
def test_unknown_standard_is_kept_and_noted(standard):
    connector, account = read_as_connector(raw_connector(standard=standard.lower()))
    assert connector.standard == standard
    [kind] = account.notes
    assert (kind.note_code, kind.object_type) == ("unknown_standard", ObjectType.CONNECTOR)
    assert kind.json_path == "$.data[*].evses[*].connectors[*].standard"
    assert account.examples[kind] == standard


@pytest.mark.parametrize("standard", ["IEC_60309_2_three_32", "MCS", "SAE_J3400", "chademo"])
def test_standard_of_any_version_is_known(standard):
    connector, account = read_as_connector(raw_connector(standard=standard))
    assert connector.standard == standard.upper()
    assert not account.notes


def test_lower_case_power_type_and_format_are_known():
    # powergo
    connector, account = read_as_connector(raw_connector(power_type="ac_3_phase", format="socket"))
    assert (connector.power_type, connector.format) == ("AC_3_PHASE", "SOCKET")
    assert not account.notes


def test_unknown_format_is_kept_and_noted():
    connector, account = read_as_connector(raw_connector(format="TETHERED"))
    assert connector.format == "TETHERED"
    assert notes_of(account) == ["unknown_format"]


def test_unknown_power_type_is_kept_and_noted():
    connector, account = read_as_connector(raw_connector(power_type="AC"))
    assert connector.power_type == "AC"
    assert notes_of(account) == ["unknown_power_type"]


@pytest.mark.parametrize("nothing", [None, "", " ", "N/A", "null", ABSENT])
def test_standard_format_and_power_type_that_are_not_stated_are_unknown(nothing):
    connector, account = read_as_connector(
        raw_connector(standard=nothing, format=nothing, power_type=nothing)
    )
    assert (connector.standard, connector.format, connector.power_type) == (None, None, None)
    assert not account.notes


def test_plug_for_direct_current_with_an_ac_power_type_is_kept_as_published():
    # ezvolt
    connector, account = read_as_connector(
        raw_connector(standard="CHADEMO", power_type="AC_3_PHASE", max_electric_power=50_000)
    )
    assert (connector.power_type, connector.max_power_kw) == ("AC_3_PHASE", 50)
    assert not account.notes


def test_type_2_with_direct_current_is_kept_as_published():
    # voltrelli
    connector, _ = read_as_connector(raw_connector(standard="IEC_62196_T2", power_type="DC"))
    assert connector.power_type == "DC"


@pytest.mark.parametrize("status", ["WORKING", "FAULTED", "PREPARING"])
def test_unknown_status_is_kept_and_noted(status):
    evse, account = read_as_evse(raw_evse(status=status.lower()))
    assert evse.status == status
    [kind] = account.notes
    assert (kind.note_code, kind.object_type) == ("unknown_status", ObjectType.EVSE)
    assert account.examples[kind] == status


@pytest.mark.parametrize("status", ["available", "CHARGING ", "PLANNED", "REMOVED", "UNKNOWN"])
def test_status_with_blanks_or_in_small_letters_is_known(status):
    evse, account = read_as_evse(raw_evse(status=status))
    assert evse.status == status.strip().upper()
    assert not account.notes


def test_unknown_capability_is_kept_and_noted():
    evse, account = read_as_evse(raw_evse(capabilities=["RFID_READER", "QR_CODE"]))
    assert evse.capabilities == ("QR_CODE", "RFID_READER")
    assert notes_of(account) == ["unknown_capability"]


def test_capability_of_2_3_0_is_known():
    _, account = read_as_evse(raw_evse(capabilities=["ISO_15118_20_PLUG_AND_CHARGE"]))
    assert not account.notes


def test_connector_capability_of_2_3_0_is_known():
    both = ["ISO_15118_2_PLUG_AND_CHARGE", "iso_15118_20_plug_and_charge "]
    connector, account = read_as_connector(raw_connector(capabilities=both))
    assert connector.capabilities == (
        "ISO_15118_20_PLUG_AND_CHARGE",
        "ISO_15118_2_PLUG_AND_CHARGE",
    )
    assert not account.notes


@pytest.mark.parametrize("capability", ["RFID_READER", "X_AUTOCHARGE"])
def test_unknown_connector_capability_is_kept_and_noted(capability):
    connector, account = read_as_connector(raw_connector(capabilities=[capability]))
    assert connector.capabilities == (capability,)
    [kind] = account.notes
    assert (kind.note_code, kind.object_type) == ("unknown_capability", ObjectType.CONNECTOR)
    assert kind.json_path == "$.data[*].evses[*].connectors[*].capabilities"


@pytest.mark.parametrize("nothing", [None, [], ABSENT])
def test_connector_without_capabilities_states_none(nothing):
    connector, account = read_as_connector(raw_connector(capabilities=nothing))
    assert connector.capabilities == ()
    assert not account.notes


def test_capability_that_is_repeated_counts_once():
    # Fuuse
    evse, account = read_as_evse(raw_evse(capabilities=["RFID_READER", "RFID_READER"]))
    assert evse.capabilities == ("RFID_READER",)
    assert not account.notes


def test_many_unknown_values_are_one_kind_of_note_with_the_first_as_example():
    plugs = [raw_connector(id=str(n), standard=f"PLUG {n}") for n in range(5)]
    _, account = read_as_evse(raw_evse(connectors=plugs))
    [(kind, count)] = account.notes.items()
    assert (count, account.examples[kind]) == (5, "PLUG 0")


@pytest.mark.parametrize("status", [ABSENT, None, ""])
def test_status_that_stands_at_the_connectors_is_read_from_there(status):
    # otopriz, zepto, chargecloud
    evse, account = read_as_evse(
        raw_evse(status=status, connectors=[raw_connector(status="available")])
    )
    assert evse.status == "AVAILABLE"
    assert notes_of(account) == ["status_of_connectors"]


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["AVAILABLE", "CHARGING"], "CHARGING"),
        (["OUTOFORDER", "AVAILABLE"], "AVAILABLE"),
        (["OUTOFORDER", "INOPERATIVE"], "INOPERATIVE"),
        ([None, "RESERVED", 5], "RESERVED"),
    ],
)
def test_connector_in_use_speaks_for_its_evse(statuses, status):
    plugs = [raw_connector(id=str(n), status=said) for n, said in enumerate(statuses)]
    evse, _ = read_as_evse(raw_evse(status=ABSENT, connectors=plugs))
    assert evse.status == status


def test_status_of_the_evse_comes_before_those_of_its_connectors():
    evse, account = read_as_evse(raw_evse(connectors=[raw_connector(status="CHARGING")]))
    assert evse.status == "AVAILABLE"
    assert not account.notes


@pytest.mark.parametrize("connectors", [[], ABSENT, [None], [raw_connector()]])
def test_evse_without_any_status_has_none(connectors):
    evse, account = read_as_evse(raw_evse(status=ABSENT, connectors=connectors))
    assert evse.status is None
    assert "status_of_connectors" not in notes_of(account)
