"""Plan files in a home of a test, and the page that compares them."""

from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

import dashboard
from tests.dashboard.test_states import OWN_SCRIPT

MAIN = Path(dashboard.__file__).with_name("main.py")
HEAD = {
    "provider": '"Volt AB"',
    "name": '"Plus"',
    "countries": '["SE"]',
    "currency": '"SEK"',
    "monthly_fee": "100",
    "tax": '"gross"',
    "valid_from": "2026-01-01",
    "source_url": '"https://volt.example/prices"',
    "read_on": "2026-10-01",
}
PER_KWH = "[[price]]\nper_kwh = 4.00\n"


def write_plan(home, slug, prices=PER_KWH, **values):
    """Write a plan: 100 SEK a month and 4 SEK a kWh, unless it is said otherwise."""
    folder = home / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    head = "\n".join(f"{key} = {value}" for key, value in {**HEAD, **values}.items())
    (folder / f"{slug}.toml").write_text(f"{head}\n{prices}", encoding="utf-8")


def open_plans(**query):
    """Return the page Subscriptions as it stands after a link is followed."""
    page = AppTest.from_file(MAIN, default_timeout=30)
    page.run()
    page.query_params.clear()
    page.query_params.update(query)
    page.switch_page("app_pages/plans.py").run()
    assert not page.exception, page.exception
    return page


def html_of(page):
    drawn = "\n".join(element.proto.body for element in page.get("html"))
    return OWN_SCRIPT.sub("", drawn)


def texts(page):
    """Return all that the page says."""
    kinds = ("title", "header", "caption", "markdown", "info")
    shown = [element.value for kind in kinds for element in page.get(kind)]
    return "\n".join([*shown, unescape(html_of(page))]).replace("\u00a0", " ")


def ranking(page):
    """Return the names and months of the lists, in order."""
    rows = texts(page).split('<span class="n">')[1:]
    return [
        (row.split('class="t">')[1].split("<")[0], row.split('class="p"><b>')[1].split("<")[0])
        for row in rows
    ]
