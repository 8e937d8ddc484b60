"""A server that has been silent for many runs is left alone for a while, ever longer."""

from datetime import datetime, timedelta

from pydantic import BaseModel

FAILURES_BEFORE_OPEN = 5
"""Runs in a row without an answer."""
SHORTEST_BREAK = timedelta(minutes=5)
LONGEST_BREAK = timedelta(hours=6)
MOST_DOUBLINGS = 7  # 5 min × 2^7 is beyond the longest break


class Breaker(BaseModel):
    """Counts one feed's runs without an answer; open, it lets no run through before `until`.

    When the time is over it is half open: one more failure opens it for twice as long, one answer
    closes it.
    """

    failures: int = 0
    until: datetime | None = None

    def may_ask(self, now: datetime) -> datetime | None:
        """Return None when the server may be asked, else from when on it may.

        A longer break than there can be is that of a clock that has been set since.
        """
        is_open = self.until and now < self.until <= now + LONGEST_BREAK
        return self.until if is_open else None

    def succeeded(self) -> None:
        """Note that the server answered in a run, whatever it said."""
        self.failures, self.until = 0, None

    def failed(self, now: datetime) -> None:
        """Note that a run ended without any answer."""
        self.failures += 1
        beyond = self.failures - FAILURES_BEFORE_OPEN
        if beyond >= 0:
            self.until = now + min(SHORTEST_BREAK * 2 ** min(beyond, MOST_DOUBLINGS), LONGEST_BREAK)
