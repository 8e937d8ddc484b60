"""The page of one station: its figures are the bill's, and no link or name can break it."""

import json
import re
from datetime import datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from aggregator.config import Settings
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    Restrictions,
    TariffElement,
)
from aggregator.publish import publish
from dashboard.choosing.station_link import station_id
from tests.dashboard.market import HOSTILE, NORTH, SOUTH, listed, station
from tests.dashboard.test_states import OWN_SCRIPT
from tests.records import connector, evse, location, price_list

MAIN = Path(dashboard.__file__).with_name("main.py")
PAGE = "app_pages/station.py"


def open_station(name, feed="north", country="SE", party="AAA", **query):
    ids = {"feed": feed, "country_code": country, "party_id": party, "location_id": name}
    return open_link(id=station_id(ids), **query)


def open_link(**query):
    page = AppTest.from_file(MAIN, default_timeout=30)
    page.run()
    page.switch_page(PAGE)
    page.query_params.update(query)
    page.run()
    assert not page.exception, page.exception
    return page


def html_of(page):
    bodies = [one.proto.body for one in page.get("html")]
    return OWN_SCRIPT.sub("", "\n".join(one for one in bodies if not one.startswith("<style")))


def words(page):
    """Return what is written, in one line."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html_of(page))).replace("\u00a0", " ").split())


def cells(page, table):
    """Return the rows of the first table of a class."""
    body = html_of(page).partition(f'<table class="data {table}">')[2].partition("</table>")[0]
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in body.split("<tr>")[1:]]
    return [
        [" ".join(re.sub("<[^>]*>", " ", cell).replace("\u00a0", " ").split()) for cell in row]
        for row in rows
    ]


@pytest.fixture
def published(home, warehouse, receive):
    """Return a function that publishes locations and tariffs where the page looks."""

    def run(stations, tariffs, feed=NORTH):
        receive(stations, tariffs, feed=feed)
        publish(warehouse, Settings(home=home))

    return run


def test_the_total_is_the_energy_times_the_price(market_at_home):
    # 4.00 a kWh and 25 % are 5.00; 40 kWh are 200.00.
    page = open_station("Middle")
    assert "Middle" in html_of(page).partition("<h1>")[2].partition("</h1>")[0]
    assert cells(page, "pay")[1][:2] == ["card", "SEK 200.00 tax included ★ lowest here"]


def test_the_bill_adds_up_to_the_total_and_says_the_tax(market_at_home):
    bill = {row[0]: row[-1] for row in cells(open_station("Middle"), "bill")}
    assert bill["Energy"] == "SEK 200.00"
    assert bill["Total"] == "SEK 200.00"
    assert bill["of which VAT"] == "SEK 40.00"
    assert bill["without VAT"] == "SEK 160.00"


def test_lines_that_end_in_fractions_show_their_rounding(published):
    # 10 kWh at 0.3333 are 3.333, which is 3.33.
    part = PriceComponent(Dimension.ENERGY, Decimal("0.3333"), Decimal("0.25"))
    prices = price_list(
        currency="SEK", price_basis=PriceBasis.GROSS, elements=(TariffElement((part,)),)
    )
    published([station("Odd", "odd")], [listed("odd", prices)])
    bill = {row[0]: row[-1] for row in cells(open_station("Odd", kwh="10"), "bill")}
    assert (bill["Energy"], bill["Rounding"], bill["Total"]) == (
        "SEK 3.333", "SEK −0.003", "SEK 3.33",
    )  # fmt: skip


def test_my_own_charge_is_what_is_priced(market_at_home):
    page = open_station("Middle", kwh="10", dc="50")
    assert "10 kWh in about 12 min at 50 kW" in words(page)
    assert cells(page, "pay")[1][1].startswith("SEK 50.00")


def test_a_charge_is_changed_on_the_page_and_in_the_link(market_at_home):
    page = open_station("Middle")
    page.number_input(key="station_kwh").set_value(20.0).run()
    assert cells(page, "pay")[1][1].startswith("SEK 100.00")
    assert page.query_params["kwh"] == "20"
    assert "id" in page.query_params


def test_prices_without_tax_say_so(market_at_home):
    assert "tax not included" in cells(open_station("Without tax"), "pay")[1][1]
    assert "tax not stated" in cells(open_station("Tax not told"), "pay")[1][1]


def test_free_is_free(market_at_home):
    row = cells(open_station("Gratis"), "pay")[1]
    assert row[:2] == ["free", "free ★ lowest here"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Names nothing", "names no tariff"),
        ("Names a stranger", "names a tariff that the operator does not publish"),
        ("Holds nothing", "its tariff holds no prices"),
    ],
)
def test_without_a_price_it_says_why(market_at_home, name, why):
    page = open_station(name)
    assert why in words(page)
    assert "0.00" not in words(page)


@pytest.mark.parametrize(
    "link", ["", "x", "~~~", "north~SE~AAA~Gone", "a~b~c~%FF", "<script>", "x" * 5000, "%00~a~b~c"]
)
def test_an_unknown_station_is_told_and_leads_back(market_at_home, link):
    page = open_link(id=link, country="SWE", kwh="30")
    assert "No such station" in words(page)
    assert 'href="/?country=SWE&amp;kwh=30"' in html_of(page)
    assert page.info


def test_without_an_id_there_is_no_station(market_at_home):
    assert "No such station" in words(open_link())


def test_what_a_link_cannot_mean_is_said(market_at_home):
    page = open_station("Middle", kwh="99999", pay="gold", connector="gone")
    told = " ".join(one.value for one in page.info)
    assert "Energy (kWh)" in told
    assert "How you pay" in told
    assert "Connector" in told
    assert cells(page, "pay")[1][1].startswith("SEK 200.00")


@pytest.mark.parametrize("name", HOSTILE)
def test_names_cannot_act(market_at_home, name):
    page = open_station(name[:40], feed="south", country="DE", party="BBB")
    body = html_of(page)
    assert "<script" not in body
    assert "\u202e" not in body
    assert "\u202e" not in page.code[0].value
    assert 'href="http://evil' not in body
    assert len(body.partition("<h1>")[2].partition("</h1>")[0]) < 200


def test_the_way_back_keeps_what_was_chosen(market_at_home):
    page = open_station("Middle", power="dc", kwh="30")
    assert 'href="/?power=dc&amp;kwh=30"' in html_of(page)


def test_a_car_that_cannot_be_charged_has_no_total(market_at_home):
    page = open_station("Middle", dc="0")
    assert "cannot be charged" in page.warning[0].value
    assert "SEK 200.00" not in words(page)


def test_the_report_holds_the_evidence(market_at_home):
    page = open_station("Middle")
    report = page.code[0].value
    for line in ("location_id: Middle", "tariff_id: net25", "Total: SEK\u00a0200.00", "Energy"):
        assert line in report
    assert re.search("content_hash: [0-9a-f]{64}", report)
    assert "snapshot: " in report
    assert 'href="mailto:?subject=' in html_of(page)


def test_the_raw_price_list_is_the_published_one(market_at_home):
    raw = html_of(open_station("Middle")).partition('<pre class="raw" tabindex="0">')[2]
    found = json.loads(unescape(raw.partition("</pre>")[0]))
    assert found["elements"][0]["price_components"][0]["price"] == "4.00"


def test_it_says_which_ways_to_pay_are_taken_and_what_says_so(market_at_home):
    rows = {row[0]: row[1:] for row in cells(open_station("Middle"), "words")}
    assert rows["Card on site"] == ["yes", "capabilities: CREDIT_CARD_PAYABLE"]


def test_the_four_clocks_name_their_zone(market_at_home):
    said = words(open_station("Middle"))
    for name in ("Operator's own clock", "First received", "Last received", "Last changed"):
        assert re.search(rf"{name} \d+ \w+ \d{{4}}, \d\d:\d\d UTC", said)


def test_too_few_neighbours_are_not_compared(market_at_home):
    assert "Too few to compare" in words(open_station("Middle"))


def test_neighbours_are_compared_with_their_median(published):
    # Totals of 40 kWh: 40, 80, ... 360; own 120. The eight others: 40, 80, 160, ... 360.
    tariffs = [
        listed(f"t{price}", price_list(currency="SEK", price_basis=PriceBasis.GROSS, elements=(
            TariffElement((PriceComponent(Dimension.ENERGY, Decimal(price)),)),)))
        for price in range(1, 10)
    ]  # fmt: skip
    published([station(f"S{price}", f"t{price}") for price in range(1, 10)], tariffs)
    said = words(open_station("S3"))
    # The middle of 40 80 160 200 240 280 320 360 is 220; 120 is 45 % below it.
    assert "45% below the median of 8 comparable locations here: SEK 220.00, within 10 km." in said
    assert 'href="/station?id=north~SE~AAA~S9"' in html_of(open_station("S3"))


def night(cheap="2", dear="5"):
    """Return a list that is cheaper from 22:00 to 06:00."""
    by_night = PriceComponent(Dimension.ENERGY, Decimal(cheap), Decimal("0.25"))
    by_day = PriceComponent(Dimension.ENERGY, Decimal(dear), Decimal("0.25"))
    hours = Restrictions(
        start_time=datetime(2026, 1, 1, 22).time(),  # noqa: DTZ001 - a time of day
        end_time=datetime(2026, 1, 1, 6).time(),  # noqa: DTZ001 - a time of day
    )
    elements = (TariffElement((by_night,), hours), TariffElement((by_day,)))
    return price_list(currency="SEK", price_basis=PriceBasis.GROSS, elements=elements)


def test_neighbours_are_compared_at_the_same_moment(published):
    tariffs = [listed("night", night())]
    names = [f"S{number}" for number in range(1, 10)]
    published([station(name, "night", time_zone="Europe/Stockholm") for name in names], tariffs)
    # Whatever the hour is now: a total of another hour would be cheaper or dearer than the median.
    for at in ("2026-11-24T12:00", "2026-11-24T23:00"):
        assert "As the median of 8 comparable locations" in words(open_station("S1", at=at))


@pytest.fixture
def by_night(published):
    published([station("Night", "night", time_zone="Europe/Stockholm")], [listed("night", night())])


def test_the_chosen_time_is_read_on_the_chargers_clock(by_night):
    # 40 kWh: 80.00 by night, 200.00 by day. The clock goes back on 25 October 2026 at 03:00.
    page = open_station("Night", at="2026-10-25T22:30")
    head, row = cells(page, "pay")
    assert head[2] == "At 25 Oct 2026, 22:30 (CET)"
    assert row[2].startswith("SEK 80.00")
    page = open_station("Night", at="2026-10-25T01:30")
    assert cells(page, "pay")[0][2] == "At 25 Oct 2026, 01:30 (CEST)"


def test_without_a_chosen_time_the_cheapest_hour_stands_beside_now(by_night):
    head, row = cells(open_station("Night"), "pay")
    assert head[2].startswith("Cheapest hour of the next 24: ")
    assert row[2].startswith("SEK 80.00")
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    is_night = now.hour >= 22 or now.hour < 6
    assert row[1].startswith("SEK 80.00" if is_night else "SEK 200.00")


def test_the_week_says_in_words_when_it_is_cheap(by_night):
    page = open_station("Night")
    assert (
        "Least, SEK 80.00: Mon–Sun 00:00–06:00, 22:00–24:00. Most, SEK 200.00: "
        "Mon–Sun 06:00–22:00." in words(page)
    )
    table = html_of(page).partition('<table class="week">')[2].partition("</table>")[0]
    assert table.count("<td") == 7 * 24
    assert table.count("cheapest SEK\u00a080.00</span>") == 7 * 8


def test_a_week_without_differences_is_one_sentence(market_at_home):
    page = open_station("Middle")
    assert "costs the same at every hour of the week: SEK 200.00." in words(page)
    assert 'class="week"' not in html_of(page)


def test_the_strongest_connector_is_shown_until_another_one_is_chosen(published):
    strong = connector("1", max_power_kw=Decimal(300), tariff_ids=("fast",))
    weak = connector("2", max_power_kw=Decimal(50), tariff_ids=("slow",))
    place = location("Two", evses=(evse("E", connectors=(weak, strong)),))
    tariffs = [listed("fast", night("6", "6")), listed("slow", night("3", "3"))]
    published([place], tariffs)
    page = open_station("Two")
    assert cells(page, "pay")[1][1].startswith("SEK 240.00")
    chosen = page.selectbox(key="station_connector")
    assert chosen.options == ["1 × CCS, 300 kW", "1 × CCS, 50 kW"]
    chosen.select_index(1).run()
    assert cells(page, "pay")[1][1].startswith("SEK 120.00")
    assert page.query_params["connector"] == "E~2"


def test_the_history_says_since_when_it_is_unchanged(market_at_home):
    page = open_station("Middle")
    assert any("Unchanged since" in one.value for one in page.markdown)


def test_feeds_keep_their_own_stations(published):
    published([station("Same", "t")], [listed("t", night())], feed=NORTH)
    assert "No such station" in words(open_station("Same", feed=SOUTH.feed))
