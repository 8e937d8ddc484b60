"""One's own charge at every charger of an area: ranked, and what has no price accounted for."""

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from aggregator.comparing.comparison import Sizes, compare
from aggregator.domain.charge import Charge
from aggregator.domain.contents import from_json
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.bill import bill
from aggregator.pricing.reference import zone_named
from aggregator.store.queries import Circle, ViewAsked
from tests.dashboard.market import CARD, NORTH, flat_energy, listed, station
from tests.records import connector, evse, location, price_list

WITHOUT_CONTRACT = ("card", "app", "ad_hoc", "free")
SWEDEN = ViewAsked("SWE", None, WITHOUT_CONTRACT)
ALL = Sizes(stations=100, points=100, unpriced=100)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CHARGE = Charge(Decimal(30), Decimal(11), Decimal(100), NOON)
RANKED = {
    "Gratis": 0,
    "Cheapest": 90,
    "Weak but cheap": 90,
    "Middle": 150,
    "By app": 180,
    "Dearest": 180,
    "Nowhere": 180,
    "Power not stated": 180,
    "Scaled": 250,
    "Without tax": 135,
    "Tax not told": 165,
}


def names(rows):
    return [row["location_name"] for row in rows]


def test_the_list_is_ranked_by_what_the_charge_costs(market):
    found = compare(market, SWEDEN, CHARGE, None, ALL)
    totals = {row["location_name"]: row["total"] for row in found.stations}
    assert totals == RANKED
    assert list(totals) == list(RANKED)
    assert found.currency == "SEK"
    assert {row["distance_km"] for row in found.stations} == {None}, "a country has no middle"
    assert found.currencies == ["SEK", "EUR"]


@pytest.mark.parametrize("kwh", ["7.5", "60"])
def test_every_total_is_that_of_the_exact_bill(market, kwh):
    charge = replace(CHARGE, energy_kwh=Decimal(kwh), parking_minutes=Decimal(20))
    quotes = {row["quote_no"]: row for row in market.quotes().to_pylist()}
    lists = market.price_lists([row["content_hash"] for row in quotes.values()])
    stations = compare(market, SWEDEN, charge, "SEK", ALL).stations
    for row in stations:
        power = charge.power_kw(row["max_power_kw"], is_dc=row["is_dc"])
        session = charge.session(power, zone_named(quotes[row["quote_no"]]["time_zone"]) or UTC)
        exact = bill(from_json(lists[quotes[row["quote_no"]]["content_hash"]]), session)
        is_with_tax = row["tax_basis"] in {"gross", "derived"}
        assert row["total"] == (exact.total_gross if is_with_tax else exact.total_as_stated)
        assert sum(part.amount for part in row["parts"]) == row["total"]
        assert row["minutes"] == float(session.charging_minutes)
    assert len(stations) == len(RANKED)


def test_every_location_is_ranked_or_counted_with_a_reason(market):
    found = compare(market, SWEDEN, CHARGE, "SEK", ALL)
    priced = {*names(found.stations), *names(compare(market, SWEDEN, CHARGE, "EUR", ALL).stations)}
    unpriced = {row["location_name"]: row["reason"] for row in found.unpriced}
    assert unpriced == {
        "Members only": "other_payment",
        "Names nothing": "no_tariff_id",
        "Names a stranger": "tariff_not_in_feed",
        "Holds nothing": "no_elements",
    }
    assert found.summary["places"] == len(priced) + len(unpriced) == 16
    assert found.summary["places_without_price"] == 4
    assert sorted(found.summary["reasons"].items()) == sorted(
        (reason, 1) for reason in unpriced.values()
    )
    assert found.summary["other_methods"] == ["contract"]


def test_what_is_not_told_of_tax_is_not_judged_and_not_typical(market):
    summary = compare(market, SWEDEN, CHARGE, "SEK", ALL).summary
    assert (summary["cheapest"], summary["typical"], summary["dearest"]) == (90, 180, 250)
    assert (summary["free_stations"], summary["without_tax"], summary["tax_not_stated"]) == (
        1,
        1,
        1,
    )
    judged = {
        row["location_name"]
        for row in compare(market, SWEDEN, CHARGE, None, ALL).stations
        if row["is_judged"]
    }
    assert judged == set(RANKED) - {"Without tax", "Tax not told"}


def test_the_car_decides_where_it_can_charge(market):
    no_dc = replace(SWEDEN, takes_dc=False)
    assert names(compare(market, no_dc, CHARGE, None, ALL).stations) == ["Weak but cheap"]
    no_ac = replace(SWEDEN, takes_ac=False)
    assert "Weak but cheap" not in names(compare(market, no_ac, CHARGE, None, ALL).stations)


def test_filters_hold_all_together(market):
    asked = replace(SWEDEN, standard="CHADEMO", least_kw=50)
    assert names(compare(market, asked, CHARGE, None, ALL).stations) == ["Cheapest"]
    assert compare(market, replace(asked, least_kw=51), CHARGE, None, ALL).stations == []
    assert "Power not stated" not in names(
        compare(market, replace(SWEDEN, least_kw=1), CHARGE, None, ALL).stations
    )


def test_a_circle_takes_what_lies_in_it_and_tells_how_far(receive, publish_now):
    spots = {"Here": 59.33, "Near": 59.38, "Far": 59.6}
    stations = [station(name, "t", latitude=lat, longitude=18.06) for name, lat in spots.items()]
    receive(stations, [listed("t", flat_energy("3.00"))], feed=NORTH)
    asked = ViewAsked(None, Circle(59.33, 18.06, 10), WITHOUT_CONTRACT)
    found = compare(publish_now(), asked, CHARGE, None, ALL)
    assert names(found.stations) == ["Here", "Near"]
    assert [row["distance_km"] for row in found.stations] == pytest.approx([0, 5.56], abs=0.01)
    assert {row["location_name"] for row in found.points} == {"Here", "Near"}


def test_a_price_of_time_depends_on_the_power(receive, publish_now):
    per_hour = PriceComponent(Dimension.TIME, Decimal(60), None)
    prices = price_list(
        currency="SEK", price_basis=PriceBasis.GROSS, elements=(TariffElement((per_hour,)),)
    )
    plugs = [
        connector(
            str(kw),
            tariff_ids=("t",),
            max_power_kw=Decimal(kw),
            power_type="DC",
            standard="IEC_62196_T2_COMBO",
        )
        for kw in (50, 200)
    ]
    bay = evse("E", capabilities=CARD, connectors=tuple(plugs))
    receive([location("L", evses=(bay,))], [listed("t", prices)], feed=NORTH)
    found = compare(publish_now(), SWEDEN, CHARGE, None, ALL).stations
    assert {row["max_power_kw"]: row["total"] for row in found} == {50: 36, 200: 18}  # at 100 kW


def test_the_time_of_the_charge_decides_the_price(receive, publish_now):
    night = TariffElement(
        (PriceComponent(Dimension.ENERGY, Decimal(2), None),),
        Restrictions(start_time=time(22), end_time=time(6)),
    )
    day = TariffElement((PriceComponent(Dimension.ENERGY, Decimal(5), None),))
    prices = price_list(currency="SEK", price_basis=PriceBasis.GROSS, elements=(night, day))
    receive([station("S", "t", time_zone="Europe/Stockholm")], [listed("t", prices)], feed=NORTH)
    reader = publish_now()
    totals = [
        compare(reader, SWEDEN, replace(CHARGE, starts=starts), None, ALL).stations[0]["total"]
        for starts in (NOON, datetime(2026, 11, 24, 23), NOON.replace(hour=22))  # noqa: DTZ001
    ]
    assert totals == [150, 60, 60]


def test_a_price_that_only_another_session_has_is_no_price(receive, publish_now):
    weak = TariffElement(
        (PriceComponent(Dimension.ENERGY, Decimal(2), None),),
        Restrictions(max_power_kw=Decimal(60)),
    )
    prices = price_list(currency="SEK", price_basis=PriceBasis.GROSS, elements=(weak,))
    receive([station("S", "t")], [listed("t", prices)], feed=NORTH)
    found = compare(publish_now(), SWEDEN, CHARGE, None, ALL)
    assert found.stations == []
    assert found.summary["reasons"] == {"no_price_applies": 1}
    slow = compare(publish_now(), SWEDEN, replace(CHARGE, car_dc_kw=Decimal(50)), None, ALL)
    assert [row["total"] for row in slow.stations] == [60]


def test_ways_to_pay_are_those_that_are_asked_for(market):
    by_app = replace(SWEDEN, methods=("app", "free"))
    assert names(compare(market, by_app, CHARGE, None, ALL).stations) == ["Gratis", "By app"]


def test_an_empty_area_is_no_error(market):
    nowhere = ViewAsked(None, Circle(0.0, 0.0, 10), WITHOUT_CONTRACT)
    found = compare(market, nowhere, CHARGE, None, ALL)
    assert found.currency is None
    assert found.stations == found.points == found.unpriced == []
    assert found.summary["places"] == 0


def test_a_charger_that_is_far_too_slow_costs_only_itself(receive, publish_now):
    plugs = [station("Slow", "t", power_kw="0.001"), station("Fast", "t")]
    receive(plugs, [listed("t", flat_energy("3.00"))], feed=NORTH)
    found = compare(publish_now(), SWEDEN, CHARGE, None, ALL)
    assert names(found.stations) == ["Fast"]
    assert [(row["location_name"], row["reason"]) for row in found.unpriced] == [
        ("Slow", "too_slow")
    ]


def test_a_car_that_is_far_too_slow_finds_nothing_and_says_why(market):
    crawling = replace(CHARGE, car_dc_kw=Decimal("0.001"), car_ac_kw=Decimal("0.001"))
    found = compare(market, SWEDEN, crawling, None, ALL)
    assert found.stations == []
    assert found.summary["reasons"]["too_slow"] > 0
