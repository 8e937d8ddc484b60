"""What one charge costs at the chargers of an area, ranked."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from aggregator.comparing.parts import Part, parts_of
from aggregator.comparing.price_book import PriceBook
from aggregator.domain.charge import Charge
from aggregator.store.queries import Reader, View, ViewAsked

Row = dict[str, Any]
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
    """The offers of an area, priced; see store/sql/view for the columns of the rows.

    currency: of `stations`, `points` and the totals of `summary`; None where nothing is priced.
    currencies: of all that is priced, the most frequent first; different ones are never mixed.
    stations: the cheapest, each with `parts` (Part) of its total.
    """

    currency: str | None
    currencies: list[str]
    summary: Row
    stations: list[Row]
    points: list[Row]
    unpriced: list[Row]
    operators: list[Row]


@lru_cache(maxsize=OPEN_BOOKS)
def book_of(reader: Reader) -> PriceBook:
    """Return the price book of a snapshot."""
    return PriceBook(reader)


def compare(
    reader: Reader, asked: ViewAsked, charge: Charge, currency: str | None, sizes: Sizes
) -> Comparison:
    """Return what a charge costs at the offers that are asked for.

    currency: which one is looked at; where nothing is priced in it, the most frequent one.

    Raises:
        StoreError: the snapshot cannot be read.
    """
    book = book_of(reader)
    with reader.view(asked) as view:
        view.set_totals(book.totals(view.pairs(), charge))
        summaries = view.summaries()
        currencies = [one["currency"] for one in summaries if one["currency"]]
        chosen = currency if currency in currencies else next(iter(currencies), None)
        summary = next(one for one in summaries if one["currency"] == chosen)
        stations = _stations(view, chosen, sizes) if chosen else []
        return Comparison(
            currency=chosen,
            currencies=currencies,
            summary=summary,
            stations=[one | {"parts": _parts(book, one, charge)} for one in stations],
            points=view.points(chosen, sizes.points) if sizes.points else [],
            unpriced=view.unpriced(sizes.unpriced) if summary["places_without_price"] else [],
            operators=view.operator_spread(chosen, sizes.operators) if sizes.operators else [],
        )


def _stations(view: View, currency: str, sizes: Sizes) -> list[Row]:
    return view.stations(currency, sizes.stations, by_distance=sizes.by_distance)


def _parts(book: PriceBook, station: Row, charge: Charge) -> tuple[Part, ...]:
    """Return how the total of a station comes about."""
    stated: Decimal | None = station["max_power_kw"]
    power_kw = charge.power_kw(stated, is_dc=station["is_dc"])
    return parts_of(book, station["quote_no"], charge, power_kw)
