"""Each visitor reads in a language of their own; numbers and dates follow it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from babel import Locale

from dashboard.wording import language as module
from dashboard.wording.labels import day, duration, moment, money, number, percent, unit_price
from dashboard.wording.language import Language, language, languages
from tests.dashboard.test_states import all_html_of, open_page

NBSP = "\N{NO-BREAK SPACE}"
SIX = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


@pytest.fixture
def languages_of_tests(monkeypatch):
    """Add languages that have English words, but signs of their own."""
    own = {
        code: Language(code, name, Locale.parse(locale))
        for code, name, locale in (
            ("en", "English", "en_GB"),
            ("xs", "Like Swedish", "sv_SE"),
            ("xd", "Like German", "de_DE"),
        )
    }
    english = module._file("en")
    monkeypatch.setattr(module, "languages", lambda: own)
    monkeypatch.setattr(module, "_file", lambda _code: english)


@pytest.fixture
def reading(languages_of_tests):
    """Return a function that sets the language of this test."""
    tokens = []
    yield lambda code: tokens.append(module._current.set(code))
    for token in reversed(tokens):
        module._current.reset(token)


def test_english_is_read_where_nobody_chose():
    assert language().code == "en"
    assert "en" in languages()


@pytest.mark.parametrize(
    ("code", "amount", "each", "thousands", "share"),
    [
        ("en", "€20.40", "€0.515", "8,877", "24%"),
        ("xs", f"20,40{NBSP}€", f"0,515{NBSP}€", f"8{NBSP}877", f"24{NBSP}%"),
        ("xd", f"20,40{NBSP}€", f"0,515{NBSP}€", "8.877", f"24{NBSP}%"),
    ],
)
def test_numbers_have_the_signs_of_the_language(reading, code, amount, each, thousands, share):
    reading(code)
    assert money(Decimal("20.4"), "EUR") == amount
    assert unit_price(Decimal("0.515"), "EUR") == each
    assert number(8877) == thousands
    assert percent(Decimal("0.24")) == share


@pytest.mark.parametrize(
    ("code", "date", "time", "age"),
    [
        ("en", "21 Nov 2026", "21 Nov 2026, 06:00", "3 days"),
        ("xs", "21 nov. 2026", "21 nov. 2026, 06:00", "3 dygn"),
        ("xd", "21.11.2026", "21.11.2026, 06:00", "3 Tage"),
    ],
)
def test_dates_are_written_as_the_language_does(reading, code, date, time, age):
    reading(code)
    assert (day(SIX), moment(SIX), duration(timedelta(days=3))) == (date, time, age)


@pytest.mark.parametrize("code", sorted(languages()))
@pytest.mark.parametrize("path", [None, "app_pages/about.py", "app_pages/plans.py"])
def test_every_page_opens_in_every_language(market_at_home, monkeypatch, code, path):
    monkeypatch.setattr(module, "USUAL", code)  # AppTest asks for the names of options afterwards
    page = open_page(path, lang=code)
    assert f'document.documentElement.lang="{code}"' in all_html_of(page)
    assert f'<span aria-current="true" lang="{code}">' in all_html_of(page)


def test_a_language_that_nobody_wrote_is_said(market_at_home):
    page = open_page(lang="tlh")
    assert "Language" in page.info[0].value
    assert 'documentElement.lang="en"' in all_html_of(page)


def test_one_visitors_language_is_not_anothers(market_at_home, reading):
    mine = open_page(lang="xs")
    theirs = open_page()
    assert 'documentElement.lang="en"' in all_html_of(theirs)
    reading("xs")  # the words that this test reads off the page, not those of the page
    assert 'documentElement.lang="xs"' in all_html_of(mine.run())


def test_the_links_of_a_page_keep_its_language(market_at_home, languages_of_tests):
    page = open_page(lang="xs", country="SWE")
    assert page.query_params["lang"] == "xs"
    assert "lang=xs" in all_html_of(page).split('<ol class="rank">')[1]
    switch = all_html_of(page).split('<nav class="languages"')[1]
    assert "country=SWE&amp;lang=xd" in switch
