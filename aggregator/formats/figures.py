"""Numbers as feeds write them -> exact numbers: as texts, with commas, with units."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from enum import Enum, auto
from functools import lru_cache

NO_VALUE = {"", "n/a", "null", "none"}
LONGEST_KNOWN = 32
MOST_DIGITS = 18
LEAST_EXPONENT = 12
SHORT = Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP)
ONE_COMMA = re.compile(r"[-+]?\d*,\d+", re.ASCII)
UNCLEAR_COMMA = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}", re.ASCII)
GROUPED_BY_COMMA = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
GROUPED_BY_DOT = re.compile(r"[-+]?[1-9]\d{0,2}(\.\d{3})+,\d+", re.ASCII)
WITH_UNIT = re.compile(r"([-+.,\d]+)\s*([A-Za-z]+)", re.ASCII)


class Comma(Enum):
    """What the comma of a text such as "22,000" means where it stands."""

    THOUSANDS = auto()  # volts, amperes, watts, seconds: 22000
    DECIMAL = auto()  # degrees: 22
    UNCLEAR = auto()  # a price: cannot be told


def number(value: object, comma: Comma = Comma.UNCLEAR) -> Decimal | None:
    """Return the number that a text or a number states, None where it states nothing.

    Raises:
        ValueError: it is no finite number, or its comma can be read in two ways.
    """
    if isinstance(value, int | float) or (isinstance(value, str) and len(value) <= LONGEST_KNOWN):
        return _known_number(value, comma)
    return _number(value, comma)


@lru_cache(maxsize=65_536, typed=True)
def _known_number(value: str | float, comma: Comma) -> Decimal | None:
    """Return a number that came before: a feed has few prices, many times."""
    return _number(value, comma)


def _number(value: object, comma: Comma) -> Decimal | None:
    if isinstance(value, bool):
        message = "a number is needed, not true or false"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns only ValueError into a problem
    if isinstance(value, str):
        value = value.strip()
        value = None if value.lower() in NO_VALUE else _with_a_point(value, comma)
    if value is None:
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        message = "this is not a number"
        raise ValueError(message) from None
    return exact(_within_bounds(found))


def _with_a_point(text: str, comma: Comma) -> str:
    """Return a number's text with a decimal point and nothing between thousands."""
    if "_" in text:
        message = "this is not a number"
        raise ValueError(message)
    if "," not in text:
        return text
    if UNCLEAR_COMMA.fullmatch(text) and comma is not Comma.THOUSANDS:
        if comma is Comma.UNCLEAR:
            message = "the comma may mark decimals or thousands"
            raise ValueError(message)
        return text.replace(",", ".")
    if GROUPED_BY_COMMA.fullmatch(text):
        return text.replace(",", "")
    if GROUPED_BY_DOT.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if ONE_COMMA.fullmatch(text) else text


def _within_bounds(found: Decimal) -> Decimal:
    if not found.is_finite():
        message = "a finite number is needed"
        raise ValueError(message)
    if found and not -LEAST_EXPONENT <= found.adjusted() <= MOST_DIGITS:
        message = "the number is too large" if found.adjusted() > 0 else "the number is too small"
        raise ValueError(message)
    return found.normalize(SHORT) if len(found.as_tuple().digits) > MOST_DIGITS else found


def exact(number: Decimal) -> Decimal:
    """Return the number in its shortest form, so that equal prices are written alike."""
    if not number:
        return Decimal(0)  # there is no minus nought
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def measured(value: object, units: Mapping[str, int]) -> Decimal | None:
    """Return a number that may carry its unit, as "22 kW", in the first of the units.

    Args:
        value: a text or a number.
        units: small-letter units and what one of them is in the first.

    Raises:
        ValueError: as `number`, or the unit is another one.
    """
    match = WITH_UNIT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return number(value, Comma.THOUSANDS)
    factor = units.get(match[2].lower())
    if factor is None:
        message = f"the unit is none of {', '.join(units)}"
        raise ValueError(message)
    found = number(match[1], Comma.THOUSANDS if factor == 1 else Comma.DECIMAL)
    return None if found is None else exact(found * factor)
