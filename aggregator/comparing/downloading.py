"""All offers of an area with what a charge costs there, for a file."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyarrow as pa

from aggregator.comparing.area import looked_at
from aggregator.comparing.area_totals import AreaTotals, area_totals
from aggregator.comparing.codes import NONE, Bools, Int64s
from aggregator.comparing.comparison import book_of
from aggregator.domain.charge import Charge
from aggregator.store.queries import OFFER_TOTAL, Reader, ViewAsked

SCALE = 4  # of a total in ten thousandths


@contextmanager
def download(reader: Reader, asked: ViewAsked, charge: Charge) -> Iterator[pa.RecordBatchReader]:
    """Yield the rows, batch by batch as they are read; see store/sql/view/export.sql.

    Raises:
        StoreError: the snapshot cannot be read.
    """
    book = book_of(reader)
    totals = area_totals(book, looked_at(book.columns, asked), charge)
    with reader.offers_with_totals(_offer_totals(totals)) as batches:
        yield batches


def _offer_totals(totals: AreaTotals) -> pa.Table:
    """Return what is paid in a chosen way, and what names no tariff: columns as OFFER_TOTAL."""
    area, columns = totals.area, totals.area.columns
    rows = np.flatnonzero(area.is_paid_so | (columns.method[area.offer] == NONE))
    pair, is_priced = area.pair[rows], totals.is_priced[rows]
    distance_km = area.distance_km[area.site[rows]]
    reasons = np.array([*totals.reasons, None], object)
    return pa.table(
        {
            "offer_no": columns.offer_no[area.offer[rows]],
            "distance_km": pa.array(distance_km, mask=np.isnan(distance_km)),
            "total": _decimals(totals.total[pair], ~is_priced),
            "tax_basis": pa.array(totals.tax_basis[pair], pa.string(), mask=~is_priced),
            "tax_rank": totals.tax_rank[pair].astype(np.int8),
            "reason": pa.array(reasons[totals.reason[rows]], pa.string()),
            "minutes": pa.array(totals.minutes[pair], mask=np.isnan(totals.minutes[pair])),
        },
        schema=OFFER_TOTAL,
    )


def _decimals(ten_thousandths: Int64s, mask: Bools) -> pa.Array:
    """Return amounts with four decimals: the same digits, read otherwise."""
    whole = pa.array(ten_thousandths, mask=mask).cast(pa.decimal128(22, 0))
    amounts = pa.Array.from_buffers(pa.decimal128(22, SCALE), len(whole), whole.buffers())
    return amounts.cast(OFFER_TOTAL.field("total").type)
