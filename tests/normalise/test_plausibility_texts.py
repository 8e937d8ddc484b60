"""What operators' texts say: amounts as they are written, and prices that they contradict."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aggregator.normalise.plausibility.amounts import amounts, number
from tests.normalise.plausible_lists import GROSS, NET, NO_TAX, UNKNOWN, flags, listed


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0.49", "0.49"),
        ("0,49", "0.49"),
        ("0.325", "0.325"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u202f234", "1234"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("0.4917", "0.4917"),
        ("12.3456", "12.3456"),
        ("1234.567", "1234.567"),
        ("1.234", None),
        ("1,234", None),
        ("22.11.2026", None),
        ("1234567890123", None),
    ],
)
def test_numbers_as_people_write_them(written, expected):
    assert number(written) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£0.48 inc VAT per kWh", "0.48"),
        ("0,49 €/kWh", "0.49"),
        ("0,49 € / kWh (inkl. MwSt.)", "0.49"),
        ("0,49 € inkl. MwSt. pro kWh", "0.49"),
        ("5,49 kr per kWh", "5.49"),
        ("kr 6,29 pr. kWh", "6.29"),
        ("EUR0.55 per kwh", "0.55"),
        ("0,55 € TTC/kWh", "0.55"),
        ("0,55 € le kWh", "0.55"),
        ("59p per kWh", "0.59"),
        ("49 öre/kWh", "0.49"),
        ("59 ct/kWh", "0.59"),
        ("62 Rp./kWh", "0.62"),
        ("0.79/kWh", "0.79"),
        ("Preis pro kWh: 0,49 €", "0.49"),
        ("DC 150 kW 0.49 €/kWh, 1 € start", "0.49"),
        ("Mo-Fr 8:00-18:00 0,49 €/kWh", "0.49"),
        ("Mo-Fr 8.00 bis 18.00 Uhr", None),
        ("open from 6 p.m.", None),
        ("2.00 euro p/hour", None),
        ("East Riding Tariff - £0.48", None),
        ("€0.5900000000000001/kWh", None),
        ("SEK 4.9900000000000002 / kWh", None),
        ("1 000 000 000 000 000 000 kr/kWh", None),
        ("€ 0.49: AC", None),
        ("50 kWh free", None),
        ("0.49 €/kWhatever", None),
        ("ABSEK 5 per kW", None),
    ],
)
def test_a_price_per_kwh_in_a_text(text, expected):
    found = [one.value for one in amounts(text) if one.is_per_kwh]
    assert found == ([] if expected is None else [Decimal(expected)])


@pytest.mark.parametrize(
    "text",
    ["1 €", "£1", "SEK 10", "10 kr", "1 234,50 kr", "12 ct/min", "0,10 €/min ab 4 h", "5 Fr."],
)
def test_a_list_of_zeros_whose_text_names_money(text):
    assert flags(listed("EUR", "kwh 0, start 0"), text) == ["zero_with_amount"]


@pytest.mark.parametrize(
    "text",
    [
        "Free",
        "0,00 €",
        "£0.00 per kWh",
        "24/7",
        "20 € deposit",
        "Fr 8.00-18.00",
        "6 p.m.",
        "1,234 €",
    ],
)
def test_a_list_of_zeros_whose_text_names_none(text):
    assert flags(listed("EUR", "kwh 0"), text) == []


def test_a_list_without_prices_is_not_a_list_of_zeros():
    empty = replace(listed("EUR", "kwh 0"), elements=())
    assert flags(empty, "0.49 €/kWh") == []


@pytest.mark.parametrize(
    ("basis", "rate", "text", "contradicts"),
    [
        (GROSS, "0.19", "0,45 €/kWh", True),
        (GROSS, "0.19", "0,59 €/kWh", False),
        (GROSS, "0.19", "0,60 €/kWh", False),  # one cent is rounding
        (GROSS, "0.19", "0,61 €/kWh", True),
        (GROSS, "0.19", "0,4958 €/kWh", False),  # without tax
        (GROSS, None, "0,49 €/kWh", False),  # may be without tax
        (GROSS, None, "0,44 €/kWh", True),  # no country's tax explains it
        (GROSS, None, "0,61 €/kWh", True),  # above a price with tax
        (NET, "0.19", "0,70 €/kWh", False),  # 0.7021
        (NET, "0.19", "0,75 €/kWh", True),
        (NET, "0.19", "0,50 €/kWh", True),  # nothing is below a price without tax
        (NET, None, "0,75 €/kWh", False),
        (NET, None, "0,80 €/kWh", True),
        (NET, "0.5", "0,75 €/kWh", False),  # no rate that can be meant: unknown
        (UNKNOWN, None, "0,49 €/kWh", False),
        (UNKNOWN, None, "0,79 €/kWh", True),
        (UNKNOWN, "0.19", "0,70 €/kWh", False),
        (UNKNOWN, "0.19", "0,50 €/kWh", False),
        (UNKNOWN, "0.19", "0,55 €/kWh", True),
        (NO_TAX, None, "0,62 €/kWh", True),
        (GROSS, None, "ab 0,29 €/kWh", False),
        (GROSS, None, "0.29-0.39 €/kWh", False),
        (GROSS, None, "0,29 €/kWh for members", False),
        (GROSS, None, "AC 0,29 €/kWh, DC 0,39 €/kWh", False),
        (GROSS, None, "0,29 €/kWh; 0.29 €/kWh", True),
        (GROSS, None, "£0.29/kWh", False),  # another currency tells nothing
        (GROSS, None, "29 ct/kWh", True),
        (GROSS, None, "0.29/kWh", True),
    ],
)
def test_a_text_against_a_price_of_59_cents(basis, rate, text, contradicts):
    found = flags(listed("EUR", "kwh 0.59", basis, rate), text)
    assert [one for one in found if one != "tax_taken_twice"] == (
        ["text_contradicts"] if contradicts else []
    )


def test_a_text_that_names_one_of_several_prices_contradicts_none():
    assert flags(listed("EUR", "kwh 0.39, kwh 0.59", GROSS), "0,39 €/kWh") == []


def test_a_list_without_a_price_of_energy_is_not_contradicted():
    assert flags(listed("EUR", "hour 6"), "0,39 €/kWh") == []


def test_one_of_several_texts_is_enough():
    price_list = listed("EUR", "kwh 0.59", GROSS)
    assert flags(price_list, "0,59 €/kWh", "0.29 €/kWh") == ["text_contradicts"]


def test_texts_are_not_judged_where_a_price_was_not_readable():
    for parts in ("kwh 0", "kwh 0.59"):
        price_list = listed("EUR", parts, unreadable_parts=("elements[1]",))
        assert flags(price_list, "0,29 €/kWh") == []


@pytest.mark.parametrize("piece", ["0.49 €", "1 ", "1,1,", " ", "per kWh: ", "from", "€" * 9])
def test_long_texts_are_read_as_far_as_they_are_looked_at(piece):
    text = piece * 5000
    assert flags(listed("EUR", "kwh 0.59", GROSS), f"{text}0,29 €/kWh") == []
