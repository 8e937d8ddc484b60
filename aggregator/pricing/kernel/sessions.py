"""Sessions as columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

import numpy as np
import numpy.typing as npt

from aggregator.domain.session import ChargingSession, Session
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.calendar import clock_change, local_start_ms
from aggregator.pricing.kernel.layout import (
    ABSENT,
    MICRO,
    MOST_ENERGY_MWH,
    MOST_POSITION,
    MOST_POWER_W,
    MOST_SESSION_MS,
)
from aggregator.pricing.kernel.scaled import Inexpressible, at_most, whole

MS_PER_MINUTE = 60_000
W_MS_PER_MWH = 3_600
MILLI = 1_000
FIRST_YEAR, LAST_YEAR = 1971, 8999  # as in pricing.course


@dataclass(frozen=True, slots=True)
class SessionColumns:
    """Sessions made ready for pricing.

    rows: int64, one row for each session, columns as in `layout`.
    sessions: the same ones, for the exact engine.
    """

    rows: npt.NDArray[np.int64]
    sessions: Sequence[Session]


def session_columns(sessions: Iterable[Session]) -> SessionColumns:
    """Return sessions ready for pricing, each in the time zone of its start."""
    kept = list(sessions)
    rows = np.array([session_row(one) for one in kept], np.int64)
    return SessionColumns(rows.reshape(-1, layout.SESSION_COLUMNS), kept)


def session_row(session: Session) -> list[int]:
    """Return a session as a row of `layout`; the state tells if only the exact engine prices it."""
    try:
        return _row(session)
    except (Inexpressible, ValueError, OverflowError):  # absurd ones: let the exact engine say so
        return [layout.STATE_EXACT] + [0] * (layout.SESSION_COLUMNS - 1)


def _row(session: Session) -> list[int]:
    if not isinstance(session, ChargingSession) or session.reserved is not None:
        raise Inexpressible(type(session).__name__)
    if session.stated_power_kw is not None:
        raise Inexpressible(str(session.stated_power_kw))
    start = session.start
    if start.utcoffset() is None or not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise Inexpressible(str(start))
    start = start.astimezone(UTC).astimezone(start.tzinfo)  # out of an hour that the clock skips
    charging_ms = whole(session.charging_minutes, MS_PER_MINUTE)
    total_ms = at_most(charging_ms + whole(session.parking_minutes, MS_PER_MINUTE), MOST_SESSION_MS)
    energy_mwh = at_most(whole(session.energy_kwh, MICRO), MOST_ENERGY_MWH)
    at_most(total_ms * energy_mwh, MOST_POSITION)
    if energy_mwh * W_MS_PER_MWH > MOST_POWER_W * charging_ms:
        raise Inexpressible(str(session.energy_kwh))
    current_ma = ABSENT
    if session.current_a is not None:
        current_ma = at_most(whole(session.current_a, MILLI), MOST_POWER_W)
    change_at, shift = clock_change(start, total_ms)
    return [
        layout.STATE_KERNEL,
        local_start_ms(start),
        change_at,
        shift,
        charging_ms,
        total_ms,
        energy_mwh,
        current_ma,
    ]
