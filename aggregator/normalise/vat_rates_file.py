"""The tables of VAT rates: every row is right, or the table is not used at all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import pairwise
from pathlib import Path

from aggregator.domain.country_code import is_country_code
from aggregator.normalise.reference_table import Lined, read_table

COLUMNS = ("country", "rate", "kind", "valid_from", "valid_to", "source", "read_on")
OVERRIDE_COLUMNS = ("country", "operator", *COLUMNS[1:])
PARTY = re.compile(r"[A-Z]{2}\*[A-Z0-9]{3}")
FRACTION = re.compile(r"0(\.[0-9]{1,6})?")


class Kind(StrEnum):
    """Which of a country's rates it is."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class VatRate:
    """A rate of VAT that is or was law. rate: 0.25 for 25 %. country: ISO 3166-1 alpha-2.

    valid_from / valid_to: its first day, and the first day on which it is over; None: not over.
    read_on: the day on which the source was read. operator: whose charging it is for, as SE*ABC;
    None: of all.
    """

    country: str
    rate: Decimal
    kind: Kind
    valid_from: date
    valid_to: date | None
    source: str
    read_on: date
    operator: str | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the rate is law on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def read_standard_rates(path: Path) -> list[VatRate]:
    """Return the rows of vat_rates.csv: standard rates, each country's without a gap.

    Raises:
        ReferenceFileError: one line that names the file and every line at fault.
    """
    return _read(path, COLUMNS, standard_only=True)


def read_overrides(path: Path) -> list[VatRate]:
    """Return the rows of vat_overrides.csv: rates for charging where it is not the standard rate.

    Raises:
        ReferenceFileError: one line that names the file and every line at fault.
    """
    return _read(path, OVERRIDE_COLUMNS, standard_only=False)


def _read(path: Path, columns: Sequence[str], *, standard_only: bool) -> list[VatRate]:
    parse = partial(_rate, standard_only=standard_only)
    return read_table(path, columns, parse, partial(_clashes, standard_only=standard_only))


def _rate(cells: Mapping[str, str], *, standard_only: bool) -> VatRate:
    if not is_country_code(cells["country"]):
        message = f"'country' {cells['country']!r} is no country such as SE"
        raise ValueError(message)
    if not cells["source"]:
        message = "say in 'source' where it stands"
        raise ValueError(message)
    rate, kind = _figure(cells["rate"]), _kind(cells["kind"], standard_only=standard_only)
    valid_from, valid_to = _period(cells)
    if (kind is Kind.ZERO) != (rate == 0):
        message = f"'kind' {kind} does not go with the rate {rate}"
        raise ValueError(message)
    return VatRate(
        country=cells["country"],
        rate=rate,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        source=cells["source"],
        read_on=_day("read_on", cells["read_on"]),
        operator=_operator(cells.get("operator", "")),
    )


def _figure(text: str) -> Decimal:
    if not FRACTION.fullmatch(text):
        message = f"'rate' {text!r} must be from 0 up and below 1: 0.25 for 25 %"
        raise ValueError(message)
    return Decimal(text)


def _kind(text: str, *, standard_only: bool) -> Kind:
    known = [Kind.STANDARD] if standard_only else list(Kind)
    if text not in known:
        message = f"'kind' {text!r} must be {' or '.join(known)}"
        raise ValueError(message)
    return Kind(text)


def _operator(text: str) -> str | None:
    if text and not PARTY.fullmatch(text):
        message = f"'operator' {text!r} must be a party such as SE*ABC, or empty for all"
        raise ValueError(message)
    return text or None


def _period(cells: Mapping[str, str]) -> tuple[date, date | None]:
    valid_from = _day("valid_from", cells["valid_from"])
    valid_to = _day("valid_to", cells["valid_to"]) if cells["valid_to"] else None
    if valid_to is not None and valid_to <= valid_from:
        message = "'valid_to' is the first day on which it is over: it must be after 'valid_from'"
        raise ValueError(message)
    return valid_from, valid_to


def _day(column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"'{column}' {text!r} is no date such as 2026-11-24"
        raise ValueError(message) from None


def _clashes(rates: Sequence[Lined[VatRate]], *, standard_only: bool) -> Iterator[Lined[str]]:
    """Yield rows that hold on a day together with another one, or after days without any."""
    ordered = sorted(rates, key=lambda one: (_whose(one[1]), one[1].valid_from))
    for (before_line, before), (line, rate) in pairwise(ordered):
        if _whose(before) != _whose(rate):
            continue
        if before.valid_to is None or before.valid_to > rate.valid_from:
            yield (
                line,
                f"{rate.country} has a rate on {rate.valid_from} already: line {before_line}",
            )
        elif standard_only and before.valid_to < rate.valid_from:
            days = f"from {before.valid_to} to {rate.valid_from}"
            yield line, f"{rate.country} has no rate {days}: after line {before_line}"


def _whose(rate: VatRate) -> tuple[str, str]:
    return rate.country, rate.operator or ""
