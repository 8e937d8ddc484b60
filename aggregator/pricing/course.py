"""How a session runs: legs in which energy grows evenly, or stays.

Source: ruling 2; durations are elapsed time, parking included (ruling 4).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from math import floor

from aggregator.domain.session import ReservedTime, Session, Stretch
from aggregator.pricing.restrictions import Moment

LONGEST_SESSION_DAYS = 400
LARGEST_SESSION_KWH = 100_000
LONGEST_SESSION_MINUTES = LONGEST_SESSION_DAYS * 24 * 60
SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3600
MICROSECONDS_PER_SECOND = 1_000_000
EARLIEST_YEAR, LATEST_YEAR = 1970, 9000  # beyond these, datetime arithmetic may overflow
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Leg:
    """One stretch of a session, where it stands in it.

    begin_seconds, begin_kwh: what has passed before it. seconds, kwh: what passes in it.
    power_kw: None when energy is given but no time to charge it in. current_a: None if unknown.
    """

    charging: bool
    begin_seconds: Fraction
    seconds: Fraction
    begin_kwh: Fraction
    kwh: Fraction
    power_kw: Fraction | None
    current_a: Fraction | None

    @property
    def end(self) -> tuple[Fraction, Fraction]:
        """Elapsed seconds and energy at its end."""
        return self.begin_seconds + self.seconds, self.begin_kwh + self.kwh

    def energy_at(self, elapsed_seconds: Fraction) -> Fraction:
        """Return the energy delivered by a moment inside the leg, in kWh."""
        return self.begin_kwh + self.kwh * (elapsed_seconds - self.begin_seconds) / self.seconds


@dataclass(frozen=True, slots=True)
class Course:
    """How a session runs.

    start: UTC. legs: those in which anything passes. power_kw, current_a: of the first charging.
    """

    start: datetime
    zone: tzinfo
    legs: tuple[Leg, ...]
    power_kw: Fraction | None
    current_a: Fraction | None

    @property
    def end(self) -> tuple[Fraction, Fraction]:
        """Elapsed seconds and energy at the end."""
        return self.legs[-1].end if self.legs else (NOTHING, NOTHING)

    @property
    def total_seconds(self) -> Fraction:
        """How long it lasts."""
        return self.end[0]

    @property
    def energy_kwh(self) -> Fraction:
        """What is charged in all."""
        return self.end[1]

    def energy_at(self, elapsed_seconds: Fraction) -> Fraction:
        """Return the energy delivered so far, in kWh; after the session that of all of it."""
        for leg in self.legs:
            if elapsed_seconds < leg.end[0]:
                return leg.energy_at(elapsed_seconds)
        return self.energy_kwh

    def instant_at(self, elapsed_seconds: Fraction) -> datetime:
        """Return the UTC instant, rounded down to the microsecond."""
        microseconds = elapsed_seconds * MICROSECONDS_PER_SECOND
        return self.start + timedelta(microseconds=floor(microseconds))

    def charging_moment(
        self, elapsed_seconds: Fraction, energy_kwh: Fraction, leg: Leg | None = None
    ) -> Moment:
        """Return a moment of charging, in a leg or else as the session begins to charge."""
        local = self.instant_at(elapsed_seconds).astimezone(self.zone)
        flow = leg or self
        return Moment(local, elapsed_seconds, energy_kwh, flow.power_kw, flow.current_a)

    def parked_moment(self, elapsed_seconds: Fraction, energy_kwh: Fraction) -> Moment:
        """Return a moment at which no power flows."""
        local = self.instant_at(elapsed_seconds).astimezone(self.zone)
        return Moment(local, elapsed_seconds, energy_kwh, NOTHING, NOTHING)


def course(session: Session) -> Course:
    """Return how the session runs; raise ValueError when it is absurd."""
    _require_plausible(session.start, session.stretches)
    return _of(session.start, session.stretches)


def reserved_course(start: datetime, reserved: ReservedTime) -> Course:
    """Return the course of a reservation, which ends where its session starts."""
    stretches = (Stretch(charging=False, minutes=reserved.minutes),)
    _require_plausible(start, stretches)
    microseconds = floor(Fraction(reserved.minutes) * SECONDS_PER_MINUTE * MICROSECONDS_PER_SECOND)
    begin = start.astimezone(UTC) - timedelta(microseconds=microseconds)
    return _of(begin.astimezone(start.tzinfo), stretches)


def _of(start: datetime, stretches: tuple[Stretch, ...]) -> Course:
    legs, seconds, kwh = [], NOTHING, NOTHING
    for stretch in stretches:
        leg = _leg(stretch, seconds, kwh)
        if leg.seconds or leg.kwh:
            legs.append(leg)
            seconds, kwh = leg.end
    first = next((leg for leg in legs if leg.charging), None)
    return Course(
        start=start.astimezone(UTC),
        zone=start.tzinfo or UTC,
        legs=tuple(legs),
        power_kw=first.power_kw if first else None,
        current_a=first.current_a if first else None,
    )


def _leg(stretch: Stretch, begin_seconds: Fraction, begin_kwh: Fraction) -> Leg:
    seconds = Fraction(stretch.minutes) * SECONDS_PER_MINUTE
    kwh = Fraction(stretch.energy_kwh)
    average = kwh * SECONDS_PER_HOUR / seconds if seconds else None
    power_kw = average if stretch.power_kw is None else Fraction(stretch.power_kw)
    current_a = None if stretch.current_a is None else Fraction(stretch.current_a)
    if not stretch.charging:
        power_kw = current_a = NOTHING
    return Leg(stretch.charging, begin_seconds, seconds, begin_kwh, kwh, power_kw, current_a)


def _require_plausible(start: datetime, stretches: tuple[Stretch, ...]) -> None:
    """Raise ValueError for a session that cannot have taken place."""
    for stretch in stretches:
        _require_numbers(stretch)
    if sum(stretch.minutes for stretch in stretches) > LONGEST_SESSION_MINUTES:
        msg = f"a session lasts no longer than {LONGEST_SESSION_DAYS} days"
        raise ValueError(msg)
    if start.utcoffset() is None or not EARLIEST_YEAR < start.year < LATEST_YEAR:
        msg = f"a session starts at a known time in a known time zone: {start}"
        raise ValueError(msg)


def _require_numbers(stretch: Stretch) -> None:
    stated: list[Decimal | None] = [stretch.energy_kwh, stretch.minutes]
    stated += [stretch.power_kw, stretch.current_a]
    numbers = [one for one in stated if one is not None]
    if not all(number.is_finite() and number >= 0 for number in numbers):
        msg = f"a session's energy, minutes, power and current are not below zero: {numbers}"
        raise ValueError(msg)
    if stretch.energy_kwh > LARGEST_SESSION_KWH:
        msg = f"no session charges more than {LARGEST_SESSION_KWH} kWh: {stretch.energy_kwh}"
        raise ValueError(msg)
    if stretch.energy_kwh and not stretch.charging:
        msg = "no energy flows while a vehicle is only parked"
        raise ValueError(msg)
