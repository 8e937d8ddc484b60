"""What a kWh can cost at a public charger, by currency: data/reference/price_ranges.csv."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from aggregator.errors import ReferenceFileError

FILE_NAME = "price_ranges.csv"
COLUMNS = ("currency", "least_plausible_per_kwh", "most_plausible_per_kwh", "source")
COMMENT = "#"
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
    path = folder / FILE_NAME
    found: dict[str, PriceRange] = {}
    faults: list[str] = []
    try:
        for line, row in _rows(path.read_text(encoding="utf-8").splitlines()):
            try:
                one = _range(row, found)
                found[one.currency] = one
            except ValueError as error:
                faults.append(f"line {line}: {error}")
    except (OSError, ValueError, csv.Error) as error:
        message = f"{path}: cannot be read as CSV: {error}"
        raise ReferenceFileError(message) from error
    if faults:
        message = f"{path}: {'; '.join(faults)}"
        raise ReferenceFileError(message)
    return found


def _rows(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their lines; blank lines and comments left out.

    Raises:
        ValueError: the columns are others.
    """
    reader = csv.reader(lines)
    rows = ([cell.strip() for cell in row] for row in reader)
    filled = (row for row in rows if any(row) and not row[0].startswith(COMMENT))
    if next(filled, []) != list(COLUMNS):
        message = f"line {max(reader.line_num, 1)}: the columns must be {','.join(COLUMNS)}"
        raise ValueError(message)
    for row in filled:
        yield reader.line_num, row


def _range(row: list[str], before: Ranges) -> PriceRange:
    if len(row) != len(COLUMNS):
        message = f"{len(COLUMNS)} values are needed, not {len(row)}"
        raise ValueError(message)
    currency, least, most, source = row
    if not CURRENCY.fullmatch(currency) or currency in before:
        message = f"'currency' {currency!r} is no currency such as SEK, or stands twice"
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
