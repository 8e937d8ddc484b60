"""When a feed is due: at its own rhythm, with jitter, never twice at once, missed runs once.

What is due when the process starts is spread over a minute.

The scheduler owns the warehouse as long as it runs and publishes at a rhythm of its own: no more
often than the shortest interval, and only when something changed: what was received, or what is
true now of the same records, such as which prices are valid.
"""

import asyncio
import hashlib
import os
import signal
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from aggregator.care.attendance import Attendance
from aggregator.config import Settings
from aggregator.errors import KlarprisError
from aggregator.feeds import Feed
from aggregator.harvest import Equipment, Job, harvest_feed
from aggregator.publish import publish
from aggregator.store.ledger import Run
from aggregator.store.news import has_news
from aggregator.store.status_board import StatusBoard
from aggregator.store.warehouse import WRITING, Connection, cursor, lost, open_warehouse

log = structlog.get_logger(__name__)
JITTER_SHARE = 0.1
MOST_JITTER_SECONDS = 600
MOST_SPLAY_SECONDS = 60
SECONDS_FOR_A_FEED = 2
FIRST_ROUND_SECONDS = 5
NEWS_SECONDS = 300  # between two looks for what changed without a harvest
PUBLISH_JOB, NEWS_JOB = "publish", "news"


def splay(feed_id: str, feeds: int) -> timedelta:
    """Return how long a feed that is due waits when the process starts: always the same.

    Args:
        feed_id: of the feed.
        feeds: how many begin together; each adds to the time they are spread over, up to a minute.
    """
    seconds = min(SECONDS_FOR_A_FEED * feeds, MOST_SPLAY_SECONDS)
    place = int.from_bytes(hashlib.sha256(feed_id.encode()).digest()[:4]) / 2**32
    return timedelta(seconds=seconds * place)


def is_due(last_run_at: datetime | None, every: timedelta, now: datetime) -> bool:
    """Tell whether a feed's interval has passed since its last run.

    It has when that run lies more than an interval ahead: the clock was ahead then.
    """
    return last_run_at is None or last_run_at + every <= now or last_run_at > now + every


class Harvester:
    """Harvests feeds when they are due, for as long as the process runs."""

    def __init__(self, connection: Connection, feeds: Iterable[Feed], settings: Settings) -> None:
        """Plan the first run of each feed: now when it is due, else when its interval ends."""
        self._connection = connection
        self._settings = settings
        self._equipment = Equipment.of(settings)
        self._attendance = Attendance(connection, settings)
        self._feeds = {feed.feed_id: feed for feed in feeds if feed.enabled}
        self._board = StatusBoard(settings.home, self._feeds.values())
        self._places = asyncio.Semaphore(settings.harvest_concurrency)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._has_changes = has_news(connection, settings, datetime.now(UTC))
        self._published_at: datetime | None = None
        self._first_round = set(self._feeds)
        self.trouble: KlarprisError | None = None
        for feed in self._feeds.values():
            self._plan(feed)

    def _plan(self, feed: Feed) -> None:
        now = datetime.now(UTC)
        last = self._board.of(feed.feed_id).last_run_at
        if last is None or is_due(last, feed.every, now):
            first = now + self._splay(feed)
        else:
            first = last + feed.every
        seconds = feed.every.total_seconds()
        trigger = IntervalTrigger(
            seconds=int(seconds),
            jitter=int(min(seconds * JITTER_SHARE, MOST_JITTER_SECONDS)),
            timezone=UTC,
        )
        self._scheduler.add_job(
            self._harvest,
            trigger,
            args=[feed],
            id=feed.feed_id,
            next_run_time=first,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._board.next_run(feed.feed_id, first)

    def _splay(self, feed: Feed) -> timedelta:
        """Return how long a feed that is due waits; a simulated operator bears everything."""
        if feed.synthetic:
            return timedelta()
        return splay(feed.feed_id, sum(not one.synthetic for one in self._feeds.values()))

    async def run(self) -> None:
        """Harvest until cancelled; then let what is being written come to its end.

        Raises:
            StoreError: the warehouse can only be used again by another process.
        """
        self._attending = asyncio.ensure_future(self._attendance.run())
        self._scheduler.add_job(
            self._look_for_news,
            IntervalTrigger(seconds=NEWS_SECONDS, timezone=UTC),
            id=NEWS_JOB,
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        self._scheduler.start()
        try:
            await self._attending
        except asyncio.CancelledError:
            if self.trouble:
                raise self.trouble from None
            raise
        finally:
            self._scheduler.shutdown(wait=False)

    async def _harvest(self, feed: Feed) -> None:
        try:
            await self._harvest_and_publish(feed)
        except KlarprisError as error:
            log.warning("not noted", feed=feed.feed_id, because=str(error))
        if trouble := await asyncio.to_thread(lost, self._connection):
            self.trouble = trouble
            self._attending.cancel()

    async def _harvest_and_publish(self, feed: Feed) -> None:
        async with self._places:
            run = await harvest_feed(
                self._connection, Job(feed.feed_id, feed), self._equipment, self
            )
        job = self._scheduler.get_job(feed.feed_id)
        self._board.next_run(feed.feed_id, job.next_run_time if job else None)
        self._has_changes = self._has_changes or run.has_changes
        await self._publish_when_due()
        self._first_round.discard(feed.feed_id)

    async def _look_for_news(self) -> None:
        """Publish what became out of date by itself: prices expire, another day begins."""
        try:
            found = await asyncio.to_thread(self._has_news)
        except KlarprisError as error:
            log.warning("not looked for news", because=str(error))
            return
        self._has_changes = self._has_changes or found
        await self._publish_when_due()

    def _has_news(self) -> bool:
        """Tell whether the current snapshot is out of date, when nothing is being written."""
        with WRITING, cursor(self._connection) as own:
            return has_news(own, self._settings, datetime.now(UTC))

    def _shortest_interval(self) -> timedelta:
        """Return the time between snapshots: short until every feed has been asked once."""
        seconds = self._settings.publish_interval_seconds
        return timedelta(
            seconds=min(seconds, FIRST_ROUND_SECONDS) if self._first_round else seconds
        )

    async def _publish_when_due(self) -> None:
        """Publish what changed: now, or when the shortest interval has passed."""
        if not self._has_changes:
            return
        now = datetime.now(UTC)
        due = self._published_at + self._shortest_interval() if self._published_at else now
        if due <= now:
            await self._publish()
        else:
            self._scheduler.add_job(
                self._publish, "date", run_date=due, id=PUBLISH_JOB, replace_existing=True
            )

    async def _publish(self) -> None:
        self._has_changes, self._published_at = False, datetime.now(UTC)
        try:
            await asyncio.to_thread(publish, self._connection, self._settings)
        except KlarprisError as error:
            self._has_changes = True  # tried again with the next harvest
            log.warning("not published", because=str(error))

    def started(self, feed: str) -> None:
        """Tell readers that a feed's run has begun."""
        self._board.started(feed)

    def advanced(self, feed: str, records: int, total: int | None) -> None:
        """Readers are not told about every page."""

    def finished(self, feed: str, run: Run) -> None:
        """Tell readers how a feed's run ended."""
        self._board.finished(feed, run)


def run_schedule(
    feeds: Iterable[Feed], settings: Settings, *, end_with_parent: bool = False
) -> None:
    """Harvest at each feed's rhythm until the process is asked to stop (SIGINT, SIGTERM).

    end_with_parent: also stop when the other end of standard input is gone.

    Raises:
        StoreError: another process writes this warehouse, or it can no longer be written.
    """
    with open_warehouse(settings.warehouse_path) as connection:
        harvester = Harvester(connection, feeds, settings)
        asyncio.run(_until_asked_to_stop(harvester, end_with_parent=end_with_parent))


async def _until_asked_to_stop(harvester: Harvester, *, end_with_parent: bool) -> None:
    harvesting = asyncio.ensure_future(harvester.run())
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, harvesting.cancel)
    if end_with_parent:
        loop.add_reader(sys.stdin.fileno(), harvesting.cancel)
    log.info("schedule started", pid=os.getpid())
    await asyncio.wait([harvesting])
    log.info("schedule stopped")
    if not harvesting.cancelled():
        harvesting.result()
