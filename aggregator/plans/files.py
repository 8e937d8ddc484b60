"""Plan files: one TOML file is one plan, its prices perhaps in a CSV file of the same name."""

import csv
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aggregator.errors import PlanFileError
from aggregator.plans.believable import doubtful
from aggregator.plans.fault import Fault, Key, faults_of, named
from aggregator.plans.lines import key_lines, line_of
from aggregator.plans.plan import Plan
from aggregator.plans.reach import never_used, unpriced_hours
from aggregator.plans.rows import PriceRows, price_rows

LARGEST_BYTES = 1_000_000
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan, and what its author should look at though the plan can be used; one line each."""

    plan: Plan
    warnings: tuple[str, ...]


def load_plan(path: Path, slugs: Collection[str]) -> Loaded:
    """Return the plan of one TOML file; its slug is the file's name.

    Args:
        path: of the TOML file.
        slugs: of the operators that there are.

    Raises:
        PlanFileError: one line that names the file, the lines and keys at fault, and what to do.
    """
    source = _Source.of(path)
    try:
        plan = Plan.model_validate(source.content)
    except ValidationError as error:
        raise source.error(list(faults_of(error))) from error
    if faults := list(doubtful(plan, slugs)) or list(unpriced_hours(plan)):
        raise source.error(faults)
    warnings = (f"{path}: {source.told(fault)}" for fault in never_used(plan))
    return Loaded(plan, tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Source:
    """What the files of a plan say, and where.

    lines: of the TOML file, by key. table: of the CSV file, None where the prices are not in one.
    """

    path: Path
    content: Mapping[str, Any]
    lines: Mapping[Key, int]
    table: PriceRows | None

    @classmethod
    def of(cls, path: Path) -> "_Source":
        text, content = _toml(path)
        if "slug" in content:
            message = f"{path}: unknown key 'slug': the name of the file says it"
            raise PlanFileError(message)
        prices = path.with_suffix(".csv")
        table = _table(prices) if prices.exists() else None
        if table and "price" in content:
            message = f"{path}: [[price]] stands here and in {prices.name}: keep one of them"
            raise PlanFileError(message)
        rows = {"price": table.rows} if table else {}
        return cls(path, {**content, **rows, "slug": path.stem}, key_lines(text), table)

    def error(self, faults: list[Fault]) -> PlanFileError:
        """Return the error that tells of the faults, the first ones where there are many."""
        ordered = sorted(faults, key=lambda fault: self._line(fault) or 0)
        words = [self.told(fault) for fault in ordered[:MOST_TOLD]]
        if len(faults) > MOST_TOLD:
            words.append(f"and {len(faults) - MOST_TOLD} more")
        return PlanFileError(f"{self.path}: {'; '.join(words)}")

    def told(self, fault: Fault) -> str:
        """Return a fault in words, with its line where that is known."""
        what = f"{named(fault.key)}: {fault.message}" if fault.key else fault.message
        file = f"{self.path.stem}.csv " if self._is_in_table(fault) else ""
        line = self._line(fault)
        return f"{file}line {line}: {what}" if line else what

    def _is_in_table(self, fault: Fault) -> bool:
        return self.table is not None and fault.key[:1] == ("price",)

    def _line(self, fault: Fault) -> int | None:
        if self.table is None or not self._is_in_table(fault):
            return line_of(fault.key, self.lines)
        position = fault.key[1] if len(fault.key) > 1 else None
        return self.table.lines[position] if isinstance(position, int) else 1


def _toml(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = _text(path)
        return text, tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        message = f"{path}: cannot be read as TOML: too many brackets within each other"
        raise PlanFileError(message) from error
    except ArithmeticError as error:
        message = f"{path}: cannot be read as TOML: a number beyond all bounds"
        raise PlanFileError(message) from error
    except (OSError, ValueError) as error:  # ValueError: no TOML, no UTF-8, endless digits
        message = f"{path}: cannot be read as TOML: {error}"
        raise PlanFileError(message) from error


def _table(path: Path) -> PriceRows:
    try:
        return price_rows(_text(path).removeprefix("\ufeff"))
    except (OSError, ValueError, csv.Error) as error:
        message = f"{path}: cannot be read as a table of prices: {error}"
        raise PlanFileError(message) from error


def _text(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        message = f"larger than {LARGEST_BYTES // 1_000} kB"
        raise ValueError(message)
    return content.decode().replace("\r\n", "\n")
