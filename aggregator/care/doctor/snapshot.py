"""Whether readers have a snapshot, whether it opens, and how old it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from aggregator.care.doctor.finding import Finding, failed, fine, warning
from aggregator.care.doctor.zones import zones
from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.store.examination import Examined, zones_of
from aggregator.store.pointer import Snapshot, current_snapshot
from aggregator.store.status import HarvestStatus

ANEW = "`klarpris publish` builds a new one"
SLACK = timedelta(minutes=15)  # a snapshot of many rows takes its time
LONG_UNCHANGED = timedelta(days=2)


def snapshot(settings: Settings, known: Examined | None, now: datetime) -> Iterator[Finding]:
    """Yield what is found of the snapshot and of its time zones.

    Args:
        settings: of the home.
        known: what the warehouse told, None where a process has it.
        now: UTC.
    """
    try:
        current = current_snapshot(settings.snapshots_folder)
        if current is None:
            text = "none has been published yet"
            yield warning("snapshot", text, "`klarpris harvest` publishes one")
            yield zones([])
            return
        found = zones_of(current)
    except StoreError as error:
        yield failed("snapshot", str(error), ANEW)
        yield zones([])
        return
    yield _age(current, settings, known, now)
    yield zones(found)


def _age(current: Snapshot, settings: Settings, known: Examined | None, now: datetime) -> Finding:
    age = now - current.published_at
    text = f"of {current.published_at:%Y-%m-%d %H:%M} UTC, opens"
    due = current.published_at + timedelta(seconds=settings.publish_interval_seconds) + SLACK
    changed_at = known.changed_at.replace(tzinfo=UTC) if known and known.changed_at else None
    if changed_at and current.published_at < changed_at and now > due:
        late = f"{text}; what came at {changed_at:%Y-%m-%d %H:%M} UTC is not in it"
        return warning("snapshot", late, ANEW)
    if known is None and age > LONG_UNCHANGED and _last_success(settings) > due:
        late = (
            f"{text}; feeds were harvested since, and nothing new was published for {age.days} days"
        )
        return warning("snapshot", late, "look into the harvester's log; a full disk is likely")
    return fine("snapshot", text)


def _last_success(settings: Settings) -> datetime:
    status = HarvestStatus.read(settings.home)
    moments = [one.last_success_at for one in status.feeds.values()] if status else []
    return max((one for one in moments if one), default=datetime.min.replace(tzinfo=UTC))
