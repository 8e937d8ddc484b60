"""Cells: what stations near each other cost, where an area has more places than a map can show."""

from typing import Any

import numpy as np

from aggregator.comparing.codes import Floats, Int64s
from aggregator.comparing.points import best_stations, with_position
from aggregator.comparing.sites import Sites
from aggregator.comparing.stations import Stations, amount

Row = dict[str, Any]
CELLS_ACROSS = 14  # from one end of the area to the other
OUTERMOST = 0.01  # of the places, which do not decide how large cells are


def cells(sites: Sites, stations: Stations | None) -> list[Row]:
    """Return the cells that have places, those with fewest first.

    latitude, longitude: of the middle of its places. places: how many; priced_places: with a total
    that is compared with others; other_places: with another one, such as free ones. total: the
    median of the lowest totals of the former; None: there are none.
    """
    rows = with_position(sites)
    if not len(rows):
        return []
    places, area = sites.totals.area.columns.places, sites.totals.area
    latitude, longitude = places.latitude[area.places[rows]], places.longitude[area.places[rows]]
    _, cell, counts = np.unique(_key(latitude, longitude), return_inverse=True, return_counts=True)
    by_cell = np.argsort(cell, kind="stable")
    size = len(sites.is_priced)
    best = best_stations(stations, size, judged=True)[rows][by_cell]
    is_any = (best_stations(stations, size)[rows] >= 0)[by_cell]
    ends = np.cumsum(counts)[:-1]
    found = zip(
        np.bincount(cell, latitude) / counts,
        np.bincount(cell, longitude) / counts,
        counts.tolist(),
        np.split(best, ends),
        np.split(is_any, ends),
        strict=True,
    )
    cells = [
        {"latitude": float(north), "longitude": float(east), "places": count}
        | _priced(stations, best, int(is_any.sum()))
        for north, east, count, best, is_any in found
    ]
    return sorted(cells, key=lambda row: row["places"])


def _key(latitude: Floats, longitude: Floats) -> Int64s:
    """Return which cell each place lies in; cells are as wide as high, where most places are."""
    south, north = np.quantile(latitude, (OUTERMOST, 1 - OUTERMOST))
    west, east = np.quantile(longitude, (OUTERMOST, 1 - OUTERMOST))
    narrower = np.cos(np.radians((south + north) / 2))
    edge = max((north - south), (east - west) * narrower, 1e-6) / CELLS_ACROSS
    row = np.floor(latitude / edge).astype(np.int64)
    column = np.floor(longitude * narrower / edge).astype(np.int64)
    key: Int64s = row * (1 << 32) + column
    return key


def _priced(stations: Stations | None, best: Int64s, any_places: int) -> Row:
    judged = best[best >= 0]
    others = any_places - len(judged)
    if stations is None or not len(judged):
        return {"priced_places": 0, "other_places": others, "total": None, "is_judged": False}
    totals = np.sort(stations.total[judged])
    middle = amount(totals[(len(totals) - 1) // 2])
    return {
        "priced_places": len(totals),
        "other_places": others,
        "total": middle,
        "is_judged": True,
    }
