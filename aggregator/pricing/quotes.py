"""Quotes of many price lists at once: the kernel prices their sessions, each distinct one once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from aggregator.domain.contents import from_json
from aggregator.domain.session import ReferenceSession
from aggregator.pricing.bill import BillWarning, TaxBasis
from aggregator.pricing.kernel.keeping import is_compiled
from aggregator.pricing.kernel.layout import REFUSED, UNKNOWN_TOTAL
from aggregator.pricing.kernel.prices import (
    TAX_BASES,
    WARNINGS,
    Totals,
    gathered,
    prepare_texts,
    session_columns,
)
from aggregator.pricing.money import minor_unit_digits
from aggregator.pricing.quote import Quote, SessionTotal, quotes_by_code
from aggregator.pricing.reference import placed, zone_named

FEW = 1_000  # pairs of a price list and a zone: for fewer, the kernel is not worth loading
FEW_TO_COMPILE = 20_000  # nor worth the ten seconds of a compiler


class Asked(NamedTuple):
    """A price list as JSON (`domain.contents`), the charger's zone, the session of the headline."""

    price_list: str
    time_zone: str | None
    session_code: str


@dataclass(frozen=True, slots=True)
class KernelTotal:
    """A session's total as the kernel gives it."""

    total_gross: Decimal | None
    total_as_stated: Decimal
    tax_basis: TaxBasis
    warnings: tuple[BillWarning, ...]


class Listed(NamedTuple):
    """What is asked of one price list in one zone, at the starts of these sessions."""

    price_list: str
    time_zone: str | None
    session_codes: tuple[str, ...]


def quotes(
    asked: Sequence[Asked], sessions: Sequence[ReferenceSession], reference_day: date
) -> Iterator[Quote]:
    """Yield the quote of each price list, in order; see `quote`.

    What is asked of one price list in one zone is answered fastest where it stands together.
    """
    lists = [
        Listed(text, zone, tuple(one.session_code for one in group))
        for (text, zone), group in groupby(asked, key=itemgetter(0, 1))
    ]
    few = FEW if is_compiled() else FEW_TO_COMPILE
    found = _totals(lists, sessions, reference_day) if len(asked) >= few else None
    codes = [session.code for session in sessions]
    for number, one in enumerate(lists):
        listed = from_json(one.price_list)
        totals = _row(found, number * len(codes), codes, listed.currency) if found else None
        by_code = quotes_by_code(
            listed, one.time_zone, sessions, set(one.session_codes), reference_day, totals
        )
        yield from (by_code[code] for code in one.session_codes)


def _totals(
    lists: Sequence[Listed], sessions: Sequence[ReferenceSession], day: date
) -> Totals | None:
    """Return the totals of all sessions, one list after the other; None where it cannot be done."""
    texts = {text: n for n, text in enumerate(dict.fromkeys(one.price_list for one in lists))}
    zones = {zone: n for n, zone in enumerate(dict.fromkeys(one.time_zone for one in lists))}
    columns = session_columns(
        placed(session, day, zone_named(zone) or UTC) for zone in zones for session in sessions
    )
    width = len(sessions)
    numbers = np.repeat([texts[one.price_list] for one in lists], width)
    first = np.repeat([zones[one.time_zone] * width for one in lists], width)
    places = first + np.tile(np.arange(width), len(lists))
    try:
        return gathered(prepare_texts(list(texts)), numbers, columns, places)
    except (OverflowError, ImportError):  # a total beyond 64 bits; no compiler on this machine
        return None


def _row(
    found: Totals, begin: int, codes: Sequence[str], currency: str
) -> Mapping[str, SessionTotal] | None:
    """Return the totals of one list by session code; None: the exact engine is to be asked."""
    if found.origin[begin] == REFUSED:
        return None
    digits = minor_unit_digits(currency)
    return {code: _total(found, begin + n, digits) for n, code in enumerate(codes)}


def _total(found: Totals, pair: int, digits: int) -> KernelTotal:
    gross, stated = int(found.total_gross[pair]), int(found.total_as_stated[pair])
    return KernelTotal(
        total_gross=None if gross == UNKNOWN_TOTAL else Decimal(gross).scaleb(-digits),
        total_as_stated=Decimal(stated).scaleb(-digits),
        tax_basis=TAX_BASES[int(found.tax_basis[pair])],
        warnings=_warnings(int(found.warnings[pair])),
    )


@cache
def _warnings(mask: int) -> tuple[BillWarning, ...]:
    return tuple(warning for bit, warning in enumerate(WARNINGS) if mask >> bit & 1)
