"""The places of an area: which have a price, and why others have none."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from aggregator.comparing.area import W_PER_KW
from aggregator.comparing.area_totals import OTHER_PAYMENT, AreaTotals
from aggregator.comparing.codes import Bools, Int64s
from aggregator.comparing.stations import known, place_rows

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sites:
    """The places, one row of each array for each.

    is_priced: for the chosen way to pay, in whatever currency. reason: number in the totals'
    reasons, where it is not. other_methods: a bit for each way to pay that it has a price for then.
    power_w: the highest; -1: not stated.
    """

    totals: AreaTotals
    is_priced: Bools
    reason: Int64s
    other_methods: Int64s
    power_w: Int64s

    def methods(self, bits: int) -> list[str]:
        """Return the ways to pay of a set of bits."""
        words = self.totals.area.columns.methods.words
        return [word for number, word in enumerate(words) if bits >> number & 1]


def sites_of(totals: AreaTotals) -> Sites:
    """Return the places of an area."""
    area = totals.area
    first = np.searchsorted(area.site, np.arange(len(area.places)))
    is_priced = _of_each(np.logical_or, totals.is_priced, first)
    is_other = _is_other(totals)
    nowhere = len(totals.reasons)
    by_reason = np.where(totals.is_priced, nowhere, totals.reason)
    paid_so = _of_each(np.minimum, np.where(area.is_paid_so, by_reason, nowhere), first)
    at_all = _of_each(np.minimum, np.where(is_other, nowhere, by_reason), first)
    has_other = _of_each(np.logical_or, is_other, first)
    number = totals.reasons.index(OTHER_PAYMENT)
    otherwise = np.where(has_other, number, at_all)
    bits = np.where(is_other, 1 << np.maximum(area.columns.method[area.offer], 0).astype(int), 0)
    return Sites(
        totals=totals,
        is_priced=is_priced,
        reason=np.where(paid_so < nowhere, paid_so, otherwise),
        other_methods=np.where(is_priced, 0, _of_each(np.bitwise_or, bits, first)),
        power_w=_of_each(np.maximum, area.columns.pairs.power_w[area.pair], first),
    )


def _is_other(totals: AreaTotals) -> Bools:
    """Return which offers have a price for another way to pay."""
    found: Bools = totals.reason == totals.reasons.index(OTHER_PAYMENT)
    return found


def _of_each(reduce: np.ufunc, values: Any, first: Int64s) -> Any:  # noqa: ANN401 - arrays of any kind
    """Return one value for each place, of those of its offers."""
    return reduce.reduceat(values, first) if len(first) else values


def unpriced(sites: Sites, limit: int) -> list[Row]:
    """Return places without a price, with the reason, the nearest first."""
    rows = np.flatnonzero(~sites.is_priced)
    area = sites.totals.area
    distance = area.distance_km[rows]
    by_name = area.columns.places.by_name[area.places[rows]]
    reachable = np.where(np.isnan(distance), np.inf, distance)
    order = np.lexsort((by_name, sites.reason[rows], reachable))
    rows = rows[order][:limit]
    places = place_rows(area.columns.places, area.places[rows])
    return [place | _unpriced(sites, int(row)) for row, place in zip(rows, places, strict=True)]


def _unpriced(sites: Sites, row: int) -> Row:
    area = sites.totals.area
    return {
        "max_power_kw": power_kw(sites, row),
        "distance_km": known(area.distance_km[row]),
        "reason": sites.totals.reasons[int(sites.reason[row])],
        "other_methods": sites.methods(int(sites.other_methods[row])),
    }


def power_kw(sites: Sites, row: int) -> Decimal | None:
    """Return the highest power of a place."""
    power_w = int(sites.power_w[row])
    return None if power_w < 0 else Decimal(power_w) / W_PER_KW
