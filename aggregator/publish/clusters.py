"""Which cells of 0.1 degrees lie close enough together to be one place.

Two belong together when a way leads from one to the other on which no step is longer than the
widest gap. No step leads over the date line: there is no median across it. Cells are numbered as in
mart.location.
"""

from collections.abc import Iterator, Mapping
from math import asin, ceil, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
WIDEST_GAP_KM = 30.0
CELL_KM = 11.1195  # of a great circle: 0.1 degrees
CELLS_AROUND, HALF_TURN = 3600, 180
REACH_ROWS = ceil(WIDEST_GAP_KM / CELL_KM)


class Middle(NamedTuple):
    """The middle of what stands in a cell, in degrees, and how much that is."""

    latitude: float
    longitude: float
    locations: int


Cells = Mapping[int, Middle]


def clusters(cells: Cells) -> list[list[int]]:
    """Return the cells that belong together, what has most locations first.

    Equals stand in the order of their first cell, so that they never change places.
    """
    left = dict(cells)
    found = [_with_all_near(cell, left) for cell in sorted(cells) if cell in left]
    return sorted(found, key=lambda group: (-sum(cells[one].locations for one in group), group[0]))


def _with_all_near(first: int, left: dict[int, Middle]) -> list[int]:
    """Take a cell and all that a way leads to out of those that are left."""
    group, waiting = [first], [(first, left.pop(first))]
    while waiting:
        cell, middle = waiting.pop()
        near = [other for other in _around(cell, middle, left) if _is_near(middle, left[other])]
        waiting += [(other, left.pop(other)) for other in near]
        group += near
    return sorted(group)


def _around(cell: int, middle: Middle, left: Mapping[int, Middle]) -> Iterator[int]:
    """Yield those cells that may be near enough."""
    row, column = divmod(cell, CELLS_AROUND)
    northernmost = min(abs(middle.latitude) + 1, 89.0)
    reach = ceil(WIDEST_GAP_KM / CELL_KM / cos(radians(northernmost)))
    if (2 * reach + 1) * (2 * REACH_ROWS + 1) > len(left):
        yield from left
        return
    west, east = max(column - reach, 0), min(column + reach, CELLS_AROUND)
    for other in range(row - REACH_ROWS, row + REACH_ROWS + 1):
        begin = other * CELLS_AROUND
        yield from (c for c in range(begin + west, begin + east + 1) if c in left)


def _is_near(one: Middle, other: Middle) -> bool:
    is_over_date_line = abs(one.longitude - other.longitude) > HALF_TURN
    return not is_over_date_line and apart_km(one, other) <= WIDEST_GAP_KM


def apart_km(one: Middle, other: Middle) -> float:
    """Return the distance in km along the great circle."""
    north, south = radians(one.latitude), radians(other.latitude)
    half = sin((north - south) / 2) ** 2
    half += cos(north) * cos(south) * sin(radians(one.longitude - other.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
