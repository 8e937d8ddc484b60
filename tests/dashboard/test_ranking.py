"""What is ranked, what is not and why, on a snapshot that the real pipeline made."""

from dataclasses import replace
from decimal import Decimal

import pytest

from aggregator.domain.tariff import PriceBasis, PriceLimit
from dashboard.filters import Choice
from tests.dashboard.market import CONTRACT, NORTH, flat_energy, listed, station
from tests.records import price_list, tariff

SWEDEN = Choice("SWE").selection
# Names, unit price x 30 kWh; equal totals in order of their names.
WITH_TAX = {
    "Gratis": 0,
    "Cheapest": 90,  # 3.00
    "Middle": 150,  # 4.00 + 25 %
    "By app": 180,  # 6.00
    "Dearest": 180,
    "Nowhere": 180,
    "Power not stated": 180,
    "Scaled": 250,  # at least 200 without tax
}
WITHOUT = {
    "Without tax": 135,  # 4.50, no rate stated
    "Tax not told": 165,  # 5.50
}
RANKED = WITH_TAX | WITHOUT


def names(rows):
    return [row["location_name"] for row in rows]


def test_stations_are_ranked_by_total_then_by_unit_price_then_by_name(market):
    found = {row["location_name"]: row["total"] for row in market.stations(SWEDEN, "SEK", 100)}
    assert found == RANKED
    assert list(found) == list(RANKED)


def test_equal_totals_are_ordered_by_unit_price(receive, publish_now):
    # 100 SEK at least: both cost 100, though 3.00 a kWh is less than 3.20.
    least = PriceLimit(excl_vat=None, incl_vat=Decimal(100))
    tariffs = [
        listed(name, flat_energy(price, min_price=least))
        for name, price in (("dear", "3.20"), ("cheap", "3.00"))
    ]
    receive([station("A", "dear"), station("B", "cheap")], tariffs, feed=NORTH)
    rows = publish_now().stations(SWEDEN, "SEK", 10)
    assert [(row["location_name"], row["total"]) for row in rows] == [("B", 100), ("A", 100)]


def test_only_as_many_as_asked_for(market):
    assert names(market.stations(SWEDEN, "SEK", 2)) == list(RANKED)[:2]


def test_currencies_are_never_mixed(market):
    assert market.currencies(SWEDEN) == ["SEK", "EUR"]
    assert names(market.stations(SWEDEN, "EUR", 100)) == ["In euro"]
    assert market.summary(SWEDEN, "EUR")["cheapest"] == 12  # 0.40 x 30


def test_what_has_no_price_is_never_ranked(market):
    ranked = set(names(market.stations(SWEDEN, "SEK", 100)))
    assert ranked.isdisjoint({"Names nothing", "Names a stranger", "Holds nothing"})


@pytest.mark.parametrize(
    ("session", "expected"),
    # 11 kW bring 20 kWh in 2 h, but not 30 kWh in 40 min; 50 kW not 40 kWh in 25 min.
    [("ac", {"Weak but cheap", "Cheapest"}), ("dc", {"Cheapest"}), ("hpc", set())],
)
def test_connectors_too_weak_for_the_session_are_left_out(market, session, expected):
    selection = Choice("SWE", session=session).selection
    weak = {"Weak but cheap", "Cheapest"}
    assert weak & set(names(market.stations(selection, "SEK", 100))) == expected


def test_a_connector_whose_power_nobody_knows_stays(market):
    selection = Choice("SWE", session="hpc").selection
    assert "Power not stated" in names(market.stations(selection, "SEK", 100))


@pytest.mark.parametrize(
    ("method", "station_name", "is_ranked"),
    [
        ("any", "Members only", False),
        ("contract", "Members only", True),
        ("contract", "Cheapest", False),
        ("card", "By app", False),
        ("app", "By app", True),
        ("card", "Gratis", True),
        ("contract", "Gratis", True),
    ],
)
def test_a_price_counts_for_its_own_way_of_paying(market, method, station_name, is_ranked):
    selection = Choice("SWE", method=method).selection
    assert (station_name in names(market.stations(selection, "SEK", 100))) is is_ranked


def test_plug_and_power_narrow_the_choice(market):
    assert names(market.stations(replace(SWEDEN, standard="CHADEMO"), "SEK", 9)) == ["Cheapest"]
    assert names(market.stations(replace(SWEDEN, power="dc"), "SEK", 9)) == ["Cheapest"]


def test_the_summary_is_worked_out_over_paid_stations(market):
    summary = market.summary(SWEDEN, "SEK")
    assert summary["stations"] == len(RANKED)
    assert summary["free_stations"] == 1
    # Nine are paid; the fifth of 90 135 150 165 180 180 180 180 250 is in the middle.
    middle = (summary["cheapest"], summary["typical"], summary["dearest"])
    assert middle == (90, 180, 250)
    assert (summary["without_tax"], summary["tax_not_stated"]) == (1, 1)


@pytest.mark.parametrize("method", ["any", "card", "app", "contract"])
@pytest.mark.parametrize("session", ["ac", "dc", "hpc"])
def test_every_place_is_priced_or_counted_with_a_reason(market, method, session):
    selection = Choice("SWE", method=method, session=session).selection
    summary = market.summary(selection, "SEK")
    reasons = market.unpriced_reasons(selection)
    priced = {
        row["location_id"]
        for currency in ("SEK", "EUR")
        for row in market.stations(selection, currency, 100)
    }
    assert summary["places"] == len(priced) + summary["places_without_price"]
    assert sum(row["places"] for row in reasons) == summary["places_without_price"]
    assert len(market.unpriced(selection, 100)) == summary["places_without_price"]


def test_each_reason_is_counted(market):
    assert {row["reason"]: row["places"] for row in market.unpriced_reasons(SWEDEN)} == {
        "no_tariff_id": 1,
        "tariff_not_in_feed": 1,
        "no_elements": 1,
        "other_payment": 1,
    }
    reasons = {row["location_name"]: row["reason"] for row in market.unpriced(SWEDEN, 100)}
    assert reasons["Members only"] == "other_payment"
    assert reasons["Holds nothing"] == "no_elements"


def test_a_country_of_free_chargers_only_has_no_typical_price(receive, publish_now):
    free = tariff("free", price="0.00")
    receive([station("Gratis", "free")], [free], feed=NORTH)
    summary = publish_now().summary(SWEDEN, "SEK")
    assert (summary["stations"], summary["free_stations"], summary["typical"]) == (1, 1, None)


def test_connectors_with_one_price_share_a_line(receive, publish_now):
    twins = [
        station("Twins", "t", capabilities=(*CONTRACT, "CREDIT_CARD_PAYABLE")),
    ]
    receive(twins, [tariff("t", price_list=price_list("5"), type=None)], feed=NORTH)
    reader = publish_now()
    (row,) = reader.stations(SWEDEN, "SEK", 10)
    assert (row["connectors"], row["methods"]) == (1, ["card"])


def test_the_map_holds_only_places_with_a_position(market):
    points = market.map_points(SWEDEN, "SEK", 500)
    shown = set(names(points))
    assert "Nowhere" not in shown
    assert {"Cheapest", "Names nothing", "In euro"} <= shown
    assert {p["places"] for p in points} == {len(points)}
    assert next(p for p in points if p["location_name"] == "In euro")["total"] is None


def test_the_map_is_capped_and_the_cheapest_are_on_it(receive, publish_now):
    prices = [Decimal(100 + n) / 100 for n in range(300)]
    tariffs = [listed(f"t{n}", flat_energy(price)) for n, price in enumerate(prices)]
    stations = [station(f"S{n}", f"t{n}", latitude=55 + n / 100) for n in range(300)]
    receive(stations, tariffs, feed=NORTH)
    points = publish_now().map_points(SWEDEN, "SEK", 150)
    assert len(points) <= 150
    assert {f"S{n}" for n in range(100)} <= set(names(points))
    assert {point["places"] for point in points} == {300}
    totals = [point["total"] for point in points]
    assert totals == sorted(totals, reverse=True), "the cheapest are drawn last, on top"


def test_the_spread_counts_every_station_once(market):
    (row,) = market.operator_spread(SWEDEN, "SEK", 12)
    assert (row["operator_name"], row["stations"]) == ("Ampere AB", len(WITH_TAX))
    assert row["quantiles"] == sorted(row["quantiles"])
    assert row["quantiles"][2] == 180  # the 4th and 5th of eight


def test_a_total_without_tax_is_not_judged_beside_totals_with_it(market):
    rows = market.stations(SWEDEN, "SEK", 100)
    assert {row["location_name"] for row in rows if not row["is_judged"]} == set(WITHOUT)
    points = market.map_points(SWEDEN, "SEK", 500)
    unjudged = {p["location_name"] for p in points if p["total"] and not p["is_judged"]}
    assert unjudged == set(WITHOUT)
    summary = market.summary(SWEDEN, "SEK")
    assert (summary["judged_stations"], summary["cheapest"]) == (7, 90)


def test_where_no_total_has_tax_they_are_judged_among_themselves(receive, publish_now):
    tariffs = [
        listed(name, flat_energy(price, PriceBasis.UNKNOWN))
        for name, price in (("dear", "3.20"), ("cheap", "3.00"))
    ]
    receive([station("A", "dear"), station("B", "cheap")], tariffs, feed=NORTH)
    found = publish_now()
    assert [row["is_judged"] for row in found.stations(SWEDEN, "SEK", 10)] == [True, True]
    assert found.summary(SWEDEN, "SEK")["typical"] == 90


def test_countries_and_plugs_stand_in_order_of_their_number(market):
    assert market.countries() == ["SWE", "DEU"]
    assert market.standards("SWE") == ["IEC_62196_T2_COMBO", "CHADEMO", "IEC_62196_T2"]
    assert market.standards(None) == []
