"""The tables of data/reference: CSV with comments; every row is right, or a table is not used."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from aggregator.errors import ReferenceFileError

COMMENT = "#"
T = TypeVar("T")
Lined = tuple[int, T]
"""A thing, and the line at which it stands."""


def _no_clashes(_: Sequence[Lined[T]]) -> Iterator[Lined[str]]:
    return iter(())


def read_table(
    path: Path,
    columns: Sequence[str],
    parse: Callable[[Mapping[str, str]], T],
    clashes: Callable[[Sequence[Lined[T]]], Iterable[Lined[str]]] = _no_clashes,
) -> list[T]:
    """Return what each row of a table says; blank lines and comments say nothing.

    Args:
        path: of the table.
        columns: all that it has, in order.
        parse: makes of a row's cells by column what they say; ValueError where they say nothing.
        clashes: tells which rows do not go together, each with its line and why.

    Raises:
        ReferenceFileError: one line that names the file and every line at fault.
    """
    found: list[Lined[T]] = []
    faults: list[Lined[str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line, row in _rows(file, columns):
                try:
                    found.append((line, parse(_by_column(row, columns))))
                except ValueError as error:
                    faults.append((line, str(error)))
    except (OSError, ValueError, csv.Error) as error:
        message = f"{path}: cannot be read as CSV: {error}"
        raise ReferenceFileError(message) from error
    if faults := sorted([*faults, *clashes(found)]):
        message = f"{path}: {'; '.join(f'line {line}: {fault}' for line, fault in faults)}"
        raise ReferenceFileError(message)
    return [one for _, one in found]


def _rows(file: Iterable[str], columns: Sequence[str]) -> Iterator[Lined[list[str]]]:
    """Yield the rows with their lines.

    Raises:
        ValueError: the columns are others.
    """
    reader = csv.reader(file, strict=True)
    rows = ([cell.strip() for cell in row] for row in reader)
    filled = (row for row in rows if any(row) and not row[0].startswith(COMMENT))
    if next(filled, []) != list(columns):
        message = f"line {max(reader.line_num, 1)}: the columns must be {','.join(columns)}"
        raise ValueError(message)
    for row in filled:
        yield reader.line_num, row


def _by_column(row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    if len(row) != len(columns):
        message = f"{len(columns)} values are needed, not {len(row)}"
        raise ValueError(message)
    return dict(zip(columns, row, strict=True))
