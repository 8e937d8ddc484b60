"""Exact amounts, and their one rounding at the end."""

from decimal import Context, Decimal
from fractions import Fraction
from math import floor
from types import MappingProxyType

WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"  # ISO 4217
WITH_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
MINOR_UNIT_DIGITS = MappingProxyType(
    dict.fromkeys(WITHOUT_DECIMALS.split(), 0) | dict.fromkeys(WITH_THREE_DECIMALS.split(), 3)
)
"""What differs from two digits. CLDR's display digits are others: RSD and ALL have two here."""

DEFAULT_MINOR_UNIT_DIGITS = 2

_CONTEXT = Context(prec=28)


def decimal_from(exact: Fraction) -> Decimal:
    """Return the number as a Decimal: exact where it ends, else to 28 significant digits."""
    return _CONTEXT.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def minor_unit_digits(currency: str) -> int:
    """Return how many decimals an amount of a currency has."""
    return MINOR_UNIT_DIGITS.get(currency, DEFAULT_MINOR_UNIT_DIGITS)


def round_to_minor_unit(amount: Fraction, currency: str) -> Decimal:
    """Return an amount that is not negative, rounded half up to the currency's minor unit.

    Source: ruling 10; number of digits from ISO 4217.

    >>> round_to_minor_unit(Fraction("5.125"), "EUR")
    Decimal('5.13')
    """
    digits = minor_unit_digits(currency)
    units = floor(amount * 10**digits + Fraction(1, 2))
    return Decimal(units).scaleb(-digits)
