"""The periods of a CDR, as the operator cut them, ready to be billed.

Source: ruling 2; OCPI 2.2.1, mod_cdrs, "ChargingPeriod" and "CdrDimensionType".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction

from aggregator.domain.cdr import Cdr, CdrPeriod, Volume
from aggregator.pricing.course import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_SESSION_DAYS,
    MICROSECONDS_PER_SECOND,
    NOTHING,
    SECONDS_PER_HOUR,
    Leg,
)
from aggregator.pricing.periods import Period
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.restrictions import Moment

POWERS = (Volume.POWER, Volume.MAX_POWER, Volume.MIN_POWER)
CURRENTS = (Volume.CURRENT, Volume.MAX_CURRENT, Volume.MIN_CURRENT)
OF_SESSION = (Volume.ENERGY, Volume.TIME, Volume.PARKING_TIME)
BILLED = (*OF_SESSION, Volume.RESERVATION_TIME)


@dataclass(frozen=True, slots=True)
class Measured:
    """One charging period.

    number: counted from 1. leg: how it runs from its start to the next period's.
    session, reservation: what of it is billed where; either may be empty.
    """

    number: int
    tariff_id: str | None
    leg: Leg
    session: tuple[Period, ...]
    reservation: tuple[Period, ...]


@dataclass(slots=True)
class _Passed:
    """What has passed before a period."""

    begin: datetime | None = None
    reserved_begin: datetime | None = None
    energy_kwh: Fraction = field(default=NOTHING)


def measured_periods(cdr: Cdr, zone: tzinfo) -> list[Measured]:
    """Return a CDR's periods in the order of time; their clock is the charger's.

    Raises:
        NotComputable: a volume is below zero: energy that flows back has no price in a tariff; or
            the CDR's times cannot be.
    """
    passed = _Passed()
    starts = [period.start for period in cdr.periods]
    ends = [*starts[1:], max(cdr.end or starts[-1], starts[-1])]
    _require_plausible(starts[0], ends[-1])
    return [
        _measured(number, period, end, zone, passed)
        for number, (period, end) in enumerate(zip(cdr.periods, ends, strict=True), start=1)
    ]


def _require_plausible(start: datetime, end: datetime) -> None:
    is_known = start.year > EARLIEST_YEAR and end.year < LATEST_YEAR
    if not is_known or end - start > timedelta(days=LONGEST_SESSION_DAYS):
        message = f"no session lasts from {start:%Y-%m-%d} to {end:%Y-%m-%d}"
        raise NotComputable("implausible_time", message)


def _measured(
    number: int, period: CdrPeriod, end: datetime, zone: tzinfo, passed: _Passed
) -> Measured:
    volumes = {kind: Fraction(volume) for kind, volume in period.volumes.items()}
    if any(volumes.get(kind, NOTHING) < 0 for kind in BILLED):
        message = f"charging period {number} measures less than nothing"
        raise NotComputable("negative_volume", message)
    is_reserved = _is_reserved(volumes)
    is_used = not is_reserved or any(volumes.get(kind) for kind in OF_SESSION)
    if is_used and passed.begin is None:
        passed.begin = period.start
    if is_reserved and passed.reserved_begin is None:
        passed.reserved_begin = period.start
    leg = _leg(period.start, end, volumes, passed)
    session = tuple(_session(period.start, zone, volumes, leg)) if is_used else ()
    reservation = (_reservation(period.start, zone, volumes, passed),) if is_reserved else ()
    passed.energy_kwh += leg.kwh
    return Measured(number, period.tariff_id, leg, session, reservation)


def _is_reserved(volumes: Mapping[Volume, Fraction]) -> bool:
    """Return whether time was reserved; some list it with 0 in each period of a session."""
    return bool(volumes.get(Volume.RESERVATION_TIME)) or set(volumes) == {Volume.RESERVATION_TIME}


def _leg(
    start: datetime, end: datetime, volumes: Mapping[Volume, Fraction], passed: _Passed
) -> Leg:
    energy_kwh = volumes.get(Volume.ENERGY, NOTHING)
    hours = volumes.get(Volume.TIME, NOTHING)
    average = energy_kwh / hours if hours else None
    is_charging = bool(energy_kwh or hours)
    return Leg(
        charging=is_charging,
        begin_seconds=_seconds(passed.begin or start, start),
        seconds=_seconds(start, end),
        begin_kwh=passed.energy_kwh,
        kwh=energy_kwh,
        power_kw=_first(volumes, POWERS, average) if is_charging else NOTHING,
        current_a=_first(volumes, CURRENTS, None) if is_charging else NOTHING,
    )


def _seconds(start: datetime, end: datetime) -> Fraction:
    elapsed = end - start
    seconds = elapsed.days * 24 * SECONDS_PER_HOUR + elapsed.seconds
    return seconds + Fraction(elapsed.microseconds, MICROSECONDS_PER_SECOND)


def _first(
    volumes: Mapping[Volume, Fraction], kinds: tuple[Volume, ...], otherwise: Fraction | None
) -> Fraction | None:
    return next((volumes[kind] for kind in kinds if kind in volumes), otherwise)


def _session(
    start: datetime, zone: tzinfo, volumes: Mapping[Volume, Fraction], leg: Leg
) -> Iterator[Period]:
    """Yield the charging and the parking of one period; one of neither may still owe a fee."""
    local = start.astimezone(zone)
    parked = volumes.get(Volume.PARKING_TIME, NOTHING)
    if leg.charging or not parked:
        moment = Moment(local, leg.begin_seconds, leg.begin_kwh, leg.power_kw, leg.current_a)
        hours = volumes.get(Volume.TIME, NOTHING)
        yield Period(moment, leg.charging, hours * SECONDS_PER_HOUR, leg.kwh)
    if parked:
        moment = Moment(local, leg.begin_seconds, leg.begin_kwh + leg.kwh, NOTHING, NOTHING)
        yield Period(
            moment, charging=False, duration_seconds=parked * SECONDS_PER_HOUR, energy_kwh=NOTHING
        )


def _reservation(
    start: datetime, zone: tzinfo, volumes: Mapping[Volume, Fraction], passed: _Passed
) -> Period:
    seconds = volumes[Volume.RESERVATION_TIME] * SECONDS_PER_HOUR
    elapsed = _seconds(passed.reserved_begin or start, start)
    moment = Moment(start.astimezone(zone), elapsed, NOTHING, NOTHING, NOTHING)
    return Period(moment, charging=False, duration_seconds=seconds, energy_kwh=NOTHING)
