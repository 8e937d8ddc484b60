"""Which cells are one place: as comparing all with all would tell, anywhere on earth."""

from random import Random

import pytest

from aggregator.publish.clusters import WIDEST_GAP_KM, Middle, apart_km, clusters


def cell_of(latitude, longitude):
    return int((latitude + 90) * 10) * 3600 + int((longitude + 180) * 10)


def cells(*points):
    return {cell_of(*point): Middle(*point, locations=1) for point in points}


def by_comparing_all(given):
    """Return the clusters, each as a set, without looking at where cells lie."""
    groups = [{cell} for cell in given]
    for cell, middle in given.items():
        near = [
            one
            for one in groups
            if any(apart_km(middle, given[other]) <= WIDEST_GAP_KM for other in one)
        ]
        groups = [one for one in groups if one not in near] + [{cell}.union(*near)]
    return {frozenset(one) for one in groups}


@pytest.mark.parametrize("latitude", [-89, -60, 0, 45, 69, 80, 88])
def test_clusters_are_those_that_comparing_all_with_all_finds(latitude):
    chance = Random(latitude)
    points = [(latitude + chance.random(), 10 + 12 * chance.random()) for _ in range(150)]
    given = cells(*points)
    found = clusters(given)
    assert {frozenset(one) for one in found} == by_comparing_all(given)
    assert sum(map(len, found)) == len(given)


def test_the_largest_stands_first_and_equals_stand_by_their_cell():
    south, middle, north = (50.0, 10.0), (52.0, 10.0), (54.0, 10.0)
    given = cells(south, middle, north)
    given[cell_of(*north)] = Middle(*north, locations=2)
    assert clusters(given) == [[cell_of(*north)], [cell_of(*south)], [cell_of(*middle)]]


def test_nothing_reaches_over_the_date_line():
    assert len(clusters(cells((0.0, 179.95), (0.0, -179.95)))) == 2


def test_without_cells_there_are_no_clusters():
    assert clusters({}) == []
