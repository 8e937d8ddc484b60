"""Which offers are looked at: in a country or a circle, and left by all filters."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from aggregator.comparing.codes import NONE, Bools, Floats, Int64s
from aggregator.comparing.hours import is_closed
from aggregator.comparing.offer_columns import OfferColumns, Places
from aggregator.store.queries import EARTH_RADIUS_KM, Circle, ViewAsked

W_PER_KW = 1_000


@dataclass(frozen=True, slots=True)
class Area:
    """Offers that are looked at, by place, one row of each array for each.

    offer: rows of the columns. site: rows of `places` and `distance_km`. is_paid_so: whether it is
    one of the chosen ways to pay; others are kept, to say what else would have a price.
    places: rows of the columns' places that have such offers. distance_km: nan where the area has
    no middle. closed: how many places were left out because they are closed. no_hours: how many
    of the others do not say when they are open, or not in which zone. pair: what the offers are
    priced as: rows of the columns' pairs.
    """

    columns: OfferColumns
    offer: Int64s
    site: Int64s
    is_paid_so: Bools
    places: Int64s
    distance_km: Floats
    closed: int
    no_hours: int
    pair: Int64s


def looked_at(columns: OfferColumns, asked: ViewAsked) -> Area:
    """Return the offers that are asked for."""
    places, distance_km = _places_in(columns.places, asked)
    first = columns.places.first_offer
    starts, counts = first[places], first[places + 1] - first[places]
    site = np.repeat(np.arange(len(places)), counts)
    offer = np.arange(len(site)) + (starts - np.cumsum(counts) + counts)[site]
    left = _is_left(columns, offer, asked)
    left, closed = _without_closed(columns.places, places, site, left, asked.open_at)
    offer, (kept, site) = offer[left], np.unique(site[left], return_inverse=True)
    methods = [columns.methods.known(method) for method in asked.methods]
    is_paid_so = np.isin(columns.method[offer], [one for one in methods if one != NONE])
    return Area(
        columns=columns,
        offer=offer,
        site=site,
        is_paid_so=is_paid_so,
        places=places[kept],
        distance_km=distance_km[kept],
        closed=closed,
        no_hours=int((columns.places.hours[places[kept]] == NONE).sum()),
        pair=columns.pair[offer].astype(np.int64),
    )


def _without_closed(
    places: Places, rows: Int64s, site: Int64s, left: Bools, at: datetime | None
) -> tuple[Bools, int]:
    """Return which offers are left where the closed places are not, and how many these are."""
    if at is None:
        return left, 0
    hours, own = np.unique(places.hours[rows], return_inverse=True)
    are_closed = [is_closed(places.every_hours.word(int(one)), at) for one in hours]
    is_gone = left & np.array(are_closed, np.bool_)[own][site]
    return left & ~is_gone, len(np.unique(site[is_gone]))


def _is_left(columns: OfferColumns, offer: Int64s, asked: ViewAsked) -> Bools:
    """Return which offers the filters leave."""
    left = columns.is_preferred[offer]
    if asked.without_flagged:
        left = (left | columns.is_preferred_doubtful[offer]) & (columns.flags[offer] == NONE)
    if asked.standard is not None:
        left &= columns.standard[offer] == _number(columns.standards.known(asked.standard))
    if asked.power is not None:
        left &= columns.power_class[offer] == _number(columns.power_classes.known(asked.power))
    pair = columns.pair[offer]
    if asked.least_kw:
        left &= (columns.pairs.power_w >= asked.least_kw * W_PER_KW)[pair]
    return left & np.where(columns.pairs.is_dc, asked.takes_dc, asked.takes_ac)[pair]


def _number(known: int) -> int:
    """Return a number that no row has, for a word that none has: NONE stands for not stated."""
    return NONE - 1 if known == NONE else known


def _places_in(places: Places, asked: ViewAsked) -> tuple[Int64s, Floats]:
    """Return the rows of places, in order, and how far each is."""
    if asked.circle is not None:
        rows = _near(places, asked.circle)
        if asked.country is not None:
            rows = rows[places.country[rows] == _number(places.countries.known(asked.country))]
        distance_km = _distance_km(places, rows, asked.circle)
        inside = distance_km <= asked.circle.radius_km
        return rows[inside], distance_km[inside]
    rows = np.arange(len(places.latitude))
    if asked.country is not None:
        rows = np.flatnonzero(places.country == _number(places.countries.known(asked.country)))
    return rows, np.full(len(rows), np.nan)


def _near(places: Places, circle: Circle) -> Int64s:
    """Return the rows in the bounds of a circle."""
    south, west, north, east = circle.bounds()
    order = places.south_to_north
    ordered = places.latitude[order]
    band = order[np.searchsorted(ordered, south) : np.searchsorted(ordered, north, "right")]
    longitude = places.longitude[band]
    return np.sort(band[(longitude >= west) & (longitude <= east)])


def _distance_km(places: Places, rows: Int64s, circle: Circle) -> Floats:
    """Return the distances from the middle, along the great circle."""
    latitude = np.radians(places.latitude[rows])
    longitude = np.radians(places.longitude[rows])
    south, west = np.radians(circle.latitude), np.radians(circle.longitude)
    half = (
        np.sin((latitude - south) / 2) ** 2
        + np.cos(south) * np.cos(latitude) * np.sin((longitude - west) / 2) ** 2
    )
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1, half)))
    return distance
