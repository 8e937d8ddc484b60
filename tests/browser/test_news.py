"""A page that stays open follows what is published; a fresh home waits for its first prices."""

import shutil

import pytest
from playwright.sync_api import expect

from aggregator.store.pointer import current_snapshot, replace_file
from tests.browser.conftest import DESKTOP, SECONDS, serving
from tests.browser.test_compare import AT, totals, totals_of

POLLING = 30  # dashboard.frame.around.LOOK_FOR_NEWS_SECONDS


@pytest.mark.slow
def test_an_open_page_shows_the_next_snapshot_by_itself(desktop, site, harvest):
    query = f"country=DEU&pay=contract&{AT}"
    page = desktop.open(f"/?{query}")
    before = page.locator("ol.rank").inner_text()
    page.evaluate("window.stillTheSamePage = true")
    old = current_snapshot(site.home / "snapshots").snapshot_id
    harvest(9)
    assert current_snapshot(site.home / "snapshots").snapshot_id != old
    has_changed = "before => document.querySelector('ol.rank').innerText !== before"
    assert page.evaluate(has_changed, before) is False, "nothing has asked the dashboard yet"
    page.wait_for_function(has_changed, arg=before, timeout=(POLLING + 10) * SECONDS)
    desktop.settle()
    assert totals(page) == totals_of(site, query)[:25]
    assert page.evaluate("window.stillTheSamePage")
    assert "pay=contract" in page.url


def test_the_first_prices_appear_without_a_reload(visitor, site, operators, tmp_path):
    home = tmp_path / "new"
    with serving(home, operators[2]) as url:
        walk = visitor(DESKTOP, url)
        page = walk.open()
        expect(page.locator("h1")).to_have_text("No prices yet")
        ready = current_snapshot(site.home / "snapshots")
        (home / "snapshots").mkdir()
        shutil.copy(ready.path, home / "snapshots")
        pointer = (site.home / "snapshots" / "current.json").read_text()
        replace_file(home / "snapshots" / "current.json", pointer)
        expect(page.locator("h1")).to_contain_text("Charging prices near", timeout=15 * SECONDS)
        page.goto("about:blank")
