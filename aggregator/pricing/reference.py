"""Reference sessions placed on the calendar."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from aggregator.domain.session import ChargingSession, ReferenceSession
from aggregator.domain.tariff import Weekday

DAYS_PER_WEEK = 7
WEEKDAYS = tuple(Weekday)
NAMES_KEPT = 1_000  # those of feeds may be anything


@lru_cache(maxsize=NAMES_KEPT)
def zone_named(time_zone: str | None) -> ZoneInfo | None:
    """Return the zone of an IANA name, None for no name or one that is none."""
    if time_zone is None:
        return None
    try:
        return ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError):  # unknown; malformed; a folder such as "Europe"
        return None


def placed(reference: ReferenceSession, reference_day: date, zone: tzinfo) -> ChargingSession:
    """Return the session on its weekday, the reference day or the next one after it.

    A local start time that the clock skips is moved on by as much as it skips.
    """
    days = (WEEKDAYS.index(reference.start_weekday) - reference_day.weekday()) % DAYS_PER_WEEK
    local = datetime.combine(reference_day + timedelta(days=days), reference.start_time, zone)
    return ChargingSession(
        start=local.astimezone(UTC).astimezone(zone),
        energy_kwh=reference.energy_kwh,
        charging_minutes=reference.charging_minutes,
        parking_minutes=reference.parking_minutes,
    )
