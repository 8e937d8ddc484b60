"""A box of a price list's space in plain words."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from aggregator.pricing.lint.parts import listed, plain
from aggregator.pricing.lint.space import (
    CLOCK,
    CURRENT,
    DATE,
    DURATION,
    ENERGY,
    EVERY_DAY,
    MICROSECONDS_PER_DAY,
    MICROSECONDS_PER_SECOND,
    POWER,
    WEEKDAY,
    Box,
    Limit,
    Space,
)
from aggregator.pricing.restrictions import WEEKDAYS

UNITS = {ENERGY: "kWh", POWER: "kW", CURRENT: "A"}
SECONDS_PER_MINUTE = 60


def in_words(box: Box, space: Space) -> str:
    """Say where a box lies, as "on Sunday, from 22:00 to 24:00"; nothing for everywhere."""
    said = [*_weekdays(box[WEEKDAY])]
    for number in (CLOCK, DATE, ENERGY, DURATION, POWER, CURRENT):
        axis = space.axes[number]
        if box[number] & axis.known != axis.known:
            spans = axis.spans(box[number])
            said.append(" or ".join(_span(number, low or 0, high) for low, high in spans))
    return ", ".join(said)


def clock(of_day: Limit) -> str:
    """Return microseconds since midnight as a time of day, with seconds only where it has any.

    >>> clock(86_400_000_000)
    '24:00'
    """
    minutes, seconds = divmod(int(of_day) // MICROSECONDS_PER_SECOND, SECONDS_PER_MINUTE)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def minutes(seconds: Limit) -> str:
    """Return seconds as minutes where they are whole ones.

    >>> minutes(5400), minutes(45)
    ('90 min', '45 s')
    """
    whole, rest = divmod(seconds, SECONDS_PER_MINUTE)
    return f"{seconds} s" if rest else f"{whole} min"


def _weekdays(cells: int) -> Iterator[str]:
    if cells != EVERY_DAY:
        days = [day.capitalize() for number, day in enumerate(WEEKDAYS) if cells >> number & 1]
        yield f"on {listed(days)}"


def _span(number: int, low: Limit, high: Limit | None) -> str:
    if number == CLOCK:
        return f"from {clock(low)} to {clock(high or MICROSECONDS_PER_DAY)}"
    begin, end = _value(number, low), None if high is None else _value(number, high)
    if low <= (1 if number == DATE else 0):
        return f"before {end}"
    return f"from {begin} on" if end is None else f"from {begin} to before {end}"


def _value(number: int, limit: Limit) -> str:
    if number == DATE:
        return date.fromordinal(int(limit)).isoformat()
    if number == DURATION:
        return minutes(limit)
    return f"{plain(Decimal(limit))} {UNITS[number]}"
