"""The clock of a charger: as stated, else as its position tells."""

from functools import lru_cache
from zoneinfo import ZoneInfo

import tzfpy

STATED, FROM_POSITION = "stated", "position"


def local_zone(
    stated: str | None, latitude: float | None, longitude: float | None
) -> tuple[str | None, str | None]:
    """Return the IANA zone and where it comes from; (None, None) when nothing tells."""
    if stated and exists(stated):
        return stated, STATED
    if latitude is None or longitude is None:
        return None, None
    found = tzfpy.get_tz(longitude, latitude)
    return (found, FROM_POSITION) if found and exists(found) else (None, None)


@lru_cache(maxsize=1024)
def exists(name: str) -> bool:
    """Tell whether a name is an IANA time zone that is known here."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, a folder, a path that leads elsewhere
        return False
    return True
