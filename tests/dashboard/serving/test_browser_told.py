"""What a page makes of what the browser says about itself: a phone, a clock, a link."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.context import ContextProxy

from tests.dashboard.test_states import html_of, open_page

PHONE = "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36"


@pytest.fixture
def told(market_at_home, monkeypatch):
    """Return what the browser says; a test may change it."""
    said = SimpleNamespace(headers={}, timezone=None)
    for name in ("headers", "timezone"):
        monkeypatch.setattr(ContextProxy, name, property(lambda _, name=name: getattr(said, name)))
    return said


def test_a_phone_gets_the_list_and_no_chart_until_asked(told):
    told.headers = {"User-Agent": PHONE}
    page = open_page()
    assert not page.get("plotly_chart")
    assert '<ol class="rank">' in html_of(page)
    page.segmented_control(key="view").set_value("map").run()
    assert len(page.get("plotly_chart")) == 1
    assert '<ol class="rank">' not in html_of(page)


@pytest.mark.usefixtures("told")
def test_a_desktop_gets_list_map_and_spread():
    page = open_page()
    assert len(page.get("plotly_chart")) == 2
    assert '<ol class="rank">' in html_of(page)


@pytest.mark.parametrize(
    ("zone", "place"),
    [("Europe/Berlin", "Berlin"), ("Asia/Tokyo", "Göteborg"), ("Etc/UTC", "Göteborg")],
)
def test_the_country_of_the_clock_comes_first_where_it_has_prices(told, zone, place):
    told.timezone = zone
    assert open_page().title[0].value == f"Charging prices near {place}"


@pytest.mark.usefixtures("told")
def test_a_change_of_speed_changes_the_link():
    page = open_page()
    page.segmented_control(key="power").set_value("hpc").run()
    assert dict(page.query_params) == {"place": "se-goteborg", "power": "hpc"}


@pytest.mark.usefixtures("told")
def test_a_link_that_others_wrote_sets_the_filters_again():
    page = open_page(country="SWE", power="hpc")
    page.query_params.clear()
    page.query_params.update(country="DEU", pay="card")
    page.run()
    assert page.title[0].value == "Charging prices in Germany"
    assert page.segmented_control(key="power").value == "all"
    assert page.segmented_control(key="pay").value == "card"
