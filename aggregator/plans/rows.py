"""The prices of a plan as a table: NAME.csv beside NAME.toml, one row for each price entry.

Both ways in which spreadsheets write such files are read: commas between the cells, or semicolons
between them and a comma in the numbers.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Any

from aggregator.plans.plan import PriceEntry
from aggregator.plans.values import MOST_DIGITS

LISTS = {"operators", "power_class", "countries"}
TIMES = {"start_time", "end_time"}
WHOLE = {"free_minutes", "parking_free_minutes"}
COLUMNS = tuple(PriceEntry.model_fields)
COMMENT = "#"


@dataclass(frozen=True, slots=True)
class PriceRows:
    """The rows as a TOML file would state them, and the line on which each stands."""

    rows: tuple[dict[str, Any], ...]
    lines: tuple[int, ...]


def price_rows(text: str) -> PriceRows:
    """Return the price entries of a CSV text.

    Lines that begin with # are comments; an empty cell says nothing.

    Raises:
        ValueError: one line that names the line at fault: other columns, or cells too many.
    """
    head = next((line for line in text.splitlines() if line and line[0] != COMMENT), "")
    semicolons = ";" in head
    filled = _filled(text, ";" if semicolons else ",")
    line, columns = next(filled, (1, []))
    _require_known(line, columns)
    found = []
    for line, cells in filled:
        if len(cells) > len(columns):
            message = f"line {line}: {len(columns)} cells at most, not {len(cells)}"
            raise ValueError(message)
        pairs = zip(columns, cells, strict=False)
        row = {name: _value(name, cell, semicolons=semicolons) for name, cell in pairs if cell}
        found.append((line, row))
    return PriceRows(tuple(row for _, row in found), tuple(line for line, _ in found))


def _filled(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells) and not cells[0].startswith(COMMENT):
            yield reader.line_num, cells


def _require_known(line: int, columns: list[str]) -> None:
    for name in columns:
        if name not in COLUMNS:
            message = f"line {line}: unknown column {name!r}: those that may be are {known()}"
            raise ValueError(message)
    if not columns or len(set(columns)) < len(columns):
        message = f"line {line}: name each column once, of {known()}"
        raise ValueError(message)


def known() -> str:
    """Return the columns that a table may have."""
    return ",".join(COLUMNS)


def _value(name: str, cell: str, *, semicolons: bool) -> object:
    """Return a cell as TOML would have it; what is no number stays a text, to be told of."""
    if name in LISTS:
        return cell.split()
    if name in TIMES:
        return cell
    try:
        number = Decimal(cell.replace(",", ".") if semicolons else cell)
    except InvalidOperation:
        return cell
    return int(cell) if name in WHOLE and cell.isdecimal() and len(cell) <= MOST_DIGITS else number
