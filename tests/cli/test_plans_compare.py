"""`klarpris plans compare`: which contract pays off."""

from decimal import Decimal

import pytest

from aggregator.config import Settings, settings
from aggregator.publish import publish
from aggregator.store.warehouse import open_warehouse
from tests.cli.running import ran
from tests.receiving import Receiver
from tests.records import location, tariff

PLAN = """provider = "Someone"
name = "Plus"
countries = ["SE"]
currency = "SEK"
monthly_fee = 100
tax = "gross"
valid_from = 2026-01-01
source_url = "https://someone.example/prices"
read_on = 2026-10-01
[[price]]
per_kwh = 5
"""
ASKED = ("plans", "compare", "--country", "SE", "--sessions", "3")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a home with one plan of the user's own."""
    home = tmp_path / "home"
    monkeypatch.setenv("KLARPRIS_HOME", str(home))
    settings.cache_clear()
    (home / "plans").mkdir(parents=True)
    (home / "plans" / "plus.toml").write_text(PLAN)
    yield home
    settings.cache_clear()


@pytest.fixture
def published(home):
    """Publish one fast charger whose price without a contract is 6.25 SEK per kWh."""
    with open_warehouse(None) as connection:
        Receiver(connection)([location()], [tariff()])
        publish(connection, Settings(home=home))


def test_a_plan_is_held_against_paying_without_a_contract(published):
    # 40 kWh cost 250 SEK without, 200 with the plan: 100 SEK are back after 80 kWh.
    told = ran(*ASKED, "--json").data
    (without,) = told["without_contract"]
    assert (without["currency"], Decimal(str(without["median_total"]))) == ("SEK", Decimal(250))
    (plan,) = told["plans"]
    assert Decimal(str(plan["total_per_month"])) == 700
    assert Decimal(str(plan["break_even_kwh_per_month"])) == 80
    shown = ran(*ASKED).text
    assert "from 80 kWh a month on" in shown
    assert "700.00 SEK" in shown
    assert "the median of 1 offers" in shown


def test_without_a_snapshot_months_are_compared_all_the_same(home):
    shown = ran(*ASKED).text
    assert "700.00 SEK" in shown
    assert "No prices without a contract are known there" in shown


def test_where_no_plan_has_a_price_the_reason_stands_there(home):
    result = ran("plans", "compare", "--country", "NO")
    assert "no price for such a charger" in result.text


def test_an_unknown_session_is_wrong_use(home):
    result = ran(*ASKED, "--session", "moon")
    assert result.code == 2
    assert "'moon'" in result.said
