"""A charging session to be priced."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from aggregator.domain.tariff import Weekday

MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a session in which energy flows evenly, or none flows.

    charging: whether the vehicle is being charged; else it is parked.
    power_kw: while charging; None: the average of this stretch.
    current_a: while charging; None where it is not known.
    """

    charging: bool
    minutes: Decimal
    energy_kwh: Decimal = Decimal(0)
    power_kw: Decimal | None = None
    current_a: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReservedTime:
    """A reservation before the session. expired: nobody came while it lasted."""

    minutes: Decimal
    expired: bool = False


@dataclass(frozen=True, slots=True)
class ChargingSession:
    """Energy charged at constant power, then perhaps some time parked without charging.

    start: aware, in the charger's own time zone (local windows are read on this clock).
    energy_kwh: energy delivered while charging.
    charging_minutes: time during which energy flows.
    parking_minutes: time plugged in after charging has ended.
    current_a: while charging; None where it is not known.
    reserved: the time before the start for which the charger was kept free.
    stated_power_kw: while charging, where it is known better than as the average.
    """

    start: datetime
    energy_kwh: Decimal
    charging_minutes: Decimal
    parking_minutes: Decimal = Decimal(0)
    current_a: Decimal | None = None
    reserved: ReservedTime | None = None
    stated_power_kw: Decimal | None = None

    @property
    def power_kw(self) -> Decimal | None:
        """Average power while charging, in kW; None when no time is spent charging."""
        if not self.charging_minutes:
            return None
        return self.energy_kwh * MINUTES_PER_HOUR / self.charging_minutes

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The session as charging, then parking."""
        charging = Stretch(
            charging=True,
            minutes=self.charging_minutes,
            energy_kwh=self.energy_kwh,
            power_kw=self.stated_power_kw,
            current_a=self.current_a,
        )
        return (charging, Stretch(charging=False, minutes=self.parking_minutes))


@dataclass(frozen=True, slots=True)
class ProfiledSession:
    """A session of any course: power that changes, charging again after a pause.

    start: aware, in the charger's own time zone.
    """

    start: datetime
    stretches: tuple[Stretch, ...]
    reserved: ReservedTime | None = None


Session = ChargingSession | ProfiledSession


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
