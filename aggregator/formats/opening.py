"""OCPI's Hours -> when a location can be reached. What cannot be read costs only itself.

Source: OCPI 2.1.1, 2.2.1, 2.3.0, mod_locations: Hours, RegularHours, ExceptionalPeriod. Two things
are read that the standard does not say: 00:00 and 24:00 as the end of a day, and an end before its
begin as one on the next day.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from pydantic import BaseModel

from aggregator.domain.opening import MINUTES_PER_DAY, Moments, Opening, Span, joined, to_texts
from aggregator.domain.problem import Account, ObjectType
from aggregator.formats.defaults import Defaults
from aggregator.formats.moments import utc
from aggregator.formats.reading import Reader, Unreadable
from aggregator.formats.values import Clock, Flag, Moment, Whole

KEY = "opening_times"
MOST_PERIODS, MOST_EXCEPTIONS = 100, 50
LONGEST_REMEMBERED = 2_000  # bytes; few are longer, and they would fill the memory
DAYS_PER_WEEK = 7
REMEMBERED = 4_096
Fields = TypeVar("Fields", bound=BaseModel)
LOCATION = ObjectType.LOCATION


class HoursFields(BaseModel):
    """Hours, but for its lists."""

    twentyfourseven: Flag = None


class RegularFields(BaseModel):
    """RegularHours."""

    weekday: Whole = None
    period_begin: Clock = None
    period_end: Clock = None


class ExceptionFields(BaseModel):
    """ExceptionalPeriod."""

    period_begin: Moment = None
    period_end: Moment = None


def read_opening(
    raw_location: dict[str, Any], path: str, defaults: Defaults, reader: Reader
) -> tuple[str, ...]:
    """Return the hours of a location as `domain.opening.to_texts`; none where it states none."""
    raw, here = raw_location.get(KEY), f"{path}.{KEY}"
    if raw is None:
        return ()
    try:
        hours = reader.read_fields(HoursFields, LOCATION, here, raw)
    except Unreadable as why:
        reader.note(LOCATION, here, f"unreadable_{KEY}", f"{why.reason}; left out", raw)
        return ()
    named = reader.in_ocpi_words(LOCATION, here, raw)
    assert isinstance(named, dict)  # noqa: S101 - read_fields refuses anything else
    is_always = hours.twentyfourseven is True
    spans = list(_regular(named, here, reader))
    if not is_always and (not spans or None in spans):
        return ()  # what is known of it in part says nothing of when it is closed
    opening = Opening(
        is_always,
        () if is_always else joined([span for span in spans if span]),
        tuple(_exceptions(named, "exceptional_openings", here, defaults, reader)),
        tuple(_exceptions(named, "exceptional_closings", here, defaults, reader)),
    )
    return to_texts(opening)


def _regular(raw: dict[str, Any], path: str, reader: Reader) -> Iterator[Span | None]:
    """Yield the periods of the week; None for what cannot be read."""
    if len(items := reader.listed(LOCATION, path, raw, "regular_hours")) > MOST_PERIODS:
        said = f"'regular_hours' has more than {MOST_PERIODS} periods; left out"
        reader.note(LOCATION, f"{path}.regular_hours", "many_regular_hours", said, len(items))
        yield None
    for position, one in enumerate(items[:MOST_PERIODS]):
        here = f"{path}.regular_hours[{position}]"
        found = _fields(RegularFields, here, one, reader)
        span = _span(found) if found else None
        if found and span is None:
            _leave_out(here, one, reader)
        yield span


def _span(found: RegularFields) -> Span | None:
    """Return minutes of the week; an end from 23:59 on is the end of the day."""
    day, begin, end = found.weekday, found.period_begin, found.period_end
    if day is None or begin is None or end is None or not 1 <= day <= DAYS_PER_WEEK:
        return None
    first = begin.hour * 60 + begin.minute
    last = end.hour * 60 + end.minute
    if first == last and last:
        return None
    if last >= MINUTES_PER_DAY - 1 or last == 0:
        last = MINUTES_PER_DAY
    midnight = (day - 1) * MINUTES_PER_DAY
    return midnight + first, midnight + (last if last > first else last + MINUTES_PER_DAY)


def _exceptions(
    raw: dict[str, Any], key: str, path: str, defaults: Defaults, reader: Reader
) -> Iterator[Moments]:
    for here, one in _listed(raw, key, path, reader):
        found = _fields(ExceptionFields, here, one, reader)
        if found is None:
            continue
        begin = utc(found.period_begin, LOCATION, here, defaults, reader, "period_begin")
        end = utc(found.period_end, LOCATION, here, defaults, reader, "period_end")
        if begin is None or end is None or end < begin:
            _leave_out(here, one, reader)
        elif begin < end:
            yield begin, end


def _listed(
    raw: dict[str, Any], key: str, path: str, reader: Reader
) -> Iterator[tuple[str, object]]:
    listed = reader.listed(LOCATION, path, raw, key)
    if len(listed) > MOST_EXCEPTIONS:
        said = f"'{key}' has more than {MOST_EXCEPTIONS} periods; the others are left out"
        reader.note(LOCATION, f"{path}.{key}", f"many_{key}", said, len(listed))
    for position, one in enumerate(listed[:MOST_EXCEPTIONS]):
        yield f"{path}.{key}[{position}]", one


def _fields(model: type[Fields], path: str, raw: object, reader: Reader) -> Fields | None:
    try:
        return reader.read_fields(model, LOCATION, path, raw)
    except Unreadable:
        _leave_out(path, raw, reader)
        return None


def _leave_out(path: str, raw: object, reader: Reader) -> None:
    said = "a period of opening hours needs a begin and an end that is not before it; left out"
    reader.note(LOCATION, path, "unreadable_period", said, raw)


def well_formed_opening(written: bytes) -> tuple[str, ...] | None:
    """Return the hours of `opening_times` as JSON; None: there is something to be noted."""
    if len(written) > LONGEST_REMEMBERED:
        return None
    return _remembered(written)


@lru_cache(maxsize=REMEMBERED)
def _remembered(written: bytes) -> tuple[str, ...] | None:
    reader = Reader(Account())
    found = read_opening({KEY: msgspec.json.decode(written)}, "$", Defaults(), reader)
    return None if reader.account.notes else found
