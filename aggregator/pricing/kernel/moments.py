"""Whether restrictions hold at a moment of a session; the rules of `pricing.restrictions`.

A position is elapsed ms x mWh of the whole session, so that a moment given by time and one given
by energy both are whole numbers; without energy it is the elapsed ms.
"""

# ruff: noqa: FBT001 - numba knows no arguments by keyword only

from aggregator.pricing.kernel.compiling import inlined
from aggregator.pricing.kernel.layout import (
    CHARGING_MS,
    CHECKS,
    CURRENT,
    CURRENT_MA,
    DATES,
    DAY_MS,
    DURATION,
    END_DATE,
    ENERGY,
    ENERGY_MWH,
    FIRST_DATE,
    MAX_CURRENT,
    MAX_DURATION,
    MAX_ENERGY,
    MAX_POWER,
    MIN_CURRENT,
    MIN_DURATION,
    MIN_ENERGY,
    MIN_POWER,
    OPEN_MS,
    OPENS,
    POWER,
    SELDOM,
    TOTAL_MS,
    WEEKDAY_MASK,
)
from aggregator.pricing.kernel.shapes import Columns, Int64s

W_MS_PER_MWH = 3600  # 1 mWh in 1 ms are 3600 W


@inlined
def hold(  # noqa: PLR0913, PLR0917 - columns and what to do with them, one by one
    restrictions: Int64s,
    row: int,
    session: Columns,
    position: int,
    ordinal: int,
    weekday: int,
    clock: int,
    charging: bool,
) -> bool:
    """Return whether every restriction is met.

    row: of the restrictions. session: its columns. ordinal, weekday, clock: the local date, 0 for
    Monday, ms of the day.
    """
    checks: int = restrictions[row, CHECKS]
    since = clock - restrictions[row, OPENS]
    since += DAY_MS if since < 0 else 0
    # Without branches that a processor would have to guess.
    met: bool = (since < restrictions[row, OPEN_MS]) & (
        restrictions[row, WEEKDAY_MASK] >> weekday & 1 > 0
    )
    if checks & POWER:
        met &= power_holds(restrictions, row, session, charging)
    if not met or not checks & SELDOM:
        return met
    if checks & DATES and not date_holds(restrictions, row, ordinal):
        return False
    if checks & CURRENT and not current_holds(restrictions, row, session, charging):
        return False
    if checks & DURATION and not duration_holds(restrictions, row, session, position):
        return False
    return not (checks & ENERGY and not energy_holds(restrictions, row, session, position))


@inlined
def date_holds(restrictions: Int64s, row: int, ordinal: int) -> bool:
    """Return whether the local date is within first (inclusive) and last (exclusive)."""
    first: int = restrictions[row, FIRST_DATE]
    end: int = restrictions[row, END_DATE]
    return first <= ordinal and (end < 0 or ordinal < end)


@inlined
def duration_holds(restrictions: Int64s, row: int, session: Columns, position: int) -> bool:
    """Return whether the elapsed time fits; a threshold beyond the session is never reached."""
    shortest, longest = restrictions[row, MIN_DURATION], restrictions[row, MAX_DURATION]
    total_ms, per_ms = session[TOTAL_MS], max(session[ENERGY_MWH], 1)
    if shortest > total_ms or shortest * per_ms > position:
        return False
    return not (0 <= longest <= total_ms and position >= longest * per_ms)


@inlined
def energy_holds(restrictions: Int64s, row: int, session: Columns, position: int) -> bool:
    """Return whether the energy so far fits: position / charging time, all of it once parked."""
    low, high = restrictions[row, MIN_ENERGY], restrictions[row, MAX_ENERGY]
    charging_ms, energy_mwh = session[CHARGING_MS], session[ENERGY_MWH]
    reached = min(position, charging_ms * energy_mwh)
    if low > energy_mwh or low * charging_ms > reached:
        return False
    return not (0 <= high <= energy_mwh and reached >= high * charging_ms)


@inlined
def power_holds(restrictions: Int64s, row: int, session: Columns, charging: bool) -> bool:
    """Return whether the average power fits; none flows while parked."""
    charging_ms = max(session[CHARGING_MS], 1)
    flow = session[ENERGY_MWH] * W_MS_PER_MWH if charging else 0
    least: int = restrictions[row, MIN_POWER] * charging_ms
    bound: int = restrictions[row, MAX_POWER] * charging_ms
    return (least <= flow) & (flow < bound)


@inlined
def current_holds(restrictions: Int64s, row: int, session: Columns, charging: bool) -> bool:
    """Return whether the current fits; an unknown one meets no limit (ruling 11)."""
    low: int = restrictions[row, MIN_CURRENT]
    high: int = restrictions[row, MAX_CURRENT]
    if not charging:
        return low == 0 and high != 0
    current_ma = session[CURRENT_MA]
    return current_ma >= 0 and low <= current_ma and (high < 0 or current_ma < high)
