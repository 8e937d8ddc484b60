"""When a location can be reached, in words: now, and in the week on its own clock."""

from datetime import UTC, datetime
from itertools import groupby

from babel.dates import get_day_names

from aggregator.domain.opening import MINUTES_PER_DAY, Moments, Opening, Span, from_texts
from aggregator.pricing.reference import zone_named
from dashboard.station.facts import Station
from dashboard.wording.labels import moment, safe, text
from dashboard.wording.language import language

DAYS = range(7)
MOST_EXCEPTIONS = 3


def opening_hours(station: Station, now: datetime) -> str:
    """Return whether it is open at an aware moment, and its hours, as HTML."""
    written = tuple(station.place["opening_times"] or ())
    if not written:
        return f'<p class="meta">{safe(text("hours.not_stated"))}</p>'
    opening = from_texts(written)
    zone = zone_named(station.time_zone)
    parts = [_week(opening), *_exceptions(opening, now)]
    if zone is not None:
        state = "open_now" if opening.is_open(now.astimezone(zone)) else "closed_now"
        parts.insert(0, f"<b>{safe(text(f'hours.{state}'))}</b>")
    return f'<p class="meta">{" · ".join(part for part in parts if part)}</p>'


def _week(opening: Opening) -> str:
    if opening.is_always:
        return safe(text("hours.always"))
    days = [(day, _on(day, opening.week)) for day in DAYS]
    runs = [(hours, [day for day, _ in run]) for hours, run in groupby(days, lambda one: one[1])]
    return ", ".join(f"{_names(run)} {hours}" for hours, run in runs if hours)


def _on(day: int, week: tuple[Span, ...]) -> str:
    """Return the hours of a day of the week, 0 being Monday."""
    first, last = day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY
    cut = [(max(begin, first) - first, min(end, last) - first) for begin, end in week]
    return ", ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in cut if begin < end)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _names(run: list[int]) -> str:
    names = get_day_names("abbreviated", locale=language().locale)
    ends = [names[run[0]]] if len(run) == 1 else [names[run[0]], names[run[-1]]]
    return safe("–".join(ends))


def _exceptions(opening: Opening, now: datetime) -> list[str]:
    """Return what deviates soonest; UTC."""
    coming = sorted(
        [(span, "hours.also_open") for span in opening.open if span[1] > now]
        + [(span, "hours.closed_between") for span in opening.closed if span[1] > now]
    )
    return [_exception(span, key) for span, key in coming[:MOST_EXCEPTIONS]]


def _exception(span: Moments, key: str) -> str:
    begin, end = (moment(one.astimezone(UTC)) for one in span)
    return safe(text(key, begin=begin, end=end), 200)
