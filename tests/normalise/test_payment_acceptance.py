"""Which ways of paying an EVSE takes, and which OCPI field says so; by hand from the rules."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.normalise.acceptance import Stated, acceptance
from aggregator.normalise.payment import Certainty, load_methods, payments

METHODS = load_methods(Path(__file__).parents[2] / "data" / "reference")
AD_HOC, REGULAR = "AD_HOC_PAYMENT", "REGULAR"
CARD, RFID, REMOTE = "CONTACTLESS_CARD_SUPPORT", "RFID_READER", "REMOTE_START_STOP_CAPABLE"
ISO_2, ISO_20 = "ISO_15118_2_PLUG_AND_CHARGE", "ISO_15118_20_PLUG_AND_CHARGE"
NOTHING = Stated(
    capabilities=frozenset(),
    site_capabilities=frozenset(),
    is_site_known=False,
    operator_states_cards=False,
    operator_states_plug_and_charge=False,
    service_providers=0,
    connector_capabilities=frozenset(),
    tariff_types=frozenset(),
    are_tariffs_known=False,
    is_ad_hoc_free=None,
    ocpi_version=None,
)
SETS = ("capabilities", "site_capabilities", "connector_capabilities", "tariff_types")


def judged(method, **values):
    """Return (certainty, evidence) of one method where only these values are stated."""
    found = {key: frozenset(value) if key in SETS else value for key, value in values.items()}
    rows = {row.method: row for row in acceptance(replace(NOTHING, **found), METHODS)}
    return rows[method].certainty, rows[method].evidence


def test_every_method_is_judged_once_in_the_order_of_the_table():
    rows = acceptance(NOTHING, METHODS)
    assert [row.method for row in rows] == ["card", "app", "contract", "plug_and_charge", "free"]
    assert {row.certainty for row in rows} == {"not_stated"}
    assert all(row.evidence for row in rows)


def test_card_is_sure_by_the_flags_of_the_evse():
    found = judged("card", capabilities=[CARD, "PED_TERMINAL", RFID])
    assert found == ("yes", "capabilities: CONTACTLESS_CARD_SUPPORT, PED_TERMINAL")


def test_card_is_sure_by_a_flag_of_another_evse_at_the_site():
    found = judged("card", capabilities=[RFID], site_capabilities=[RFID, CARD])
    assert found == ("yes", "capabilities of another EVSE at this site: CONTACTLESS_CARD_SUPPORT")


@pytest.mark.parametrize(
    ("changes", "certainty"),
    [
        ({}, "no"),
        ({"capabilities": []}, "not_stated"),
        ({"is_site_known": False}, "not_stated"),
        ({"operator_states_cards": False}, "not_stated"),
    ],
)
def test_card_is_not_taken_where_all_state_their_flags_and_only_others_have_one(changes, certainty):
    said = {"capabilities": [RFID], "is_site_known": True, "operator_states_cards": True}
    assert judged("card", **(said | changes))[0] == certainty


def test_no_card_says_that_the_operator_states_them_elsewhere():
    found = judged("card", capabilities=[RFID], is_site_known=True, operator_states_cards=True)
    assert found[1] == "no card flag here, this operator states them elsewhere"


@pytest.mark.parametrize("capability", ["QR_CODE", "X_WEB_PAYMENT", "APP_TO_PAY"])
def test_app_is_sure_by_a_custom_capability(capability):
    assert judged("app", capabilities=[capability]) == ("yes", f"capabilities: {capability}")


@pytest.mark.parametrize(
    ("capabilities", "types", "certainty"),
    [
        ([REMOTE], [AD_HOC], "likely"),
        ([REMOTE], [AD_HOC, REGULAR], "likely"),
        ([REMOTE, CARD], [AD_HOC], "not_stated"),
        ([REMOTE], [None], "not_stated"),
        ([RFID], [AD_HOC], "not_stated"),
    ],
)
def test_app_is_likely_by_remote_start_and_an_ad_hoc_tariff_alone(capabilities, types, certainty):
    assert judged("app", capabilities=capabilities, tariff_types=types)[0] == certainty


def test_likely_app_names_both_fields():
    evidence = judged("app", capabilities=[REMOTE], tariff_types=[AD_HOC])[1]
    assert evidence == "capabilities: REMOTE_START_STOP_CAPABLE; tariff type: AD_HOC_PAYMENT"


@pytest.mark.parametrize(
    ("values", "evidence"),
    [
        ({"capabilities": [RFID]}, "capabilities: RFID_READER"),
        ({"capabilities": ["TOKEN_GROUP_CAPABLE"]}, "capabilities: TOKEN_GROUP_CAPABLE"),
        ({"service_providers": 3}, "accepted_service_providers: 3"),
        ({"tariff_types": [REGULAR, AD_HOC]}, "tariff type: REGULAR"),
        ({"tariff_types": ["PROFILE_GREEN", REGULAR]}, "tariff type: PROFILE_GREEN, REGULAR"),
    ],
)
def test_contract_is_sure_by_reader_provider_or_tariff(values, evidence):
    assert judged("contract", **values) == ("yes", evidence)


def test_contract_is_likely_by_remote_start_alone():
    found = judged("contract", capabilities=[REMOTE], tariff_types=[AD_HOC])
    assert found == ("likely", "capabilities: REMOTE_START_STOP_CAPABLE")


@pytest.mark.parametrize(
    ("changes", "certainty"),
    [
        ({}, "no"),
        ({"ocpi_version": "2.1.1"}, "no"),
        ({"ocpi_version": "2.3.0"}, "not_stated"),  # providers may just have been left out
        ({"ocpi_version": None}, "not_stated"),
        ({"capabilities": []}, "not_stated"),
        ({"tariff_types": [AD_HOC, None]}, "not_stated"),
        ({"tariff_types": []}, "not_stated"),
        ({"are_tariffs_known": False}, "not_stated"),
        ({"capabilities": [CARD, ISO_2]}, "not_stated"),  # that is by contract
    ],
)
def test_no_contract_is_taken_where_all_fields_are_there_and_none_names_one(changes, certainty):
    said = {
        "capabilities": [CARD],
        "tariff_types": [AD_HOC],
        "are_tariffs_known": True,
        "ocpi_version": "2.2.1",
    }
    assert judged("contract", **(said | changes))[0] == certainty


@pytest.mark.parametrize("flag", [ISO_2, ISO_20])
def test_plug_and_charge_is_sure_by_a_flag_of_a_connector(flag):
    found = judged("plug_and_charge", connector_capabilities=[flag], ocpi_version="2.3.0")
    assert found == ("yes", f"connector capabilities: {flag}")


def test_plug_and_charge_is_sure_by_a_flag_that_stands_at_the_evse():
    found = judged("plug_and_charge", capabilities=[ISO_20])
    assert found == ("yes", "capabilities: ISO_15118_20_PLUG_AND_CHARGE")


@pytest.mark.parametrize(
    ("values", "evidence"),
    [
        ({"ocpi_version": "2.2.1"}, "OCPI 2.2.1 has no field for it"),
        ({"ocpi_version": "2.3.0"}, "no Plug & Charge flag of this operator"),
        (
            {"ocpi_version": "2.3.0", "operator_states_plug_and_charge": True},
            "no Plug & Charge flag here, this operator states them elsewhere",
        ),
    ],
)
def test_plug_and_charge_is_never_denied(values, evidence):
    assert judged("plug_and_charge", **values) == ("not_stated", evidence)


@pytest.mark.parametrize(
    ("is_free", "is_known", "certainty"),
    [
        (True, True, "yes"),
        (True, False, "not_stated"),
        (False, True, "no"),
        (False, False, "no"),
        (None, True, "not_stated"),
        (None, False, "not_stated"),
    ],
)
def test_free_is_what_all_ad_hoc_tariffs_say(is_free, is_known, certainty):
    assert judged("free", is_ad_hoc_free=is_free, are_tariffs_known=is_known)[0] == certainty


def test_a_method_that_the_table_adds_is_judged_by_its_flags():
    added = METHODS | {"coins": replace(METHODS["card"], code="coins", capabilities={"COINS"})}
    [*_, coins, _] = acceptance(replace(NOTHING, capabilities=frozenset({"COINS"})), added)
    assert (coins.method, coins.certainty) == ("coins", "yes")
    [*_, coins, _] = acceptance(NOTHING, added)
    assert (coins.certainty, coins.evidence) == ("not_stated", "no flag for it")


@pytest.mark.parametrize("tariff_type", [None, AD_HOC, REGULAR])
@pytest.mark.parametrize("capabilities", [[], [RFID], [ISO_2], [CARD, ISO_20]])
def test_plug_and_charge_is_no_way_to_pay_an_offer(capabilities, tariff_type):
    ways = payments(capabilities, tariff_type, METHODS)
    assert "plug_and_charge" not in {way.method for way in ways}


# A location of which any field can be left out: of OCPI's fields a record may have those of its
# version. A tariff has no field to lose: one without a type is valid for more, not for less.
FLAGS = [CARD, "CHIP_CARD_SUPPORT", RFID, "TOKEN_GROUP_CAPABLE", REMOTE, "QR_CODE", ISO_2, "X"]
WORDS = st.sets(st.sampled_from(FLAGS), min_size=1, max_size=3)
TARIFFS = st.lists(
    st.tuples(st.sampled_from([AD_HOC, REGULAR, None]), st.booleans()), min_size=1, max_size=2
)
CONNECTOR = st.fixed_dictionaries({}, optional={"tariffs": TARIFFS, "capabilities": WORDS})
PROVIDERS = st.integers(1, 5)
EVSE = st.fixed_dictionaries(
    {"connectors": st.lists(CONNECTOR, min_size=1, max_size=2)},
    optional={"capabilities": WORDS, "providers": PROVIDERS},
)
RECORD = st.fixed_dictionaries(
    {
        "evses": st.lists(EVSE, min_size=1, max_size=3),
        "elsewhere": st.sets(st.sampled_from([CARD, ISO_20])),
    },
    optional={"version": st.sampled_from(["2.1.1", "2.2.1", "2.3.0"])},
)


def as_its_version_has_it(record):
    """Return a record without the fields that its version does not know."""
    if record.get("version") in (None, "2.3.0"):
        return record
    evses = [
        {key: value for key, value in one.items() if key != "providers"}
        | {"connectors": [plug | {"capabilities": set()} for plug in one["connectors"]]}
        for one in record["evses"]
    ]
    return record | {"evses": evses}


def stated(record):
    """Return what is stated of the first EVSE of a record."""
    evse = record["evses"][0]
    flags = [one.get("capabilities", set()) for one in record["evses"]]
    plugs = [
        plug.get("capabilities", set()) for one in record["evses"] for plug in one["connectors"]
    ]
    tariffs = [plug.get("tariffs", []) for plug in evse["connectors"]]
    used = set().union(*flags, *plugs, record["elsewhere"])
    ad_hoc = [free for some in tariffs for free in _ad_hoc(some)]
    return Stated(
        capabilities=frozenset(flags[0]),
        site_capabilities=frozenset().union(*flags),
        is_site_known=all(flags),
        operator_states_cards=bool(used & METHODS["card"].capabilities),
        operator_states_plug_and_charge=bool(
            used & METHODS["plug_and_charge"].connector_capabilities
        ),
        service_providers=evse.get("providers", 0),
        connector_capabilities=frozenset().union(
            *(plug.get("capabilities", set()) for plug in evse["connectors"])
        ),
        tariff_types=frozenset(kind for some in tariffs for kind, _ in some),
        are_tariffs_known=all(tariffs),
        is_ad_hoc_free=all(ad_hoc) if ad_hoc else None,
        ocpi_version=record.get("version"),
    )


def _ad_hoc(tariffs):
    """Return whether each tariff for ad hoc payment of a connector is free."""
    typed = [free for kind, free in tariffs if kind == AD_HOC]
    return typed or [free for kind, free in tariffs if kind is None]


def with_less(record):
    """Yield the record with each of its fields left out in turn."""
    if "version" in record:
        yield {key: value for key, value in record.items() if key != "version"}
    for number, evse in enumerate(record["evses"]):
        for less in _evses_with_less(evse):
            evses = list(record["evses"])
            evses[number] = less
            yield record | {"evses": evses}


def _evses_with_less(evse):
    for key in evse.keys() - {"connectors"}:
        yield {name: value for name, value in evse.items() if name != key}
    for number, plug in enumerate(evse["connectors"]):
        for key in plug:
            plugs = list(evse["connectors"])
            plugs[number] = {name: value for name, value in plug.items() if name != key}
            yield evse | {"connectors": plugs}


NOT_MORE = {
    Certainty.YES: {"yes", "likely", "not_stated"},
    Certainty.LIKELY: {"likely", "not_stated"},
    Certainty.NOT_STATED: {"not_stated"},
    Certainty.NO: {"no", "not_stated"},
}


@settings(max_examples=500, deadline=None)
@given(RECORD.map(as_its_version_has_it))
def test_a_record_that_says_less_is_never_judged_more_sure_and_never_gets_a_no(record):
    before = acceptance(stated(record), METHODS)
    for less in with_less(record):
        for was, now in zip(before, acceptance(stated(less), METHODS), strict=True):
            assert now.certainty in NOT_MORE[was.certainty], (record, less, was, now)
