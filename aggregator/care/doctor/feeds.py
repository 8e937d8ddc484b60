"""Which feeds are late, failed, or need a look."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from aggregator.care.doctor.finding import Finding, failed, fine, warning
from aggregator.errors import FeedFileError
from aggregator.feeds import Feed
from aggregator.store.status import FeedStatus, HarvestStatus

RUNS_MISSED = 2


def feeds(
    known: Mapping[str, Feed],
    wrong: Collection[FeedFileError],
    status: HarvestStatus | None,
    now: datetime,
) -> Iterator[Finding]:
    """Yield a line for each feed that needs a look, else one for all.

    Args:
        known: the feeds whose files can be used.
        wrong: what is wrong with the others.
        status: what the harvester left; None before the first run.
        now: UTC.
    """
    states = status.feeds if status else {}
    enabled = [feed for feed in known.values() if feed.enabled]
    never = [feed.feed_id for feed in enabled if not _of(states, feed).last_run_at]
    troubles = [
        *(failed("feeds", str(error), "mend the file") for error in wrong),
        *(one for feed in enabled for one in _trouble(feed, _of(states, feed), now)),
    ]
    if never:
        text = f"never harvested: {', '.join(never)}"
        troubles.append(warning("feeds", text, "start `klarpris up` or `klarpris schedule`"))
    yield from troubles
    if not troubles:
        due = sum(_is_due(feed, _of(states, feed), now) for feed in enabled)
        yield fine("feeds", f"{len(enabled)} enabled, {due} due now, none overdue")


def _of(states: Mapping[str, FeedStatus], feed: Feed) -> FeedStatus:
    return states.get(feed.feed_id) or FeedStatus(name=feed.name)


def _is_due(feed: Feed, state: FeedStatus, now: datetime) -> bool:
    return state.last_run_at is None or state.last_run_at + feed.every <= now


def _trouble(feed: Feed, state: FeedStatus, now: datetime) -> Iterator[Finding]:
    name, check = feed.feed_id, "feeds"
    if state.last_run_at is None:
        return
    if state.outcome == "failed":
        yield failed(check, f"{name} failed: {state.message}", f"`klarpris harvest {name}`")
    elif state.outcome == "attention":
        yield warning(check, f"{name}: {state.message}", f"`klarpris harvest {name}`")
    if late := _overdue(feed, state, now):
        yield warning(check, f"{name}: {late}", "is `klarpris schedule` or `klarpris up` running?")


def _overdue(feed: Feed, state: FeedStatus, now: datetime) -> str:
    """Return since when a feed has brought nothing, where that is twice its rhythm or more."""
    last = state.last_success_at
    if last is None:
        return "has never brought anything"
    if now - last <= RUNS_MISSED * feed.every:
        return ""
    hours = (now - last) / timedelta(hours=1)
    return f"overdue: last brought something {hours:,.1f} h ago, {last:%Y-%m-%d %H:%M} UTC"
