"""A charging session to be priced."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from aggregator.domain.tariff import Weekday

MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class ChargingSession:
    """Energy charged at constant power, then perhaps some time parked without charging.

    start: aware, in the charger's own time zone (local windows are read on this clock).
    energy_kwh: energy delivered while charging.
    charging_minutes: time during which energy flows.
    parking_minutes: time plugged in after charging has ended.
    """

    start: datetime
    energy_kwh: Decimal
    charging_minutes: Decimal
    parking_minutes: Decimal = Decimal(0)

    @property
    def power_kw(self) -> Decimal | None:
        """Average power while charging, in kW; None when no time is spent charging."""
        if not self.charging_minutes:
            return None
        return self.energy_kwh * MINUTES_PER_HOUR / self.charging_minutes


@dataclass(frozen=True, slots=True)
class ReferenceSession:
    """A named session that makes prices comparable (a row of data/reference/sessions.csv).

    start_weekday / start_time: local to the charger, so that time windows are met alike everywhere.
    """

    code: str
    energy_kwh: Decimal
    charging_minutes: Decimal
    parking_minutes: Decimal
    start_weekday: Weekday
    start_time: time
