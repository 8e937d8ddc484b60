"""Every state that a page can be in, seen on a desktop and a phone.

With KLARPRIS_PICTURES=folder each is kept there as a picture.
"""

import json
import os
import shutil
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, serving
from tests.dashboard.conftest import market_home  # noqa: F401 - a fixture

DEVICES = {"desktop": DESKTOP, "phone": PHONE}
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.fixture(params=list(DEVICES))
def device(request):
    return request.param


@pytest.fixture(scope="module")
def address(operators, market_home, tmp_path_factory):  # noqa: F811
    """Return a function that serves the market, published so long ago (None: not yet)."""
    with ExitStack() as servers:

        @cache
        def begin(ago):
            home = tmp_path_factory.mktemp("state") / "home"
            if ago is not None:
                shutil.copytree(market_home.snapshots_folder, home / "snapshots")
                _published(home / "snapshots" / "current.json", datetime.now(UTC) - ago)
            return servers.enter_context(serving(home, operators[2], demo="false"))

        yield begin


@pytest.fixture
def served(visitor, device, address):
    """Return a function that opens a page of the market, published so long ago."""
    return lambda path, ago=timedelta(0): visitor(DEVICES[device], address(ago)).open(path)


def _published(pointer, at):
    said = json.loads(pointer.read_text()) | {"published_at": at.isoformat()}
    pointer.write_text(json.dumps(said))


def seen(page, device, state):
    """Check what holds in every state, and keep the picture where that is wanted."""
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.get_by_test_id("stException").count() == 0
    folder = os.environ.get("KLARPRIS_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{state}_{device}.png")
    page.goto("about:blank")


@pytest.mark.parametrize(
    ("days", "words"),
    [(3, "These data are 3 days old"), (8, "Do not rely on these prices")],
)
def test_old_data_are_called_old(served, device, days, words):
    page = served("/?country=SWE", timedelta(days=days))
    expect(page.locator(".band")).to_contain_text(words)
    expect(page.locator("ol.rank li").first).to_be_visible()
    seen(page, device, f"stale_{days}_days")


def test_before_the_first_harvest(served, device):
    page = served("/", None)
    expect(page.locator("h1")).to_have_text("No prices yet")
    seen(page, device, "no_snapshot")


def test_hostile_names_are_text_and_break_nothing(served, device):
    page = served("/?country=DEU")
    shown = page.locator("ol.rank").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert RIGHT_TO_LEFT not in shown
    assert max(len(name) for name in page.locator("ol.rank .t").all_inner_texts()) <= 80
    seen(page, device, "hostile_names")


def test_a_charge_that_no_charger_takes(served, device):
    page = served("/?country=SWE&power=ac&kw=300")
    expect(page.get_by_text("No AC in Sweden")).to_be_visible()
    seen(page, device, "no_match")


def test_places_without_a_price_have_a_block_of_their_own(served, device):
    page = served("/?country=SWE&pay=app")
    expect(page.get_by_role("heading", name="Without a price")).to_be_visible()
    seen(page, device, "unpriced")


def test_a_bad_link(served, device):
    page = served("/?country=zz&pay=zz&kwh=999")
    assert page.get_by_test_id("stAlert").count() == 3
    seen(page, device, "bad_link")


def test_a_station_that_is_gone(served, device):
    page = served("/station?id=no~SE~NO~NO")
    expect(page.get_by_role("link", name="Back")).to_be_visible()
    seen(page, device, "unknown_station")
