"""Everything by keyboard, everything readable: WCAG 2.2 AA as far as a machine can tell."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE

FOCUS = """() => {
  const at = document.activeElement;
  const marked = [at, at.closest('[role="group"]')].filter(Boolean).map(e => getComputedStyle(e));
  return {
    name: at.getAttribute('aria-label') || at.innerText.trim().split('\\n')[0],
    group: at.closest('[role="radiogroup"]')?.getAttribute('aria-label'),
    visible: marked.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
      || s.boxShadow !== 'none'),
  };
}"""
STOPS = 120


def tab_stops(page):
    """Return everything that Tab reaches, from the top of the page to its end."""
    found = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        found.append(page.evaluate(FOCUS))
    return found


def test_tab_reaches_everything_in_order_and_shows_where_it_is(walk):
    page = walk.open("/?country=DEU&pay=contract")
    stops = tab_stops(page)
    assert [stop["name"] for stop in stops if not stop["visible"]] == []
    reached = [stop["group"] or stop["name"] for stop in stops]
    wanted = ["How it is calculated", "Place", "Show 25 more"]
    if page.viewport_size["width"] > 640:
        wanted[2:2] = ["How you pay", "Speed"]
    assert [name for name in reached if name in wanted] == wanted
    assert reached[0] == "Skip to main content"
    assert any(name.startswith("Download all") for name in reached)


def test_a_way_to_pay_is_chosen_with_the_arrow_keys(desktop):
    page = desktop.open("/?country=DEU")
    page.get_by_role("radio", name="Without contract").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url("**pay=card**")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(visitor, device, scheme):
    walk = visitor(device, color_scheme=scheme)
    # A full list; what is drawn instead of it, with a notice; the tables.
    for path in (
        "/?country=DEU&pay=contract",
        "/?country=CHE&power=mid&pay=zz",
        "/plans?country=DEU",
        "/about",
    ):
        found = Axe().run(walk.open(path)).response["violations"]
        serious = [
            (path, one["id"], one["nodes"][0]["html"][:200])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert serious == []


def test_the_map_and_the_spread_are_described_in_words(desktop):
    page = desktop.open("/?country=DEU")
    figures = page.get_by_role("figure")
    expect(figures.nth(0)).to_have_accessible_name(
        re.compile(r"Map of \d+ charging locations in Germany. Cheapest €[\d.]+, dearest €[\d.]+")
    )
    expect(figures.nth(1)).to_have_accessible_name(
        re.compile(r"Box plot of session totals by operator: .*Rheinkraft \(demo\) median [\d.]+")
    )


def test_a_price_class_is_never_a_colour_alone(walk):
    page = walk.open("/?country=DEU&pay=contract")
    page.locator("ol.rank li").first.wait_for()
    classes = page.locator("ol.rank .p > div:last-child").all_inner_texts()
    assert {words.strip() for words in classes} <= {
        "much cheaper", "cheaper", "typical", "dearer", "much dearer", "",
    }  # fmt: skip
    free = page.locator("ol.rank .p b", has_text="free").count()
    assert len(classes) == 25 - free > 0
