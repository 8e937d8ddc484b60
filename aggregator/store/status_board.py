"""Keep the status file up to date while feeds are harvested and scheduled."""

import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from aggregator.feeds import Feed
from aggregator.store.ledger import Run
from aggregator.store.status import FeedStatus, HarvestStatus


class StatusBoard:
    """What readers are told about each feed; every change is written at once, atomically."""

    def __init__(self, home: Path, feeds: Iterable[Feed] = ()) -> None:
        """Go on from what was written last."""
        home.mkdir(parents=True, exist_ok=True)
        self._home = home
        self._lock = threading.Lock()
        before = HarvestStatus.read(home)
        self._feeds = before.feeds if before else {}
        for status in self._feeds.values():
            status.running_since = None
        for feed in feeds:
            status = self._feeds.setdefault(feed.feed_id, FeedStatus(name=feed.name))
            status.name, status.synthetic = feed.name, feed.synthetic
            status.every_seconds = int(feed.every.total_seconds())

    def of(self, feed: str) -> FeedStatus:
        """Return one feed's state, an empty one when it is new."""
        return self._feeds.setdefault(feed, FeedStatus(name=feed))

    def started(self, feed: str) -> None:
        """Note that a feed's run has begun."""
        self.of(feed).running_since = datetime.now(UTC)
        self.write()

    def finished(self, feed: str, run: Run) -> None:
        """Note how a feed's run ended."""
        status = self.of(feed)
        status.name, status.synthetic = run.facts.name, run.facts.synthetic
        status.running_since = None
        status.last_run_at = run.clock_at
        status.outcome, status.message = run.outcome, run.message
        if run.outcome != "failed":
            status.last_success_at = run.clock_at
        self.write()

    def next_run(self, feed: str, moment: datetime | None) -> None:
        """Note when a feed is due; None when nobody will ask."""
        self.of(feed).next_run_at = moment
        self.write()

    def write(self) -> None:
        """Replace the file that readers see."""
        with self._lock:
            HarvestStatus(updated_at=datetime.now(UTC), feeds=self._feeds).write(self._home)
