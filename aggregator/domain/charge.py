"""A charge that somebody plans: how much, in which car and when; chargers make sessions of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_DOWN, Decimal

from aggregator.domain.session import MINUTES_PER_HOUR, ChargingSession

PERCENT = 100
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Charge:
    """What somebody wants to charge.

    energy_kwh: delivered by the charger. car_ac_kw, car_dc_kw: the most that the car takes; 0: it
    cannot be charged that way.
    starts: an aware moment is the same one everywhere; a naive one is read on each charger's clock.
    parking_minutes: plugged in after charging has ended.
    """

    energy_kwh: Decimal
    car_ac_kw: Decimal
    car_dc_kw: Decimal
    starts: datetime
    parking_minutes: Decimal = Decimal(0)

    def power_kw(self, max_power_kw: Decimal | None, *, is_dc: bool) -> Decimal:
        """Return the lower power of car and connector; the car's where the connector's is unknown.

        A car takes less when its battery is cold or nearly full: it is an estimate.
        """
        car_kw = self.car_dc_kw if is_dc else self.car_ac_kw
        return car_kw if max_power_kw is None else min(car_kw, max_power_kw)

    def session(self, power_kw: Decimal, zone: tzinfo) -> ChargingSession:
        """Return the session at a charger of that zone at that power, above 0 kW.

        Minutes are rounded down to thousandths: so the average is never just below the power that
        a tariff asks at least.
        """
        local = self.starts.replace(tzinfo=zone) if self.starts.tzinfo is None else self.starts
        return ChargingSession(
            start=local.astimezone(UTC).astimezone(zone),
            energy_kwh=self.energy_kwh,
            charging_minutes=_minutes(self.energy_kwh, power_kw),
            parking_minutes=self.parking_minutes,
        )


def _minutes(energy_kwh: Decimal, power_kw: Decimal) -> Decimal:
    return (energy_kwh * MINUTES_PER_HOUR / power_kw).quantize(THOUSANDTH, ROUND_DOWN)


def energy_between(battery_kwh: Decimal, from_percent: Decimal, to_percent: Decimal) -> Decimal:
    """Return the energy, in kWh, between two states of charge; what is lost as heat comes on top.

    Raises:
        ValueError: the battery would not be fuller afterwards, or over full.

    >>> energy_between(Decimal(60), Decimal(20), Decimal(80))
    Decimal('36')
    """
    if not 0 <= from_percent < to_percent <= PERCENT:
        msg = f"no energy between {from_percent} % and {to_percent} %"
        raise ValueError(msg)
    return battery_kwh * (to_percent - from_percent) / PERCENT
