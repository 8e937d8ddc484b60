"""All offers of an area with what a charge costs there, for a file."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from aggregator.comparing.comparison import book_of
from aggregator.domain.charge import Charge
from aggregator.store.queries import Reader, ViewAsked


@contextmanager
def download(reader: Reader, asked: ViewAsked, charge: Charge) -> Iterator[pa.RecordBatchReader]:
    """Yield the rows, batch by batch as they are read; see store/sql/view/export.sql.

    Raises:
        StoreError: the snapshot cannot be read.
    """
    with reader.view(asked) as view:
        view.set_totals(book_of(reader).totals(view.pairs(), charge))
        yield view.export()
