"""The catalogues have the same texts; figures are written as each language writes them."""

import re
from datetime import date, time
from decimal import Decimal
from inspect import getsource
from string import Formatter

import pytest

from aggregator.pricing import refusal
from aggregator.wording.catalogue import LANGUAGES, language_named, plain

ENGLISH = language_named("en").texts
EN, SV, DE = (language_named(code) for code in LANGUAGES)


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_has_the_same_keys_and_placeholders(language):
    texts = language_named(language).texts
    assert list(texts) == list(ENGLISH)
    for key, text in texts.items():
        # A single one is told in words: "the first hour".
        given = placeholders(ENGLISH[key])
        assert placeholders(text) == given, key
        assert text == text.strip(), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_not_to_price_has_a_text(language):
    codes = re.findall(r'NotComputable\(\s*"(\w+)"', getsource(refusal))
    assert len(codes) >= 5
    assert {f"untold.{code}" for code in codes} <= language_named(language).texts.keys()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (EN, ("€1,234.50", "SEK 0.495", "5.2%", "30.5", "1 Dec 2026", "Mon")),
        (SV, ("1 234,50 €", "0,495 kr", "5,2 %", "30,5", "1 dec. 2026", "mån")),
        (DE, ("1.234,50 €", "0,495 SEK", "5,2 %", "30,5", "1. Dezember 2026", "Mo")),
    ],
)
def test_figures_are_written_as_the_language_does(language, expected):
    found = (
        language.money(Decimal("1234.500"), "EUR"),
        language.money(Decimal("0.495"), "SEK"),
        language.percent(Decimal("0.052")),
        language.number(Decimal("30.50")),
        language.day(date(2026, 12, 1)),
        language.weekday(0),
    )
    assert tuple(text.replace("\u00a0", " ") for text in found) == expected


def test_times_have_seconds_only_where_stated():
    assert (EN.clock(time(20)), SV.clock(time(7, 5, 30)), DE.clock(time(0))) == (
        "20:00",
        "07:05:30",
        "00:00",
    )


def test_lists_end_in_and_or_or():
    assert SV.all_of(["a", "b", "c"]) == "a, b och c"
    assert DE.one_of(["a", "b", "c"]) == "a, b oder c"


@pytest.mark.parametrize(
    ("count", "expected"),
    [("1", "in the first hour"), ("1.0", "in the first hour"), ("2", "in the first 2 hours")],
)
def test_one_has_a_form_of_its_own(count, expected):
    assert EN.counted("duration.first_hour", Decimal(count)) == expected


def test_long_numbers_lose_nothing():
    assert plain(Decimal("1E+30")) == Decimal(10) ** 30
    assert EN.number(Decimal("0.0001")) == "0.0001"
