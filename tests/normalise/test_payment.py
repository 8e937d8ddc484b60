"""How an offer is paid: the table of `transparency.md`, as far as OCPI can tell."""

from pathlib import Path

import pytest

from aggregator.normalise.payment import Certainty, Method, Payment, load_methods, payments

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
CARD = [
    "CREDIT_CARD_PAYABLE",
    "DEBIT_CARD_PAYABLE",
    "CONTACTLESS_CARD_SUPPORT",
    "CHIP_CARD_SUPPORT",
    "PED_TERMINAL",
]
CARD_YES = Payment("card", Certainty.YES)
APP_YES, APP_LIKELY = Payment("app", Certainty.YES), Payment("app", Certainty.LIKELY)
CONTRACT_YES = Payment("contract", Certainty.YES)
AD_HOC = Payment("ad_hoc", Certainty.NOT_STATED)


@pytest.fixture(scope="module")
def methods():
    return load_methods(REFERENCE)


def test_methods_are_read_from_the_reference_table(methods):
    assert methods == {
        "card": Method("card", needs_contract=False, capabilities=frozenset(CARD)),
        "app": Method("app", needs_contract=False, capabilities=frozenset()),
        "contract": Method(
            "contract",
            needs_contract=True,
            capabilities=frozenset({"RFID_READER", "TOKEN_GROUP_CAPABLE"}),
        ),
        "plug_and_charge": Method(
            "plug_and_charge",
            needs_contract=True,
            capabilities=frozenset(),
            connector_capabilities=frozenset(
                {"ISO_15118_2_PLUG_AND_CHARGE", "ISO_15118_20_PLUG_AND_CHARGE"}
            ),
        ),
    }


def test_table_without_capabilities_of_connectors_is_read(tmp_path):
    (tmp_path / "payment_methods.csv").write_text(
        "method,contract,capabilities\ncard,no,PED_TERMINAL\n", encoding="utf-8"
    )
    card = Method("card", needs_contract=False, capabilities=frozenset({"PED_TERMINAL"}))
    assert load_methods(tmp_path) == {"card": card}


@pytest.mark.parametrize("capability", CARD)
@pytest.mark.parametrize("tariff_type", [None, "AD_HOC_PAYMENT"])
def test_card_is_sure_where_a_capability_names_it(methods, capability, tariff_type):
    assert payments([capability], tariff_type, methods) == [CARD_YES]


@pytest.mark.parametrize("capability", ["QR_CODE", "X_WEB_PAYMENT", "APP_PAYMENT", "APP_TO_PAY"])
def test_app_is_sure_where_a_custom_capability_names_it(methods, capability):
    assert payments([capability], "AD_HOC_PAYMENT", methods) == [APP_YES]


def test_app_is_likely_with_remote_start_and_an_ad_hoc_tariff(methods):
    assert payments(["REMOTE_START_STOP_CAPABLE"], "AD_HOC_PAYMENT", methods) == [APP_LIKELY]


def test_app_is_not_guessed_where_a_card_is_taken(methods):
    capabilities = ["REMOTE_START_STOP_CAPABLE", "PED_TERMINAL"]
    assert payments(capabilities, "AD_HOC_PAYMENT", methods) == [CARD_YES]


def test_app_is_not_guessed_without_an_explicit_ad_hoc_tariff(methods):
    assert payments(["REMOTE_START_STOP_CAPABLE"], None, methods) == [AD_HOC]


@pytest.mark.parametrize("capability", ["RFID_READER", "TOKEN_GROUP_CAPABLE"])
def test_untyped_tariff_is_for_all_sessions_with_a_contract_where_one_is_read(methods, capability):
    assert payments([capability], None, methods) == [AD_HOC, CONTRACT_YES]


def test_untyped_tariff_is_paid_by_card_and_by_contract(methods):
    assert payments(["RFID_READER", "CHIP_CARD_SUPPORT"], None, methods) == [
        CARD_YES,
        CONTRACT_YES,
    ]


def test_ad_hoc_tariff_is_never_a_contracts(methods):
    assert payments(["RFID_READER"], "AD_HOC_PAYMENT", methods) == [AD_HOC]


@pytest.mark.parametrize(
    "tariff_type", ["REGULAR", "PROFILE_CHEAP", "PROFILE_FAST", "PROFILE_GREEN"]
)
@pytest.mark.parametrize("capabilities", [[], ["CREDIT_CARD_PAYABLE", "QR_CODE"]])
def test_regular_and_profile_tariffs_are_a_contracts_list_price(methods, tariff_type, capabilities):
    assert payments(capabilities, tariff_type, methods) == [CONTRACT_YES]


@pytest.mark.parametrize("tariff_type", [None, "AD_HOC_PAYMENT"])
@pytest.mark.parametrize(
    "capabilities", [[], ["UNLOCK_CAPABLE", "RESERVABLE", "START_SESSION_CONNECTOR_REQUIRED"]]
)
def test_absent_capability_proves_nothing(methods, tariff_type, capabilities):
    assert payments(capabilities, tariff_type, methods) == [AD_HOC]


def test_every_way_is_named_once_in_the_order_of_the_table(methods):
    capabilities = [*CARD, "QR_CODE", "RFID_READER", "TOKEN_GROUP_CAPABLE"]
    assert payments(capabilities, None, methods) == [CARD_YES, APP_YES, CONTRACT_YES]


def test_missing_table_is_not_passed_over(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_methods(tmp_path)
