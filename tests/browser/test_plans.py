"""Subscriptions in a real browser: its figures are those of the engine, at every size."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from aggregator.config import Settings
from aggregator.domain.session import ChargingSession
from aggregator.plans import Plans, break_even_kwh_per_month, operator_slugs
from aggregator.plans.comparing import Charger, months

LINK = "/plans?country=DEU&power=hpc&kwh=200&charge=40"  # five charges of the HPC session
EURO = re.compile(r"€([\d,]+\.\d\d)")


def plans():
    chosen = Settings()
    slugs = operator_slugs(chosen.operators_folder)
    return Plans.load((chosen.plans_folder,), slugs).shown(demo=True).plans.values()


def expected_months():
    """Return what five charges cost under each plan that is shipped, by name."""
    start = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0)
    session = ChargingSession(start, Decimal(40), Decimal(25))
    found = months(plans(), Charger("DE", "hpc"), session, 5)
    return {f"{one.plan.provider}: {one.plan.name}": one for one in found if one.total is not None}


def rows_of(page):
    """Return the lists' rows: name, month, all words."""
    rows = page.locator("ol.rank li")
    return [
        (row.locator(".t").inner_text(), row.locator(".p b").inner_text(), row.inner_text())
        for row in rows.all()
    ]


def euro(shown):
    return Decimal(EURO.search(shown)[1].replace(",", ""))


def test_months_are_those_of_the_engine(walk):
    page = walk.open(LINK)
    expected = expected_months()
    assert len(expected) >= 2
    rows = rows_of(page)
    assert {name: euro(month) for name, month, _ in rows if name in expected} == {
        name: one.total.quantize(Decimal("0.01")) for name, one in expected.items()
    }
    amounts = [euro(month) for _, month, _ in rows]
    assert amounts == sorted(amounts)
    assert "Without a contract" in [name for name, _, _ in rows]


def test_the_median_and_the_break_even_follow_from_the_snapshot(desktop, site):
    page = desktop.open(LINK)
    (without,) = [row for row in rows_of(page) if row[0] == "Without a contract"]
    rows = site.rows(
        "select session_hpc_total, count(distinct connector_no) from mart.offer"
        " where country = 'DEU' and power_class = 'hpc' and currency = 'EUR'"
        " and payment_method in ('card', 'app', 'ad_hoc') and state = 'priced'"
        " and preferred_feed is null and tax_basis in ('gross', 'derived')"
        " group by content_hash, session_hpc_total"
    )
    totals = sorted(total for total, connectors in rows for _ in range(connectors))
    middle = totals[(len(totals) - 1) // 2], totals[len(totals) // 2]
    median = sum(middle) / 2
    assert f"Median of {len(totals):,} prices" in without[2]
    assert euro(without[1]) == (median * 5).quantize(Decimal("0.01"))
    shown = {name: words for name, _, words in rows_of(page)}
    for name, one in expected_months().items():
        found = break_even_kwh_per_month(one.monthly_fee, one.per_kwh, Decimal(0), median / 40)
        if found.kwh_per_month is not None:
            assert f"{found.kwh_per_month:,.0f} kWh a month" in shown[name]


def test_the_reader_can_change_the_usage(desktop):
    page = desktop.open(LINK)
    box = page.get_by_label("kWh a month", exact=True).first
    box.fill("400")
    box.press("Enter")
    page.wait_for_url("**/plans?*kwh=400*")
    desktop.settle()
    for name, month, _ in rows_of(page):
        if one := expected_months().get(name):
            expected = one.monthly_fee + one.total_per_session * 10
            assert euro(month) == expected.quantize(Decimal("0.01"))


def test_the_curve_is_drawn_and_its_data_can_be_shown(walk):
    page = walk.open(LINK)
    page.locator(".js-plotly-plot .scatterlayer").wait_for(state="attached", timeout=20_000)
    assert page.locator(".scatterlayer .trace").count() >= 3
    page.locator("details summary", has_text="Show data").click()
    expect(page.locator("details table")).to_contain_text("you: 200 kWh")


@pytest.mark.parametrize("path", [LINK, "/plans?country=SWE", "/plans?country=FRA&power=ac"])
def test_nothing_is_wider_than_a_phone(phone, path):
    page = phone.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_phone_finds_the_page_and_its_inputs_behind_one_button(phone):
    page = phone.open()
    page.locator("nav.mnav").get_by_role("link", name="Subscriptions").click()
    expect(page.locator("h1")).to_have_text("Subscriptions in Germany")
    phone.settle()
    button = page.get_by_test_id("stPopoverButton")
    assert "DC 50–149 · 150 kWh/month · 30 kWh · 0 min" in button.inner_text()
    button.click()
    expect(page.get_by_label("Minutes parked after it", exact=True).first).to_be_visible()
