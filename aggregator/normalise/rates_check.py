"""Whether newer exchange rates can be believed, beside those that are known."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from aggregator.errors import ReferenceFileError
from aggregator.normalise.rates_file import LINES_BEFORE, NOT_PUBLISHED, History

MOST_FACTOR = 2
SAME_STRETCH_DAYS = 31  # after a longer pause a currency may come back with any rate
MOST_FAULTS = 3


def check_newer(newer: History, known: History, today: date, name: str) -> None:
    """Return when the newer rates may take the place of the known ones.

    Args:
        newer: to be looked through.
        known: what they would take the place of.
        today: no rate can be of a later day.
        name: of the newer file, for people.

    Raises:
        ReferenceFileError: one line that names what cannot be, and where.
    """
    faults = [*_reach(newer, known, today)] or [*_breaks(newer, known), *_leaps(newer)]
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        message = f"{name}: {'; '.join(faults[:MOST_FAULTS])}{more}"
        raise ReferenceFileError(message)


def _reach(newer: History, known: History, today: date) -> Iterator[str]:
    """Yield why the days or the currencies of a file are not those that are needed."""
    first_line, last_line = LINES_BEFORE + 1, newer.line_number(0)
    if newer.days[-1] > today:
        yield f"line {first_line}: {newer.days[-1]} is still to come"
    if newer.days[-1] < known.days[-1]:
        yield f"line {first_line}: it ends on {newer.days[-1]}, known is {known.days[-1]} already"
    if newer.days[0] > known.days[0]:
        yield (
            f"line {last_line}: it begins on {newer.days[0]}, known is all since {known.days[0]}; "
            "take the whole history"
        )
    if lost := [code for code in known.currencies if code not in newer.currencies]:
        yield f"line 1: no column for {', '.join(lost)}"


def _breaks(newer: History, known: History) -> Iterator[str]:
    """Yield currencies whose last known rate is another one now, or is there no more."""
    for currency in known.currencies:
        was_at = known.last_position([currency], known.days[-1])
        if was_at is None:
            continue
        day = known.days[was_at]
        is_at = newer.last_position([currency], day)
        if is_at is None:
            yield f"{currency}: no rate up to {day}, where one is known"
            continue
        before, now = known.per_euro(currency, was_at), newer.per_euro(currency, is_at)
        if before and now and _is_leap(float(before), float(now)):
            where = newer.line_number(is_at)
            yield f"line {where}: {currency}: {float(now):g} beside {float(before):g}, as known"


def _leaps(history: History) -> Iterator[str]:
    """Yield where a rate more than doubles, or halves, from one day to the next."""
    columns = zip(*(line.split(",")[1:] for line in history.lines), strict=True)
    for currency, figures in zip(history.currencies, columns, strict=True):
        published = [at for at, figure in enumerate(figures) if figure not in NOT_PUBLISHED]
        for before, now in pairwise(published):
            if _is_leap(float(figures[before]), float(figures[now])) and _is_soon(
                history.days, before, now
            ):
                where = history.line_number(now)
                yield f"line {where}: {currency}: {figures[now]} after {figures[before]}"


def _is_soon(days: Sequence[date], before: int, now: int) -> bool:
    return (days[now] - days[before]).days <= SAME_STRETCH_DAYS


def _is_leap(before: float, now: float) -> bool:
    return max(before, now) > MOST_FACTOR * min(before, now)
