"""EVSEs that go by several ids: data/reference/evse_aliases.csv, one row for each other id."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from aggregator.domain.evse_id import normalised_evse_id
from aggregator.errors import ReferenceFileError

COLUMNS = ["evse_id", "same_as", "source", "read_on"]
COMMENT = "#"


def load_evse_aliases(folder: Path) -> Mapping[str, str]:
    """Return the id to use for each id that another one stands for, both normalised.

    Lines that begin with # are comments.

    Raises:
        ReferenceFileError: one line that names every line at fault; a `same_as` that is itself an
            alias, directly or round in a circle, is one.
    """
    path = folder / "evse_aliases.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reading = _Reading.of(_rows(file))
    except (OSError, ValueError, csv.Error) as error:
        message = f"{path}: cannot be read as CSV: {error}"
        raise ReferenceFileError(message) from error
    faults = sorted([*reading.faults, *reading.chains()])
    if faults:
        told = "; ".join(f"line {line}: {fault}" for line, fault in faults)
        message = f"{path}: {told}"
        raise ReferenceFileError(message)
    return MappingProxyType(reading.same_as)


def _rows(file: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file)
    for row in reader:
        if row and not row[0].startswith(COMMENT):
            yield reader.line_num, [cell.strip() for cell in row]


@dataclass(slots=True)
class _Reading:
    """What the rows say so far. lines: of each alias; faults: number of the line, what is wrong."""

    same_as: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterator[tuple[int, list[str]]]) -> "_Reading":
        reading = cls()
        line, header = next(rows, (1, []))
        if header != COLUMNS:
            reading.faults.append((line, f"the columns must be {','.join(COLUMNS)}"))
            return reading
        for line, row in rows:
            try:
                reading.add(line, row)
            except ValueError as error:
                reading.faults.append((line, str(error)))
        return reading

    def add(self, line: int, row: list[str]) -> None:
        if len(row) != len(COLUMNS):
            message = f"{len(COLUMNS)} values are needed, not {len(row)}"
            raise ValueError(message)
        evse_id, same_as = _id("evse_id", row[0]), _id("same_as", row[1])
        if evse_id in self.lines:
            message = f"'{row[0]}' has a row already: line {self.lines[evse_id]}"
            raise ValueError(message)
        if not row[2]:
            message = "say in 'source' where it stands"
            raise ValueError(message)
        _day(row[3])
        self.same_as[evse_id], self.lines[evse_id] = same_as, line

    def chains(self) -> Iterator[tuple[int, str]]:
        for evse_id, same_as in self.same_as.items():
            if self._leads_back(evse_id):
                yield self.lines[evse_id], f"'{evse_id}' leads back to itself"
            elif same_as in self.lines:
                where = self.lines[same_as]
                yield (
                    self.lines[evse_id],
                    f"'{same_as}' is an alias itself (line {where}): name the id to use",
                )

    def _leads_back(self, evse_id: str) -> bool:
        seen, here = set[str](), evse_id
        while here in self.same_as and here not in seen:
            seen.add(here)
            here = self.same_as[here]
        return here == evse_id


def _id(column: str, text: str) -> str:
    found = normalised_evse_id(text)
    if found is None:
        message = f"'{column}' {text!r} is no EVSE id that is unique worldwide, as SE*ABC*E123"
        raise ValueError(message)
    return found


def _day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        message = f"'read_on' {text!r} is no date such as 2026-11-24"
        raise ValueError(message) from None
