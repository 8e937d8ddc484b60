"""What one connector was charged by over time."""

from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.queries import ConnectorKey, Reader
from tests.records import connector, evse, location, tariff

KEY = ConnectorKey("f", "SE", "AAA", "L1", "E1", "1")


@pytest.fixture
def history(warehouse, tmp_path):
    """Return a function that publishes and asks."""

    def history(key=KEY):
        return Reader(publish(warehouse, Settings(home=tmp_path))).price_history(key)

    return history


def naming(*tariff_ids, location_id="L1"):
    return location(location_id, evses=(evse(connectors=(connector(tariff_ids=tariff_ids),)),))


def prices(rows):
    return [(row["tariff_id"], row["least_energy_price"]) for row in rows]


def test_a_connector_whose_tariff_changed_has_both_prices_one_after_the_other(receive, history):
    receive([location()], [tariff(price="5.00")])
    receive([location()], [tariff(price="6.00")])
    before, after = history()
    assert prices([before, after]) == [("T1", Decimal(5)), ("T1", Decimal(6))]
    assert before["valid_to"] == after["valid_from"]
    assert after["valid_to"] is None
    assert after["currency"] == "SEK"
    assert before["content_hash"] != after["content_hash"]


def test_a_connector_that_named_another_tariff_has_each_while_it_named_it(receive, history):
    tariffs = [tariff("T1", "5.00"), tariff("T2", "7.00")]
    receive([naming("T1")], tariffs)
    receive([naming("T2")], tariffs)
    before, after = history()
    assert prices([before, after]) == [("T1", Decimal(5)), ("T2", Decimal(7))]
    assert before["valid_to"] == after["valid_from"]


def test_a_price_from_before_the_connector_is_not_its_price(receive, history):
    receive([location("L0")], [tariff(price="5.00")])
    receive([location("L0")], [tariff(price="6.00")])
    receive([location("L0"), location()], [tariff(price="6.00")])
    (row,) = history()
    assert prices([row]) == [("T1", Decimal(6))]


def test_a_price_from_after_the_link_is_not_its_price(receive, history):
    receive([naming("T1")], [tariff("T1", "5.00"), tariff("T2", "7.00")])
    receive([naming("T2")], [tariff("T1", "5.00"), tariff("T2", "7.00")])
    receive([naming("T2")], [tariff("T1", "9.00"), tariff("T2", "7.00")])
    assert prices(history()) == [("T1", Decimal(5)), ("T2", Decimal(7))]


def test_a_tariff_that_went_leaves_an_end(receive, history):
    receive([location()], [tariff("T1", "5.00"), tariff("T2")])
    receive([location()], [tariff("T2")])
    (row,) = history()
    assert row["valid_from"] < row["valid_to"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([tariff("t1", "5.00")], [("T1", Decimal(5))]),
        ([tariff("T1", "5.00", country_code="ZZ", party_id="ZZZ")], [("T1", Decimal(5))]),
        ([tariff("T1", "5.00", party_id="BBB")], []),
        ([tariff("t1", "5.00"), tariff("T1", "6.00", country_code="ZZ", party_id="ZZZ")], []),
        ([tariff("t1", "5.00"), tariff("T1", "6.00")], [("T1", Decimal(6))]),
    ],
    ids=["letters", "no_party", "another_party", "ambiguous", "exact_first"],
)
def test_a_tariff_is_found_as_for_an_offer(receive, history, stated, expected):
    receive([location()], stated)
    assert prices(history()) == expected


def test_another_connector_or_feed_has_a_history_of_its_own(receive, history):
    receive([location()], [tariff()])
    receive([location()], [tariff(price="6.00")], feed="g")
    assert prices(history()) == [("T1", Decimal(5))]
    assert history(ConnectorKey("f", "SE", "AAA", "L1", "E1", "2")) == []
