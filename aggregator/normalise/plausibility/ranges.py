"""What a kWh can cost at a public charger, by currency: data/reference/price_ranges.csv."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from aggregator.normalise.reference_table import Lined, read_table

FILE_NAME = "price_ranges.csv"
COLUMNS = ("currency", "least_plausible_per_kwh", "most_plausible_per_kwh", "source")
CURRENCY = re.compile(r"[A-Z]{3}")
AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
MOST_EUROS_PER_KWH = 3  # what the most plausible price of every currency is about


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The range of a currency, in that currency per kWh, both ends within."""

    currency: str
    least_plausible_per_kwh: Decimal
    most_plausible_per_kwh: Decimal
    source: str

    def holds(self, price_per_kwh: Decimal) -> bool:
        """Tell whether a price lies within."""
        return self.least_plausible_per_kwh <= price_per_kwh <= self.most_plausible_per_kwh

    def about(self, euros: Decimal) -> Decimal:
        """Return the size of an amount in euros in this currency, roughly.

        >>> PriceRange("SEK", Decimal("0.2"), Decimal(30), "").about(Decimal("0.50"))
        Decimal('5.00')
        """
        return euros * self.most_plausible_per_kwh / MOST_EUROS_PER_KWH


Ranges = Mapping[str, PriceRange]


def load_ranges(folder: Path) -> dict[str, PriceRange]:
    """Return the ranges of data/reference/price_ranges.csv by currency.

    Raises:
        ReferenceFileError: one line that names the file and every line at fault.
    """
    found = read_table(folder / FILE_NAME, COLUMNS, _range, _twice)
    return {one.currency: one for one in found}


def _range(cells: Mapping[str, str]) -> PriceRange:
    currency, least, most, source = (cells[name] for name in COLUMNS)
    if not CURRENCY.fullmatch(currency):
        message = f"'currency' {currency!r} is no currency such as SEK"
        raise ValueError(message)
    if not (AMOUNT.fullmatch(least) and AMOUNT.fullmatch(most)):
        message = f"{least!r} and {most!r} must be amounts such as 0.02"
        raise ValueError(message)
    if not 0 < Decimal(least) < Decimal(most):
        message = f"{least} must be above 0 and below {most}"
        raise ValueError(message)
    if not source:
        message = "say in 'source' where it stands"
        raise ValueError(message)
    return PriceRange(currency, Decimal(least), Decimal(most), source)


def _twice(found: Sequence[Lined[PriceRange]]) -> Iterator[Lined[str]]:
    known: set[str] = set()
    for line, one in found:
        if one.currency in known:
            yield line, f"'currency' {one.currency!r} stands there twice"
        known.add(one.currency)
