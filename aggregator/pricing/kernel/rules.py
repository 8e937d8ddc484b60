"""Restrictions as a row, and the moments at which they change."""

from aggregator.domain.tariff import Weekday
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.layout import (
    ABSENT,
    DAY_MS,
    MOST_POWER_W,
    MOST_THRESHOLD,
    MS_PER_SECOND,
)
from aggregator.pricing.kernel.plain import Rules
from aggregator.pricing.kernel.scaled import at_most, clock_ms, micro, milli, ordinal

WEEKDAY_BITS = {weekday.value: 1 << number for number, weekday in enumerate(Weekday)}

Row = list[int]


def rules_row(rules: Rules) -> Row | None:
    """Return the restrictions as a row of `layout`, None where they hold at every moment.

    Raises:
        Inexpressible: a limit is finer than the kernel's unit, or beyond its bounds.
    """
    row = [0, 0, DAY_MS, layout.EVERY_DAY, ABSENT, ABSENT] + [0] * (layout.RESTRICTION_COLUMNS - 6)
    checks = _clock(rules, row) if _names_clock(rules) else 0
    for low, high, check, column in (
        (_ms(rules.min_duration_seconds), _ms(rules.max_duration_seconds), *_DURATION),
        (_energy(rules.min_kwh), _energy(rules.max_kwh), *_ENERGY),
        (_flow(rules.min_power_kw), _flow(rules.max_power_kw), *_POWER),
        (_flow(rules.min_current_a), _flow(rules.max_current_a), *_CURRENT),
    ):
        row[column], row[column + 1] = max(low, 0), high
        if low > 0 or high >= 0:
            checks |= check
    row[layout.CHECKS] = checks
    if row[layout.MAX_POWER] == ABSENT:
        row[layout.MAX_POWER] = layout.BOUNDLESS_POWER_W
    return row if checks else None


_DURATION = (layout.DURATION, layout.MIN_DURATION)
_ENERGY = (layout.ENERGY, layout.MIN_ENERGY)
_POWER = (layout.POWER, layout.MIN_POWER)
_CURRENT = (layout.CURRENT, layout.MIN_CURRENT)
RANGES = (
    layout.FIRST_DATE,
    layout.MIN_DURATION,
    layout.MIN_ENERGY,
    layout.MIN_POWER,
    layout.MIN_CURRENT,
)
"""The first of two columns; END_DATE and maxima follow."""


def holds_never(row: Row) -> bool:
    """Return whether a range of the row has nothing in it."""
    return any(ABSENT < row[column + 1] <= row[column] for column in RANGES)


def _names_clock(rules: Rules) -> bool:
    return bool(
        rules.start_time
        or rules.end_time
        or rules.day_of_week
        or rules.start_date
        or rules.end_date
    )


def _clock(rules: Rules, row: Row) -> int:
    """Fill in window, weekdays and dates; return which of them restrict anything."""
    checks = 0
    opens = clock_ms(rules.start_time) if rules.start_time else 0
    closes = clock_ms(rules.end_time) if rules.end_time else 0
    row[layout.FIRST_DATE] = ordinal(rules.start_date) if rules.start_date else ABSENT
    row[layout.END_DATE] = ordinal(rules.end_date) if rules.end_date else ABSENT
    if opens != closes:
        checks |= layout.WINDOW
        row[layout.OPENS], row[layout.OPEN_MS] = opens, (closes - opens) % DAY_MS
    if rules.day_of_week:
        checks |= layout.WEEKDAYS
        row[layout.WEEKDAY_MASK] = sum(WEEKDAY_BITS[day] for day in set(rules.day_of_week))
    if rules.start_date or rules.end_date:
        checks |= layout.DATES
    return checks


def _ms(seconds: int | None) -> int:
    return ABSENT if seconds is None else at_most(seconds * MS_PER_SECOND, MOST_THRESHOLD)


def _energy(kwh: str | None) -> int:
    return ABSENT if kwh is None else at_most(micro(kwh), MOST_THRESHOLD)


def _flow(number: str | None) -> int:
    return ABSENT if number is None else at_most(milli(number), MOST_POWER_W)


def thresholds(rows: list[Row]) -> tuple[list[int], list[int], list[int]]:
    """Return the clock times, durations and energies at which any of the restrictions changes."""
    clocks: set[int] = set()
    durations: set[int] = set()
    energies: set[int] = set()
    for row in rows:
        checks = row[layout.CHECKS]
        if checks & (layout.WINDOW | layout.WEEKDAYS | layout.DATES):
            opens = row[layout.OPENS]
            clocks |= {0, opens, (opens + row[layout.OPEN_MS]) % DAY_MS}
        if checks & layout.DURATION:
            durations |= {row[layout.MIN_DURATION], row[layout.MAX_DURATION]}
        if checks & layout.ENERGY:
            energies |= {row[layout.MIN_ENERGY], row[layout.MAX_ENERGY]}
    return (
        sorted(clocks),
        sorted(one for one in durations if one > 0),
        sorted(one for one in energies if one > 0),
    )
