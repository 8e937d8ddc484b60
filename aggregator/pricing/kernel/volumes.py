"""What each candidate is billed for: the session cut at its marks, then rounded up to steps.

Volumes count positions: over the charging time they are mWh, over the energy ms. A position stays
below 2**61, so that sums and surpluses fit into 64 bits.
"""

# ruff: noqa: FBT001 - numba knows no arguments by keyword only

from aggregator.pricing.kernel.compiling import inlined
from aggregator.pricing.kernel.layout import (
    ABSENT,
    CANDIDATES_END,
    CHANGE_AT,
    CHARGING_MS,
    DAY_MS,
    ENERGY_BEGIN,
    ENERGY_MWH,
    FLAT_BEGIN,
    LOCAL_START,
    MOST_POSITION,
    PARKING_BEGIN,
    PRICE,
    RESTRICTION,
    SHIFT,
    STEP,
    TIME_BEGIN,
)
from aggregator.pricing.kernel.moments import hold
from aggregator.pricing.kernel.shapes import Columns, Int64s

TOO_LARGE = -2


@inlined
def active(  # noqa: PLR0913, PLR0917 - columns and what to do with them, one by one
    begin: int,
    end: int,
    candidates: Int64s,
    restrictions: Int64s,
    session: Columns,
    position: int,
    ordinal: int,
    weekday: int,
    clock: int,
    charging: bool,
) -> int:
    """Return the first candidate from begin to end that holds, or ABSENT."""
    for k in range(begin, end):
        row = candidates[k, RESTRICTION]
        if row < 0 or hold(restrictions, row, session, position, ordinal, weekday, clock, charging):
            return k
    return ABSENT


@inlined
def local_time(session: Columns, elapsed_ms: int) -> tuple[int, int, int]:
    """Return the local date as an ordinal, its weekday from 0 for Monday, and the ms of the day."""
    local = session[LOCAL_START] + elapsed_ms
    if elapsed_ms >= session[CHANGE_AT]:
        local += session[SHIFT]
    ordinal = local // DAY_MS
    return ordinal, (ordinal + 6) % 7, local - ordinal * DAY_MS


@inlined
def measure(  # noqa: PLR0913, PLR0917 - columns and what to do with them, one by one
    tariff: Columns,
    candidates: Int64s,
    restrictions: Int64s,
    session: Columns,
    marks: Int64s,
    count: int,
    volumes: Int64s,
) -> tuple[int, bool, tuple[int, int, int]]:
    """Fill the volumes of the tariff's candidates; return its flat fee and what was used last.

    Returns (flat fee, whether a higher one is left out, (last energy, last time, last parking)),
    the candidates as rows or ABSENT.
    """
    first, energy_begin = tariff[FLAT_BEGIN], tariff[ENERGY_BEGIN]
    time_begin, parking_begin = tariff[TIME_BEGIN], tariff[PARKING_BEGIN]
    volumes[: tariff[CANDIDATES_END] - first] = 0
    charged = session[CHARGING_MS] * max(session[ENERGY_MWH], 1)
    flat = last_energy = last_time = last_parking = ABSENT
    left_out = False
    for mark in range(count):
        position = marks[mark, 0]
        at = (
            candidates,
            restrictions,
            session,
            position,
            *local_time(session, marks[mark, 1]),
            position < charged,
        )
        if flat < 0 or energy_begin - first > 1:
            found = active(first, energy_begin, *at)
            if flat < 0:
                flat = found
            elif found >= 0 and candidates[found, PRICE] > candidates[flat, PRICE]:
                left_out = True
        volume = marks[mark + 1, 0] - position
        if position < charged:
            if session[ENERGY_MWH] > 0:
                found = active(energy_begin, time_begin, *at)
                last_energy = bill(volumes, first, found, volume, last_energy)
            found = active(time_begin, parking_begin, *at)
            last_time = bill(volumes, first, found, volume, last_time)
        elif volume > 0:
            found = active(parking_begin, tariff[CANDIDATES_END], *at)
            last_parking = bill(volumes, first, found, volume, last_parking)
    return flat, left_out, (last_energy, last_time, last_parking)


@inlined
def bill(volumes: Int64s, first: int, found: int, volume: int, last: int) -> int:
    """Add the volume to the candidate that was found, if any; return what was used last."""
    if found < 0:
        return last
    volumes[found - first] += volume
    return found


@inlined
def add_surplus(  # noqa: PLR0913, PLR0917 - columns and what to do with them, one by one
    volumes: Int64s,
    first: int,
    begin: int,
    end: int,
    last: int,
    step: int,
    per_unit: int,
) -> int:
    """Round what rows begin to end have in all up to the step; the last used bears the surplus.

    first: the row of volumes[0]. per_unit: how many positions are one mWh or ms. Returns TOO_LARGE
    where that does not fit, else 0.
    """
    total = 0
    for k in range(begin, end):
        total += volumes[k - first]
    units = -(-total // per_unit)
    billed = -(-units // step) * step
    if float(billed) * per_unit > MOST_POSITION:
        return TOO_LARGE
    volumes[last - first] += billed * per_unit - total
    return 0


@inlined
def step_up(
    tariff: Columns,
    candidates: Int64s,
    session: Columns,
    volumes: Int64s,
    last: tuple[int, int, int],
) -> int:
    """Round energy up once, and time once: parking if any of it is priced (ruling 5).

    last: rows of energy, charging time and parking that were used last. Returns TOO_LARGE or 0.
    """
    first = tariff[FLAT_BEGIN]
    energy, time, parking = last
    status = 0
    if energy >= 0 and candidates[energy, STEP] > 0:
        begin, end = tariff[ENERGY_BEGIN], tariff[TIME_BEGIN]
        step, per_mwh = candidates[energy, STEP], session[CHARGING_MS]
        status = add_surplus(volumes, first, begin, end, energy, step, per_mwh)
    begin, end = tariff[TIME_BEGIN], tariff[PARKING_BEGIN]
    if parking >= 0:
        time, begin, end = parking, tariff[PARKING_BEGIN], tariff[CANDIDATES_END]
    if time >= 0 and candidates[time, STEP] > 0:
        step, per_ms = candidates[time, STEP], max(session[ENERGY_MWH], 1)
        status = min(status, add_surplus(volumes, first, begin, end, time, step, per_ms))
    return status
