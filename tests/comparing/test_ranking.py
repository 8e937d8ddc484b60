"""What is ranked, judged and drawn, and for which way of paying, on the market of the tests."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from aggregator.comparing.comparison import CHEAPEST_OF_MANY, Sizes, compare
from aggregator.comparing.downloading import download
from aggregator.domain.tariff import PriceBasis
from aggregator.store.queries import Circle, ViewAsked
from tests.comparing.test_comparison import ALL, CHARGE, RANKED, SWEDEN, WITHOUT_CONTRACT, names
from tests.dashboard.market import CONTRACT, NORTH, flat_energy, listed, station
from tests.records import price_list, tariff

WITHOUT_TAX = {"Without tax", "Tax not told"}


@pytest.mark.parametrize(
    ("methods", "name", "is_ranked"),
    [
        (WITHOUT_CONTRACT, "Members only", False),
        (("contract", "free"), "Members only", True),
        (("contract", "free"), "Cheapest", False),
        (("card", "free"), "By app", False),
        (("app", "free"), "By app", True),
        (("card", "free"), "Gratis", True),
        (("contract", "free"), "Gratis", True),
    ],
)
def test_a_price_counts_for_its_own_way_of_paying(market, methods, name, is_ranked):
    found = compare(market, replace(SWEDEN, methods=methods), CHARGE, "SEK", ALL)
    assert (name in names(found.stations)) is is_ranked


def test_only_as_many_as_asked_for(market):
    found = compare(market, SWEDEN, CHARGE, "SEK", replace(ALL, stations=2))
    assert names(found.stations) == list(RANKED)[:2]
    assert found.summary["stations"] == len(RANKED)


def test_the_nearest_come_first_where_that_is_wanted(receive, publish_now):
    spots = {"Near and dear": (59.33, "dear"), "Far and cheap": (59.38, "cheap")}
    stations = [station(n, t, latitude=at, longitude=18.06) for n, (at, t) in spots.items()]
    tariffs = [listed("dear", flat_energy("6.00")), listed("cheap", flat_energy("3.00"))]
    receive(stations, tariffs, feed=NORTH)
    asked = ViewAsked(None, Circle(59.33, 18.06, 10), WITHOUT_CONTRACT)
    reader = publish_now()
    by_total = compare(reader, asked, CHARGE, None, ALL)
    by_distance = compare(reader, asked, CHARGE, None, replace(ALL, by_distance=True))
    assert names(by_total.stations) == ["Far and cheap", "Near and dear"]
    assert names(by_distance.stations) == ["Near and dear", "Far and cheap"]


def test_free_chargers_only_have_no_typical_price(receive, publish_now):
    receive([station("Gratis", "free")], [tariff("free", price="0.00")], feed=NORTH)
    summary = compare(publish_now(), SWEDEN, CHARGE, None, ALL).summary
    assert (summary["stations"], summary["free_stations"], summary["typical"]) == (1, 1, None)


def test_connectors_with_one_price_share_a_line(receive, publish_now):
    twins = [station("Twins", "t", capabilities=(*CONTRACT, "CREDIT_CARD_PAYABLE"))]
    receive(twins, [tariff("t", price_list=price_list("5"), type=None)], feed=NORTH)
    (row,) = compare(publish_now(), SWEDEN, CHARGE, None, ALL).stations
    assert (row["connectors"], row["methods"]) == (1, ["card"])


def test_the_map_holds_only_places_with_a_position(market):
    points = compare(market, SWEDEN, CHARGE, "SEK", ALL).points
    shown = set(names(points))
    assert "Nowhere" not in shown
    assert {"Cheapest", "Names nothing", "In euro"} <= shown
    assert next(p for p in points if p["location_name"] == "In euro")["total"] is None
    unjudged = {p["location_name"] for p in points if p["total"] and not p["is_judged"]}
    assert unjudged == WITHOUT_TAX


def crowd(receive, publish_now, most):
    """Return what is drawn of 300 places in a row, each dearer than the one before."""
    prices = [Decimal(100 + n) / 100 for n in range(300)]
    tariffs = [listed(f"t{n}", flat_energy(price)) for n, price in enumerate(prices)]
    stations = [station(f"S{n}", f"t{n}", latitude=55 + n / 100) for n in range(300)]
    receive(stations, tariffs, feed=NORTH)
    return compare(publish_now(), SWEDEN, CHARGE, None, Sizes(1, most, 0))


def test_many_places_become_cells_and_the_cheapest_stay_on_top(receive, publish_now):
    found = crowd(receive, publish_now, 150)
    assert names(found.points) == [f"S{n}" for n in reversed(range(CHEAPEST_OF_MANY))]
    assert found.placed == sum(cell["places"] for cell in found.cells) == 300
    assert sum(cell["priced_places"] for cell in found.cells) == 300
    assert 10 <= len(found.cells) <= 20
    southern = min(found.cells, key=lambda cell: cell["latitude"])
    prices = [30 * Decimal(100 + n) / 100 for n in range(southern["places"])]
    assert southern["total"] == sorted(prices)[(len(prices) - 1) // 2]


def test_as_many_places_as_can_be_drawn_are_drawn(receive, publish_now):
    found = crowd(receive, publish_now, 300)
    assert (len(found.points), found.cells) == (300, [])
    totals = [point["total"] for point in found.points]
    assert totals == sorted(totals, reverse=True)


def test_the_spread_counts_every_station_once(market):
    (row,) = compare(market, SWEDEN, CHARGE, "SEK", replace(ALL, operators=12)).operators
    assert (row["operator_name"], row["stations"]) == (
        "Ampere AB",
        len(RANKED) - len(WITHOUT_TAX) - len({"Gratis"}),
    )
    assert row["quantiles"] == sorted(row["quantiles"])


def test_where_no_total_has_tax_they_are_judged_among_themselves(receive, publish_now):
    tariffs = [
        listed(name, flat_energy(price, PriceBasis.UNKNOWN))
        for name, price in (("dear", "3.20"), ("cheap", "3.00"))
    ]
    receive([station("A", "dear"), station("B", "cheap")], tariffs, feed=NORTH)
    found = compare(publish_now(), SWEDEN, CHARGE, None, ALL)
    assert [row["is_judged"] for row in found.stations] == [True, True]
    assert found.summary["typical"] == 90


def test_doubtful_prices_are_left_out_on_request_everywhere(market):
    every, sure = SWEDEN, replace(SWEDEN, without_flagged=True)
    assert compare(market, every, CHARGE, "EUR", ALL).summary["flagged"] == 1
    assert "EUR" not in compare(market, sure, CHARGE, "EUR", ALL).currencies
    with download(market, every, CHARGE) as all_rows, download(market, sure, CHARGE) as rows:
        flags = all_rows.read_all().column("flags").to_pylist()
        assert rows.read_all().column("flags").null_count == flags.count(None) > 0
    assert set(flags) >= {"foreign_currency"}


def test_countries_and_plugs_stand_in_order_of_their_number(market):
    assert market.countries() == ["SWE", "DEU"]
    assert market.standards("SWE") == ["IEC_62196_T2_COMBO", "CHADEMO", "IEC_62196_T2"]
    assert market.standards(None) == []


def test_several_ask_at_once_and_each_gets_their_own_answer(market):
    asked = [replace(SWEDEN, methods=methods) for methods in (WITHOUT_CONTRACT, ("contract",))]
    charges = [replace(CHARGE, energy_kwh=Decimal(kwh)) for kwh in (10, 20, 30, 40)]
    pairs = [(one, charge) for one in asked for charge in charges] * 3
    alone = [compare(market, one, charge, "SEK", ALL) for one, charge in pairs]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda pair: compare(market, *pair, "SEK", ALL), pairs))
    assert together == alone
    assert len({str(found.stations) for found in alone}) == len(set(pairs))
