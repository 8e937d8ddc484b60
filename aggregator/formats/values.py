"""Values as feeds really write them -> exact values. Each type accepts what was met in the field.

A value that cannot be read fails its field only; `reading.read_fields` decides what that costs.
"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
from pydantic import AfterValidator, BeforeValidator, Field

from aggregator.domain.text import one_line
from aggregator.formats.figures import NO_VALUE, Comma, measured, number

NOT_STATED = {*NO_VALUE, "unknown"}
NO_WORD = {"", "N/A", "NULL"}
END_OF_DAY = {"24:00", "24:00:00"}
TAX_WORDS = {"TRUE": "YES", "FALSE": "NO"}
MAX_TEXT = 4_000
VOLTS = {"v": 1, "kv": 1_000}
AMPERES = {"a": 1}
WATTS = {"w": 1, "kw": 1_000, "mw": 1_000_000}
LEAST_WATTS = 1_000


def text(value: object) -> object:
    """Return a text in one line, None where it states nothing; several texts are joined."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = ", ".join(part.strip() for part in value if part.strip())
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    folded = one_line(str(value), MAX_TEXT)
    return None if folded.lower() in NOT_STATED else folded


def identifier(value: object) -> object:
    """Return an id, a whole number too, as a text in one line; its letters stay as published."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return value
    return one_line(str(value))


def word(value: object) -> object:
    """Return a text as the standard spells its enums, in capitals; an empty one is None."""
    if not isinstance(value, str):
        return value
    found = one_line(value).upper()
    return None if found in NO_WORD else found


def words(raw_words: list[Any]) -> tuple[str, ...]:
    """Return words in capitals, sorted, each once; what is no text is left out."""
    found = {word(raw_word) for raw_word in raw_words if isinstance(raw_word, str)}
    return tuple(sorted(text for text in found if isinstance(text, str)))


def _flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = value.strip().lower()
    return None if found in NO_VALUE else {"true": True, "false": False}.get(found, value)


def _tax_word(value: object) -> object:
    if isinstance(value, bool | str):
        found = str(value).strip().upper()
        return TAX_WORDS.get(found, found) or None
    return value


def _watts(value: object) -> object:
    found = measured(value, WATTS)
    if found and found < LEAST_WATTS and str(value).strip().lower().endswith("w"):
        message = "less than 1 kW is no power of a charger"
        raise ValueError(message)
    return found


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    stated = value.strip()
    if stated.lower() in NO_VALUE:
        return None
    try:
        return msgspec.convert(stated, datetime)  # as in the fast lane, to the last microsecond
    except msgspec.ValidationError:
        return stated


def _written(value: object) -> object:
    """Return the text of a time of day or a date; a number would be read as seconds."""
    if value is not None and not isinstance(value, str):
        message = "a text is needed"
        raise ValueError(message)
    return (value or "").strip() or None


def _clock(value: object) -> object:
    found = _written(value)
    return time(0) if found in END_OF_DAY else found


def _local(value: time | None) -> time | None:
    if value is not None and value.tzinfo is not None:
        message = "a local time is needed, without an offset"
        raise ValueError(message)
    return value


_Bounded = Field(ge=-(10**9), le=10**9)
_whole = partial(number, comma=Comma.THOUSANDS)
_degrees = partial(number, comma=Comma.DECIMAL)

Identifier = Annotated[str, BeforeValidator(identifier), Field(min_length=1, max_length=255)]
Text = Annotated[str | None, BeforeValidator(text)]
Word = Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(word)]
Currency = Annotated[Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None, BeforeValidator(word)]
TaxWord = Annotated[Literal["YES", "NO", "N/A"] | None, BeforeValidator(_tax_word)]
Flag = Annotated[bool | None, BeforeValidator(_flag)]
Number = Annotated[Annotated[Decimal, _Bounded] | None, BeforeValidator(number)]
Whole = Annotated[Annotated[int, _Bounded] | None, BeforeValidator(_whole)]
Seconds = Annotated[Annotated[int, Field(ge=0, le=10**9)] | None, BeforeValidator(_whole)]
Degrees = Annotated[Annotated[Decimal, Field(ge=-180, le=180)] | None, BeforeValidator(_degrees)]
Volts = Annotated[
    Annotated[Decimal, _Bounded] | None, BeforeValidator(partial(measured, units=VOLTS))
]
Amperes = Annotated[
    Annotated[Decimal, _Bounded] | None, BeforeValidator(partial(measured, units=AMPERES))
]
Watts = Annotated[Annotated[Decimal, _Bounded] | None, BeforeValidator(_watts)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Clock = Annotated[time | None, BeforeValidator(_clock), AfterValidator(_local)]
Day = Annotated[date | None, BeforeValidator(_written)]
