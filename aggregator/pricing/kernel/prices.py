"""Prices of many sessions under many price lists, equal to those of `pricing.bill` to the cent.

>>> from datetime import UTC, datetime
>>> from decimal import Decimal
>>> from aggregator.domain.session import ChargingSession
>>> tariffs = prepare_texts([
...     '{"currency": "EUR", "price_basis": "NET", "elements": [{"price_components":'
...     ' [{"dimension": "ENERGY", "price": "0.50", "vat_rate": "0.2"}]}]}'
... ])
>>> start = datetime(2026, 6, 1, 12, tzinfo=UTC)
>>> sessions = session_columns([ChargingSession(start, Decimal(30), Decimal(40))])
>>> price(tariffs, [0], sessions, [0]).total_gross
array([1800])
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from aggregator.pricing.bill import bill_from
from aggregator.pricing.components import price_table
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.prepared import (
    Catalogue,
    PreparedTariffs,
    prepare,
    prepare_texts,
)
from aggregator.pricing.kernel.sessions import SessionColumns, session_columns
from aggregator.pricing.kernel.totals import (
    APPLIED_LIMITS,
    TAX_BASES,
    WARNINGS,
    Int64s,
    Totals,
    amounts_of,
    codes_of,
)

__all__ = [
    "APPLIED_LIMITS",
    "TAX_BASES",
    "WARNINGS",
    "Catalogue",
    "PreparedTariffs",
    "SessionColumns",
    "Totals",
    "gathered",
    "prepare",
    "prepare_texts",
    "price",
    "session_columns",
    "warm_up",
]

MOST_LOOKED_UP = 50_000_000  # cells of nine bytes; beyond that, pairs are sorted


def price(
    prepared: PreparedTariffs,
    tariff_index: npt.ArrayLike,
    sessions: SessionColumns,
    session_index: npt.ArrayLike,
) -> Totals:
    """Return what pairs of a price list and a session cost.

    Args:
        prepared: the price lists.
        tariff_index: for each pair, which of them.
        sessions: the sessions.
        session_index: for each pair, which of them.

    Raises:
        IndexError: an index points beyond the price lists or sessions.
        ValueError: the indices differ in length, or a session that was asked for is absurd.
        OverflowError: a total is beyond 64 bits.
    """
    tariffs = _indices(tariff_index, len(prepared))
    ones = _indices(session_index, len(sessions.rows))
    if len(tariffs) != len(ones):
        msg = f"{len(tariffs)} price lists and {len(ones)} sessions make no pairs"
        raise ValueError(msg)
    amounts = np.empty((len(tariffs), 3), np.int64)
    codes = np.zeros((len(tariffs), 4), np.uint16)
    from aggregator.pricing.kernel.engine import price_pairs  # noqa: PLC0415 - numba is slow to load

    price_pairs(
        prepared.tariffs,
        prepared.thresholds,
        prepared.candidates,
        prepared.restrictions,
        prepared.factors,
        sessions.rows,
        tariffs,
        ones,
        amounts,
        codes,
        np.empty((layout.MOST_MARKS + 1, 2), np.int64),
        np.empty(layout.MOST_CANDIDATES, np.int64),
    )
    tables = cache(lambda tariff: price_table(prepared.price_list(tariff)))
    for pair in np.flatnonzero(codes[:, layout.ORIGIN] == layout.FROM_EXACT):
        found = bill_from(tables(int(tariffs[pair])), sessions.sessions[ones[pair]])
        amounts[pair], codes[pair] = amounts_of(found), codes_of(found)
    states = prepared.tariffs[tariffs, layout.STATE]
    reason = np.maximum(states - layout.STATE_REFUSED, layout.ABSENT)
    return Totals(amounts, codes, reason, prepared.reasons)


def gathered(
    prepared: PreparedTariffs,
    tariff_index: npt.ArrayLike,
    sessions: SessionColumns,
    session_index: npt.ArrayLike,
) -> Totals:
    """Return the same as `price`, each distinct pair priced once."""
    tariffs = _indices(tariff_index, len(prepared))
    ones = _indices(session_index, len(sessions.rows))
    keys = tariffs * len(sessions.rows) + ones
    distinct, places = _distinct(keys, len(prepared) * len(sessions.rows))
    first, second = np.divmod(distinct, max(len(sessions.rows), 1))
    return price(prepared, first, sessions, second).taken(places)


def warm_up() -> None:
    """Load the compiled kernel, or compile and keep it."""
    price(prepare_texts(()), (), session_columns(()), ())


def _indices(index: npt.ArrayLike, size: int) -> Int64s:
    """Return the index as the compiled code wants it; raise IndexError where it points beyond."""
    indices = np.ascontiguousarray(index, np.int64)
    if indices.size and not 0 <= indices.min() <= indices.max() < size:
        msg = f"an index points beyond {size} rows"
        raise IndexError(msg)
    return indices


def _distinct(keys: Int64s, cells: int) -> tuple[Int64s, Int64s]:
    """Return the distinct keys in order, and which of them each key is."""
    if cells > MOST_LOOKED_UP:
        return np.unique(keys, return_inverse=True)
    is_used = np.zeros(cells, np.bool_)
    is_used[keys] = True
    distinct = np.flatnonzero(is_used)
    place = np.empty(cells, np.int64)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[keys]
