"""What is doubtful about published prices: said, never corrected."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from aggregator.domain import contents
from aggregator.domain.tariff import DisplayText, PriceList
from aggregator.normalise.plausibility import (
    MEANINGS,
    Ranges,
    bounds,
    flags_anywhere,
    load_ranges,
    tender_flags,
)
from aggregator.store import marts
from aggregator.store.warehouse import Connection

LONGEST_TEXT = 20_000  # characters of JSON; nobody explains a price at greater length


def find_flags(connection: Connection, reference: Path, today: date) -> None:
    """Keep what is doubtful about each price list, and what the codes mean."""
    marts.keep(connection, "flag_meaning", MEANINGS.items())
    ranges = load_ranges(reference)
    marts.keep(connection, "text_flag", _flagged(marts.flag_keys(connection), ranges, today))


def find_outliers(connection: Connection) -> None:
    """Keep which prices stand out among those of such chargers in the country."""
    marts.keep(connection, "outlier", _outliers(marts.price_members(connection)))


def _outliers(members: Iterable[marts.Row]) -> Iterator[marts.Row]:
    """Yield (country, power class, quote) of prices that stand out; equal prices count once."""
    for (country, power_class, *_), rows in groupby(members, key=itemgetter(0, 1, 2, 3)):
        prices = [(quote_no, price) for *_, quote_no, price in rows]
        found = bounds({price for _, price in prices})
        for quote_no, price in prices:
            if found and found.is_outlier(price):
                yield (country, power_class, quote_no)


def _flagged(keys: Iterable[marts.Row], ranges: Ranges, today: date) -> Iterator[marts.Row]:
    """Yield the lists about which anything is doubtful, with the codes."""
    for (content_hash, alt_text), asked in groupby(keys, key=itemgetter(0, 1)):
        (_, _, country, price_list), *others = asked
        listed = _read(price_list)
        anywhere = flags_anywhere(listed, _texts(alt_text), ranges)
        for where in (country, *(one[2] for one in others)):
            if flags := anywhere.union(tender_flags(listed.currency, where, today)):
                yield (content_hash, alt_text, where, " ".join(sorted(flags)))


def _texts(alt_text: str | None) -> Sequence[DisplayText]:
    is_short = alt_text is not None and len(alt_text) <= LONGEST_TEXT
    return contents.texts_from_json(alt_text) if alt_text and is_short else ()


@lru_cache(maxsize=1)
def _read(price_list: str) -> PriceList:
    """Return a price list; what is asked of one list stands together."""
    return contents.from_json(price_list)
