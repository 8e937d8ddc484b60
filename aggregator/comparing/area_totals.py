"""What a charge costs at each offer of an area, and why at some it has no price."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aggregator.comparing.area import Area
from aggregator.comparing.codes import NONE, Bools, Floats, Int64s, Words, spread
from aggregator.comparing.price_book import PriceBook
from aggregator.domain.charge import Charge

OTHER_PAYMENT, UNKNOWN = "other_payment", "unknown"


@dataclass(frozen=True, slots=True)
class AreaTotals:
    """What a charge costs at the offers of an area.

    By pair of the columns, known where the area has it: total, in ten thousandths of its currency;
    stated_total, stated_currency: what the operator asks, where that was changed into another one;
    tax_rank: 0 with tax, 1 without it or not told; minutes: of charging.
    By offer: is_priced: paid in a chosen way and with a total; reason: number in `reasons`, why
    not, NONE where it is. reasons: in order of the alphabet.
    """

    area: Area
    total: Int64s
    tax_basis: Words
    tax_rank: Int64s
    currency: Words
    stated_total: Int64s
    stated_currency: Words
    is_free: Bools
    minutes: Floats
    is_priced: Bools
    reason: Int64s
    reasons: list[str]


def area_totals(book: PriceBook, area: Area, charge: Charge) -> AreaTotals:
    """Price every offer that is paid in a chosen way.

    Raises:
        StoreError: the snapshot cannot be read.
        OverflowError: a total is beyond 64 bits.
    """
    pairs, pair = area.columns.pairs, area.pair
    size = len(pairs.quote_no)
    wanted = np.zeros(size, np.bool_)
    wanted[pair[area.is_paid_so]] = True
    asked = np.flatnonzero(wanted & (pairs.quote_no >= 0))
    found = book.totals(pairs.quote_no[asked], pairs.power_w[asked], pairs.is_dc[asked], charge)
    total = spread(asked, found.total, size, 0)
    currency = _of_pairs(book.quotes.currency, pairs.quote_no, None)
    is_priced = area.is_paid_so & spread(asked, found.is_known, size, fill=False)[pair]
    reasons, reason = _reasons(book, area, spread(asked, found.reason, size, None))
    return AreaTotals(
        area=area,
        total=total,
        tax_basis=spread(asked, found.tax_basis, size, None),
        tax_rank=spread(asked, found.is_without_tax.astype(np.int64), size, 1),
        currency=currency,
        stated_total=total,
        stated_currency=currency,
        is_free=_of_pairs(book.quotes.is_free, pairs.quote_no, fill=False),
        minutes=spread(asked, found.minutes, size, np.nan),
        is_priced=is_priced,
        reason=np.where(is_priced, NONE, reason),
        reasons=reasons,
    )


def _of_pairs(values: Any, quote_no: Int64s, fill: Any) -> Any:  # noqa: ANN401 - as the values
    """Return what belongs to the quote of each pair."""
    rows = np.flatnonzero(quote_no >= 0)
    return spread(rows, values[quote_no[rows]], len(quote_no), fill)


def _reasons(book: PriceBook, area: Area, of_charge: Words) -> tuple[list[str], Int64s]:
    """Return why each offer would have no price: first what its tariff lacks, then the charge."""
    quotes, quote_no = book.quotes, area.columns.pairs.quote_no
    state = _of_pairs(quotes.state_reason, quote_no, None)
    missing = np.array([*area.columns.reasons.words, None], object)
    words = sorted({OTHER_PAYMENT, UNKNOWN, *missing, *of_charge, *state} - {None})
    numbers = {word: number for number, word in enumerate(words)} | {None: NONE}

    def numbered(each: Words) -> Int64s:
        return np.array([numbers[word] for word in each], np.int64)

    pair = area.pair
    own = numbered(missing)[area.columns.missing[area.offer]]
    at_all = _first(own, numbered(state)[pair], numbers[UNKNOWN])
    paid_so = _first(own, _first(numbered(of_charge)[pair], at_all, NONE), NONE)
    has_price = _of_pairs(quotes.has_price, quote_no, fill=False)[pair]
    other = np.where(has_price, numbers[OTHER_PAYMENT], at_all)
    return words, np.where(area.is_paid_so, paid_so, other)


def _first(one: Int64s, other: Int64s, otherwise: int) -> Int64s:
    """Return the first of the two that there is."""
    either = np.where(one == NONE, other, one)
    return np.where(either == NONE, otherwise, either)
