"""Every state that a page can be in, on snapshots of the real pipeline."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.loading import record_failure
from aggregator.store.status import FeedStatus, HarvestStatus
from tests.dashboard.market import HOSTILE, NORTH, SWEDISH_STATIONS, SWEDISH_TARIFFS, station

MAIN = Path(dashboard.__file__).with_name("main.py")
ABOUT = "app_pages/about.py"
OWN_SCRIPT = re.compile(r'<script>document\.documentElement\.lang="[a-z]{2}"</script>')
NOW = datetime.now(UTC)
BOXES = ("my_charge", "more_filters", "filters")


def open_page(path=None, **query):
    page = AppTest.from_file(MAIN, default_timeout=30)
    page.query_params.update(query)
    for box in BOXES:
        page.session_state[box] = True  # what is behind a button is drawn, as if it were open
    page.run()
    if path:
        page.switch_page(path).run()
    assert not page.exception, page.exception
    return page


def html_of(page):
    """Return what is drawn as HTML, but for the one script that is ours."""
    return OWN_SCRIPT.sub("", all_html_of(page))


def all_html_of(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def texts(page):
    kinds = ("title", "header", "subheader", "caption", "markdown", "info")
    shown = [element.value for kind in kinds for element in page.get(kind)]
    return "\n".join([*shown, unescape(html_of(page))])


def names(page):
    lines = [line.partition("</div>")[0] for line in html_of(page).split('class="t">')[1:]]
    return [unescape(re.sub(r"<[^>]*>", "", line)) for line in lines]


@pytest.fixture
def publish_at_home(home, warehouse):
    """Return a function that publishes what was received where the pages look."""
    return lambda: publish(warehouse, Settings(home=home))


@pytest.fixture
def age(market_at_home):
    """Return a function that makes the published market so many days old."""

    def grow(**ago):
        pointer = market_at_home / "snapshots" / "current.json"
        told = json.loads(pointer.read_text())
        told["published_at"] = (datetime.now(UTC) - timedelta(**ago)).isoformat()
        pointer.write_text(json.dumps(told))

    return grow


def test_before_the_first_harvest_it_says_how_to_begin(home):
    page = open_page()
    assert page.title[0].value == "No prices yet"
    assert "Waiting for the harvester." in texts(page)
    assert "klarpris up --demo" in texts(page)


def test_during_the_first_harvest_it_says_how_far_each_source_is(home):
    home.mkdir()
    feeds = {
        "one": FeedStatus(name="One", running_since=NOW),
        "two": FeedStatus(name="<b>Two</b>", outcome="failed", message="no answer within 30 s"),
        "three": FeedStatus(name="Three"),
    }
    HarvestStatus(updated_at=NOW, feeds=feeds).write(home)
    page = open_page()
    assert "<b>One</b>: being asked now" in html_of(page)
    assert "&lt;b&gt;Two&lt;/b&gt;</b>: failed – no answer within 30 s" in html_of(page)
    assert "<b>Three</b>: waiting" in html_of(page)


def test_the_first_prices_take_the_place_of_the_waiting(home, receive, publish_at_home):
    page = open_page()
    receive(SWEDISH_STATIONS, SWEDISH_TARIFFS, feed=NORTH)
    publish_at_home()
    assert page.run().title[0].value == "Charging prices near Göteborg"


def test_the_cheapest_of_the_country_stand_on_top(market_at_home):
    page = open_page(country="SWE")
    assert page.title[0].value == "Charging prices in Sweden"
    expected = ["Gratis", "Cheapest", "Weak but cheap", "Middle"]
    assert names(page)[:4] == [f"{name}, Göteborg" for name in expected]
    shown = texts(page)
    assert "Cheapest we know of" in shown
    assert "SEK\u00a0120.00" in shown
    assert "1 of 11 prices are without tax" in shown
    assert "For 1 of 11 prices it is not stated" in shown
    assert "They stand behind the others and are not compared with them." in shown
    assert shown.count("not compared: tax") >= 2
    assert "1 × names no tariff" in shown


def test_a_second_currency_is_chosen_and_named_in_the_link(market_at_home):
    page = open_page(country="SWE")
    page.selectbox(key="currency").set_value("EUR").run()
    assert page.query_params["currency"] == "EUR"
    assert names(page)[0] == "In euro, Göteborg"
    again = open_page(country="SWE", currency="EUR")
    assert names(again)[0] == "In euro, Göteborg"


def test_hostile_names_are_text_and_nothing_else(market_at_home):
    page = open_page(country="DEU")
    shown = html_of(page)
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "\u202e" not in shown
    assert "A" * 100 not in shown
    assert len(names(page)) == len(HOSTILE)
    spoken = [m.value for kind in ("markdown", "caption", "title") for m in page.get(kind)]
    assert not any("evil.example" in words for words in spoken)


def test_a_choice_without_any_station_says_what_to_change(market_at_home):
    page = open_page(country="DEU", power="ac")
    assert [i.value for i in page.info] == [
        "No AC in Germany. Choose another place, speed or plug."
    ]
    assert not page.get("plotly_chart")


def test_stations_without_a_price_for_this_way_of_paying_are_counted(market_at_home):
    page = open_page(country="DEU", pay="contract")
    assert page.info[0].value.startswith("5 locations here")
    assert "5 × publishes a price for another way of paying" in texts(page)


def test_a_country_of_free_chargers_only_is_no_error(home, receive, publish_at_home):
    receive([station("Gratis", "free")], SWEDISH_TARIFFS, feed=NORTH)
    publish_at_home()
    assert "<b>free</b>" in html_of(open_page(country="SWE"))


def test_a_country_that_is_gone_with_the_next_snapshot_is_no_error(
    market_at_home, receive, publish_at_home
):
    page = open_page(country="DEU")
    receive(SWEDISH_STATIONS, SWEDISH_TARIFFS, feed=NORTH)
    publish_at_home()
    page.run()
    assert not page.exception
    assert page.title[0].value == "Charging prices in Sweden"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        ({"hours": 20}, None),
        ({"hours": 30}, "These data are 1 day old: the last snapshot is of"),
        ({"days": 3}, "These data are 3 days old: the last snapshot is of"),
        ({"days": 8}, "These data are 8 days old. Do not rely on these prices."),
    ],
)
@pytest.mark.parametrize("path", [None, ABOUT])
def test_old_data_are_called_old_on_every_page(age, ago, words, path):
    age(**ago)
    bands = [line for line in html_of(open_page(path)).splitlines() if "band warn" in line]
    assert len(bands) == (words is not None)
    assert all(words in band for band in bands)


def test_real_data_carry_no_band(market_at_home):
    assert 'class="band' not in html_of(open_page())


@pytest.mark.parametrize("path", [None, ABOUT])
def test_demonstration_data_are_called_so_on_every_page(home, receive, publish_at_home, path):
    demo = FeedFacts("demo", "Demo", synthetic=True)
    receive(SWEDISH_STATIONS, SWEDISH_TARIFFS, feed=demo)
    publish_at_home()
    assert "Demonstration data: simulated operators" in html_of(open_page(path))


def test_about_accounts_for_every_record_and_names_licences(market_at_home):
    (north, south) = open_page(ABOUT).dataframe[0].value.to_dict("records")
    assert (north["Source"], north["Licence"]) == ("North feed", "CC0-1.0")
    # 16 locations, EVSEs and connectors each, 10 tariffs.
    assert north["Received"] == north["Kept"] + north["Rejected"] == 16 * 3 + 10
    assert south["Received"] == south["Kept"] + south["Rejected"] == 5 * 3 + 1
    # Without: Names nothing, Names a stranger, Holds nothing.
    assert north["With a price"] == "81%"


def test_about_shows_sources_that_failed_with_their_words(
    home, warehouse, receive, publish_at_home
):
    receive(SWEDISH_STATIONS, SWEDISH_TARIFFS, feed=NORTH)
    failed = Run("run9", FeedFacts("down", "Down feed"), NOW)
    failed.messages.append("no answer <b>within</b> 30 s")
    record_failure(warehouse, failed)
    publish_at_home()
    rows = {row["Source"]: row for row in open_page(ABOUT).dataframe[0].value.to_dict("records")}
    assert rows["Down feed"]["Last outcome"] == "failed"
    assert rows["Down feed"]["Message"] == "no answer <b>within</b> 30 s"
    assert rows["Down feed"]["Received"] == 0
    assert rows["North feed"]["Last outcome"] == "fine"


def test_about_shows_sources_that_have_not_answered_yet(market_at_home):
    feeds = {"new": FeedStatus(name="New feed", every_seconds=21600, next_run_at=NOW)}
    HarvestStatus(updated_at=NOW, feeds=feeds).write(market_at_home)
    rows = {row["Source"]: row for row in open_page(ABOUT).dataframe[0].value.to_dict("records")}
    assert rows["New feed"]["Last outcome"] == "waiting"
    assert rows["New feed"]["Every"] == "6 hours"


@pytest.mark.parametrize(
    "key", ["country", "place", "km", "type", "power", "kw", "pay", "kwh", "at", "show", "currency"]
)
@pytest.mark.parametrize("value", ["zz", "<script>", "%00"])
def test_any_bad_link_opens_with_a_notice(market_at_home, key, value):
    page = open_page(**{key: value})
    assert len(page.info) == 1
    assert page.info[0].value.startswith("The link had an unknown value for “")


def test_more_rows_come_on_request_until_there_are_no_more(home, receive, publish_at_home):
    stations = [station(f"S{n:03}", "gross6") for n in range(60)]
    receive(stations, SWEDISH_TARIFFS, feed=NORTH)
    publish_at_home()
    page = open_page(country="SWE")
    assert len(names(page)) == 25
    page.button(key="more").click().run()
    assert len(names(page)) == 50
    assert page.query_params["show"] == "50"
    page.button(key="more").click().run()
    assert len(names(page)) == 60
    assert "more" not in [one.key for one in page.button]
