"""Comparing as people do it: what is shown is what the snapshot says, and the link keeps it."""

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qsl

from playwright.sync_api import expect

from aggregator.comparing.comparison import Sizes, compare
from aggregator.domain.contents import from_json
from aggregator.normalise.tax import with_rate_by_law
from aggregator.pricing.bill import bill
from aggregator.pricing.reference import zone_named
from aggregator.store.queries import current_reader
from dashboard.choosing.answers import place_of
from dashboard.choosing.filters import Known, read_choice
from tests.browser.conftest import DESKTOP, PHONE, SECONDS

BAND = "Demonstration data: simulated operators, not real prices."


def totals(page):
    """Return the totals of the list as they are read."""
    shown = page.locator("ol.rank .p b").all_inner_texts()
    return [Decimal(re.sub(r"[^\d.]", "", words) or 0) for words in shown]


def digits(page):
    """Return the digits of the totals, whatever signs stand between them."""
    shown = page.locator("ol.rank .p b").all_inner_texts()
    return [re.sub(r"\D", "", words) for words in shown]


def names(page):
    return page.locator("ol.rank .t").all_inner_texts()


def totals_of(site, query):
    """Return what the exact engine asks for the charge of a link, of every station, in order."""
    reader = current_reader(site.home / "snapshots")
    choice = choice_of(reader, query)
    charge = choice.plan.charge(datetime.now(UTC))
    found = compare(reader, choice.asked(charge.starts), charge, None, Sizes(500, 0, 0))
    lists = price_lists(reader)
    return sorted(exact_total(row, lists[row["quote_no"]], charge) for row in found.stations)


def choice_of(reader, query):
    known = Known(
        reader.countries(), None, lambda code: place_of(reader.place(code)), reader.standards
    )
    choice, unknown = read_choice(dict(parse_qsl(query)), known)
    assert not unknown
    return choice


def price_lists(reader):
    """Return price list, rate by law and zone of every quote."""
    quotes = reader.quotes().to_pylist()
    texts = reader.price_lists([quote["content_hash"] for quote in quotes])
    return {quote["quote_no"]: (texts[quote["content_hash"]], quote) for quote in quotes}


def exact_total(row, listed, charge):
    text, quote = listed
    prices = from_json(text)
    if quote["vat_rate"]:
        prices = with_rate_by_law(prices, Decimal(quote["vat_rate"]))
    power = charge.power_kw(row["max_power_kw"], is_dc=row["is_dc"])
    exact = bill(prices, charge.session(power, zone_named(quote["time_zone"]) or UTC))
    return exact.total_gross if exact.total_gross is not None else exact.total_as_stated


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


AT = "at=2026-11-24T18:00"


def test_totals_ascend_and_are_those_of_the_exact_engine(walk, site):
    query = f"country=DEU&{AT}"
    shown = totals(walk.open(f"/?{query}"))
    assert shown == totals_of(site, query)[:25]
    assert len(shown) == 25
    assert shown == sorted(shown)


def test_near_a_town_the_list_says_how_far(walk, site):
    query = f"place=de-berlin&km=5&{AT}"
    page = walk.open(f"/?{query}")
    expect(page.locator("h1")).to_contain_text("Berlin")
    assert totals(page) == totals_of(site, query)[:25]
    lines = page.locator("ol.rank .s").all_inner_texts()
    distances = [float(re.search(r"([\d.]+)\s+km$", line)[1]) for line in lines]
    assert max(distances) <= 5


def test_the_assumption_names_charge_payment_currency_tax_and_time(phone):
    words = phone.open("/?country=DEU&kwh=30").locator("p.meta").inner_text()
    for part in ("30 kWh", "11 kW AC", "starting now", "without a contract", "EUR", "UTC", "Tax"):
        assert part in words


def test_a_longer_stay_and_more_energy_cost_more_and_stand_in_the_list(phone, site):
    short, long = f"country=DEU&power=ac&{AT}", f"country=DEU&power=ac&kwh=60&park=300&{AT}"
    before = totals(phone.open(f"/?{short}"))
    page = phone.open(f"/?{long}")
    assert totals(page) == totals_of(site, long)[:25]
    assert sum(totals(page)) > sum(before)


def test_a_town_is_typed_and_found_without_its_signs(walk):
    page = walk.open("/?country=DEU")
    field = page.get_by_role("combobox", name="Place")
    field.fill("munchen")
    field.press("Enter")
    expect(page.locator("h1")).to_contain_text("München", timeout=10 * SECONDS)
    expect(page).to_have_url(re.compile("place=de-munchen"))


def test_a_town_that_nobody_knows_is_said(phone):
    page = phone.open("/?country=DEU")
    field = page.get_by_role("combobox", name="Place")
    field.fill("Atlantis <b>")
    field.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text(
        "No town or postcode like “Atlantis <b>”"
    )


def test_the_charge_is_set_on_the_page(phone, site):
    page = phone.open("/?country=DEU&power=dc")
    page.get_by_test_id("stPopoverButton").click()
    page.get_by_role("button", name="Overnight").click()
    expect(page).to_have_url(re.compile("kwh=50&park=240"))
    expect(page.locator("p.meta")).to_contain_text("50 kWh")


def test_the_country_of_the_browsers_clock_comes_first(visitor):
    page = visitor(DESKTOP, timezone_id="Europe/Stockholm").open()
    expect(page.locator("h1")).not_to_contain_text("Sweden")
    expect(page.get_by_role("combobox", name="Place")).to_have_value(re.compile(", Sweden$"))


def test_the_band_of_demonstration_data_is_on_every_page(walk):
    for path in ("/", "/about"):
        page = walk.open(path)
        band = page.locator("p.band.demo")
        assert band.inner_text() == BAND
        assert band.bounding_box()["y"] < page.locator("h1").first.bounding_box()["y"]


def test_paying_another_way_changes_order_link_and_figures(walk, site):
    page = walk.open(f"/?country=FRA&power=hpc&{AT}")
    before = totals(page), names(page)
    pick(walk, "Contract or roaming")
    expect(page).to_have_url(re.compile("pay=contract"))
    assert (totals(page), names(page)) != before
    assert totals(page) == totals_of(site, f"country=FRA&power=hpc&pay=contract&{AT}")[:25]


def test_another_speed_changes_the_list(phone, site):
    page = phone.open(f"/?country=DEU&{AT}")
    pick(phone, "150+ kW")
    expect(page).to_have_url(re.compile("power=hpc"))
    assert totals(page) == totals_of(site, f"country=DEU&power=hpc&{AT}")[:25]


def test_a_link_shows_the_same_to_somebody_else(visitor):
    mine = visitor(DESKTOP)
    mine.open(f"/?country=NLD&kwh=20&{AT}")
    pick(mine, "Contract or roaming")
    pick(mine, "AC")
    expect(mine.page).to_have_url(re.compile("power=ac"))
    link = mine.page.url.removeprefix(mine.url)
    for device, zone in ((DESKTOP, "America/New_York"), (PHONE, "Asia/Tokyo")):
        page = visitor(device, timezone_id=zone, locale="sv-SE", is_new=True).open(link)
        assert page.evaluate("document.documentElement.lang") == "sv"
        assert digits(page) == digits(mine.page)
        assert names(page) == names(mine.page)


def test_back_and_forward_restore_each_state(walk):
    page = walk.open(f"/?country=DEU&{AT}")
    states = [(query_of(page), totals(page))]
    for choice, code in (("Contract or roaming", "pay=contract"), ("150+ kW", "power=hpc")):
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
    page = walk.open("/?country=xx&pay=zz&kwh=999&type=%3Cscript%3E&show=-1")
    notices = page.get_by_test_id("stAlert").all_inner_texts()
    assert len(notices) == 5
    country = next(words for words in notices if "Country" in words)
    assert re.fullmatch(
        r"The link had an unknown value for “Country”; showing .+, Germany\.", country
    )
    assert page.get_by_test_id("stException").count() == 0
    assert totals(page)


def test_25_more_come_below_and_the_link_says_so(phone, site):
    query = f"country=DEU&pay=contract&{AT}"
    page = phone.open(f"/?{query}")
    first, all_of_them = names(page), totals_of(site, query)
    assert len(all_of_them) > 25
    page.get_by_role("button", name="Show 25 more").click()
    more = min(len(all_of_them), 50)
    expect(page.locator("ol.rank li")).to_have_count(more, timeout=10 * SECONDS)
    expect(page).to_have_url(re.compile("show=50"))
    assert names(page)[:25] == first
    assert totals(page) == all_of_them[:50]


def test_the_download_holds_the_rows_of_the_choice(phone, site):
    query = f"country=DEU&pay=contract&{AT}"
    page = phone.open(f"/?{query}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download all of this choice").click()
    file = waiting.value
    assert re.fullmatch(r"klarpris-DEU-\w+\.csv", file.suggested_filename)
    rows = list(csv.DictReader(io.StringIO(file.path().read_text(encoding="utf-8"))))
    prices = [Decimal(row["charge_total"]) for row in rows if row["charge_total"]]
    assert prices == sorted(prices)
    assert set(prices) == set(totals_of(site, query))
    assert {row["synthetic"] for row in rows} == {"true"}


def test_what_has_no_price_stands_below_with_its_reason(phone):
    page = phone.open("/?country=DEU&pay=contract")
    block = page.locator("ul.rank li")
    assert block.count() > 0
    assert all(words.strip() for words in page.locator("ul.rank .why").all_inner_texts())


def test_nothing_that_matches_says_what_to_change(phone):
    page = phone.open("/?country=CHE&power=hpc&type=IEC_62196_T2")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Choose another place, speed or plug")
    assert page.locator("ol.rank").count() == 0


def test_the_words_how_it_is_calculated_lead_there(phone):
    page = phone.open("/?country=DEU")
    page.get_by_role("link", name="How it is calculated").click()
    expect(page.get_by_role("heading", name="How it is calculated")).to_be_in_viewport()
