"""Quotes of many price lists at once: the kernel prices their sessions, each distinct one once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from itertools import repeat
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
from aggregator.pricing.quote import Quote, SessionTotal, quote
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


Row = Mapping[str, SessionTotal] | None
"""The totals of a price list in a zone by session code; None: the exact engine is to be asked."""


def quotes(
    asked: Sequence[Asked], sessions: Sequence[ReferenceSession], reference_day: date
) -> Iterator[Quote]:
    """Yield the quote of each price list, in order; see `quote`."""
    few = FEW if is_compiled() else FEW_TO_COMPILE
    rows: Iterator[Row] = repeat(None, len(asked))
    if len(asked) >= few:
        rows = _totals(asked, sessions, reference_day)
    for one, totals in zip(asked, rows, strict=True):
        listed = from_json(one.price_list)
        yield quote(listed, one.time_zone, sessions, one.session_code, reference_day, totals)


def _totals(
    asked: Sequence[Asked], sessions: Sequence[ReferenceSession], day: date
) -> Iterator[Row]:
    texts = {text: n for n, text in enumerate(dict.fromkeys(one.price_list for one in asked))}
    zones = {zone: n for n, zone in enumerate(dict.fromkeys(one.time_zone for one in asked))}
    columns = session_columns(
        placed(session, day, zone_named(zone) or UTC) for zone in zones for session in sessions
    )
    width = len(sessions)
    lists = np.repeat([texts[one.price_list] for one in asked], width)
    first = np.repeat([zones[one.time_zone] * width for one in asked], width)
    places = first + np.tile(np.arange(width), len(asked))
    try:
        found = gathered(prepare_texts(list(texts)), lists, columns, places)
    except (OverflowError, ImportError):  # a total beyond 64 bits; no compiler on this machine
        yield from repeat(None, len(asked))
        return
    codes = [session.code for session in sessions]
    for number, one in enumerate(asked):
        yield _row(found, number * width, codes, one)


def _row(found: Totals, begin: int, codes: Sequence[str], one: Asked) -> Row:
    if found.origin[begin] == REFUSED:
        return None
    digits = minor_unit_digits(from_json(one.price_list).currency)
    return {code: _total(found, begin + n, digits) for n, code in enumerate(codes)}


def _total(found: Totals, pair: int, digits: int) -> KernelTotal:
    gross, stated = int(found.total_gross[pair]), int(found.total_as_stated[pair])
    mask = int(found.warnings[pair])
    return KernelTotal(
        total_gross=None if gross == UNKNOWN_TOTAL else Decimal(gross).scaleb(-digits),
        total_as_stated=Decimal(stated).scaleb(-digits),
        tax_basis=TAX_BASES[int(found.tax_basis[pair])],
        warnings=tuple(warning for bit, warning in enumerate(WARNINGS) if mask >> bit & 1),
    )
