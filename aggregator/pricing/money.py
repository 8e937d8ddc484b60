"""Exact amounts, and their one rounding at the end."""

from decimal import Context, Decimal
from fractions import Fraction
from math import floor
from types import MappingProxyType

MINOR_UNIT_DIGITS = MappingProxyType(
    dict.fromkeys(("JPY", "KRW", "ISK", "CLP", "VND", "UGX", "PYG"), 0)
    | dict.fromkeys(("KWD", "BHD", "OMR", "JOD", "TND"), 3)
)
DEFAULT_MINOR_UNIT_DIGITS = 2

_CONTEXT = Context(prec=28)


def decimal_from(exact: Fraction) -> Decimal:
    """Return the number as a Decimal: exact where it ends, else to 28 significant digits."""
    return _CONTEXT.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def round_to_minor_unit(amount: Fraction, currency: str) -> Decimal:
    """Return an amount that is not negative, rounded half up to the currency's minor unit.

    Source: ruling 10; number of digits from ISO 4217.

    >>> round_to_minor_unit(Fraction("5.125"), "EUR")
    Decimal('5.13')
    """
    digits = MINOR_UNIT_DIGITS.get(currency, DEFAULT_MINOR_UNIT_DIGITS)
    units = floor(amount * 10**digits + Fraction(1, 2))
    return Decimal(units).scaleb(-digits)
