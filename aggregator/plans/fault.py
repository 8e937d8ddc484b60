"""What is wrong with a plan file, in words and with the place of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

Key = tuple[str | int, ...]
"""From the outside in, as ("price", 0, "per_kwh")."""

WORDS = {
    "decimal_max_places": "6 decimals at most",
    "decimal_max_digits": "too long a number",
    "decimal_whole_digits": "too large a number",
    "finite_number": "is no number",
    "greater_than_equal": "cannot be below 0",
    "int_type": "write a whole number, without quotes",
    "date_type": "write a day, as 2026-11-24, without quotes",
    "model_type": "write a table",
    "missing": "is missing",
    "string_pattern_mismatch": "write an address, as https://example.org/prices",
    "string_type": "write a text in quotes",
    "too_long": "too many",
    "too_short": "one at least is needed",
    "tuple_type": "write a list; prices as [[price]] tables",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and the key that says it; without a key: the whole file."""

    key: Key
    message: str


def faults_of(error: ValidationError) -> Iterator[Fault]:
    """Yield what pydantic found, in plain words."""
    details = error.errors()
    for detail in details:
        if not _follows_from_another(detail, details):
            yield Fault(detail["loc"], _in_words(detail))


def named(key: Key) -> str:
    """Return a key as people count: positions from 1.

    >>> named(("price", 0, "operators", 1))
    "price 1, 'operators', no. 2"
    """
    parts: list[str] = []
    for position, part in enumerate(key):
        if isinstance(part, str):
            parts.append("price" if part == "price" and len(key) > 1 else f"'{part}'")
        elif position == 1 and key[0] == "price":
            parts[-1] = f"price {part + 1}"
        else:
            parts.append(f"no. {part + 1}")
    return ", ".join(parts)


def _follows_from_another(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Tell whether a list counts as empty only because what stands in it is wrong."""
    key = detail["loc"]
    inside = (one["loc"][: len(key)] == key for one in details if len(one["loc"]) > len(key))
    return detail["type"] == "too_short" and any(inside)


def _in_words(detail: ErrorDetails) -> str:
    if detail["loc"] == ("slug",):
        return "rename the file: small letters, digits and _ only, two characters at least"
    if detail["type"] == "extra_forbidden":
        return "unknown key: remove it or correct its spelling"
    return WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
