"""Choices that a browser keeps: used where a link says nothing, and never a danger to a page."""

import pytest
from streamlit.runtime.context import ContextProxy

from dashboard.choosing.remembering import COOKIE, LONGEST
from tests.dashboard.test_states import all_html_of, open_page, texts


@pytest.fixture
def browser_keeps(monkeypatch):
    """Return a function that says what the browser's cookie holds."""

    def keeps(value):
        monkeypatch.setattr(ContextProxy, "cookies", {COOKIE: value})

    return keeps


def cookies_set(page):
    return [line for line in all_html_of(page).splitlines() if "document.cookie" in line]


def test_nothing_is_kept_unless_it_is_wanted(market_at_home):
    page = open_page(country="SWE", kwh="50")
    assert not page.checkbox(key="remember").value
    assert cookies_set(page) == []


def test_what_is_chosen_is_kept_from_then_on(market_at_home):
    page = open_page(country="SWE")
    page.checkbox(key="remember").check().run()
    page.number_input(key="charge_kwh").set_value(55.0).run()
    (script,) = cookies_set(page)
    assert f'"{COOKIE}=country=SWE&kwh=55; Max-Age=31536000; Path=/; SameSite=Lax"' in script


def test_what_was_kept_is_used_where_a_link_says_nothing(market_at_home, browser_keeps):
    browser_keeps("country=SWE&kwh=55&pay=card")
    page = open_page()
    assert dict(page.query_params) == {"country": "SWE", "kwh": "55", "pay": "card"}
    assert "55 kWh" in texts(page)
    assert page.checkbox(key="remember").value


def test_a_link_goes_before_what_was_kept(market_at_home, browser_keeps):
    browser_keeps("country=SWE&kwh=55&pay=card")
    page = open_page(country="SWE", kwh="20")
    assert dict(page.query_params) == {"country": "SWE", "kwh": "20"}


def test_what_is_not_wanted_any_more_is_forgotten(market_at_home, browser_keeps):
    browser_keeps("country=SWE&kwh=55")
    page = open_page()
    page.checkbox(key="remember").uncheck().run()
    (script,) = cookies_set(page)
    assert f'"{COOKIE}=; Max-Age=0;' in script
    page.run()
    assert cookies_set(page) == []


@pytest.mark.parametrize(
    "value",
    ["kwh=zz&pay=<script>", "&&==%ff%00", "x" * (LONGEST + 1), "pay=" + "9" * (LONGEST - 4), ""],
)
def test_whatever_a_cookie_holds_the_page_is_drawn(market_at_home, browser_keeps, value):
    browser_keeps(value)
    page = open_page()
    assert page.title[0].value.startswith("Charging prices")
    assert "<script>alert" not in all_html_of(page)
