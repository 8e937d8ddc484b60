"""Published numbers as whole numbers of small units."""

from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from aggregator.pricing.kernel.layout import ABSENT, MICRO, VAT_SCALE

REMEMBERED = 1 << 16
MOST_DIGITS = 18


class Inexpressible(ValueError):
    """The kernel's units are too coarse or too small for a number; the exact engine prices it."""


@lru_cache(REMEMBERED)
def micro(number: str) -> int:
    """Return a decimal in millionths.

    >>> micro("0.59")
    590000
    """
    return whole(Decimal(number), MICRO)


@lru_cache(REMEMBERED)
def vat(number: str | None) -> int:
    """Return a VAT rate in hundred thousandths, ABSENT where it is not stated."""
    return ABSENT if number is None else whole(Decimal(number), VAT_SCALE)


@lru_cache(REMEMBERED)
def milli(number: str) -> int:
    """Return a decimal in thousandths: kW as W, A as mA."""
    return whole(Decimal(number), 1000)


def whole(number: Decimal, scale: int) -> int:
    """Return number x scale; raise Inexpressible unless that is whole and not below zero."""
    if not number.is_finite() or number.adjusted() > MOST_DIGITS:
        raise Inexpressible
    numerator, denominator = number.as_integer_ratio()
    scaled, rest = divmod(numerator * scale, denominator)
    if rest or scaled < 0:
        raise Inexpressible(str(number))
    return scaled


def at_most(number: int, most: int) -> int:
    """Return the number; raise Inexpressible where it is larger or below zero."""
    if not 0 <= number <= most:
        raise Inexpressible
    return number


@lru_cache(REMEMBERED)
def clock_ms(text: str) -> int:
    """Return a time of day in ms since midnight.

    >>> clock_ms("08:00:00")
    28800000
    """
    clock = time.fromisoformat(text)
    if clock.tzinfo is not None or clock.microsecond % 1000:
        raise Inexpressible(text)
    seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
    return seconds * 1000 + clock.microsecond // 1000


@lru_cache(REMEMBERED)
def ordinal(text: str) -> int:
    """Return the number of a day, 1 being the first of January of the year 1."""
    return date.fromisoformat(text).toordinal()
