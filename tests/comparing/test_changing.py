"""Totals in a currency that somebody reads them in."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from aggregator.comparing.changing import _changed
from aggregator.comparing.comparison import compare
from tests.comparing.test_comparison import ALL, CHARGE, SWEDEN
from tests.dashboard.market import NORTH, flat_energy, listed, station

LAST_RATES = datetime(2026, 10, 30, 18, tzinfo=UTC)
EURO = replace(flat_energy("0.50"), currency="EUR")


@pytest.fixture
def two_currencies(receive, publish_now):
    """Publish a station in kronor, one in euro and one whose currency has no rate."""

    def published(at=LAST_RATES):
        with time_machine.travel(at, tick=False):
            stations = [station(name, name) for name in ("Krona", "Euro", "Hryvnia")]
            lists = {"Krona": flat_energy("5.00"), "Euro": EURO}
            lists["Hryvnia"] = replace(flat_energy("9.00"), currency="UAH")
            receive(stations, [listed(name, each) for name, each in lists.items()], feed=NORTH)
            return publish_now()

    return published


def test_prices_in_other_currencies_are_changed_and_ranked_together(two_currencies):
    market = two_currencies()
    (rate,) = [r for r in market.rates() if (r["currency"], r["to_currency"]) == ("SEK", "EUR")]
    found = compare(market, SWEDEN, CHARGE, None, ALL, into="EUR")
    assert found.currency == "EUR"
    totals = {row["location_name"]: row["total"] for row in found.stations}
    assert totals["Euro"] == 15
    assert totals["Krona"] == (150 * rate["rate"]).quantize(Decimal("0.01"))
    assert list(totals) == sorted(totals, key=totals.get)


def test_what_was_asked_stays_beside_it(two_currencies):
    found = compare(two_currencies(), SWEDEN, CHARGE, None, ALL, into="EUR")
    stated = {r["location_name"]: (r["stated_total"], r["stated_currency"]) for r in found.stations}
    assert stated == {"Krona": (150, "SEK"), "Euro": (15, "EUR")}


def test_what_has_no_rate_stays_in_its_own_currency(two_currencies):
    found = compare(two_currencies(), SWEDEN, CHARGE, "UAH", ALL, into="EUR")
    assert found.currencies == ["EUR", "UAH"]
    assert [row["total"] for row in found.stations] == [270]


def test_nothing_is_changed_unless_it_is_asked_for(two_currencies):
    assert compare(two_currencies(), SWEDEN, CHARGE, None, ALL).currencies == ["EUR", "SEK", "UAH"]


def test_rates_that_are_too_old_change_nothing(two_currencies):
    market = two_currencies(LAST_RATES.replace(month=11, day=20))
    assert market.rates() == []
    assert len(compare(market, SWEDEN, CHARGE, None, ALL, into="EUR").currencies) == 3


@pytest.mark.parametrize(
    ("amount", "rate", "into", "changed"),
    [
        (100, "0.0875", "EUR", "8.75"),
        (1, "0.0875", "EUR", "0.09"),
        (100, "1.855", "JPY", "186"),
    ],
)
def test_changed_amounts_are_rounded_to_the_minor_unit(amount, rate, into, changed):
    assert _changed(amount * 10_000, Decimal(rate), into) == Decimal(changed) * 10_000


@pytest.mark.parametrize(("amount", "rate"), [(1, "0.001"), (10**9, "18000")])
def test_what_cannot_be_told_in_another_currency_stays(amount, rate):
    assert _changed(amount * 10_000, Decimal(rate), "EUR") is None


def test_nothing_stays_nothing():
    assert _changed(0, Decimal("0.1"), "EUR") == 0
