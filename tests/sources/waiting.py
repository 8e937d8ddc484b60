"""An event loop in which waiting takes no time, and a clock that goes with it."""

import asyncio
import selectors
from contextlib import suppress
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 10, 21, 12, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Looks for what is there; where nothing is, tells how long one would have waited."""

    waited_seconds = 0.0

    def select(self, timeout=None):
        if timeout is None:
            return super().select(None)
        if not (events := super().select(0)):
            self.waited_seconds += timeout
        return events


class ImpatientLoop(asyncio.SelectorEventLoop):
    """Sleeps and time-outs are over at once; `time` tells how long they would have taken."""

    def __init__(self):
        self._selector_of_mine = _Selector()
        super().__init__(self._selector_of_mine)

    def time(self):
        return self._selector_of_mine.waited_seconds


NO_WAITING = ("asyncio", {"loop_factory": ImpatientLoop})


class Clock:
    """It is noon when a loop starts; every sleep and `later` move the hands."""

    def __init__(self):
        self._passed = timedelta()

    def __call__(self):
        slept = 0.0
        with suppress(RuntimeError):  # no loop is running
            loop = asyncio.get_running_loop()
            slept = loop.time() if isinstance(loop, ImpatientLoop) else 0.0
        return NOON + self._passed + timedelta(seconds=slept)

    def later(self, **passed):
        self._passed += timedelta(**passed)
