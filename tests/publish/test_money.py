"""Prices in a currency of one's choice, with the rate and its day beside them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from tests.records import location, price_list, tariff

LAST_RATES = datetime(2026, 10, 30, 18, tzinfo=UTC)
IN_EURO = (
    "select currency, display_rate, display_rate_date::varchar, price_per_kwh, "
    "display_price_per_kwh, rate_missing_because from mart.offers_in('EUR')"
)


def in_currency(code):
    return tariff(price_list=price_list(currency=code))


@pytest.fixture
def clock():
    with time_machine.travel(LAST_RATES, tick=False) as moved:
        yield moved


def test_a_price_is_shown_in_another_currency_with_rate_and_day(published, clock):
    ((currency, rate, day, price, shown, missing),) = published(
        IN_EURO, [location()], [in_currency("SEK")]
    )
    assert (currency, day, missing) == ("SEK", "2026-10-30", None)
    assert price == Decimal("6.25")
    assert shown == pytest.approx(price * rate, abs=Decimal("0.000001"))
    assert 0 < shown < 1


def test_rates_that_are_too_old_are_not_used_and_that_is_said(published, clock):
    clock.shift(60 * 60 * 24 * 8)
    ((_, rate, day, _, shown, missing),) = published(IN_EURO, [location()], [in_currency("SEK")])
    assert (rate, shown, missing) == (None, None, "too_old")
    assert day == "2026-10-30"


def test_a_currency_without_rates_is_told(published, clock):
    rows = published(IN_EURO, [location()], [in_currency("UAH")])
    assert [(row[0], row[4], row[5]) for row in rows] == [("UAH", None, "unknown_currency")]


def test_the_same_currency_is_itself_on_any_day(published):
    query = "select display_price_per_kwh, display_rate from mart.offers_in('SEK')"
    rows = published(query, [location()], [in_currency("SEK")])
    assert rows == [(Decimal("6.25"), Decimal(1))]


def test_there_and_back_is_the_same_within_a_millionth(published, clock):
    query = (
        "select there.rate::double * back.rate::double from mart.rate as there "
        "join mart.rate as back on back.currency = there.to_currency "
        "and back.to_currency = there.currency where there.rate is not null"
    )
    tariffs = [in_currency("SEK"), tariff("T2", price_list=price_list(currency="HUF"))]
    products = published(query, [location(), location("L2", evses=())], tariffs)
    assert products
    assert all(product == pytest.approx(1, abs=1e-9) for (product,) in products)


@pytest.mark.parametrize(("wanted", "missing"), [("sek", None), ("XPF", "unknown_currency")])
def test_any_currency_is_answered_for(published, wanted, missing):
    query = f"select rate_missing_because from mart.offers_in('{wanted}')"  # noqa: S608
    assert published(query, [location()], [in_currency("SEK")]) == [(missing,)]


def test_the_dearest_price_fits_into_the_smallest_money(published, clock):
    query = "select display_price_per_kwh > 100000000 from mart.offers_in('IDR')"
    dear = tariff(price_list=price_list("9000000", currency="EUR"))
    assert published(query, [location()], [dear]) == [(True,)]
