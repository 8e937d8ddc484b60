"""How a total comes about: what energy, time, parking and starting cost of it."""

from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from fractions import Fraction

from aggregator.comparing.price_book import PriceBook
from aggregator.domain.charge import Charge
from aggregator.domain.tariff import Dimension
from aggregator.pricing.bill import Bill, TaxBasis, bill_from
from aggregator.pricing.money import round_to_minor_unit
from aggregator.pricing.reference import zone_named

LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total, rounded for itself. kind: a dimension's name, or `limit`.

    amount: in the currency of the total, with tax where the total is; of a limit, what it adds to
    the lines (below 0: takes off).
    """

    kind: str
    amount: Decimal


def parts_of(book: PriceBook, quote_no: int, charge: Charge, power_kw: Decimal) -> tuple[Part, ...]:
    """Return the parts of what a charge costs under a quote that has a total, none that are 0."""
    table = book.table(quote_no)
    listed = table.price_list
    found = bill_from(table, charge.session(power_kw, zone_named(book.zone(quote_no)) or UTC))
    with_tax = found.tax_basis in {TaxBasis.GROSS, TaxBasis.DERIVED}
    sums = {kind: _sum(found, kind, with_tax=with_tax) for kind in Dimension}
    total = found.total_gross if with_tax else found.total_as_stated
    parts = [
        Part(kind, _rounded(amount, listed.currency)) for kind, amount in sums.items() if amount
    ]
    if found.limits_applied and total is not None:
        parts.append(Part(LIMIT, total - _rounded(sum(sums.values(), Decimal(0)), listed.currency)))
    return tuple(part for part in parts if part.amount)


def _sum(found: Bill, kind: Dimension, *, with_tax: bool) -> Decimal:
    lines = (line for line in found.lines if line.dimension is kind)
    return sum(
        (line.gross or Decimal(0) if with_tax else line.as_stated for line in lines), Decimal(0)
    )


def _rounded(amount: Decimal, currency: str) -> Decimal:
    return round_to_minor_unit(Fraction(amount), currency)
