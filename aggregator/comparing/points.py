"""Places to draw, the cheapest at last, so that they lie on top."""

from typing import Any

import numpy as np

from aggregator.comparing.codes import Int64s
from aggregator.comparing.sites import Sites, power_kw
from aggregator.comparing.stations import Stations, amount, place_rows

Row = dict[str, Any]
NO_TOTAL = np.iinfo(np.int64).max


def with_position(sites: Sites) -> Int64s:
    """Return the places whose position is known."""
    area = sites.totals.area
    places = area.columns.places
    return np.flatnonzero(~np.isnan(places.latitude + places.longitude)[area.places])


def points(sites: Sites, stations: Stations | None, most: int) -> list[Row]:
    """Return at most so many places with a position: the cheapest, dearest first.

    total: the lowest of the place; None where it has none in this currency.
    """
    best = best_stations(stations, len(sites.is_priced))
    area = sites.totals.area
    rows = with_position(sites)
    price = _price(stations, best)[rows]
    cheapest = np.lexsort((area.columns.places.by_name[area.places[rows]], price))
    chosen = rows[cheapest[:most][::-1]]
    texts = place_rows(area.columns.places, area.places[chosen])
    found = (_row(sites, stations, int(row), int(best[row])) for row in chosen)
    return [text | row for text, row in zip(texts, found, strict=True)]


def best_stations(stations: Stations | None, size: int, *, judged: bool = False) -> Int64s:
    """Return the cheapest station of each place, with tax before without; -1: there is none.

    judged: only those that are compared with others.
    """
    best = np.full(size, -1)
    if stations is not None:
        order = np.lexsort((stations.total, stations.tax_rank))[::-1]
        order = order[stations.is_judged[order]] if judged else order
        best[stations.site[order]] = order
    return best


def _price(stations: Stations | None, best: Int64s) -> Int64s:
    """Return what the places are ordered by: tax first, then the total."""
    if stations is None:
        return np.full(len(best), NO_TOTAL)
    behind = stations.tax_rank * (int(stations.total.max()) + 1)
    return np.where(best < 0, NO_TOTAL, (stations.total + behind)[best])


def _row(sites: Sites, stations: Stations | None, row: int, best: int) -> Row:
    if stations is None or best < 0:
        return {"max_power_kw": power_kw(sites, row), "total": None, "is_judged": False}
    return {
        "max_power_kw": power_kw(sites, row),
        "total": amount(stations.total[best]),
        "is_judged": int(stations.tax_rank[best]) == stations.best_tax_rank,
    }
