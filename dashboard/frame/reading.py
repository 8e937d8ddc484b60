"""Which snapshot is current, how old it is, what the harvester is doing."""

import logging
from datetime import UTC, datetime, timedelta
from functools import cache

from aggregator.config import settings
from aggregator.store.queries import HarvestStatus, Reader, StoreError, current_reader

log = logging.getLogger(__name__)


def reader() -> Reader | None:
    """Return a reader of the snapshot that is current now; None when there is none to read."""
    try:
        return current_reader(settings().snapshots_folder)
    except StoreError:
        return None


def fault() -> StoreError | None:
    """Return why there is no reader, when something is wrong; None before the first harvest."""
    try:
        current_reader(settings().snapshots_folder)
    except StoreError as error:
        tell_once(str(error))
        return error
    return None


@cache
def tell_once(because: str) -> None:
    """Log what is wrong: visitors are not told of files."""
    log.error("prices cannot be read: %s", because)


def harvest_status() -> HarvestStatus | None:
    """Return what the harvester is doing."""
    return HarvestStatus.read(settings().home)


def age(found: Reader) -> timedelta:
    """Return how long ago a snapshot was published."""
    return datetime.now(UTC) - found.snapshot.published_at
