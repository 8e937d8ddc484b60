"""What is cheap around a point: by the great circle, and what is not known last."""

from dataclasses import replace
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from random import Random

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.queries import Near, Reader
from tests.records import connector, evse, location, price_list, tariff

HERE = Near(57.7, 11.97, 20.0, ("card",), "dc")
TENTH_KM = 11.1195  # 0.1 degrees of a great circle: 6371.0088 km x pi / 1800


@pytest.fixture
def near(warehouse, tmp_path):
    """Return a function that publishes and asks."""

    def near(asked=HERE):
        return Reader(publish(warehouse, Settings(home=tmp_path))).cheapest_near(asked)

    return near


def station(location_id, tariff_ids=("T1",), max_power_kw=150, **values):
    bay = connector(tariff_ids=tariff_ids, max_power_kw=Decimal(max_power_kw))
    bays = (evse(location_id, connectors=(bay,)),)
    return location(location_id, evses=bays, **values)


def ids(rows):
    return [row["location_id"] for row in rows]


def test_the_distance_is_that_of_the_great_circle(receive, near):
    receive([station("L1", latitude=57.8)], [tariff()])
    (row,) = near()
    assert row["distance_km"] == pytest.approx(TENTH_KM, abs=0.001)


@pytest.mark.parametrize(("radius_km", "expected"), [(11.11, []), (11.13, ["L1"])])
def test_only_what_lies_within_the_radius_is_found(receive, near, radius_km, expected):
    receive([station("L1", latitude=57.8)], [tariff()])
    assert ids(near(replace(HERE, radius_km=radius_km))) == expected


def test_the_circle_goes_on_beyond_the_date_line(receive, near):
    receive([station("L1", latitude=0.0, longitude=179.95)], [tariff()])
    (row,) = near(replace(HERE, latitude=0.0, longitude=-179.95))
    assert row["distance_km"] == pytest.approx(TENTH_KM, abs=0.001)


def test_the_circle_goes_on_beyond_the_pole(receive, near):
    receive([station("L1", latitude=89.95, longitude=100.0)], [tariff()])
    (row,) = near(replace(HERE, latitude=89.95, longitude=-80.0))
    assert row["distance_km"] == pytest.approx(TENTH_KM, abs=0.001)


def test_bounds_leave_out_nothing_that_is_near_enough(receive, near):
    chance = Random(1)
    places = {f"L{n}": (69 + 2 * chance.random(), 24 + 4 * chance.random()) for n in range(300)}
    middle, radius_km = (70.0, 26.0), 40.0
    receive([station(name, latitude=y, longitude=x) for name, (y, x) in places.items()], [tariff()])
    inside = {name for name, place in places.items() if apart_km(middle, place) <= radius_km}
    rows = near(Near(*middle, radius_km, ("card",), "dc", limit=300))
    assert len(inside) > 20
    assert set(ids(rows)) == inside


def apart_km(one, other):
    (north, east), (north_2, east_2) = [[radians(degree) for degree in p] for p in (one, other)]
    half = sin((north_2 - north) / 2) ** 2
    half += cos(north) * cos(north_2) * sin((east_2 - east) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def test_the_cheapest_stands_first_and_what_is_not_known_last(receive, near):
    receive(
        [station("L1", ("gone",)), station("L2", ("dear",)), station("L3", ("cheap",))],
        [tariff("dear", "6.00"), tariff("cheap", "4.00")],
    )
    rows = near()
    assert ids(rows) == ["L3", "L2", "L1"]
    # 30 kWh at 4 and at 6 SEK, 25 % VAT
    assert [row["total"] for row in rows] == [Decimal(150), Decimal(225), None]
    assert rows[-1]["state_reason"] == "tariff_not_in_feed"


def test_equal_totals_are_ordered_by_name_then_by_id(receive, near):
    receive([station("L1", name="B"), station("L3", name="A"), station("L2", name="A")], [tariff()])
    assert ids(near()) == ["L2", "L3", "L1"]


def test_currencies_are_not_compared(receive, near):
    euro = tariff("euro", price_list=price_list("0.10", currency="EUR"))
    receive([station("L1", ("euro",)), station("L2"), station("L3")], [tariff(), euro])
    assert ids(near()) == ["L2", "L3", "L1"]  # most places here ask for kronor


def test_connectors_of_one_place_power_and_price_are_one_row(receive, near):
    both = (connector("1"), connector("2"))
    receive([location(evses=(evse(connectors=both),))], [tariff()])
    (row,) = near(replace(HERE, methods=("card", "contract")))
    assert (row["connectors"], row["methods"]) == (2, ["card"])


def test_what_is_too_weak_paid_otherwise_or_counted_elsewhere_is_left_out(receive, near):
    receive([station("L1", max_power_kw=50)], [tariff()])
    receive([station("L1", max_power_kw=50)], [tariff()], feed="g")
    assert ids(near()) == ["L1"]
    assert near(replace(HERE, least_kw=51)) == []
    assert near(replace(HERE, methods=("app",))) == []


def test_no_more_rows_than_asked_for(receive, near):
    receive([station("L1"), station("L2")], [tariff()])
    assert ids(near(replace(HERE, limit=1))) == ["L1"]
