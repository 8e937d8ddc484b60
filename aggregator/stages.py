"""How long the stages of a harvest take, for those who ask.

`read`: fetched, checked and staged. `history`: compared with what is known, and written. `gather`,
`price`, `write`: of a snapshot. Feeds that run side by side add up. Nobody asking, nothing is kept.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter

STAGES = ("read", "history", "gather", "price", "write")
_ADDING = threading.Lock()
_asked: ContextVar[dict[str, float] | None] = ContextVar("asked", default=None)


@contextmanager
def stage_seconds() -> Iterator[dict[str, float]]:
    """Yield the seconds of each stage; `timed` blocks add to them while this one lasts."""
    seconds = dict.fromkeys(STAGES, 0.0)
    before = _asked.set(seconds)
    try:
        yield seconds
    finally:
        _asked.reset(before)


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Add the seconds that the block takes to a stage, also when it ends in an error."""
    begun = perf_counter()
    try:
        yield
    finally:
        seconds = _asked.get()
        if seconds is not None:
            with _ADDING:
                seconds[stage] += perf_counter() - begun
