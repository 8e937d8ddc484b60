"""When a price holds, in words."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal

from babel.units import format_unit

from aggregator.domain.tariff import Dimension, Restrictions, Weekday
from aggregator.pricing.restrictions import MIDNIGHT
from aggregator.wording.catalogue import Language

WEEKDAYS = tuple(Weekday)
WEEKEND = (5, 6)
SHORTEST_RUN = 3  # Mon–Wed, but Mon and Tue
SECONDS = {"hour": 3600, "minute": 60, "second": 1}
DELIVERED = (Dimension.FLAT, Dimension.PARKING_TIME)


def conditions(language: Language, restrictions: Restrictions, dimension: Dimension) -> str:
    """Return when a price of the dimension holds; nothing for always."""
    parts = [
        _clock(language, restrictions),
        _dates(language, restrictions.start_date, restrictions.end_date),
        _duration(language, restrictions.min_duration_seconds, restrictions.max_duration_seconds),
        _energy(language, restrictions.min_kwh, restrictions.max_kwh, dimension),
        _range(language, "power", restrictions.min_power_kw, restrictions.max_power_kw),
        _range(language, "current", restrictions.min_current_a, restrictions.max_current_a),
    ]
    return ", ".join(part for part in parts if part)


def span(language: Language, seconds: int) -> str:
    """Return a length of time in the largest unit that keeps it whole, as `90 minutes`."""
    unit = _unit(seconds)
    return format_unit(seconds // SECONDS[unit], f"duration-{unit}", locale=language.locale)


def _clock(language: Language, restrictions: Restrictions) -> str:
    """Return weekdays and daily window."""
    days = _days(language, restrictions.day_of_week)
    windows = [
        language.text("when.window", start=language.clock(start), end=_end(language, end))
        for start, end in _windows(restrictions, parted=bool(days))
    ]
    return " ".join(part for part in (days, language.all_of(windows) if windows else "") if part)


def _end(language: Language, end: time) -> str:
    """Return the end of a window; the end of the day is 24:00."""
    return "24:00" if end == MIDNIGHT else language.clock(end)


def _windows(restrictions: Restrictions, *, parted: bool) -> list[tuple[time, time]]:
    """Return the daily windows; one that wraps consists of two where weekdays matter.

    The weekday is that of the moment (ruling 3): Monday 20:00-08:00 includes Monday's morning.
    """
    opens, closes = restrictions.start_time or MIDNIGHT, restrictions.end_time or MIDNIGHT
    if opens == closes:
        return []
    if parted and MIDNIGHT < closes < opens:
        return [(MIDNIGHT, closes), (opens, MIDNIGHT)]
    return [(opens, closes)]


def _days(language: Language, days: Sequence[Weekday]) -> str:
    """Return weekdays, as `Mon–Fri`; nothing for all of them."""
    numbers = sorted({WEEKDAYS.index(day) for day in days})
    if len(numbers) in {0, len(WEEKDAYS)}:
        return ""
    if tuple(numbers) == WEEKEND:
        return language.text("when.weekend")
    return language.all_of(list(_runs(language, numbers)))


def _runs(language: Language, numbers: list[int]) -> Iterator[str]:
    """Return runs of weekdays as one, other weekdays one by one."""
    run: list[int] = []
    for number in [*numbers, len(WEEKDAYS) + 1]:
        if run and number != run[-1] + 1:
            if len(run) >= SHORTEST_RUN:
                first, last = language.weekday(run[0]), language.weekday(run[-1])
                yield language.text("when.days", first=first, last=last)
            else:
                yield from (language.weekday(one) for one in run)
            run = []
        run.append(number)


def _dates(language: Language, start: date | None, end: date | None) -> str:
    """Return dates; the end is exclusive, what is told is the last day."""
    first = language.day(start) if start else ""
    last = language.day(date.fromordinal(max(1, end.toordinal() - 1))) if end else ""
    if not first and not last:
        return ""
    key = "since" if not last else "until" if not first else "on" if first == last else "dates"
    return language.text(f"when.{key}", first=first, last=last)


def _duration(language: Language, low: int | None, high: int | None) -> str:
    """Return a range of elapsed time; it counts from the start of the session (ruling 4)."""
    if low and high is not None:
        unit = _unit(low, high)
        last = format_unit(high // SECONDS[unit], f"duration-{unit}", locale=language.locale)
        first = language.number(Decimal(low // SECONDS[unit]))
        return language.text("duration.between", low=first, high=last)
    if low:
        return language.text("duration.from", low=span(language, low))
    if high is not None:
        unit = _unit(high)
        return language.counted(f"duration.first_{unit}", Decimal(high // SECONDS[unit]))
    return ""


def _unit(*seconds: int) -> str:
    """Return the largest unit in which all of these are whole."""
    return next(unit for unit, size in SECONDS.items() if not any(s % size for s in seconds))


def _energy(
    language: Language, low: Decimal | None, high: Decimal | None, dimension: Dimension
) -> str:
    """Return a range of the energy charged so far."""
    if dimension in DELIVERED:
        return _range(language, "delivered", low, high)
    if low and high is not None:
        return _range(language, "energy", low, high)
    if low:
        return language.counted("energy.after", low)
    if high is not None:
        return language.counted("energy.first", high)
    return ""


def _range(language: Language, what: str, low: Decimal | None, high: Decimal | None) -> str:
    """Return a range with an inclusive begin, of which 0 says nothing, and an exclusive end."""
    if not low and high is None:
        return ""
    key = "max" if not low else "min" if high is None else "between"
    return language.text(
        f"{what}.{key}",
        low=language.number(low or Decimal(0)),
        high=language.number(high or Decimal(0)),
    )
