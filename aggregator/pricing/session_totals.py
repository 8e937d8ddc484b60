"""What reference sessions cost under many price lists, by the kernel: each distinct one once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import numpy as np

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
from aggregator.pricing.reference import placed, zone_named

FEW = 1_000  # sets of a price list and a zone: for fewer, the kernel is not worth loading
FEW_TO_COMPILE = 20_000  # nor worth the ten seconds of a compiler


@dataclass(frozen=True, slots=True)
class KernelTotal:
    """A session's total as the kernel gives it."""

    total_net: Decimal | None
    total_gross: Decimal | None
    total_as_stated: Decimal
    tax_basis: TaxBasis
    warnings: tuple[BillWarning, ...]


class Amounts(NamedTuple):
    """Totals of one price list in its currency, in the order of the sessions; None: unknown."""

    gross: Sequence[Decimal | None]
    as_stated: Sequence[Decimal]


class Listed(NamedTuple):
    """A price list as JSON (`domain.contents`) and the charger's zone."""

    price_list: str
    time_zone: str | None


def worth_the_kernel(lists: int) -> bool:
    """Tell whether so many price lists are priced faster by the kernel, which has to be loaded."""
    return lists >= (FEW if is_compiled() else FEW_TO_COMPILE)


def session_totals(
    lists: Sequence[Listed], sessions: Sequence[ReferenceSession], day: date
) -> Totals | None:
    """Return the totals of all sessions, one list after the other; None where it cannot be done.

    Sessions take place on the day or within the six days after it.
    """
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


def row_of(
    found: Totals, begin: int, codes: Sequence[str], currency: str
) -> Mapping[str, KernelTotal] | None:
    """Return the totals of one list by session code; None: the exact engine is to be asked."""
    if found.origin[begin] == REFUSED:
        return None
    digits = minor_unit_digits(currency)
    return {code: _total(found, begin + n, digits) for n, code in enumerate(codes)}


def amounts_of_row(found: Totals, begin: int, width: int, currency: str) -> Amounts | None:
    """Return the totals of one list alone; None: the exact engine is to be asked."""
    if found.origin[begin] == REFUSED:
        return None
    digits = minor_unit_digits(currency)
    pairs = slice(begin, begin + width)
    known = _decimals(digits)
    gross = [
        None if total == UNKNOWN_TOTAL else known(total)
        for total in found.total_gross[pairs].tolist()
    ]
    return Amounts(gross, [known(total) for total in found.total_as_stated[pairs].tolist()])


def _decimals(digits: int) -> Callable[[int], Decimal]:
    """Return what makes minor units an amount; equal ones, of which a week has many, only once."""
    return cache(lambda total: Decimal(total).scaleb(-digits))


def _total(found: Totals, pair: int, digits: int) -> KernelTotal:
    return KernelTotal(
        total_net=_amount(found.total_net[pair], digits),
        total_gross=_amount(found.total_gross[pair], digits),
        total_as_stated=Decimal(int(found.total_as_stated[pair])).scaleb(-digits),
        tax_basis=TAX_BASES[int(found.tax_basis[pair])],
        warnings=_warnings(int(found.warnings[pair])),
    )


def _amount(minor_units: np.int64, digits: int) -> Decimal | None:
    return None if minor_units == UNKNOWN_TOTAL else Decimal(int(minor_units)).scaleb(-digits)


@cache
def _warnings(mask: int) -> tuple[BillWarning, ...]:
    return tuple(warning for bit, warning in enumerate(WARNINGS) if mask >> bit & 1)
