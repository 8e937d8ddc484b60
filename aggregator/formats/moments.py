"""Times with and without an offset -> UTC."""

from datetime import UTC, datetime

from aggregator.domain.problem import ObjectType
from aggregator.formats.defaults import Defaults
from aggregator.formats.reading import Reader


def utc(
    moment: datetime | None,
    object_type: ObjectType,
    path: str,
    defaults: Defaults,
    reader: Reader,
    key: str = "last_updated",
) -> datetime | None:
    """Return the moment in UTC; one without an offset is on the feed's clock, and noted."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        zone = defaults.time_zone or UTC
        text = f"a time without an offset is read as {defaults.time_zone or 'UTC'}"
        reader.note(object_type, f"{path}.{key}", "time_without_offset", text, moment.isoformat())
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
