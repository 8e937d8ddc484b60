"""A session cut into periods within which no restriction changes.

Source: ruling 2: wall-clock times, dates, weekdays, durations and kWh, energy being linear.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction
from itertools import pairwise
from math import floor

from aggregator.domain.session import ChargingSession
from aggregator.pricing.cuts import Thresholds, clock_changes
from aggregator.pricing.restrictions import Moment

LONGEST_SESSION_DAYS = 400
LONGEST_SESSION_MINUTES = LONGEST_SESSION_DAYS * 24 * 60
SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3600
MICROSECONDS_PER_SECOND = 1_000_000
EARLIEST_YEAR, LATEST_YEAR = 1970, 9000  # beyond these, datetime arithmetic may overflow
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Course:
    """How a session runs: energy grows evenly while charging, then stays.

    start: UTC. power_kw: while charging; None when energy is given but no time to charge it in.
    """

    start: datetime
    zone: tzinfo
    charging_seconds: Fraction
    total_seconds: Fraction
    energy_kwh: Fraction
    power_kw: Fraction | None

    def energy_at(self, elapsed_seconds: Fraction) -> Fraction:
        """Return the energy delivered so far, in kWh."""
        if elapsed_seconds >= self.charging_seconds:
            return self.energy_kwh
        return self.energy_kwh * elapsed_seconds / self.charging_seconds

    def instant_at(self, elapsed_seconds: Fraction) -> datetime:
        """Return the UTC instant, rounded down to the microsecond."""
        microseconds = elapsed_seconds * MICROSECONDS_PER_SECOND
        return self.start + timedelta(microseconds=floor(microseconds))

    def charging_moment(self, elapsed_seconds: Fraction, energy_kwh: Fraction) -> Moment:
        """Return a moment of charging; the current is not part of a session's description."""
        local = self.instant_at(elapsed_seconds).astimezone(self.zone)
        return Moment(local, elapsed_seconds, energy_kwh, self.power_kw, None)

    def parked_moment(self, elapsed_seconds: Fraction, energy_kwh: Fraction) -> Moment:
        """Return a moment at which no power flows."""
        local = self.instant_at(elapsed_seconds).astimezone(self.zone)
        return Moment(local, elapsed_seconds, energy_kwh, NOTHING, NOTHING)


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a session that is charged alike from beginning to end.

    start: its first moment, which decides what restrictions hold.
    duration_seconds / energy_kwh: what passes within it.
    """

    start: Moment
    charging: bool
    duration_seconds: Fraction
    energy_kwh: Fraction


def course(session: ChargingSession) -> Course:
    """Return how the session runs; raise ValueError when it is absurd."""
    _require_plausible(session)
    charging_seconds = Fraction(session.charging_minutes) * SECONDS_PER_MINUTE
    parking_seconds = Fraction(session.parking_minutes) * SECONDS_PER_MINUTE
    energy_kwh = Fraction(session.energy_kwh)
    power_kw = energy_kwh * SECONDS_PER_HOUR / charging_seconds if charging_seconds else None
    return Course(
        start=session.start.astimezone(UTC),
        zone=session.start.tzinfo or UTC,
        charging_seconds=charging_seconds,
        total_seconds=charging_seconds + parking_seconds,
        energy_kwh=energy_kwh,
        power_kw=power_kw,
    )


def _require_plausible(session: ChargingSession) -> None:
    """Raise ValueError for a session that cannot have taken place."""
    numbers = (session.energy_kwh, session.charging_minutes, session.parking_minutes)
    if not all(number.is_finite() and number >= 0 for number in numbers):
        msg = f"a session's energy and minutes are numbers not below zero: {numbers}"
        raise ValueError(msg)
    if session.charging_minutes + session.parking_minutes > LONGEST_SESSION_MINUTES:
        msg = f"a session lasts no longer than {LONGEST_SESSION_DAYS} days"
        raise ValueError(msg)
    if session.start.utcoffset() is None or not EARLIEST_YEAR < session.start.year < LATEST_YEAR:
        msg = f"a session starts at a known time in a known time zone: {session.start}"
        raise ValueError(msg)


def periods(run: Course, thresholds: Thresholds) -> list[Period]:
    """Cut the session where restrictions can change and where charging ends.

    A session without any duration is one empty period, since it may still owe a flat fee.
    """
    nothing = (NOTHING, NOTHING)
    charged = (run.charging_seconds, run.energy_kwh)
    parted = (run.total_seconds, run.energy_kwh)
    marks = sorted({nothing, charged, parted, *_marks(run, thresholds)})
    if len(marks) == 1:
        marks *= 2
    found = []
    for begin, end in pairwise(marks):
        charging = begin < charged
        start = run.charging_moment(*begin) if charging else run.parked_moment(*begin)
        found.append(Period(start, charging, end[0] - begin[0], end[1] - begin[1]))
    return found


def _marks(run: Course, thresholds: Thresholds) -> Iterator[tuple[Fraction, Fraction]]:
    """Return elapsed seconds and energy so far at each moment where a restriction can change."""
    for energy in thresholds.energies_kwh:
        if energy < run.energy_kwh:
            energy_kwh = Fraction(energy)
            yield run.charging_seconds * energy_kwh / run.energy_kwh, energy_kwh
    for elapsed in elapsed_marks(run, thresholds, run.total_seconds):
        yield elapsed, run.energy_at(elapsed)


def elapsed_marks(
    run: Course, thresholds: Thresholds, total_seconds: Fraction
) -> Iterator[Fraction]:
    """Return the elapsed seconds, below the total, of duration thresholds and clock changes."""
    for seconds in thresholds.durations_seconds:
        if seconds < total_seconds:
            yield Fraction(seconds)
    end = run.instant_at(total_seconds)
    for change in clock_changes(thresholds.clock_times, run.start, end, run.zone):
        yield Fraction((change - run.start) // timedelta(microseconds=1), MICROSECONDS_PER_SECOND)
