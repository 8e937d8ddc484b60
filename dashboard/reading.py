"""Which snapshot is current, how old it is, what the harvester is doing."""

from datetime import UTC, datetime, timedelta

from aggregator.config import settings
from aggregator.store.queries import HarvestStatus, Reader, current_reader


def reader() -> Reader | None:
    """Return a reader of the snapshot that is current now."""
    return current_reader(settings().snapshots_folder)


def harvest_status() -> HarvestStatus | None:
    """Return what the harvester is doing."""
    return HarvestStatus.read(settings().home)


def age(found: Reader) -> timedelta:
    """Return how long ago a snapshot was published."""
    return datetime.now(UTC) - found.snapshot.published_at
