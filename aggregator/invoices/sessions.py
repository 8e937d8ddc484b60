"""The session that a person asks about, from what was said and sensible defaults."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from aggregator.domain.session import ChargingSession, ReferenceSession, ReservedTime
from aggregator.errors import ConfigError

MINUTES_PER_HOUR = 60
MOST_HOURS = 25
NONE = Decimal(0)
AS_SAID = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said about a session; None: nothing. Powers in kW, times in minutes.

    stay: how long the vehicle stands there in all. at: on the charger's clock.
    """

    energy_kwh: Decimal | None = None
    minutes: Decimal | None = None
    power_kw: Decimal | None = None
    stay: Decimal | None = None
    current_a: Decimal | None = None
    day: date | None = None
    at: time | None = None
    reserved: Decimal | None = None
    expired: bool = False


def session_of(
    wish: Wish, usual: ReferenceSession, now: datetime, zone: tzinfo, most_kw: Decimal | None = None
) -> ChargingSession:
    """Return the session that was meant.

    Args:
        wish: what was said.
        usual: gives what was not: energy, and the power unless one was said.
        now: the start, where none was said; aware.
        zone: the charger's.
        most_kw: what the connector delivers; None where that is unknown.

    Raises:
        ConfigError: what was said cannot be.
    """
    _require_consistent(wish)
    energy_kwh = _energy(wish, usual)
    minutes = wish.minutes
    if minutes is None:
        minutes = _minutes(energy_kwh, _power(wish, usual, most_kw))
    parking = _parking(wish.stay, minutes)
    return ChargingSession(
        start=_start(wish, now, zone),
        energy_kwh=energy_kwh,
        charging_minutes=minutes,
        parking_minutes=parking,
        current_a=wish.current_a,
        reserved=ReservedTime(wish.reserved, wish.expired) if wish.reserved is not None else None,
        stated_power_kw=wish.power_kw,
    )


def _require_consistent(wish: Wish) -> None:
    """Raise ConfigError when energy, time and power were all said and do not go together."""
    if wish.energy_kwh is None or wish.minutes is None or wish.power_kw is None:
        return
    energy_kwh = wish.power_kw * wish.minutes / MINUTES_PER_HOUR
    if abs(energy_kwh - wish.energy_kwh) > AS_SAID * max(energy_kwh, wish.energy_kwh):
        message = (
            f"{wish.power_kw:f} kW for {wish.minutes:f} minutes are {energy_kwh:.3f} kWh, not "
            f"{wish.energy_kwh:f}: leave one of the three out"
        )
        raise ConfigError(message)


def _energy(wish: Wish, usual: ReferenceSession) -> Decimal:
    if wish.energy_kwh is not None:
        return wish.energy_kwh
    if wish.minutes is not None and wish.power_kw is not None:
        return wish.power_kw * wish.minutes / MINUTES_PER_HOUR
    return usual.energy_kwh


def _power(wish: Wish, usual: ReferenceSession, most_kw: Decimal | None) -> Decimal:
    if wish.power_kw is not None:
        return wish.power_kw
    power_kw = usual.energy_kwh * MINUTES_PER_HOUR / usual.charging_minutes
    return min(power_kw, most_kw) if most_kw else power_kw


def _minutes(energy_kwh: Decimal, power_kw: Decimal) -> Decimal:
    """Return how long charging takes, to a thousandth: so it is as many seconds, exactly."""
    if not energy_kwh:
        return NONE
    if power_kw <= 0:
        message = "a power above zero is needed to charge anything"
        raise ConfigError(message)
    return round(energy_kwh * MINUTES_PER_HOUR / power_kw, 3)


def _parking(stay: Decimal | None, minutes: Decimal) -> Decimal:
    if stay is None:
        return NONE
    if stay < minutes:
        message = f"a stay of {stay} minutes is too short for {minutes:.0f} minutes of charging"
        raise ConfigError(message)
    return stay - minutes


def _start(wish: Wish, now: datetime, zone: tzinfo) -> datetime:
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    day = wish.day or local.date()
    clock = wish.at or (local.time() if wish.day is None else time(12))
    try:
        return _on_the_clock(datetime.combine(day, clock, zone), zone)
    except OverflowError:
        message = f"{day} is outside the calendar"
        raise ConfigError(message) from None


def _on_the_clock(local: datetime, zone: tzinfo) -> datetime:
    """Return a time that exists: one that the clock skips is moved on by as much as it skips."""
    return local.astimezone(UTC).astimezone(zone)


def each_hour(session: ChargingSession) -> list[ChargingSession]:
    """Return the session at each full hour of its day; a day has 23 or 25 when the clock is set."""
    zone = session.start.tzinfo or UTC
    midnight = session.start.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    begin = midnight.astimezone(UTC)
    hours = [(begin + timedelta(hours=hour)).astimezone(zone) for hour in range(MOST_HOURS)]
    return [replace(session, start=hour) for hour in hours if hour.date() == midnight.date()]
