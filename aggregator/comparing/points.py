"""Places to draw, no more than a map can show."""

from typing import Any

import numpy as np

from aggregator.comparing.codes import Int64s
from aggregator.comparing.sites import Sites, power_kw
from aggregator.comparing.stations import Stations, amount, place_rows

Row = dict[str, Any]
ALWAYS = 100
"""So many of the cheapest are drawn however many places there are."""

NO_TOTAL = np.iinfo(np.int64).max


def points(sites: Sites, stations: Stations | None, most: int) -> list[Row]:
    """Return at most so many places: the cheapest always, the others evenly by a stable digest.

    total: the lowest of the place; None where it has none in this currency. places: of all that
    have a position. Dearest first, so that who draws them in order has the cheapest on top.
    """
    best = _best(stations, len(sites.is_priced))
    area = sites.totals.area
    places = area.columns.places
    rows = np.flatnonzero(~np.isnan(places.latitude[area.places]))
    price = _price(stations, best)
    by_price = rows[np.argsort(price[rows], kind="stable")]
    is_always = np.zeros(len(best), np.bool_)
    is_always[by_price[:ALWAYS]] = True
    chosen = np.lexsort([places.by_chance[area.places[rows]], ~is_always[rows]])[:most]
    chosen = rows[chosen]
    chosen = chosen[np.argsort(-price[chosen], kind="stable")]
    texts = place_rows(places, area.places[chosen])
    found = (_row(sites, stations, int(row), int(best[row])) for row in chosen)
    return [text | row | {"places": len(rows)} for text, row in zip(texts, found, strict=True)]


def _best(stations: Stations | None, size: int) -> Int64s:
    """Return the cheapest station of each place, -1 where there is none."""
    best = np.full(size, -1)
    if stations is not None:
        order = np.lexsort([stations.total, stations.tax_rank])[::-1]
        best[stations.site[order]] = order
    return best


def _price(stations: Stations | None, best: Int64s) -> Int64s:
    """Return what the places are ordered by: tax first, then the total."""
    if stations is None:
        return np.full(len(best), NO_TOTAL)
    behind = stations.tax_rank * (int(stations.total.max()) + 1)
    return np.where(best < 0, NO_TOTAL, (stations.total + behind)[best])


def _row(sites: Sites, stations: Stations | None, row: int, best: int) -> Row:
    is_priced = stations is not None and best >= 0
    return {
        "max_power_kw": power_kw(sites, row),
        "total": amount(stations.total[best]) if stations is not None and is_priced else None,
        "is_judged": stations is not None
        and is_priced
        and int(stations.tax_rank[best]) == stations.best_tax_rank,
    }
