"""The moments of a session at which a restriction of a tariff may change, in order."""

from aggregator.pricing.kernel.compiling import inlined
from aggregator.pricing.kernel.layout import (
    CHANGE_AT,
    CHARGING_MS,
    CLOCKS_BEGIN,
    DAY_MS,
    DURATIONS_BEGIN,
    ENERGIES_BEGIN,
    ENERGY_MWH,
    LOCAL_START,
    MOST_MARKS,
    SHIFT,
    THRESHOLDS_END,
    TOTAL_MS,
)
from aggregator.pricing.kernel.shapes import Columns, Int64s

TOO_MANY = -1


@inlined
def find_marks(tariff: Columns, thresholds: Int64s, session: Columns, marks: Int64s) -> int:
    """Fill marks with (position, elapsed ms rounded down), from 0 up to the end of the session.

    Returns how many begin a period, the end not counted, or TOO_MANY.
    """
    charging_ms, total_ms = session[CHARGING_MS], session[TOTAL_MS]
    energy_mwh = session[ENERGY_MWH]
    per_ms = max(energy_mwh, 1)
    marks[0, 0] = marks[0, 1] = 0
    count = 1
    if 0 < charging_ms < total_ms:
        count = put(marks, count, charging_ms * per_ms, charging_ms)
    for k in range(tariff[DURATIONS_BEGIN], tariff[ENERGIES_BEGIN]):
        if thresholds[k] < total_ms:
            count = put(marks, count, thresholds[k] * per_ms, thresholds[k])
    for k in range(tariff[ENERGIES_BEGIN], tariff[THRESHOLDS_END]):
        if thresholds[k] < energy_mwh:
            position = thresholds[k] * charging_ms
            count = put(marks, count, position, position // per_ms)
    if tariff[CLOCKS_BEGIN] < tariff[DURATIONS_BEGIN]:
        count = put_clock_marks(tariff, thresholds, session, marks, count)
    if count != TOO_MANY:
        marks[count, 0], marks[count, 1] = total_ms * per_ms, total_ms
    return count


@inlined
def put_clock_marks(
    tariff: Columns, thresholds: Int64s, session: Columns, marks: Int64s, count: int
) -> int:
    """Add every local clock time, before and after the clock is changed, and that change."""
    total_ms, change_at = session[TOTAL_MS], session[CHANGE_AT]
    local, per_ms = session[LOCAL_START], max(session[ENERGY_MWH], 1)
    begin, end = 0, min(total_ms, change_at)
    while True:
        clock = (local + begin) % DAY_MS
        for k in range(tariff[CLOCKS_BEGIN], tariff[DURATIONS_BEGIN]):
            elapsed = begin + thresholds[k] - clock
            elapsed += DAY_MS if thresholds[k] < clock else 0
            while elapsed < end:
                count = put(marks, count, elapsed * per_ms, elapsed)
                elapsed += DAY_MS
        if end == total_ms:
            return count
        begin, end = change_at, total_ms
        local += session[SHIFT]
        count = put(marks, count, begin * per_ms, begin)


@inlined
def put(marks: Int64s, count: int, position: int, elapsed_ms: int) -> int:
    """Insert a mark in order unless it is there; return how many there are, or TOO_MANY."""
    place = count
    while place > 0 and marks[place - 1, 0] > position:
        place -= 1
    if count == TOO_MANY or (place > 0 and marks[place - 1, 0] == position):
        return count
    if count == MOST_MARKS:
        return TOO_MANY
    for k in range(count, place, -1):
        marks[k, 0], marks[k, 1] = marks[k - 1, 0], marks[k - 1, 1]
    marks[place, 0], marks[place, 1] = position, elapsed_ms
    return count + 1
