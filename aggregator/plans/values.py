"""Values as plan files write them: amounts, rates of tax, currencies, times of day."""

from datetime import time
from decimal import Decimal
from functools import cache
from typing import Annotated

from babel.numbers import get_territory_currencies
from pydantic import AfterValidator, BeforeValidator, Field

from aggregator.domain.country_code import ALPHA_2, is_country_code

MOST_DECIMALS = 6
MOST_DIGITS = 15
MOST_FREE_MINUTES = 7 * 24 * 60


@cache
def currencies() -> frozenset[str]:
    """Return the codes of ISO 4217 that are legal tender somewhere today.

    Source: CLDR, by way of Babel.
    """
    return frozenset(code for country in ALPHA_2 for code in get_territory_currencies(country))


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        message = "write a number, as 0.39, without quotes and without a unit"
        raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueError only
    return value or Decimal(0)


def _country_code(value: str) -> str:
    if not is_country_code(value):
        message = f"{value!r} is no country: two capital letters, as SE"
        raise ValueError(message)
    return value


def _currency(value: str) -> str:
    if value not in currencies():
        message = f"{value!r} is no currency of today: three capital letters, as SEK"
        raise ValueError(message)
    return value


def _clock(value: object) -> object:
    found = value if isinstance(value, time) else None
    if isinstance(value, str):
        try:
            found = time.fromisoformat(value.strip())
        except ValueError:
            found = None
    if found is None or found.tzinfo or found.second or found.microsecond:
        message = 'write a time of day in whole minutes: "22:00"'
        raise ValueError(message)
    return found


Amount = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(ge=0, decimal_places=MOST_DECIMALS, max_digits=MOST_DIGITS),
]
"""In the plan's currency; 0 means free, absent means not charged for."""

VatRate = Annotated[
    Decimal, BeforeValidator(_number), Field(ge=0, lt=1, decimal_places=MOST_DECIMALS)
]
"""0.25 for 25 %."""

FreeMinutes = Annotated[int, Field(strict=True, ge=0, le=MOST_FREE_MINUTES)]
Clock = Annotated[time, BeforeValidator(_clock)]
CountryCode = Annotated[str, AfterValidator(_country_code)]
Currency = Annotated[str, AfterValidator(_currency)]
