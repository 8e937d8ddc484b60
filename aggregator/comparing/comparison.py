"""What one charge costs at the chargers of an area, ranked."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from aggregator.comparing.area import looked_at
from aggregator.comparing.area_totals import area_totals
from aggregator.comparing.cells import cells
from aggregator.comparing.changing import changed_into
from aggregator.comparing.operators import operator_spread
from aggregator.comparing.parts import parts_of
from aggregator.comparing.points import points, with_position
from aggregator.comparing.price_book import PriceBook
from aggregator.comparing.sites import sites_of, unpriced
from aggregator.comparing.stations import Stations, first_stations, stations_by_currency
from aggregator.comparing.summary import summary
from aggregator.domain.charge import Charge
from aggregator.store.queries import Reader, ViewAsked

Row = dict[str, Any]
CHEAPEST_OF_MANY = 12
OPEN_BOOKS = 2  # of the snapshot that is shown, and of the one that is about to be


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows are wanted of each kind; 0 where nobody looks at them.

    by_distance: the nearest stations first, instead of the cheapest.
    """

    stations: int
    points: int
    unpriced: int
    operators: int = 0
    by_distance: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """The offers of an area, priced; see there for what rows hold.

    currency: of `stations`, `points` and the totals of `summary`; None where nothing is priced.
    currencies: of all that is priced, the most frequent first; different ones are never mixed.
    stations: the cheapest, each with `parts` (Part) of its total.
    placed: how many places have a known position. points: all of them, where they are no more than
    asked for, else the cheapest few, and `cells` all together.
    """

    currency: str | None
    currencies: list[str]
    summary: Row
    stations: list[Row]
    placed: int
    points: list[Row]
    cells: list[Row]
    unpriced: list[Row]
    operators: list[Row]


@lru_cache(maxsize=OPEN_BOOKS)
def book_of(reader: Reader) -> PriceBook:
    """Return the price book of a snapshot; opening it takes a second for a million offers."""
    return PriceBook(reader)


def compare(
    reader: Reader,
    asked: ViewAsked,
    charge: Charge,
    currency: str | None,
    sizes: Sizes,
    into: str | None = None,
) -> Comparison:
    """Return what a charge costs at the offers that are asked for.

    currency: which one is looked at; where nothing is priced in it, the most frequent one.
    into: what others are changed into, where there are rates; None: nothing is changed.

    Raises:
        StoreError: the snapshot cannot be read.
    """
    book = book_of(reader)
    totals = area_totals(book, looked_at(book.columns, asked), charge)
    if into:
        totals = changed_into(totals, into, book.rates)
    sites = sites_of(totals)
    placed = len(with_position(sites))
    is_crowded = placed > sizes.points > 0
    of_currency = stations_by_currency(totals)
    wanted = next((one for one in (currency, into) if one in of_currency), None)
    chosen = wanted or next(iter(of_currency), None)
    stations = of_currency.get(chosen) if chosen else None
    return Comparison(
        currency=chosen,
        currencies=list(of_currency),
        summary=summary(totals, sites, chosen, stations),
        stations=_first(book, stations, charge, sizes) if stations else [],
        placed=placed,
        points=points(sites, stations, CHEAPEST_OF_MANY if is_crowded else sizes.points),
        cells=cells(sites, stations) if is_crowded else [],
        unpriced=unpriced(sites, sizes.unpriced),
        operators=operator_spread(stations, sizes.operators) if stations else [],
    )


def _first(book: PriceBook, stations: Stations, charge: Charge, sizes: Sizes) -> list[Row]:
    """Return the first stations, with how the total of each comes about."""
    found = first_stations(stations, book, sizes.stations, by_distance=sizes.by_distance)
    billed = [_billed(row, charge) for row in found]
    parts = {each: parts_of(book, each[0], charge, each[1]) for each in set(billed)}
    return [row | {"parts": parts[each]} for row, each in zip(found, billed, strict=True)]


def _billed(station: Row, charge: Charge) -> tuple[int, Decimal]:
    """Return the quote of a station and the power, in kW, that it is billed at."""
    stated: Decimal | None = station["max_power_kw"]
    return station["quote_no"], charge.power_kw(stated, is_dc=station["is_dc"])
