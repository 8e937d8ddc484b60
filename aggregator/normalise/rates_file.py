"""The European Central Bank's file of exchange rates: read whole, or not at all.

One line a day, newest first: how much of each currency one euro bought, N/A where none was
published. As it is downloaded it is packed; unpacked it is read too.
"""

import re
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from aggregator.errors import ReferenceFileError

EURO = "EUR"
LARGEST_BYTES = 50_000_000
LINES_BEFORE = 1  # the header
PACKED = b"PK"
NOT_PUBLISHED = frozenset({"", "N/A"})
CODE = re.compile(r"[A-Z]{3}")
FIGURE = re.compile(r"\d{1,9}(\.\d{1,9})?")
LINE = re.compile(rf"\d{{4}}-\d\d-\d\d(,(N/A|{FIGURE.pattern})?)+")
NOTHING = re.compile(r",0+(\.0+)?(,|$)")


@dataclass(frozen=True, slots=True)
class History:
    """Every day's rates. days: oldest first; lines: theirs, as published; currencies: by column."""

    currencies: tuple[str, ...]
    days: tuple[date, ...]
    lines: tuple[str, ...]
    _lasts: dict[tuple[str, int], int | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def per_euro(self, currency: str, position: int) -> Fraction | None:
        """Return how much of a currency one euro bought on a day; None where not published.

        Raises:
            ValueError: the file does not have the currency.
        """
        if currency == EURO:
            return Fraction(1)
        column = self.currencies.index(currency) + 1
        figure = self.lines[position].split(",", column + 1)[column]
        return None if figure in NOT_PUBLISHED else Fraction(figure)

    def last_position(self, currencies: Collection[str], on: date) -> int | None:
        """Return the last day, up to one, for which all of these were published; None if none."""
        newest = bisect_right(self.days, on) - 1
        lasts = [self._last(currency, newest) for currency in currencies]
        if None in lasts:
            return None
        for position in range(min(last for last in lasts if last is not None), -1, -1):
            if all(self.per_euro(currency, position) for currency in currencies):
                return position
        return None

    def _last(self, currency: str, newest: int) -> int | None:
        """Return the last day, up to one, for which a currency was published; looked for once."""
        if (currency, newest) not in self._lasts:
            days = range(newest, -1, -1)
            found = next((day for day in days if self.per_euro(currency, day)), None)
            self._lasts[currency, newest] = found
        return self._lasts[currency, newest]

    def line_number(self, position: int) -> int:
        """Return where a day stands in the file, counted from 1."""
        return LINES_BEFORE + len(self.days) - position


def read_history(path: Path) -> History:
    """Return the rates of a file, packed or not.

    Raises:
        ReferenceFileError: one line that names the file, and the line at fault.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise ReferenceFileError(message) from error
    return history_of(unpacked(content, str(path)), str(path))


def unpacked(content: bytes, name: str) -> bytes:
    """Return the table that a ZIP holds; anything else as it is. name: of the file, for people.

    Raises:
        ReferenceFileError: the ZIP is damaged, or what it holds is not one table; too large.
    """
    try:
        table = _table_in(content) if content.startswith(PACKED) else content
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        message = f"{name}: cannot be unpacked: {error}"
        raise ReferenceFileError(message) from error
    if len(table) > LARGEST_BYTES:
        message = f"{name}: larger than {LARGEST_BYTES // 1_000_000} MB"
        raise ReferenceFileError(message)
    return table


def _table_in(content: bytes) -> bytes:
    with ZipFile(BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.endswith(".csv")]
        if len(names) != 1:
            message = f"one CSV file is expected in it, not {len(names)}"
            raise ValueError(message)
        with packed.open(names[0]) as file:
            return file.read(LARGEST_BYTES + 1)


def history_of(table: bytes, name: str) -> History:
    """Return the rates of a table. name: of the file it came from, for people.

    Raises:
        ReferenceFileError: one line that names the line at fault.
    """
    try:
        header, *lines = _lines(table.decode("ascii"))
        currencies = _currencies(header)
        days = [_day(line, currencies, number) for number, line in _numbered(lines)]
        _require_newest_first(days)
    except UnicodeDecodeError as error:
        message = f"{name}: no table of exchange rates: it is no plain text"
        raise ReferenceFileError(message) from error
    except ValueError as error:
        message = f"{name}: {error}"
        raise ReferenceFileError(message) from error
    return History(currencies, tuple(reversed(days)), tuple(reversed(lines)))


def _lines(text: str) -> list[str]:
    """Return the lines without blanks, and without the comma that may end each of them."""
    lines = text.replace(" ", "").rstrip().splitlines() or [""]
    end = "," if lines[0].endswith(",") else ""
    return [line.removesuffix(end) for line in lines]


def _numbered(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    return enumerate(lines, LINES_BEFORE + 1)


def _currencies(header: str) -> tuple[str, ...]:
    first, *codes = header.split(",")
    if first != "Date" or not codes:
        message = "line 1: no table of exchange rates: the first column must be Date"
        raise ValueError(message)
    for position, code in enumerate(codes):
        if not CODE.fullmatch(code):
            message = f"line 1: {code[:20]!r} is no code of a currency"
            raise ValueError(message)
        if code in codes[:position] or code == EURO:
            message = f"line 1: the column {code} stands there twice, or is the euro's"
            raise ValueError(message)
    return tuple(codes)


def _day(line: str, currencies: Sequence[str], number: int) -> date:
    """Return the day of a line whose every figure can be used."""
    _, *figures = line.split(",")
    if len(figures) != len(currencies):
        message = f"line {number}: {len(currencies)} rates are needed, not {len(figures)}"
        raise ValueError(message)
    if not LINE.fullmatch(line) or NOTHING.search(line):
        raise ValueError(_fault(line, currencies, number))
    try:
        return date.fromisoformat(line[:10])
    except ValueError:
        raise ValueError(_fault(line, currencies, number)) from None


def _fault(line: str, currencies: Sequence[str], number: int) -> str:
    day, *figures = line.split(",")
    for currency, figure in zip(currencies, figures, strict=True):
        if figure in NOT_PUBLISHED:
            continue
        if not FIGURE.fullmatch(figure) or not Fraction(figure):
            return f"line {number}: {currency}: {figure[:20]!r} is no rate"
    return f"line {number}: {day[:20]!r} is no date such as 2026-10-30"


def _require_newest_first(days: Sequence[date]) -> None:
    if not days:
        message = "line 2: no rates at all"
        raise ValueError(message)
    for number, (newer, older) in enumerate(pairwise(days), LINES_BEFORE + 2):
        if older >= newer:
            message = f"line {number}: {older} must be a day before {newer}: newest first"
            raise ValueError(message)
