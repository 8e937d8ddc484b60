"""Comparing as people do it: what is shown is what the snapshot says, and the link keeps it."""

import csv
import io
import re
from decimal import Decimal

from playwright.sync_api import expect

from dashboard.filters import LEAST_KW, METHODS
from tests.browser.conftest import DESKTOP, PHONE, SECONDS

BAND = "Demonstration data: simulated operators, not real prices."
STATION = """
    select session_{session}_total as total
    from mart.offer
    where country = $country
        and state in ('priced', 'free')
        and list_contains($methods, payment_method)
        and (max_power_kw is null or max_power_kw >= $least_kw)
        and ($power = 'all' or power_class = $power)
    group by
        feed, country_code, party_id, location_id, max_power_kw, state, currency, tax_basis,
        price_per_kwh, price_per_minute, parking_price_per_minute, start_fee, total
    order by total
"""


def totals(page):
    """Return the totals of the list as they are read."""
    shown = page.locator("ol.rank .p b").all_inner_texts()
    return [Decimal(re.sub(r"[^\d.]", "", words) or 0) for words in shown]


def names(page):
    return page.locator("ol.rank .t").all_inner_texts()


def totals_of(site, country, method="any", power="all", session="dc"):
    """Return what the snapshot itself says, cheapest first."""
    rows = site.rows(
        STATION.format(session=session),
        country=country,
        methods=list(METHODS[method]),
        least_kw=LEAST_KW[session],
        power=power,
    )
    return [total for (total,) in rows]


def pick(walk, name):
    """Press a button of the filters; on a phone they stand behind one."""
    page = walk.page
    option = page.get_by_role("radio", name=name, exact=True)
    if walk.is_phone and not option.is_visible():
        page.get_by_test_id("stPopoverButton").click()
    option.click()
    expect(option).to_have_attribute("aria-checked", "true")
    walk.settle()


def query_of(page):
    return page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")


def test_the_first_price_is_on_the_first_screen(walk):
    page = walk.open()
    box = page.locator("ol.rank .p b").first.bounding_box()
    assert box["y"] + box["height"] < page.viewport_size["height"]
    assert page.title() == "Compare – Klarpris"


def test_totals_ascend_and_are_those_of_the_snapshot(walk, site):
    page = walk.open("/?country=DEU")
    shown = totals(page)
    assert shown == totals_of(site, "DEU")[:25]
    assert len(shown) == 25
    assert shown == sorted(shown)


def test_the_assumption_names_session_payment_currency_tax_and_time(phone):
    words = phone.open("/?country=DEU").locator("p.meta").inner_text()
    for part in ("30 kWh in 40 min", "45 kW or more", "without a contract", "EUR", "UTC", "Tax"):
        assert part in words


def test_the_country_of_the_browsers_clock_comes_first(visitor):
    page = visitor(DESKTOP, timezone_id="Europe/Stockholm").open()
    expect(page.locator("h1")).to_have_text("Charging prices in Sweden")


def test_the_band_of_demonstration_data_is_on_every_page(walk):
    for path in ("/", "/about"):
        page = walk.open(path)
        band = page.locator("p.band.demo")
        assert band.inner_text() == BAND
        assert band.bounding_box()["y"] < page.locator("h1").first.bounding_box()["y"]


def test_paying_another_way_changes_order_link_and_figures(walk, site):
    page = walk.open("/?country=FRA")
    before = totals(page), names(page)
    pick(walk, "Contract or roaming")
    expect(page).to_have_url(re.compile("pay=contract"))
    assert (totals(page), names(page)) != before
    assert totals(page) == totals_of(site, "FRA", "contract")[:25]


def test_another_speed_brings_its_session(phone, site):
    page = phone.open("/?country=DEU")
    pick(phone, "150+ kW")
    expect(page).to_have_url(re.compile("power=hpc"))
    expect(page.locator("p.meta")).to_contain_text("40 kWh in 25 min")
    assert totals(page) == totals_of(site, "DEU", power="hpc", session="hpc")[:25]
    assert "session" not in query_of(page)


def test_a_link_shows_the_same_to_somebody_else(visitor):
    mine = visitor(DESKTOP)
    mine.open("/?country=NLD")
    pick(mine, "Contract or roaming")
    pick(mine, "AC: 20 kWh")
    expect(mine.page).to_have_url(re.compile("session=ac"))
    link = mine.page.url.removeprefix(mine.url)
    for device, zone in ((DESKTOP, "America/New_York"), (PHONE, "Asia/Tokyo")):
        page = visitor(device, timezone_id=zone, locale="sv-SE", is_new=True).open(link)
        assert totals(page) == totals(mine.page)
        assert names(page) == names(mine.page)


def test_back_and_forward_restore_each_state(walk):
    page = walk.open("/?country=DEU")
    states = [(query_of(page), totals(page))]
    for choice, code in (("Contract or roaming", "pay=contract"), ("HPC: 40 kWh", "session=hpc")):
        pick(walk, choice)
        expect(page).to_have_url(re.compile(code))
        states.append((query_of(page), totals(page)))
    for query, shown in (states[1], states[0]):
        page.go_back()
        walk.settle()
        assert (query_of(page), totals(page)) == (query, shown)
    page.go_forward()
    walk.settle()
    assert (query_of(page), totals(page)) == states[1]


def test_a_bad_link_is_told_and_answered_with_the_defaults(walk):
    page = walk.open("/?country=xx&pay=zz&session=999&type=%3Cscript%3E&show=-1")
    notices = page.get_by_test_id("stAlert").all_inner_texts()
    assert len(notices) == 5
    assert "The link had an unknown value for “Country”; showing Germany." in notices
    assert page.get_by_test_id("stException").count() == 0
    assert len(totals(page)) == 25


def test_25_more_come_below_and_the_link_says_so(phone, site):
    page = phone.open("/?country=DEU&pay=contract")
    first, all_of_them = names(page), totals_of(site, "DEU", "contract")
    assert 25 < len(all_of_them) <= 50
    page.get_by_role("button", name="Show 25 more").click()
    expect(page.locator("ol.rank li")).to_have_count(len(all_of_them), timeout=10 * SECONDS)
    expect(page).to_have_url(re.compile("show=50"))
    assert names(page)[:25] == first
    assert totals(page) == all_of_them
    expect(page.get_by_role("button", name="Show 25 more")).to_have_count(0)


def test_the_download_holds_the_rows_of_the_choice(phone, site):
    page = phone.open("/?country=DEU&pay=contract")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download all of this choice").click()
    file = waiting.value
    assert re.fullmatch(r"klarpris-DEU-\w+\.csv", file.suggested_filename)
    rows = list(csv.DictReader(io.StringIO(file.path().read_text(encoding="utf-8"))))
    prices = [Decimal(row["session_dc_total"]) for row in rows if row["state"] == "priced"]
    assert prices == sorted(prices)
    assert set(prices) == set(totals_of(site, "DEU", "contract")) - {0}
    assert {row["synthetic"] for row in rows} == {"true"}


def test_what_has_no_price_stands_below_with_its_reason(phone):
    page = phone.open("/?country=DEU&pay=contract")
    block = page.locator("ul.rank li")
    assert block.count() > 0
    assert all(words.strip() for words in page.locator("ul.rank .why").all_inner_texts())


def test_nothing_that_matches_says_what_to_change(phone):
    page = phone.open("/?country=CHE&power=hpc&type=IEC_62196_T2")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Choose another speed, plug or country")
    assert page.locator("ol.rank").count() == 0


def test_the_words_how_it_is_calculated_lead_there(phone):
    page = phone.open("/?country=DEU")
    page.get_by_role("link", name="How it is calculated").click()
    expect(page.get_by_role("heading", name="How it is calculated")).to_be_in_viewport()
