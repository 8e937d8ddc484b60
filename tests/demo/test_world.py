"""Size and reproducibility of a simulation."""

import time

import pytest

from aggregator.demo.operators import OPERATORS
from aggregator.demo.records import location_record, served, tariff_record
from aggregator.demo.world import build_world


@pytest.mark.parametrize("evses", [1, 100, 5_000, 20_000])
def test_size_is_what_was_asked_for_to_within_one_site(evses: int) -> None:
    """A site has at most twelve EVSEs."""
    assert evses <= build_world(evses).evses < evses + 12


def test_larger_simulation_holds_every_object_of_a_smaller_one() -> None:
    """Sizes can be compared with each other."""
    small, large = build_world(300), build_world(3_000)
    for operator in OPERATORS:
        assert small.locations_of(operator) < large.locations_of(operator)
        for number in range(small.locations_of(operator)):
            assert location_record(small, operator, number) == location_record(
                large, operator, number
            )
        for number in range(small.tariffs_of(operator)):
            assert tariff_record(small, operator, number) == tariff_record(large, operator, number)


def test_seed_decides_where_sites_are() -> None:
    """Another seed gives another world, the same seed the same one."""
    operator = OPERATORS[0]
    first, again, other = build_world(100), build_world(100), build_world(100, seed=2)
    assert location_record(first, operator, 0) == location_record(again, operator, 0)
    assert location_record(first, operator, 0) != location_record(other, operator, 0)


def test_counts_are_those_of_the_served_records() -> None:
    """A harvest is judged by these numbers."""
    world = build_world(800)
    for operator in OPERATORS:
        locations = [
            location_record(world, operator, n) for n in range(world.locations_of(operator))
        ]
        evses = [evse for location in locations for evse in location["evses"]]
        counts = served(world, operator)
        assert counts.locations == len(locations)
        assert counts.evses == len(evses)
        assert counts.connectors == sum(len(evse["connectors"]) for evse in evses)
    assert sum(served(world, operator).evses for operator in OPERATORS) == world.evses


def test_two_hundred_thousand_evses_are_planned_in_a_moment() -> None:
    """Nothing is generated before somebody asks for it."""
    start = time.perf_counter()
    world = build_world(200_000)
    assert time.perf_counter() - start < 2
    assert sum(world.location_counts.values()) > 50_000
