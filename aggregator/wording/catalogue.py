"""Texts, numbers, money, times and lists of one language."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

LOCALES = MappingProxyType({"en": "en_GB", "sv": "sv_SE", "de": "de_DE"})
LANGUAGES = tuple(LOCALES)
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its texts by key, as `limit.max`, and how it writes figures."""

    code: str
    locale: Locale
    texts: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """Return a text with its values filled in."""
        return self.texts[key].format(**values)

    def counted(self, key: str, count: Decimal, **values: object) -> str:
        """Return the form of a text that goes with a number, which is its value `count`."""
        form = "one" if self.locale.plural_form(plain(count)) == "one" else "other"
        return self.text(f"{key}_{form}", count=self.number(count), **values)

    def number(self, value: Decimal) -> str:
        """Return a number with all its digits."""
        return format_decimal(plain(value), locale=self.locale, decimal_quantization=False)

    def money(self, amount: Decimal, currency: str) -> str:
        """Return an amount with all its digits and at least those of the currency."""
        shown = format_currency(
            plain(amount), currency, locale=self.locale, decimal_quantization=False
        )
        return re.sub(rf"{currency}(?=\d)", f"{currency}{NO_BREAK_SPACE}", shown)

    def percent(self, share: Decimal) -> str:
        """Return a share of 0.052 as 5.2 per cent."""
        return format_percent(plain(share), locale=self.locale, decimal_quantization=False)

    def clock(self, moment: time) -> str:
        """Return a time of day as 20:00, with its seconds if it has any."""
        return format_time(moment, "HH:mm:ss" if moment.second else "HH:mm", locale=self.locale)

    def day(self, day: date) -> str:
        """Return a date with its month in letters."""
        return format_date(day, self.text("when.date_pattern"), locale=self.locale)

    def weekday(self, number: int) -> str:
        """Return a weekday's short name; Monday is 0."""
        return str(get_day_names("abbreviated", "stand-alone", self.locale)[number])

    def all_of(self, parts: Sequence[str]) -> str:
        """Return "a, b and c"."""
        return format_list(list(parts), "standard", self.locale)

    def one_of(self, parts: Sequence[str]) -> str:
        """Return "a, b or c"."""
        return format_list(list(parts), "or", self.locale)


@cache
def language_named(code: str) -> Language:
    """Return a language.

    Raises:
        ValueError: there is no catalogue of that code.
    """
    if code not in LOCALES:
        msg = f"no texts in the language {code}, only in {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    source = files("aggregator.wording") / f"{code}.toml"
    sections = tomllib.loads(source.read_text(encoding="utf-8"))
    texts = {f"{name}.{key}": text for name, keys in sections.items() for key, text in keys.items()}
    return Language(code, Locale.parse(LOCALES[code]), MappingProxyType(texts))


def plain(value: Decimal) -> Decimal:
    """Return the number without zeros at its end and without an exponent.

    >>> plain(Decimal("12.50")), plain(Decimal("1E+1"))
    (Decimal('12.5'), Decimal('10'))
    """
    return Decimal(f"{value.normalize():f}")
