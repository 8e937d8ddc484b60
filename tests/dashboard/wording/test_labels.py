"""Words and numbers as users read them; feed text that cannot act."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.wording import labels
from dashboard.wording.labels import (
    country_name,
    country_of_zone,
    kilowatts,
    moment,
    money,
    plain,
    plug_name,
    reason,
    safe,
    text,
    unit_price,
    unmarked,
)
from tests.dashboard.market import ENDLESS, FORMULA, RIGHT_TO_LEFT, SCRIPT

NBSP = "\N{NO-BREAK SPACE}"


@given(st.text(max_size=300), st.integers(1, 100))
def test_safe_text_holds_no_markup_no_marks_and_has_an_end(value, longest):
    shown = safe(value, longest)
    assert not set("<>\"'") & set(shown)
    assert len(plain(value, longest)) <= longest
    assert not any(ord(c) < 32 or c in "\u202e\u200b\u2066" for c in shown)


def test_hostile_names_become_harmless():
    assert safe(SCRIPT) == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert safe(RIGHT_TO_LEFT) == "Cheapgnirts desrever station"
    assert safe(ENDLESS) == "A" * 79 + "…"
    assert safe(FORMULA) == "=cmd|&#x27; /C calc&#x27;!A0"
    assert safe("two\nlines\tand  spaces") == "two lines and spaces"
    assert unmarked(SCRIPT) == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("20.4", "EUR", "€20.40"),
        ("1234.5", "EUR", "€1,234.50"),
        ("284", "SEK", f"SEK{NBSP}284.00"),
        ("1500", "JPY", "JP¥1,500"),
        ("1.2345", "KWD", f"KWD{NBSP}1.234"),
        ("12", "CHF", f"CHF{NBSP}12.00"),
        ("0", "EUR", "€0.00"),
    ],
)
def test_money_has_its_currency_and_as_many_decimals(amount, currency, shown):
    assert money(Decimal(amount), currency) == shown


@pytest.mark.parametrize(
    ("price", "currency", "shown"),
    [
        ("0.59", "EUR", "€0.59"),
        ("0.590000", "EUR", "€0.59"),
        ("0.5", "EUR", "€0.50"),
        ("0.4567", "EUR", "€0.457"),
        ("5", "SEK", f"SEK{NBSP}5.00"),
        ("5.125", "SEK", f"SEK{NBSP}5.125"),
        ("60", "JPY", "JP¥60"),
        ("60.5", "JPY", "JP¥60.5"),
        ("0.0155", "KWD", f"KWD{NBSP}0.016"),
        ("0.55", "CHF", f"CHF{NBSP}0.55"),
        ("100", "EUR", "€100.00"),
    ],
)
def test_a_unit_price_is_as_precise_as_it_was_stated(price, currency, shown):
    assert unit_price(Decimal(price), currency) == shown


@pytest.mark.parametrize(
    ("standard", "name"),
    [
        ("IEC_62196_T2", "Type 2"),
        ("IEC_62196_T2_COMBO", "CCS"),
        ("CHADEMO", "CHAdeMO"),
        ("SOME_NEW_PLUG", "Some New Plug"),
    ],
)
def test_a_plug_has_its_everyday_name(standard, name):
    assert plug_name(standard) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [("SWE", "Sweden"), ("GBR", "United Kingdom"), ("NLD", "Netherlands"), (None, "–")],
)
def test_a_country_has_its_name(code, name):
    assert country_name(code) == name


def test_a_country_that_nobody_knows_is_shown_without_markup():
    assert not set("*[]()<>_`!") & set(country_name("[x](http://evil.example)**b**"))


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Stockholm", "SWE"),
        ("Europe/London", "GBR"),
        ("Europe/Zurich", "CHE"),
        ("nonsense", None),
        (None, None),
    ],
)
def test_a_time_zone_tells_the_country(zone, country):
    assert country_of_zone(zone) == country


def test_what_is_not_stated_says_so():
    assert kilowatts(None) == text("compare.kw_unknown")
    assert kilowatts(Decimal("22.080")) == "22.08 kW"
    assert moment(None) == "–"
    assert reason(None) == reason("never_heard_of") == text("reason.unknown")


def test_the_examples_in_the_docstrings_hold():
    found = doctest.testmod(labels)
    assert found.attempted >= 4
    assert found.failed == 0
