"""A walk over all pages: no bare number where a price stands, one link for all, keys alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_compare import AT
from tests.browser.test_station import BY_TIME, FREE, link_to

CURRENCY = re.compile(r"€|£|[A-Z]{3}\s|\s(kr|SEK|CHF|PLN|CZK|Kč|zł)")
PRICE_CELLS = (
    "ol.rank .p b",
    "dl.kpi div:not(:last-child) dd:first-of-type",
    "table.pay td b",
    "table.bill tbody tr td:last-child",
    "p.sum b",
    ".chip:has-text('incl.')",
)
NO_PRICE = {"free", "gratis", "kostenlos", "–", ""}
LANGUAGES = ("en", "sv", "de")


def pages(site):
    return (
        f"/?country=DEU&{AT}",
        f"/?place=de-berlin&km=25&pay=contract&{AT}",
        f"/?country=SWE&power=hpc&kwh=30&park=30&{AT}",
        f"/?country=CHE&{AT}",
        "/plans?country=DEU",
        link_to(site, BY_TIME, kwh="30"),
        link_to(site, FREE),
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_price_has_a_currency(visitor, site, device, code):
    walk, looked_at = visitor(device), 0
    for path in pages(site):
        page = walk.open(f"{path}&lang={code}")
        for cell in PRICE_CELLS:
            words = [each.strip() for each in page.locator(cell).all_text_contents()]
            bare = [each for each in words if each not in NO_PRICE and not CURRENCY.search(each)]
            assert bare == [], (path, cell)
            looked_at += len(words)
    assert looked_at > 80


def test_tax_payment_date_and_unit_are_in_reach_of_every_list(walk, site):
    for path in pages(site)[:4]:
        page = walk.open(path)
        said = page.locator("p.meta").first.inner_text()
        assert "UTC" in said
        assert re.search(r"[Tt]ax", said)
        assert re.search(r"without a contract|contract charging", said)
        each = page.locator("ol.rank .p > div:first-of-type").all_inner_texts()
        assert all("/kWh" in words for words in each if words)


def test_the_way_from_the_list_to_a_station_and_back_needs_no_mouse(desktop):
    page = desktop.open("/?country=DEU")
    first = page.locator("ol.rank .t a").first
    name = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/station?**")
    expect(page.locator("h1")).to_contain_text(name.split(",")[0])
    desktop.settle()
    page.get_by_role("link", name="Back").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/station" not in url)
    expect(page.locator("ol.rank .t a").first).to_have_text(name)


def test_a_browser_keeps_choices_only_when_asked(visitor):
    walk = visitor(DESKTOP)
    page = walk.open("/?country=SWE&kwh=55")
    assert "klarpris" not in page.evaluate("document.cookie")
    page.get_by_test_id("stPopoverButton").last.click()
    page.get_by_text("Remember my choices in this browser").click()
    page.wait_for_function("document.cookie.includes('klarpris_choices=country=SWE&kwh=55')")
    page = walk.open("/")
    page.wait_for_url("**kwh=55**")
    expect(page.locator("p.meta").first).to_contain_text("55 kWh")
    page.get_by_test_id("stPopoverButton").last.click()
    page.get_by_text("Remember my choices in this browser").click()
    page.wait_for_function("!document.cookie.includes('klarpris_choices')")


def test_what_is_closed_is_left_out_and_counted(walk):
    at_night = "at=2026-11-24T03:00"
    page = walk.open(f"/?country=DEU&{at_night}&open=1")
    said = page.locator("p.meta").first.inner_text()
    closed = int(re.search(r"([\d,]+) locations are closed then", said)[1].replace(",", ""))
    assert closed > 0
