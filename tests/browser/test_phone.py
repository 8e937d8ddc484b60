"""A phone gets the list first, the map when asked, and never a page wider than itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

CHART_CODE = ("plotly", "maplibre", "mapbox", "deck", "vega", "countries.geojson")


def chart_code(walk):
    return [url for url in walk.requests if any(name in url.lower() for name in CHART_CODE)]


def test_the_list_brings_no_chart_code_and_the_map_brings_it_from_here(phone):
    page = phone.open("/?country=DEU")
    assert page.locator("ol.rank li").count() == 25
    assert chart_code(phone) == []
    page.get_by_role("radio", name="Map").click()
    page.locator(".js-plotly-plot .maplibregl-canvas").wait_for(timeout=20_000)
    phone.settle()
    assert any("plotly" in url.lower() for url in chart_code(phone))
    assert page.locator("ol.rank").count() == 0
    expect(page.locator(".lg")).to_contain_text("much cheaper")
    expect(page.get_by_text("those with a known position")).to_be_visible()
    assert phone.elsewhere == []


def test_the_page_can_be_scrolled_past_the_map(phone):
    page = phone.open("/?country=DEU")
    page.get_by_role("radio", name="Map").click()
    drawn = page.locator(".js-plotly-plot .maplibregl-canvas")
    drawn.wait_for(timeout=20_000)
    assert drawn.bounding_box()["height"] <= 0.62 * page.viewport_size["height"]


def test_the_pages_are_linked_at_the_top(phone):
    page = phone.open()
    page.locator("nav.mnav").get_by_role("link", name="About").click()
    expect(page.locator("h1")).to_have_text("Where the prices come from")


def test_the_filters_stand_behind_one_button_that_says_the_state(phone):
    page = phone.open("/?country=DEU&pay=card&power=hpc")
    button = page.get_by_test_id("stPopoverButton")
    assert "Card on site · 150+ kW · 40 kWh · 11/150 kW · now" in button.inner_text()


@pytest.mark.parametrize("path", ["/?country=DEU", "/?country=NLD&pay=contract", "/about"])
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_the_screen(visitor, path, width):
    narrow = visitor(PHONE, viewport={"width": width, "height": 640})
    page = narrow.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("path", ["/?country=DEU", "/about"])
def test_links_and_buttons_are_large_enough_to_hit(phone, path):
    page = phone.open(path)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main a[href], main button, nav.mnav a')]
        .filter(e => e.offsetParent && !e.closest('p.meta'))  // links in sentences may be smaller
        .filter(e => !e.closest('[data-testid="stElementToolbar"]'))
        .map(e => [e.innerText, e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24)
        .map(([text]) => text)"""
    )
    assert small == []
