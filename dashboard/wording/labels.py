"""Words, numbers and names as users read them; feed text is made harmless here."""

import html
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from babel.core import Locale, get_global
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision
from babel.units import format_unit

from dashboard.wording.language import catalogue, language

LONGEST_NAME = 80
ALPHA_3 = re.compile("[A-Z]{3}")
NOT_NOW = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "ZZZ"}  # withdrawn (ISO 3166-3) or none
DECIMALS = re.compile(r"0\.0+")
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # those that hold a number and its unit stay
MOST_UNIT_DECIMALS = 3
KEPT = 20_000  # of each kind, in words: writing a number takes longer than finding it
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def text(key: str, **values: object) -> str:
    """Return a text for the user, with its values filled in.

    >>> text("compare.per_kwh", price="€0.59")
    '€0.59/kWh'
    """
    return catalogue(language().code)[key].format(**values)


def known(key: str) -> str | None:
    """Return a text without values, or None when there is none of that key."""
    return catalogue(language().code).get(key)


def safe(value: object, longest: int = LONGEST_NAME) -> str:
    """Return feed text that cannot act: no markup, no invisible or direction marks, not too long.

    >>> safe("<b>Evil</b>")
    '&lt;b&gt;Evil&lt;/b&gt;'
    """
    return html.escape(plain(value, longest))


def plain(value: object, longest: int = LONGEST_NAME) -> str:
    """Return feed text without invisible or direction marks, cut to a length that can be shown."""
    words = SPACES.sub(" ", str(value)).strip()
    kept = words
    if not words.isprintable():
        kept = "".join(c for c in words if unicodedata.category(c) not in INVISIBLE)
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def money(amount: Decimal, currency: str) -> str:
    """Return an amount with its currency, as `€20.40` or `SEK 284.00`."""
    return _money(amount, currency, language().locale)


@lru_cache(maxsize=KEPT)
def _money(amount: Decimal, currency: str, locale: Locale) -> str:
    return _spaced(format_currency(amount, currency, locale=locale), currency)


def _spaced(shown: str, currency: str) -> str:
    """Part a currency's letters from the number; a sign stands close to it."""
    return re.sub(rf"{currency}(?=\d)", f"{currency}\u00a0", shown)


def unit_price(price: Decimal, currency: str) -> str:
    """Return a price per unit, as precise as the currency needs and no more than it was stated."""
    digits = get_currency_precision(currency)
    exact = price.quantize(Decimal(1).scaleb(-MOST_UNIT_DECIMALS), ROUND_HALF_UP).normalize()
    stated = -int(exact.as_tuple().exponent)
    digits = max(digits, min(stated, MOST_UNIT_DECIMALS))
    usual = language().locale.currency_formats["standard"].pattern
    pattern = DECIMALS.sub("0." + "0" * digits if digits else "0", usual)
    shown = format_currency(
        exact, currency, pattern, locale=language().locale, currency_digits=False
    )
    return _spaced(shown, currency)


def number(value: Decimal | float) -> str:
    """Return a number with the locale's signs."""
    return _number(value, language().locale)


@lru_cache(maxsize=KEPT)
def _number(value: Decimal | float, locale: Locale) -> str:
    return format_decimal(value, locale=locale)


def two_decimals(value: Decimal | float) -> str:
    """Return a number with two decimals, as amounts of most currencies have."""
    return format_decimal(value, "#,##0.00", locale=language().locale)


def percent(share: Decimal | float) -> str:
    """Return a share as whole per cent."""
    return format_percent(share, locale=language().locale)


def moment(value: datetime | None) -> str:
    """Return a moment as `21 Nov 2026, 06:00`; the zone stands beside it."""
    if value is None:
        return "–"
    return f"{day(value)}, {format_time(value, 'HH:mm', locale=language().locale)}"


def day(value: date) -> str:
    """Return a day as `21 Nov 2026`."""
    return format_date(value, "medium", locale=language().locale)


def duration(value: timedelta) -> str:
    """Return a whole number of the largest unit that fits, as `6 hours`.

    >>> duration(timedelta(hours=30)), duration(timedelta(days=8))
    ('1 day', '8 days')
    """
    seconds = int(value.total_seconds())
    units = (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1))
    name, size = next((unit for unit in units if seconds >= unit[1]), units[-1])
    return format_unit(seconds // size, f"duration-{name}", locale=language().locale)


def country_name(alpha_3: str | None) -> str:
    """Return a country's name; its code where CLDR knows none."""
    if alpha_3 is None:
        return "–"
    alpha_2 = get_global("territory_aliases").get(alpha_3, [alpha_3])[0]
    unknown = "".join(sign for sign in plain(alpha_3) if sign.isalnum())
    return language().locale.territories.get(alpha_2, unknown)


def alpha_2(alpha_3: str | None) -> str | None:
    """Return the alpha-2 code of a country by its alpha-3 code; None where there is none.

    >>> alpha_2("SWE"), alpha_2("?")
    ('SE', None)
    """
    found = get_global("territory_aliases").get(alpha_3 or "", [])
    return found[0] if len(found) == 1 else None


def country_of_zone(zone: str | None) -> str | None:
    """Return the alpha-3 code of the country a time zone lies in.

    >>> country_of_zone("Europe/Stockholm")
    'SWE'
    """
    alpha_2 = get_global("zone_territories").get(zone or "")
    return next(
        (
            code
            for code, aliases in get_global("territory_aliases").items()
            if aliases == [alpha_2] and ALPHA_3.fullmatch(code) and code not in NOT_NOW
        ),
        None,
    )


def unmarked(line: str) -> str:
    """Return text in which Plotly finds no markup."""
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plug_name(standard: str) -> str:
    """Return a plug's everyday name, or its code in words."""
    return known(f"standard.{standard}") or plain(standard).replace("_", " ").title()


def reason(code: str | None) -> str:
    """Return why there is no price, in words."""
    return known(f"reason.{code}") or text("reason.unknown")


def kilowatts(power: Any) -> str:  # noqa: ANN401 - DuckDB's Decimal or None
    """Return a power, as `150 kW`."""
    return text("compare.kw_unknown") if power is None else text("compare.kw", power=number(power))
