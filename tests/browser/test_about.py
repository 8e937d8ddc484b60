"""About accounts for every feed and every record."""

import re

from playwright.sync_api import expect

from aggregator.demo import OPERATORS


def cells(table):
    """Return the rows of a table as Streamlit draws it for those who cannot see the canvas."""
    table.locator("canvas table td").first.wait_for(state="attached")
    rows = table.locator("canvas table tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    head, *body = rows
    return [dict(zip(head, row, strict=False)) for row in body]


def test_every_feed_is_shown(desktop, site):
    page = desktop.open("/about")
    feeds = cells(page.get_by_test_id("stDataFrame").first)
    assert len(feeds) == len(OPERATORS) == len(site.rows("select feed from mart.feed"))
    assert {feed["Last outcome"] for feed in feeds} == {"fine"}
    names = {name for (name,) in site.rows("select name from mart.feed")}
    assert {feed["Source"] for feed in feeds} == names


def test_received_is_kept_and_rejected_on_the_first_screen(site, desktop):
    feeds = cells(desktop.open("/about").get_by_test_id("stDataFrame").first)
    assert all(int(f["Received"]) == int(f["Kept"]) + int(f["Rejected"]) for f in feeds)
    ((received,),) = site.rows("select sum(received) from mart.feed_run")
    assert sum(int(feed["Received"]) for feed in feeds) == received > 0


def test_what_was_refused_and_read_differently_is_listed(desktop):
    page = desktop.open("/about")
    expect(page.get_by_test_id("stDataFrame")).to_have_count(3)
    refused = cells(page.get_by_test_id("stDataFrame").nth(1))
    assert "'currency' is missing" in {row["Reason"] for row in refused}


def test_the_pages_are_linked_and_named(walk):
    page = walk.open("/about")
    assert page.title() == "About – Klarpris"
    where = "nav.mnav" if walk.is_phone else '[data-testid="stHeader"]'
    page.locator(where).get_by_role("link", name="Compare").click()
    expect(page.locator("h1")).to_contain_text(re.compile("charging prices", re.IGNORECASE))
