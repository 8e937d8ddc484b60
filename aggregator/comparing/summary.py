"""What the offers of an area come to, in figures."""

from typing import Any

import numpy as np

from aggregator.comparing.area_totals import AreaTotals
from aggregator.comparing.sites import Sites
from aggregator.comparing.stations import Stations, amount

Row = dict[str, Any]
NOTHING_PRICED = dict.fromkeys(
    (
        "currency",
        "stations",
        "free_stations",
        "flagged",
        "tax_derived",
        "without_tax",
        "tax_not_stated",
        "judged_stations",
        "cheapest",
        "typical",
        "dearest",
    )
)


def summary(
    totals: AreaTotals, sites: Sites, currency: str | None, stations: Stations | None
) -> Row:
    """Return the figures of the stations of a currency, and those of all places.

    cheapest, typical, dearest: of the paid stations (those with tax, where there are any).
    places: of all currencies. reasons: how many have no price for the chosen way to pay, by reason;
    other_methods: by which other ways some of them have one. places_closed: left out for that, if
    that was asked for; places_without_hours: not known to be open.
    """
    of_stations = NOTHING_PRICED if stations is None else _of_stations(stations)
    return of_stations | {"currency": currency} | _of_places(totals, sites)


def _of_stations(stations: Stations) -> Row:
    basis = stations.totals.tax_basis[stations.pair]
    judged = np.sort(stations.total[stations.is_judged])
    return {
        "stations": len(stations.pair),
        "free_stations": int(stations.is_free.sum()),
        "flagged": int(stations.is_flagged.sum()),
        "tax_derived": int((basis == "derived").sum()),
        "without_tax": int((basis == "net").sum()),
        "tax_not_stated": int((basis == "unknown").sum()),
        "judged_stations": len(judged),
        "cheapest": amount(judged[0]) if len(judged) else None,
        "typical": amount(judged[(len(judged) - 1) // 2]) if len(judged) else None,
        "dearest": amount(judged[-1]) if len(judged) else None,
    }


def _of_places(totals: AreaTotals, sites: Sites) -> Row:
    numbers, counts = np.unique(sites.reason[~sites.is_priced], return_counts=True)
    reasons = [totals.reasons[number] for number in numbers]
    others = int(np.bitwise_or.reduce(sites.other_methods, initial=0))
    return {
        "places": len(sites.is_priced),
        "places_closed": totals.area.closed,
        "places_without_hours": totals.area.no_hours,
        "places_without_price": int((~sites.is_priced).sum()),
        "reasons": dict(zip(reasons, counts.tolist(), strict=True)),
        "other_methods": sites.methods(others),
    }
