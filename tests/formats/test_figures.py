"""Numbers with commas and units, and powers as feeds write them."""

from decimal import Decimal

import pytest

from aggregator.domain.location import PowerSource
from aggregator.formats.figures import Comma, measured, number
from tests.formats.raw_records import (
    ABSENT,
    notes_of,
    raw_component,
    raw_connector,
    raw_element,
    raw_tariff,
    read_as_connector,
    read_as_tariff,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0,45", "0.45"),
        ("0,458", "0.458"),
        ("-0,5", "-0.5"),
        ("12,5", "12.5"),
        (",5", "0.5"),
        ("1,2345", "1.2345"),
        ("1,234.50", "1234.5"),
        ("1.234,50", "1234.5"),
        ("1,234,567", "1234567"),
        ("+6", "6"),
    ],
)
def test_comma_that_can_be_read_in_one_way_is_read(written, read):
    assert number(written) == Decimal(read)


@pytest.mark.parametrize("written", ["1,234", "22,000", "-1,234"])
def test_price_whose_comma_may_mark_thousands_or_decimals_is_never_priced(written):
    raw = raw_tariff(elements=[raw_element(raw_component(price=written))])
    tariff, account = read_as_tariff(raw)
    assert tariff.price_list.unreadable_parts == ("elements[0].price_components[0]",)
    [kind] = account.notes
    assert "the comma may mark decimals or thousands" in kind.note


@pytest.mark.parametrize(("written", "read"), [("22,000", 22_000), ("1,234", 1_234)])
def test_comma_before_three_digits_marks_thousands_of_a_power(written, read):
    assert number(written, Comma.THOUSANDS) == read


@pytest.mark.parametrize("written", ["1_000", "12,5,0", "1,2.3", "1.2.3", "zwei"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="not a number"):
        number(written)


@pytest.mark.parametrize("written", ["", " ", "N/A", "null", "None", None])
def test_number_that_is_not_stated_is_none(written):
    assert number(written) is None


def test_step_size_with_a_comma_is_one_of_thousands():
    raw = raw_tariff(elements=[raw_element(raw_component(step_size="1,000"))])
    tariff, _ = read_as_tariff(raw)
    assert tariff.price_list.elements[0].price_components[0].step_size_wh == 1_000


@pytest.mark.parametrize(
    ("written", "watts"),
    [("22 kW", 22_000), ("22kw", 22_000), ("22,5 kW", 22_500), ("22,080 W", 22_080)],
)
def test_unit_beside_a_number_is_taken_at_its_word(written, watts):
    assert measured(written, {"w": 1, "kw": 1_000}) == watts


@pytest.mark.parametrize("written", ["-,. kW", "22 PS"])
def test_measure_that_cannot_be_read_is_refused(written):
    with pytest.raises(ValueError, match=r"not a number|the unit is none of w, kw"):
        measured(written, {"w": 1, "kw": 1_000})


def test_unit_without_a_number_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        measured("kW", {"w": 1, "kw": 1_000})


@pytest.mark.parametrize(
    ("written", "kilowatts"),
    [("22 kW", "22"), ("22000 W", "22"), ("22,000", "22"), ("1.2 MW", "1200")],
)
def test_power_with_a_unit_is_declared(written, kilowatts):
    connector, account = read_as_connector(raw_connector(max_electric_power=written))
    assert connector.max_power_kw == Decimal(kilowatts)
    assert connector.max_power_source is PowerSource.DECLARED
    assert not account.notes


def test_power_of_less_than_a_kilowatt_with_its_unit_is_unreadable():
    _, account = read_as_connector(raw_connector(max_electric_power="500 W"))
    assert notes_of(account) == ["unreadable_max_electric_power"]


@pytest.mark.parametrize("volts", ["400 V", "400", "0.4 kV", "400V"])
def test_voltage_may_be_a_text_with_its_unit(volts):
    connector, account = read_as_connector(
        raw_connector(max_electric_power=None, max_voltage=volts, max_amperage="100 A")
    )
    assert connector.max_power_kw == 40
    assert not account.notes


@pytest.mark.parametrize("written", [22, "22", "22 kW", 22_000])
def test_max_power_of_chargecloud_is_in_kilowatts(written):
    connector, account = read_as_connector(
        raw_connector(
            max_electric_power=ABSENT,
            max_voltage=ABSENT,
            max_amperage=ABSENT,
            max_power=written,
            ampere="32",
            voltage="400",
        )
    )
    assert (connector.max_power_kw, connector.max_power_source) == (22, PowerSource.DECLARED)
    assert not account.notes


def test_ampere_of_chargecloud_is_a_current():
    connector, _ = read_as_connector(
        raw_connector(
            max_electric_power=0,
            max_voltage=ABSENT,
            max_amperage=ABSENT,
            ampere="125",
            voltage="400 V",
        )
    )
    assert connector.max_power_kw == 50


def test_ocpis_own_power_comes_before_chargeclouds():
    connector, _ = read_as_connector(raw_connector(max_electric_power=50_000, max_power=22))
    assert connector.max_power_kw == 50


def test_words_of_2_1_1_beside_those_of_2_2_1_do_not_count():
    # Clenergy sends both
    connector, _ = read_as_connector(
        raw_connector(max_electric_power=None, voltage=230, amperage=16)
    )
    assert connector.max_power_kw == 460  # 920 V x 500 A


def test_power_of_zero_with_amperage_zero_is_unknown():
    # Evolt, ChargePlace Scotland
    connector, account = read_as_connector(raw_connector(max_electric_power=0, max_amperage=0))
    assert (connector.max_power_kw, connector.max_power_source) == (None, None)
    assert not account.notes


def test_declared_power_comes_before_what_volts_and_amperes_make():
    # LT: 400 V, 32 A, AC_1_PHASE, 22 kW
    connector, _ = read_as_connector(
        raw_connector(
            power_type="AC_1_PHASE", max_voltage=400, max_amperage=32, max_electric_power=22_000
        )
    )
    assert connector.max_power_kw == 22
