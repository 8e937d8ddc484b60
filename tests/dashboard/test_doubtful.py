"""Doubtful prices are shown with the doubt beside them, counted, and left out on request."""

import tomllib
from pathlib import Path

import pytest

import dashboard
from aggregator.normalise.plausibility import MEANINGS
from tests.dashboard.test_states import html_of, open_page

FOREIGN = "doubtful: foreign currency"
SHOWN = {"country": "SWE", "currency": "EUR"}


def box(page):
    return page.checkbox(key="leave_out")


def test_a_doubtful_price_stands_in_the_list_with_the_doubt(market_at_home):
    page = open_page(**SHOWN)
    assert FOREIGN in html_of(page)
    assert "1 of 1 are" in box(page).label
    assert not box(page).value


def test_it_is_left_out_on_request_and_the_link_says_so(market_at_home):
    page = open_page(**SHOWN)
    box(page).check().run()
    assert FOREIGN not in html_of(page)
    assert page.query_params["doubtful"] == "out"
    assert "left out now" in box(page).label
    box(page).uncheck().run()
    assert "doubtful" not in page.query_params


def test_a_link_leaves_them_out(market_at_home):
    page = open_page(**SHOWN, doubtful="out")
    assert box(page).value
    assert FOREIGN not in html_of(page)


def test_where_nothing_is_doubtful_nothing_is_asked(market_at_home):
    assert "leave_out" not in [one.key for one in open_page(country="DEU").checkbox]


@pytest.mark.parametrize("flag", sorted(MEANINGS))
def test_every_flag_has_words(flag):
    wording = Path(dashboard.__file__).parent / "wording" / "en.toml"
    assert tomllib.loads(wording.read_text(encoding="utf-8"))["flag"][flag]
