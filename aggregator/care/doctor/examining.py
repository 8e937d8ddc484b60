"""All checks, one after the other."""

from collections.abc import Collection, Mapping
from datetime import datetime

from aggregator.care.doctor.feeds import feeds as feeds_found
from aggregator.care.doctor.finding import Finding
from aggregator.care.doctor.folders import folders
from aggregator.care.doctor.snapshot import snapshot
from aggregator.care.doctor.warehouse import warehouse_of
from aggregator.config import Settings
from aggregator.errors import FeedFileError
from aggregator.feeds import Feed
from aggregator.store.status import HarvestStatus


def examine(
    settings: Settings, feeds: Mapping[str, Feed], wrong: Collection[FeedFileError], now: datetime
) -> list[Finding]:
    """Return what every check found; nothing is created, upgraded or removed.

    Args:
        settings: of the home.
        feeds: the feeds whose files can be used.
        wrong: what is wrong with the others.
        now: UTC.
    """
    findings, known = warehouse_of(settings.warehouse_path, now)
    is_used = known is None
    return [
        *findings,
        *folders(settings, is_used=is_used),
        *snapshot(settings, known, now),
        *feeds_found(feeds, wrong, HarvestStatus.read(settings.home), now),
    ]
