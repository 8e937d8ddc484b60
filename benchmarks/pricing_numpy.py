"""The complex tariff of `pricing_lists` priced with numpy alone, as a measure of the machine."""

import numpy as np
import numpy.typing as npt

from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.layout import DAY_MS, HOUR_MS

Int64s = npt.NDArray[np.int64]
DAY_BEGINS_MS, DAY_ENDS_MS = 8 * HOUR_MS, 20 * HOUR_MS
FAST_KW = 50
STEP_MS, STEP_MWH = 60_000, 1_000


def gross_cents(sessions: Int64s) -> Int64s:
    """Return what sessions cost with tax, in cents, nearly: a true tie may be off by one.

    sessions: rows of the kernel's layout; each shorter than 12 hours, the clock is not changed.
    """
    local, charging_ms = sessions[:, layout.LOCAL_START], sessions[:, layout.CHARGING_MS]
    total_ms, energy_mwh = sessions[:, layout.TOTAL_MS], sessions[:, layout.ENERGY_MWH]
    marks = np.stack(
        [
            np.zeros_like(local),
            charging_ms,
            np.full_like(local, HOUR_MS),
            (DAY_BEGINS_MS - local) % DAY_MS,
            (DAY_ENDS_MS - local) % DAY_MS,
            total_ms,
        ]
    )
    marks = np.sort(np.minimum(marks, total_ms), axis=0)
    begin, lasting = marks[:-1], np.diff(marks, axis=0)
    clock = (local + begin) % DAY_MS
    by_day = (clock >= DAY_BEGINS_MS) & (clock < DAY_ENDS_MS)
    charging, late = begin < charging_ms, begin >= HOUR_MS
    fast = energy_mwh * 3.6 >= FAST_KW * charging_ms
    per_kwh = np.where(by_day, np.where(fast, 0.69, 0.59), np.where(fast, 0.55, 0.45))
    mwh = lasting * (energy_mwh / charging_ms)
    energy = (mwh * per_kwh * charging).sum(axis=0)
    energy += (-energy_mwh % STEP_MWH) * _last(per_kwh, charging & (lasting > 0))
    per_hour = np.where(by_day, 1.2, 0.6)
    time = (lasting * per_hour * charging).sum(axis=0)
    parking_ms = total_ms - charging_ms
    surplus = np.where(parking_ms > 0, 0, -charging_ms % STEP_MS)
    time += surplus * _last(per_hour, charging & (lasting > 0))
    per_hour = np.where(late, np.where(by_day, 6.0, 3.0), 0.0)
    parked = ~charging & (lasting > 0)
    time += (lasting * per_hour * parked).sum(axis=0)
    time += (-parking_ms % STEP_MS) * _last(per_hour, parked)
    net = 0.5 + energy / layout.MICRO + time / HOUR_MS
    return np.floor(net * 119 + 0.5).astype(np.int64)


def _last(prices: npt.NDArray[np.float64], used: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return the last price that is used, 0 where none is."""
    last = len(used) - 1 - np.argmax(used[::-1], axis=0)
    return np.where(used.any(axis=0), np.take_along_axis(prices, last[None], axis=0)[0], 0.0)
