"""Whether an element's restrictions hold at an instant of a session.

Sources: rulings 2, 3, 4 and 11; OCPI 2.2.1, mod_tariffs, "TariffRestrictions class".
"""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction

from aggregator.domain.tariff import Restrictions, Weekday

MIDNIGHT = time(0, 0)
WEEKDAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant of a session, as restrictions see it.

    local: the charger's own wall clock.
    elapsed_seconds: since the session began, parking included (ruling 4).
    energy_kwh: delivered so far.
    power_kw / current_a: at this instant, 0 while parked; None when unknown.
    """

    local: datetime
    elapsed_seconds: Fraction
    energy_kwh: Fraction
    power_kw: Fraction | None
    current_a: Fraction | None


def restrictions_hold(restrictions: Restrictions, moment: Moment) -> bool:
    """Return whether charging or parking at this moment meets every restriction (ruling 2).

    Elements for reservations never price charging or parking (ruling 7).
    """
    return thresholds_hold(restrictions, moment) and surroundings_hold(restrictions, moment)


def surroundings_hold(restrictions: Restrictions, moment: Moment) -> bool:
    """Return whether all but the duration and energy thresholds are met."""
    return (
        restrictions.reservation is None
        and _clock_holds(restrictions, moment.local)
        and _within(moment.power_kw, restrictions.min_power_kw, restrictions.max_power_kw)
        and _within(moment.current_a, restrictions.min_current_a, restrictions.max_current_a)
    )


def thresholds_hold(restrictions: Restrictions, moment: Moment) -> bool:
    """Return whether the elapsed duration and the energy so far are within their limits."""
    elapsed_seconds = moment.elapsed_seconds
    shortest, longest = restrictions.min_duration_seconds, restrictions.max_duration_seconds
    return (
        (shortest is None or shortest <= elapsed_seconds)
        and (longest is None or elapsed_seconds < longest)
        and _within(moment.energy_kwh, restrictions.min_kwh, restrictions.max_kwh)
    )


def has_thresholds(restrictions: Restrictions) -> bool:
    """Return whether the answer can depend on how long or how much has been charged."""
    return bool(
        restrictions.min_duration_seconds
        or restrictions.min_kwh
        or restrictions.max_duration_seconds is not None
        or restrictions.max_kwh is not None
    )


def depends_on_clock(restrictions: Restrictions) -> bool:
    """Return whether the answer can depend on the local time, date or weekday."""
    return bool(
        restrictions.day_of_week
        or restrictions.start_date
        or restrictions.end_date
        or (restrictions.start_time or MIDNIGHT) != (restrictions.end_time or MIDNIGHT)
    )


def depends_on_power(restrictions: Restrictions) -> bool:
    """Return whether the answer can depend on the power."""
    return bool(restrictions.min_power_kw) or restrictions.max_power_kw is not None


def depends_on_current(restrictions: Restrictions) -> bool:
    """Return whether the answer can depend on the current."""
    return bool(restrictions.min_current_a) or restrictions.max_current_a is not None


def _clock_holds(restrictions: Restrictions, local: datetime) -> bool:
    """Return whether weekday, date and daily window fit; start inclusive, end exclusive."""
    days, today = restrictions.day_of_week, local.date()
    return (
        (not days or WEEKDAYS[local.weekday()] in days)
        and (restrictions.start_date is None or restrictions.start_date <= today)
        and (restrictions.end_date is None or today < restrictions.end_date)
        and in_daily_window(restrictions.start_time, restrictions.end_time, local.time())
    )


def in_daily_window(start: time | None, end: time | None, clock: time) -> bool:
    """Return whether a wall-clock time lies in a daily window.

    An end of 00:00 or None is the end of the day, an end before the start wraps past
    midnight, equal start and end are the whole day, 23:59 is taken literally (ruling 3).
    """
    opens, closes = start or MIDNIGHT, end or MIDNIGHT
    if opens < closes:
        return opens <= clock < closes
    return opens == closes or clock >= opens or clock < closes


def _within(value: Fraction | None, low: Decimal | None, high: Decimal | None) -> bool:
    """Return whether low <= value < high; an unknown value satisfies no limit (ruling 11).

    A minimum of 0 is met by any value, known or not.
    """
    if value is None:
        return not low and high is None
    return (low is None or low <= value) and (high is None or high > value)
