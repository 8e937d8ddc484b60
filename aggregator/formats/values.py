"""Values as feeds really write them -> exact values. Each type accepts what was met in the field.

A value that cannot be read fails its field only; `reading.read_fields` decides what that costs.
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from aggregator.domain.text import one_line

NOT_STATED = {"", "n/a", "null", "none"}
END_OF_DAY = {"24:00", "24:00:00"}
MAX_TEXT = 4_000
MOST_DIGITS = 18
LEAST_EXPONENT = 12
SHORT = Context(prec=MOST_DIGITS, rounding=ROUND_HALF_UP)


def _text(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    text = one_line(str(value), MAX_TEXT)
    return None if text.lower() in NOT_STATED else text


def _identifier(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return value
    return one_line(str(value))


def _flag(value: object) -> object:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    return value


def _number(value: object) -> object:
    if isinstance(value, bool):
        message = "a number is needed, not true or false"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns only ValueError into a problem
    if isinstance(value, str):
        value = value.strip().replace(",", ".") or None
    if value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        message = "this is not a number"
        raise ValueError(message) from None
    if not number.is_finite():
        message = "a finite number is needed"
        raise ValueError(message)
    if number and not -LEAST_EXPONENT <= number.adjusted() <= MOST_DIGITS:
        message = "the number is too large" if number.adjusted() > 0 else "the number is too small"
        raise ValueError(message)
    if len(number.as_tuple().digits) > MOST_DIGITS:
        number = number.normalize(SHORT)
    return exact(number)


def exact(number: Decimal) -> Decimal:
    """Return the number in its shortest form, so that equal prices are written alike."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def word(value: object) -> object:
    """Return a text as the standard spells its enums, in capitals; an empty one is None."""
    if not isinstance(value, str):
        return value
    return value.strip().upper() or None


def _moment(value: object) -> object:
    if isinstance(value, str) and value.strip().lower() in NOT_STATED:
        return None
    return value.strip() if isinstance(value, str) else value


def _clock(value: object) -> object:
    if isinstance(value, str):
        text = value.strip()
        return time(0) if text in END_OF_DAY else (text or None)
    return value


def _local(value: time | None) -> time | None:
    if value is not None and value.tzinfo is not None:
        message = "a local time is needed, without an offset"
        raise ValueError(message)
    return value


def _day(value: object) -> object:
    return (value.strip() or None) if isinstance(value, str) else value


_Bounded = Field(ge=-(10**9), le=10**9)

Identifier = Annotated[str, BeforeValidator(_identifier), Field(min_length=1, max_length=255)]
Text = Annotated[str | None, BeforeValidator(_text)]
Flag = Annotated[bool | None, BeforeValidator(_flag)]
Number = Annotated[Annotated[Decimal, _Bounded] | None, BeforeValidator(_number)]
Whole = Annotated[Annotated[int, _Bounded] | None, BeforeValidator(_number)]
Seconds = Annotated[Annotated[int, Field(ge=0, le=10**9)] | None, BeforeValidator(_number)]
Latitude = Annotated[Annotated[Decimal, Field(ge=-90, le=90)] | None, BeforeValidator(_number)]
Longitude = Annotated[Annotated[Decimal, Field(ge=-180, le=180)] | None, BeforeValidator(_number)]
Word = Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(word)]
Currency = Annotated[Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None, BeforeValidator(word)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Clock = Annotated[time | None, BeforeValidator(_clock), AfterValidator(_local)]
Day = Annotated[date | None, BeforeValidator(_day)]
