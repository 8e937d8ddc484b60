"""Doubtful prices are flagged, counted and left as they are."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aggregator.domain.tariff import DisplayText
from aggregator.store.ledger import FeedFacts
from tests.records import connector, evse, location, price_list, tariff

FLAGS = "select price_per_kwh, flags from mart.offer order by price_per_kwh"
COUNTS = "select flag, offers from mart.flag where offers > 0"


def bays(count):
    """Return as many EVSEs as there are tariffs, each with a tariff of its own."""
    return tuple(
        evse(f"E{number}", connectors=(connector(tariff_ids=(f"T{number}",)),))
        for number in range(count)
    )


def test_an_ordinary_price_has_no_flag(published):
    assert published(FLAGS, [location()], [tariff()]) == [(Decimal("6.25"), None)]
    assert published(COUNTS, [location()], [tariff()]) == []


def test_every_flag_has_a_meaning(published):
    rows = published("select flag, meaning from mart.flag", [location()], [tariff()])
    assert {"outlier", "foreign_currency", "stale", "country_disagrees"} <= {
        flag for flag, _ in rows
    }
    assert all(meaning.endswith(".") for _, meaning in rows)


def test_a_price_in_hundredths_keeps_its_value_and_says_so(published):
    assert published(FLAGS, [location()], [tariff(price="500.00")]) == [
        (Decimal("625.00"), "cents_for_euros")
    ]


def test_a_foreign_currency_is_flagged_only_where_the_country_is_certain(published):
    euro = tariff(price_list=price_list("0.50", currency="EUR"))
    assert published(FLAGS, [location()], [euro]) == [(Decimal("0.625"), "foreign_currency")]
    assert published(COUNTS, [location()], [euro]) == [("foreign_currency", 1)]
    nowhere = location(latitude=None, longitude=None)
    assert published(FLAGS, [nowhere], [euro]) == [(Decimal("0.625"), None)]


def test_a_text_that_names_a_price_is_held_against_free_charging(published):
    free = tariff(price="0", alt_text=(DisplayText("en", "Charging costs 5.90 SEK/kWh"),))
    assert published(FLAGS, [location()], [free]) == [(Decimal(0), "zero_with_amount")]
    silent = tariff(price="0")
    assert published(FLAGS, [location()], [silent]) == [(Decimal(0), None)]


def test_one_price_far_from_twenty_others_stands_out(published):
    tariffs = [tariff(f"T{number}", price=f"{4 + number / 10:.2f}") for number in range(20)]
    far = tariff("T20", price="18.00")
    site = location(evses=bays(21))
    rows = published(FLAGS, [site], [*tariffs, far])
    assert [flags for _, flags in rows[:-1]] == [None] * 20
    assert rows[-1] == (Decimal("22.50"), "outlier")


def test_among_fewer_than_twenty_nothing_stands_out(published):
    tariffs = [tariff(f"T{number}", price=f"{4 + number / 10:.2f}") for number in range(18)]
    rows = published(FLAGS, [location(evses=bays(19))], [*tariffs, tariff("T18", price="18.00")])
    assert {flags for _, flags in rows} == {None}


def test_many_equal_tariffs_do_not_make_a_group(published):
    tariffs = [tariff(f"T{number}", price="4.00") for number in range(25)]
    rows = published(FLAGS, [location(evses=bays(26))], [*tariffs, tariff("T25", price="18.00")])
    assert {flags for _, flags in rows} == {None}


def test_an_expired_tariff_has_no_price_and_says_why(published):
    ended = tariff(end_date_time=datetime(2020, 1, 1, tzinfo=UTC))
    query = "select state, state_reason, flags from mart.offer"
    assert published(query, [location()], [ended]) == [("unknown", "tariff_expired", "expired")]


@pytest.mark.parametrize("outcome", ["failed", "attention"])
def test_prices_of_a_feed_that_failed_are_stale(published, warehouse, outcome):
    published(FLAGS, [location()], [tariff()])
    warehouse.execute(
        "insert into core.run by name select * replace ('later' as run_id, $outcome as outcome, "
        "finished_at + interval 1 hour as finished_at) from core.run",
        {"outcome": outcome},
    )
    assert published("select flags from mart.offer") == [("stale",)]


def test_simulated_prices_make_no_real_one_stand_out(warehouse, receive, published):
    real = [tariff(f"T{number}", price=f"{4 + number / 100:.2f}") for number in range(21)]
    receive(
        [location("S", evses=bays(60))],
        [tariff(f"T{number}", price=f"{0.4 + number / 100:.2f}") for number in range(60)],
        feed=FeedFacts("simulated", "Simulated", synthetic=True),
    )
    query = "select count(*) from mart.offer where not synthetic and flags like '%outlier%'"
    assert published(query, [location(evses=bays(21))], real) == [(0,)]
