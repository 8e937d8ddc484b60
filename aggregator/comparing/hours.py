"""Whether a place is closed when somebody wants to charge there."""

from datetime import UTC, datetime

from aggregator.domain.opening import from_texts
from aggregator.pricing.reference import zone_named

APART = "\t"


def is_closed(hours: str | None, at: datetime) -> bool:
    """Tell whether it is known that a place is closed at a moment.

    hours: its opening hours and its time zone, parted by APART; None where one is not stated. at:
    an aware moment, or a naive one on the clock of the place.
    """
    written, _, zone_name = (hours or "").partition(APART)
    zone = zone_named(zone_name or None)
    if not written or zone is None:
        return False
    local = at.replace(tzinfo=zone) if at.tzinfo is None else at
    return not from_texts(tuple(written.split(" "))).is_open(local.astimezone(UTC).astimezone(zone))
