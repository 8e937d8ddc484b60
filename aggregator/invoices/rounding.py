"""A total: the sum of a bill's lines, rounded once, and the same in another currency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from aggregator.pricing.bill import Bill
from aggregator.pricing.money import decimal_from, round_to_minor_unit

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rounding:
    """The one rounding of a total. exact: the sum of the lines, before limits, not rounded.

    with_tax: whether that is the side which is published.
    """

    exact: Decimal
    total: Decimal
    with_tax: bool


@dataclass(frozen=True, slots=True)
class InCurrency:
    """A total in another currency, by the rate of the snapshot; total: None without a rate.

    rate_date: the day of the rate; where it is too old, of the last one. missing_because: code.
    """

    currency: str
    total: Decimal | None
    rate: Decimal | None
    rate_date: date | None
    missing_because: str | None


def rounding_of(found: Bill, *, with_tax: bool) -> Rounding:
    """Return how a bill's lines become its total, in its currency.

    with_tax: whether the total with tax is meant; where that is not known, it is the one as stated.
    """
    gross = [line.gross for line in found.lines if line.gross is not None]
    if with_tax and found.total_gross is not None and len(gross) == len(found.lines):
        return Rounding(_sum(gross), found.total_gross, with_tax=True)
    stated = [line.as_stated for line in found.lines]
    return Rounding(_sum(stated), found.total_as_stated, with_tax=False)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return decimal_from(sum((Fraction(amount) for amount in amounts), Fraction(0)))


def in_currency(offer: Row, total: Decimal, to_currency: str) -> InCurrency:
    """Return a total in another currency, by the rate that the offer's row brings."""
    rate, missing = offer["rate"], offer["rate_missing_because"]
    shown = None
    if rate is not None:
        shown = round_to_minor_unit(Fraction(total) * Fraction(rate), to_currency)
    elif missing is None:
        missing = "unknown_currency"
    return InCurrency(to_currency, shown, rate, offer["rate_date"], missing)
