"""One station from a direct link, on a desktop and a phone, as a visitor sees it."""

from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.choosing.station_link import station_id
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_phone import chart_code

KEY = ("feed", "country_code", "party_id", "location_id")
SOME = """
    select feed, country_code, party_id, location_id
    from mart.offer
    inner join mart.quote using (quote_no)
    where {where}
    order by all
    limit 1
"""
SWEDISH = "offer.time_zone = 'Europe/Stockholm' and offer.state = 'priced'"
BY_TIME = "cheapest_hour is not null and flags is null"
FREE = "offer.state = 'free'"
REFUSED = "offer.state = 'not_computable'"


def link_to(site, where=BY_TIME, **query):
    (row,) = site.rows(SOME.format(where=where))
    ids = station_id(dict(zip(KEY, row, strict=True)))
    return f"/station?{urlencode({'id': ids, **query})}"


def test_a_direct_link_shows_the_total_and_the_bill_on_a_click(walk, site):
    page = walk.open(link_to(site, kwh="30"))
    expect(page.locator("table.pay")).to_contain_text("lowest here")
    expect(page.locator("p.meta", has_text="30 kWh in about")).to_be_visible()
    bill = page.locator("table.bill").first
    expect(bill).to_be_hidden()
    page.locator("details summary", has_text="Now:").first.click()
    expect(bill).to_be_visible()
    assert page.title().endswith("Klarpris")


def test_hours_are_the_chargers_wherever_the_browser_is(visitor, site):
    # The clock goes back on 25 October 2026 at 03:00 in Stockholm, a week later in New York.
    walk = visitor(DESKTOP, timezone_id="America/New_York")
    page = walk.open(link_to(site, SWEDISH, at="2026-10-25T22:30"))
    expect(page.locator("table.pay thead")).to_contain_text("At 25 Oct 2026, 22:30 (CET)")
    page = walk.open(link_to(site, SWEDISH, at="2026-10-25T01:30"))
    expect(page.locator("table.pay thead")).to_contain_text("At 25 Oct 2026, 01:30 (CEST)")


def test_another_charge_changes_the_total_and_the_link(desktop, site):
    page = desktop.open(link_to(site))
    before = page.locator("table.pay td b").first.inner_text()
    energy = page.get_by_label("Energy (kWh)")
    energy.fill("80")
    energy.press("Enter")
    page.wait_for_url("**kwh=80**")
    expect(page.locator("table.pay td b").first).not_to_have_text(before)


def test_a_phone_loads_charts_only_when_asked(phone, site):
    page = phone.open(link_to(site))
    assert page.locator("table.week td").count() == 7 * 24
    assert chart_code(phone) == []
    page.locator('[data-testid="stCheckbox"]', has_text="Draw as a chart").first.click()
    page.locator(".js-plotly-plot").first.wait_for(timeout=20_000)
    assert chart_code(phone)


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_the_screen(visitor, site, width):
    narrow = visitor(PHONE, viewport={"width": width, "height": 844})
    for where in (BY_TIME, FREE, REFUSED):
        page = narrow.open(link_to(site, where))
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        main = page.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_an_unknown_station_leads_back_to_the_list(walk):
    page = walk.open("/station?id=gone~SE~AAA~1&country=DEU")
    expect(page.locator("h1")).to_have_text("No such station")
    page.get_by_role("link", name="Back to the list").click()
    page.wait_for_url("**/?country=DEU")
    expect(page.locator("h1")).to_contain_text("Germany")


def test_links_to_others_are_there_and_say_nothing_of_us(desktop, site):
    page = desktop.open(link_to(site))
    there = page.get_by_role("link", name="Show on OpenStreetMap")
    assert there.get_attribute("href").startswith("https://www.openstreetmap.org/?mlat=")
    assert "noreferrer" in there.get_attribute("rel")
    page.get_by_text("Draft a report with the evidence").click()
    mail = page.get_by_role("link", name="Open in the mail program")
    assert mail.get_attribute("href").startswith("mailto:?subject=")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(visitor, site, device, scheme):
    walk = visitor(device, color_scheme=scheme)
    for path in (link_to(site), link_to(site, FREE), link_to(site, REFUSED), "/station?id=x"):
        page = walk.open(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        serious = [
            (path, one["id"], one["nodes"][0]["html"][:200])
            for one in Axe().run(page).response["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
        assert serious == []


def test_the_list_leads_to_a_station_with_the_same_total_and_back_to_the_same_list(walk):
    page = walk.open("/?country=DEU&power=hpc&kwh=33&at=2026-11-24T18:00")
    total = page.locator("ol.rank .p b").first.inner_text()
    names = page.locator("ol.rank .t").all_inner_texts()
    page.locator("ol.rank .t a").first.click()
    expect(page.locator("table.pay")).to_contain_text(total)
    walk.settle()
    page.get_by_role("link", name="Back to the list").click()
    page.locator("ol.rank .t").first.wait_for()
    walk.settle()
    assert page.locator("ol.rank .t").all_inner_texts() == names
    assert "country=DEU" in page.url
    assert "kwh=33" in page.url
