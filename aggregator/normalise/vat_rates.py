"""The VAT that is law in a country on a day: data/reference/vat_rates.csv, vat_overrides.csv.

A country's rate is not that of each of its places: the Canary Islands, Madeira or Åland have
others. Where a table says nothing, nothing is known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Self

from babel.core import get_global

from aggregator.domain.country_code import is_country_code
from aggregator.normalise.vat_rates_file import (
    Kind,
    VatRate,
    read_overrides,
    read_standard_rates,
)

__all__ = ["Kind", "VatRate", "VatRates", "alpha_2"]

ALPHA_3_LETTERS = 3
ByPlace = Mapping[tuple[str, str | None], tuple[VatRate, ...]]
NO_RATES: ByPlace = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class VatRates:
    """Both tables. By country and operator, None for all operators; see `VatRates.of`."""

    standard: ByPlace
    overrides: ByPlace = field(default_factory=lambda: NO_RATES)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the rates of data/reference.

        Raises:
            ReferenceFileError: a table cannot be used; one line that names every line at fault.
        """
        standard = read_standard_rates(folder / "vat_rates.csv")
        return cls.of(standard, read_overrides(folder / "vat_overrides.csv"))

    @classmethod
    def of(cls, standard: Iterable[VatRate], overrides: Iterable[VatRate] = ()) -> Self:
        """Return rates that stand in no file."""
        return cls(_by_place(standard), _by_place(overrides))

    def standard_rate(self, country: str | None, on: date) -> VatRate | None:
        """Return a country's standard rate on a day; None where it is not known.

        country: ISO 3166-1, alpha-2 or alpha-3, in capitals.
        """
        code = alpha_2(country)
        return _on(self.standard.get((code, None), ()), on) if code else None

    def charging_rate(
        self, country: str | None, on: date, operator: str | None = None
    ) -> VatRate | None:
        """Return the rate for charging: the operator's own, else the country's, else the standard.

        Args:
            country: where the charger is: ISO 3166-1, alpha-2 or alpha-3, in capitals.
            on: the day.
            operator: party of whoever runs it, as SE*ABC.
        """
        code = alpha_2(country)
        if code is None:
            return None
        own = _on(self.overrides.get((code, operator), ()), on) if operator else None
        for_all = _on(self.overrides.get((code, None), ()), on)
        return own or for_all or self.standard_rate(code, on)


def alpha_2(country: str | None) -> str | None:
    """Return the alpha-2 code of a country that is written as alpha-2 or alpha-3.

    >>> alpha_2("SWE"), alpha_2("SE"), alpha_2("XKK"), alpha_2("UK"), alpha_2("Sweden")
    ('SE', 'SE', 'XK', None, None)
    """
    if country is None or is_country_code(country):
        return country
    codes = get_global("territory_aliases").get(country, [])
    is_known = len(country) == ALPHA_3_LETTERS and len(codes) == 1 and is_country_code(codes[0])
    return codes[0] if is_known else None


def _on(rates: Iterable[VatRate], day: date) -> VatRate | None:
    return next((rate for rate in rates if rate.holds_on(day)), None)


def _by_place(rates: Iterable[VatRate]) -> ByPlace:
    def place(rate: VatRate) -> tuple[str, str]:
        return rate.country, rate.operator or ""

    groups = groupby(sorted(rates, key=place), key=place)
    return MappingProxyType(
        {(country, operator or None): tuple(group) for (country, operator), group in groups}
    )
