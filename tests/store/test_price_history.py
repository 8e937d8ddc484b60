"""What a snapshot tells of the past: price lists, tariffs, links, and what changed when."""

from decimal import Decimal

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.domain.tariff import Dimension, PriceComponent, TariffElement
from aggregator.publish import publish
from tests.records import connector, evse, location, price_list, tariff


@pytest.fixture
def published(warehouse, tmp_path):
    """Return a function that publishes and returns the rows of a query."""

    def published(query):
        snapshot = publish(warehouse, Settings(home=tmp_path))
        with duckdb.connect(str(snapshot.path), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return published


def naming(*tariff_ids):
    return location(evses=(evse(connectors=(connector(tariff_ids=tariff_ids),)),))


def test_every_change_of_a_price_is_told_with_both_prices(receive, published):
    receive([location()], [tariff(price="5.00")])
    receive([location()], [tariff(price="5.00", alt_url="https://a.example/")])  # not its price
    receive([location()], [tariff(price="6.00")])
    receive([location()], [tariff("other")])
    receive([location()], [tariff(price="6.00")])
    changes = published(
        "select tariff_id, change, least_energy_price_before, most_energy_price_after, "
        "currency_before, currency_after from mart.price_change where tariff_id = 'T1' "
        "order by changed_at"
    )
    assert changes == [
        ("T1", "new", None, Decimal(5), None, "SEK"),
        ("T1", "changed", Decimal(5), Decimal(6), "SEK", "SEK"),
        ("T1", "ended", Decimal(6), None, "SEK", None),
        ("T1", "returned", Decimal(6), Decimal(6), "SEK", "SEK"),
    ]


def test_each_price_list_is_kept_once_also_when_no_tariff_has_it_any_more(receive, published):
    receive([location()], [tariff("T1", price="5.00"), tariff("T2", price="5.00")])
    receive([location()], [tariff("T1", price="6.00"), tariff("T2", price="5.00")])
    receive([location()], [tariff("T1", price="7.00"), tariff("T2", price="5.00")])
    lists = "select least_energy_price from mart.price_list order by 1"
    assert published(lists) == [(Decimal(5),), (Decimal(6),), (Decimal(7),)]
    versions = (
        "select tariff_id, least_energy_price, valid_to is null "
        "from mart.tariff_version order by tariff_id, valid_from"
    )
    assert published(versions) == [
        ("T1", Decimal(5), False),
        ("T1", Decimal(6), False),
        ("T1", Decimal(7), True),
        ("T2", Decimal(5), True),
    ]


def test_a_connector_that_named_other_tariffs_has_its_links_kept(receive, published):
    tariffs = [tariff("T1"), tariff("T2")]
    receive([naming("T1")], tariffs)
    links = "select tariff_ids, valid_to is null from mart.link_version order by valid_from"
    assert published(links) == []

    other = weaker(naming("T1"))
    receive([other], tariffs)
    assert published(links) == []  # another power is no other link
    receive([naming("T2")], tariffs)
    receive([naming("T2", "T1")], tariffs)
    assert published(links) == [(["T1"], False), (["T2"], False), (["T2", "T1"], True)]


def weaker(plain):
    bay = plain.evses[0]
    return location(evses=(evse(bay.evse_uid, connectors=(connector(max_power_kw=50),)),))


def test_a_link_that_was_gone_for_a_while_leaves_a_gap(receive, published):
    receive([naming("T1")], [tariff()])
    receive([location("L2")], [tariff()])
    receive([naming("T1"), location("L2")], [tariff()])
    spans = published(
        "select location_id, valid_from, valid_to from mart.link_version order by valid_from"
    )
    assert [(site, until is None) for site, _, until in spans] == [("L1", False), ("L1", True)]
    assert spans[0][2] < spans[1][1]


def test_a_list_without_energy_has_no_energy_price(receive, published):
    fee = TariffElement((PriceComponent(Dimension.FLAT, Decimal(5)),))
    receive([location()], [tariff(price_list=price_list(elements=(fee,)))])
    assert published("select least_energy_price, currency from mart.price_list") == [(None, "SEK")]


def test_a_connector_that_is_gone_or_removed_keeps_its_history(receive, published):
    removed = location("L2", evses=(evse(status="REMOVED"),))
    receive([naming("T1"), removed], [tariff()])
    receive([removed], [tariff()])
    links = "select location_id, tariff_ids, valid_to is null from mart.link_version order by 1"
    assert published(links) == [("L1", ["T1"], False), ("L2", ["T1"], True)]
