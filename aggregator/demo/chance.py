"""Numbers that look random and are a function of their arguments only, in every process."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

# The clock of the simulation: nothing is newer than EPOCH plus `revision` days.
EPOCH = datetime(2026, 11, 1, tzinfo=UTC)


def draw(*parts: object) -> int:
    """Return a number from 0 to 2**64 - 1.

    >>> draw(1, "nordlys", 7) == draw(1, "nordlys", 7) != draw(1, "nordlys", 8)
    True
    """
    text = ":".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest())


def timestamp(moment: datetime) -> str:
    """Return a UTC instant as OCPI writes it.

    >>> timestamp(EPOCH)
    '2026-11-01T00:00:00Z'
    """
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def minutes_before_epoch(minutes: int) -> str:
    """Return the timestamp of an update that happened before the simulation starts."""
    return (EPOCH - timedelta(minutes=minutes)).isoformat()[:19] + "Z"
