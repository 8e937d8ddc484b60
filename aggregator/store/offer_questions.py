"""What comparisons ask of a snapshot: its offers whole, and the price lists behind them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa

from aggregator.store.reading import Asking, Row, telling
from aggregator.store.sql_files import sql

BATCH_ROWS = 20_000
OFFER_TOTAL = pa.schema(
    [
        ("offer_no", pa.int32()),
        ("distance_km", pa.float64()),
        ("total", pa.decimal128(18, 4)),
        ("tax_basis", pa.string()),
        ("tax_rank", pa.int8()),
        ("reason", pa.string()),
        ("minutes", pa.float64()),
    ]
)
"""What a charge costs at an offer, in the offer's currency; total null: reason says why."""


class OfferQuestions(Asking):
    """Questions about offers; every one may raise StoreError."""

    @contextmanager
    def offers(self) -> Iterator[pa.RecordBatchReader]:
        """Yield every offer that a comparison may show, batch by batch; see view/offers.sql."""
        with telling(self.snapshot), self._cursor() as cursor:
            yield cursor.sql(sql("view", "offers")).to_arrow_reader(BATCH_ROWS)

    def offer_count(self) -> int:
        """Return how many offers those are."""
        return int(self._table("view", "offer_count")["offers"][0].as_py())

    def locations(self) -> pa.Table:
        """Return every location; see view/locations.sql."""
        return self._table("view", "locations")

    def named_tariffs(self) -> pa.Table:
        """Return every tariff that an offer names; see view/tariffs.sql."""
        return self._table("view", "tariffs")

    @contextmanager
    def offers_with_totals(self, totals: pa.Table) -> Iterator[pa.RecordBatchReader]:
        """Yield the rows of a download, batch by batch; see view/export.sql.

        totals: columns as OFFER_TOTAL.
        """
        with telling(self.snapshot), self._cursor() as cursor:
            cursor.register("offer_total", totals)
            yield cursor.sql(sql("view", "export")).to_arrow_reader(BATCH_ROWS)

    def quotes(self) -> pa.Table:
        """Return what each quote is of; see queries/quotes.sql."""
        return self._table("queries", "quotes")

    def rates(self) -> list[Row]:
        """Return what a unit of a currency buys of another; see queries/rates.sql."""
        return self._rows("rates", {})

    def price_lists(self, content_hashes: Sequence[str]) -> dict[str, str]:
        """Return price lists as JSON (`domain.contents`) by their digest."""
        found = self._rows("price_lists", {"content_hashes": list(content_hashes)})
        return {row["content_hash"]: row["price_list"] for row in found}
