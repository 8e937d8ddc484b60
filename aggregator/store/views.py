"""Offers of an area with what a charge costs at each, kept while several questions are asked."""

from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from aggregator.store.pointer import Snapshot
from aggregator.store.questions import ViewAsked
from aggregator.store.reading import Row, telling
from aggregator.store.sql_files import sql

EXPORT_BATCH_ROWS = 20_000
CHARGE_TOTAL = pa.schema(
    [
        ("quote_no", pa.int32()),
        ("power_w", pa.int32()),
        ("is_dc", pa.bool_()),
        ("total", pa.decimal128(18, 4)),
        ("tax_basis", pa.string()),
        ("reason", pa.string()),
        ("minutes", pa.float64()),
    ]
)
"""What a charge costs under a quote at a power (-1: not stated), in the currency of the quote."""


class View:
    """The offers of an area; use as a context. Questions raise StoreError."""

    def __init__(
        self, snapshot: Snapshot, cursor: duckdb.DuckDBPyConnection, asked: ViewAsked
    ) -> None:
        """Look at the offers that are asked for."""
        self._snapshot = snapshot
        self._cursor = cursor
        with telling(snapshot):
            cursor.execute(sql("view", "offer"), asked.parameters())

    def __enter__(self) -> Self:
        """Return the view."""
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Forget the offers."""
        self._cursor.close()

    def pairs(self) -> pa.Table:
        """Return what is to be priced: quote_no, power_w (-1: not stated) and is_dc, each once."""
        with telling(self._snapshot):
            return self._cursor.sql(sql("view", "pair")).to_arrow_table()

    def set_totals(self, totals: pa.Table) -> None:
        """Say what the pairs cost: columns as CHARGE_TOTAL."""
        with telling(self._snapshot):
            self._cursor.register("charge_total", totals)
            self._cursor.execute(sql("view", "priced"))
            self._cursor.unregister("charge_total")

    def summaries(self) -> list[Row]:
        """Return what the offers come to, by currency; see view/summary.sql."""
        return self._rows("summary")

    def stations(self, currency: str | None, limit: int, *, by_distance: bool = False) -> list[Row]:
        """Return the cheapest stations, or the nearest; see view/stations.sql."""
        asked = {"currency": currency, "limit": limit, "by_distance": by_distance}
        found = self._rows("stations", **asked)
        return [_tidied(row) for row in found]

    def points(self, currency: str | None, most: int) -> list[Row]:
        """Return at most so many places to draw; see view/points.sql."""
        return self._rows("points", currency=currency, most=most)

    def operator_spread(self, currency: str | None, most: int) -> list[Row]:
        """Return the quantiles of totals by operator; see view/operator_spread.sql."""
        return self._rows("operator_spread", currency=currency, most=most)

    def export(self) -> pa.RecordBatchReader:
        """Return the rows of a download, batch by batch; see view/export.sql."""
        with telling(self._snapshot):
            return self._cursor.sql(sql("view", "export")).to_arrow_reader(EXPORT_BATCH_ROWS)

    def unpriced(self, limit: int) -> list[Row]:
        """Return locations without a price, with the reason; see view/unpriced.sql."""
        return self._rows("unpriced", limit=limit)

    def _rows(self, query: str, **parameters: Any) -> list[Row]:  # noqa: ANN401 - as bound
        with telling(self._snapshot):
            found = self._cursor.execute(sql("view", query), parameters)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _tidied(row: Row) -> Row:
    """Return a station with what its offers have in common said once."""
    return {
        **{name: value for name, value in row.items() if name != "connector_nos"},
        "methods": sorted(set(row["methods"])),
        "standards": sorted({one for one in row["standards"] if one}),
        "flags": sorted({flag for each in row["flags"] if each for flag in each.split()}),
        "connectors": len(set(row["connector_nos"])),
    }
