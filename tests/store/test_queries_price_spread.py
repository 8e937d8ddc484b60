"""How totals spread: by currency and by tax basis, each EVSE once."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.domain.tariff import PriceBasis
from aggregator.publish import publish
from aggregator.store.queries import PriceSpread, Reader
from tests.records import connector, evse, location, price_list, tariff

FAST = PriceSpread("SWE", "hpc", "card", "dc")


@pytest.fixture
def spread(warehouse, tmp_path):
    """Return a function that publishes and asks."""

    def spread(asked=FAST):
        return Reader(publish(warehouse, Settings(home=tmp_path))).price_spread(asked)

    return spread


def station(name, tariff_id, **of_the_connector):
    bay = connector(tariff_ids=(tariff_id,), **of_the_connector)
    return location(name, evses=(evse(name, connectors=(bay,)),))


def found(rows):
    return [(row["currency"], row["tax_basis"], row["offers"]) for row in rows]


def test_quantiles_lie_between_the_totals_of_the_offers(receive, spread):
    # 1 to 5 SEK/kWh, 25 % VAT, 30 kWh: 37.50, 75, 112.50, 150 and 187.50. 5 % of the way is a fifth
    # of the first step, 95 % is four fifths of the last.
    prices = range(1, 6)
    receive(
        [station(f"L{price}", f"T{price}") for price in prices],
        [tariff(f"T{price}", str(price)) for price in prices],
    )
    (row,) = spread()
    assert found([row]) == [("SEK", "gross", 5)]
    assert row["total_quantiles"] == [Decimal(text) for text in ("45", "75", "112.5", "150", "180")]


def test_another_session_has_other_totals(receive, spread):
    receive([location()], [tariff(price="1.00")])  # 40 kWh at 1.25
    (row,) = spread(replace(FAST, session="hpc"))
    assert row["total_quantiles"] == [Decimal(50)] * 5


def test_currencies_and_tax_bases_are_never_mixed(receive, spread):
    receive(
        [station("L1", "T1"), station("L2", "T1"), station("L3", "T2"), station("L4", "T3")],
        [
            tariff("T1", "5.00"),
            tariff("T2", price_list=price_list("0.50", currency="EUR")),
            tariff("T3", price_list=untaxed("4.00")),
        ],
    )
    assert found(spread()) == [("SEK", "gross", 2), ("EUR", "gross", 1), ("SEK", "unknown", 1)]


def untaxed(price):
    """Return a price list that does not tell about tax."""
    plain = price_list(price, price_basis=PriceBasis.UNKNOWN)
    (element,) = plain.elements
    (component,) = element.price_components
    bare = replace(component, vat_rate=None)
    return replace(plain, elements=(replace(element, price_components=(bare,)),))


def test_an_evse_of_two_feeds_counts_once(receive, spread):
    receive([location()], [tariff(price="5.00")], feed="f")
    receive([location()], [tariff(price="6.00")], feed="g")
    assert found(spread()) == [("SEK", "gross", 1)]


@pytest.mark.parametrize(
    "asked",
    [
        replace(FAST, country="NOR"),
        replace(FAST, power="ac"),
        replace(FAST, method="app"),
        replace(FAST, region_1="Västra Götaland"),  # regions are not known yet
        replace(FAST, least_kw=151),
    ],
)
def test_only_what_was_asked_for_counts(receive, spread, asked):
    receive([location()], [tariff()])
    assert spread(asked) == []
