"""Where the local clock stands during a session."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil

from aggregator.pricing.kernel.layout import NEVER
from aggregator.pricing.kernel.scaled import Inexpressible

DAY = timedelta(days=1)
MS = timedelta(milliseconds=1)
YEAR_1 = datetime(1, 1, 1, tzinfo=UTC)

Offset = timedelta | None


def local_start_ms(start: datetime) -> int:
    """Return the reading of the local clock in ms; whole days of them are ordinals of dates."""
    return whole_ms(start.replace(tzinfo=UTC, fold=0) - YEAR_1 + DAY)


def clock_change(start: datetime, total_ms: int) -> tuple[int, int]:
    """Return after how many ms the zone's offset from UTC changes, and by how many ms.

    (NEVER, 0) if it does not.

    Raises:
        Inexpressible: it changes more than once, or by no whole number of ms.
    """
    changes = list(_changes(start, start.astimezone(UTC) + MS * total_ms))
    if not changes:
        return NEVER, 0
    if len(changes) > 1:
        raise Inexpressible(str(changes))
    instant, shift = changes[0]
    return whole_ms(instant - start.astimezone(UTC)), whole_ms(shift)


def _changes(start: datetime, end: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """Find the whole seconds at which the offset changes; never more than one change a day."""
    begin, before = start.astimezone(UTC).replace(microsecond=0), start.utcoffset()
    while begin < end:
        until = min(begin + DAY, end)
        after = _offset(start, until)
        if after is not None and before is not None and after != before:
            seconds = range(ceil((until - begin).total_seconds()))
            differs = partial(_differs, start, begin, before)
            yield (
                begin + timedelta(seconds=bisect_left(seconds, x=True, key=differs)),
                after - before,
            )
        begin, before = until, after


def _differs(start: datetime, begin: datetime, before: Offset, seconds: int) -> bool:
    return _offset(start, begin + timedelta(seconds=seconds)) != before


def _offset(start: datetime, instant: datetime) -> Offset:
    """Return the offset of the zone of `start` at another instant."""
    return instant.astimezone(start.tzinfo).utcoffset()


def whole_ms(span: timedelta) -> int:
    """Return a span in ms; raise Inexpressible unless it is a whole number of them."""
    ms, rest = divmod(span, MS)
    if rest:
        raise Inexpressible(str(span))
    return ms
