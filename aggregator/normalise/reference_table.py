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
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
        for line, text in _rows(lines, columns):
            try:
                found.append((line, parse(_by_column(_cells(text), columns))))
            except ValueError as error:
                faults.append((line, str(error)))
    except (OSError, ValueError) as error:
        message = f"{path}: cannot be read as CSV: {error}"
        raise ReferenceFileError(message) from error
    if faults := sorted([*faults, *clashes(found)]):
        message = f"{path}: {'; '.join(f'line {line}: {fault}' for line, fault in faults)}"
        raise ReferenceFileError(message)
    return [one for _, one in found]


def _rows(lines: Iterable[str], columns: Sequence[str]) -> Iterator[Lined[str]]:
    """Yield the lines that say something, after the columns; no row goes over several lines.

    Raises:
        ValueError: the columns are others.
    """
    filled = (
        (number, line)
        for number, line in enumerate(lines, 1)
        if line.strip(", \t") and not line.lstrip().startswith(COMMENT)
    )
    number, line = next(filled, (1, ""))
    if _cells(line) != list(columns):
        message = f"line {number}: the columns must be {','.join(columns)}"
        raise ValueError(message)
    yield from filled


def _cells(line: str) -> list[str]:
    try:
        return [cell.strip() for row in csv.reader([line], strict=True) for cell in row]
    except csv.Error as error:
        raise ValueError(str(error)) from error


def _by_column(row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    if len(row) != len(columns):
        message = f"{len(columns)} values are needed, not {len(row)}"
        raise ValueError(message)
    return dict(zip(columns, row, strict=True))
