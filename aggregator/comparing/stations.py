"""Stations: the offers of one location with the same power and the same total."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from aggregator.comparing.area_totals import AreaTotals
from aggregator.comparing.codes import NONE, Bools, Floats, Int64s, spread
from aggregator.comparing.offer_columns import OfferColumns, Places
from aggregator.comparing.price_book import PriceBook

Row = dict[str, Any]
NO_RANK = 2  # behind every tax_rank
TEN_THOUSANDTHS = Decimal("0.0001")
W_PER_KW = 1_000
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the marts' moments are UTC and do not say so


@dataclass(frozen=True, slots=True)
class Stations:
    """Stations of an area in one currency, one row of each array for each.

    pair: one of its pairs; all of them have the same total, tax and power. site: row of the area's
    places. total: in ten thousandths. best_tax_rank: of those that are compared with each other.
    is_judged: its total may be compared with others: it is not free, and with tax where any
    is. offers: rows of the area, those of a station together: from `first`, up to that of the next.
    """

    totals: AreaTotals
    pair: Int64s
    site: Int64s
    total: Int64s
    tax_rank: Int64s
    best_tax_rank: int
    is_free: Bools
    is_judged: Bools
    is_flagged: Bools
    offers: Int64s
    first: Int64s


def stations_by_currency(totals: AreaTotals) -> dict[str, Stations]:
    """Return the stations by the currency of their prices, those of most stations first."""
    priced = np.unique(totals.area.pair[totals.is_priced])
    kinds = _kinds(totals, priced)
    currencies = sorted(set(totals.currency[priced]))
    found = {currency: _stations(totals, kinds, currency) for currency in currencies}
    return dict(sorted(found.items(), key=lambda item: -len(item[1].pair)))


def _kinds(totals: AreaTotals, priced: Int64s) -> Int64s:
    """Return a number for each pair, the same for those that make one station of a location."""
    pairs = totals.area.columns.pairs
    columns = (
        *(pairs.power_w, pairs.is_dc, totals.total, totals.tax_basis, totals.is_free),
        *(totals.stated_total, totals.stated_currency),
    )
    numbers: dict[tuple[Any, ...], int] = {}
    kinds = [
        numbers.setdefault(key, len(numbers))
        for key in zip(*(column[priced].tolist() for column in columns), strict=True)
    ]
    return spread(priced, np.array(kinds, np.int64), len(totals.total), 0)


def _stations(totals: AreaTotals, kinds: Int64s, currency: str) -> Stations:
    pair = totals.area.pair
    offers = np.flatnonzero(totals.is_priced & (totals.currency == currency)[pair])
    key = totals.area.site[offers] * (int(kinds.max(initial=0)) + 1) + kinds[pair[offers]]
    order = np.argsort(key, kind="stable")
    offers = offers[order]
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    own = pair[offers[first]]
    tax_rank, is_free = totals.tax_rank[own], totals.is_free[own]
    best = int(tax_rank[~is_free].min(initial=NO_RANK))
    has_flags = totals.area.columns.flags[totals.area.offer[offers]] != NONE
    return Stations(
        totals=totals,
        pair=own,
        site=totals.area.site[offers[first]],
        total=totals.total[own],
        tax_rank=tax_rank,
        best_tax_rank=best,
        is_free=is_free,
        is_judged=(tax_rank == best) & ~is_free,
        is_flagged=np.logical_or.reduceat(has_flags, first),
        offers=offers,
        first=first,
    )


def first_stations(
    stations: Stations, book: PriceBook, limit: int, *, by_distance: bool
) -> list[Row]:
    """Return the cheapest stations, or the nearest; those without tax behind those with it.

    Ties are broken by distance, then by name: the operator never decides.
    """
    area = stations.totals.area
    numbers = _order(stations, by_distance)[:limit]
    places = place_rows(area.columns.places, area.places[stations.site[numbers]])
    return [
        _row(stations, book, int(number)) | place
        for number, place in zip(numbers, places, strict=True)
    ]


def _order(stations: Stations, by_distance: bool) -> Int64s:  # noqa: FBT001 - passed on
    area = stations.totals.area
    distance = _last_if_unknown(area.distance_km[stations.site])
    pairs = area.columns.pairs
    by_name = area.columns.places.by_name[area.places[stations.site]]
    keys = [pairs.is_dc[stations.pair], pairs.power_w[stations.pair], by_name, distance]
    keys += [stations.total, stations.tax_rank]
    return np.lexsort([*keys, distance] if by_distance else keys)


def _last_if_unknown(distance: Floats) -> Floats:
    return np.where(np.isnan(distance), np.inf, distance)


def _row(stations: Stations, book: PriceBook, number: int) -> Row:
    """Return what a list says of a station."""
    totals, pair, site = stations.totals, int(stations.pair[number]), int(stations.site[number])
    area = totals.area
    offers = _offers_of(stations, number)
    pairs = area.columns.pairs
    power_w = int(pairs.power_w[pair])
    is_free = bool(totals.is_free[pair])
    return {
        "max_power_kw": None if power_w < 0 else Decimal(power_w) / W_PER_KW,
        "power_w": power_w,
        "is_dc": bool(pairs.is_dc[pair]),
        "total": amount(totals.total[pair]),
        "stated_total": amount(totals.stated_total[pair]),
        "stated_currency": totals.stated_currency[pair],
        "tax_basis": totals.tax_basis[pair],
        "tax_rank": int(totals.tax_rank[pair]),
        "is_free": is_free,
        "is_judged": int(totals.tax_rank[pair]) == stations.best_tax_rank,
        "minutes": float(totals.minutes[pair]),
        "distance_km": known(area.distance_km[site]),
        **_of_offers(area.columns, area.offer[offers]),
        **_of_quotes(book, np.unique(pairs.quote_no[area.pair[offers]])),
    }


def _offers_of(stations: Stations, number: int) -> Int64s:
    following = stations.first[number + 1 : number + 2]
    end = int(following[0]) if len(following) else len(stations.offers)
    return stations.offers[int(stations.first[number]) : end]


def _of_offers(columns: OfferColumns, offers: Int64s) -> Row:
    """Return what the offers of a station have in common, said once."""
    flag_sets = {columns.flag_sets.word(int(one)) for one in columns.flags[offers]} - {None}
    methods = {columns.methods.word(int(one)) for one in columns.method[offers]}
    standards = {columns.standards.word(int(one)) for one in columns.standard[offers]} - {None}
    return {
        "methods": sorted(method for method in methods if method),
        "is_likely": bool(columns.is_likely[offers].any()),
        "standards": sorted(standard for standard in standards if standard),
        "flags": sorted({flag for each in flag_sets if each for flag in each.split()}),
        "connectors": len(np.unique(columns.connector_no[offers])),
        "changed_at": moment(columns.changed_us[offers].max()),
        "last_seen_at": moment(columns.last_seen_us[offers].max()),
    }


def _of_quotes(book: PriceBook, quote_nos: Int64s) -> Row:
    """Return what the price lists say. quote_no: of one of them, to show how the total comes."""
    quotes = book.quotes
    fees = [fee for fee in quotes.fee_after_minutes[quote_nos] if fee is not None]
    return {
        "quote_no": int(quote_nos[0]),
        "fee_after_minutes": min(fees, default=None),
        "price_varies": bool(quotes.price_varies[quote_nos].any()),
    }


def place_rows(places: Places, rows: Int64s) -> list[Row]:
    """Return names, ids and positions of locations."""
    found: list[Row] = places.texts.take(rows).to_pylist()
    return found


def amount(ten_thousandths: Any) -> Decimal:  # noqa: ANN401 - an integer of numpy
    """Return an amount with four decimals."""
    return int(ten_thousandths) * TEN_THOUSANDTHS


def known(value: Any) -> float | None:  # noqa: ANN401 - a float of numpy
    """Return a number; None for none."""
    return None if np.isnan(value) else float(value)


def moment(microseconds: Any) -> datetime:  # noqa: ANN401 - an integer of numpy
    """Return a moment in UTC that does not say so, as those of the marts."""
    return EPOCH + timedelta(microseconds=int(microseconds))
