"""When a location can be reached: hours of the week on its own clock, and single exceptions.

Source: OCPI 2.1.1, 2.2.1 and 2.3.0, mod_locations, Hours.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
REMEMBERED = 2_000
ALWAYS, OPEN, CLOSED = "always", "+", "-"
Span = tuple[int, int]
Moments = tuple[datetime, datetime]


class Opening(NamedTuple):
    """When a location is open.

    is_always: every day and hour; what follows then only takes away.
    week: spans of minutes since Monday 00:00 on the location's clock, in order, apart from each
    other; the end is not part of it. open, closed: exceptions, aware moments.
    """

    is_always: bool
    week: tuple[Span, ...] = ()
    open: tuple[Moments, ...] = ()
    closed: tuple[Moments, ...] = ()

    def is_open(self, at: datetime) -> bool:
        """Tell whether it is open at an aware moment that is told in the location's zone."""
        if _is_within(at, self.closed):
            return False
        minute = at.weekday() * MINUTES_PER_DAY + at.hour * 60 + at.minute
        weekly = any(begin <= minute < end for begin, end in self.week)
        return self.is_always or weekly or _is_within(at, self.open)


def _is_within(at: datetime, spans: tuple[Moments, ...]) -> bool:
    return any(begin <= at < end for begin, end in spans)


def joined(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch made one; what runs beyond Sunday goes on on Monday.

    >>> joined([(600, 700), (0, 60), (690, 720), (10000, 10200)])
    ((0, 120), (600, 720), (10000, 10080))
    """
    cut = [(begin, min(end, MINUTES_PER_WEEK)) for begin, end in spans]
    cut += [(0, end - MINUTES_PER_WEEK) for _, end in spans if end > MINUTES_PER_WEEK]
    found: list[Span] = []
    for begin, end in sorted(cut):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return tuple(found)


def to_texts(opening: Opening) -> tuple[str, ...]:
    """Return opening hours as texts, always the same for the same hours.

    >>> to_texts(Opening(False, ((480, 1200),)))
    ('480-1200',)
    """
    always = [ALWAYS] if opening.is_always else []
    week = [f"{begin}-{end}" for begin, end in opening.week]
    exceptions = [OPEN + _interval(span) for span in sorted(opening.open)]
    exceptions += [CLOSED + _interval(span) for span in sorted(opening.closed)]
    return (*always, *week, *exceptions)


def _interval(span: Moments) -> str:
    return "/".join(moment.astimezone(UTC).isoformat() for moment in span)


@lru_cache(maxsize=REMEMBERED)
def from_texts(texts: tuple[str, ...]) -> Opening:
    """Return the opening hours that `to_texts` wrote."""
    week = [text.split("-") for text in texts if text[0].isdigit()]
    return Opening(
        ALWAYS in texts,
        tuple((int(begin), int(end)) for begin, end in week),
        tuple(_moments(text) for text in texts if text.startswith(OPEN)),
        tuple(_moments(text) for text in texts if text.startswith(CLOSED)),
    )


def _moments(text: str) -> Moments:
    begin, end = text[1:].split("/")
    return datetime.fromisoformat(begin), datetime.fromisoformat(end)
