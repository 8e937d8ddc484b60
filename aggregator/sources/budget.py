"""What a run may cost: its time, its bytes, its requests, and those of the hour and the day."""

import asyncio
from datetime import datetime, timedelta

from aggregator.errors import BrokenAnswer, NotNow, Unreachable
from aggregator.feeds import Feed
from aggregator.sources.memory import FeedMemory

REQUESTS_FOR_A_PAGE = 4
"""Two modules, redirects and second tries: how many requests the pages of a run may take."""
PACE_TO_REMEMBER_SECONDS = 1.0  # a restart takes about as long
SLACK = timedelta(seconds=1)  # the server notes the request later than we do


def at(moment: datetime, now: datetime) -> str:
    """Return a moment as people read it: the time of today, else with its date; UTC."""
    return f"{moment:%H:%M} UTC" if moment.date() == now.date() else f"{moment:%Y-%m-%d %H:%M} UTC"


def not_before(until: datetime, text: str) -> NotNow:
    """Return the refusal of a server that is to be left alone until then."""
    error = NotNow(text)
    error.until = until
    return error


class RunBudget:
    """Counts what one run has cost so far."""

    def __init__(self, feed: Feed, memory: FeedMemory) -> None:
        self._feed, self._memory = feed, memory
        self._ends_at = asyncio.get_running_loop().time() + 60 * feed.run_minutes
        self._most_bytes = feed.max_run_mb * 1_000_000
        self._most_requests = REQUESTS_FOR_A_PAGE * feed.max_pages
        self._bytes = self._requests = 0

    @property
    def seconds_left(self) -> float:
        """How long the run may still take."""
        return self._ends_at - asyncio.get_running_loop().time()

    def refuse_if_too_early(self) -> None:
        """Raise NotNow if the server is to be left alone for now."""
        now, until = self._memory.now(), self._memory.not_before
        if until and now < until:
            message = (
                f"{self._feed.feed_id}: the server asked to be left alone until {at(until, now)}"
            )
            raise not_before(until, message)
        self._refuse_if_used_up(now, timedelta(hours=1), self._feed.requests_per_hour, "hour")
        self._refuse_if_used_up(now, timedelta(days=1), self._feed.requests_per_day, "day")

    def _refuse_if_used_up(
        self, now: datetime, window: timedelta, most: int | None, name: str
    ) -> None:
        if most is None:
            return
        recent = [one for one in self._memory.asked_at if now < one + window + SLACK]
        if len(recent) >= most:
            until = recent[-most] + window + SLACK
            message = (
                f"{self._feed.feed_id}: has used up its {most} requests"
                f" {'an' if name == 'hour' else 'a'} {name} (requests_per_{name});"
                f" next at {at(until, now)}"
            )
            raise not_before(until, message)

    def spend_request(self) -> None:
        """Count a request that is about to be sent.

        Raises:
            NotNow: the hour's or the day's are used up.
            SourceError: the run has taken too long or has asked too often.
        """
        self.refuse_if_too_early()
        self.refuse_if_too_long()
        if self._requests >= self._most_requests:
            message = (
                f"{self._feed.feed_id}: stopped after {self._requests} requests in one run; "
                "raise max_pages if that is expected"
            )
            raise BrokenAnswer(message)
        self._requests += 1
        feed = self._feed
        self._memory.asked(
            max(feed.requests_per_hour or 1, feed.requests_per_day or 1),
            at_once=bool(feed.requests_per_hour or feed.requests_per_day)
            or feed.pace_seconds >= PACE_TO_REMEMBER_SECONDS,
        )

    def refuse_if_too_long(self) -> None:
        """Raise Unreachable if the run's time is over."""
        if self.seconds_left <= 0:
            message = (
                f"{self._feed.feed_id}: not complete after {self._feed.run_minutes} minutes "
                "(run_minutes); it is tried again later"
            )
            raise Unreachable(message)

    def spend_bytes(self, came: int) -> None:
        """Count bytes that came.

        Raises:
            BrokenAnswer: more than a run of this feed may bring.
        """
        self._bytes += came
        if self._bytes > self._most_bytes:
            message = (
                f"the run brings more than {self._feed.max_run_mb} MB; "
                "raise max_run_mb in the feed file if that is expected"
            )
            raise BrokenAnswer(message)
