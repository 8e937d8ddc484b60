"""When a charge is cheap: its total at every hour of the week, on the charger's own clock."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from aggregator.comparing.station import Cost
from dashboard.wording.labels import money, safe, text
from dashboard.wording.language import language

Week = Sequence[Sequence[Cost]]
LEAST, BETWEEN, MOST, NONE = "least", "between", "most", "none"
SIGNS = {LEAST: "▼", BETWEEN: "●", MOST: "▲", NONE: "○"}
HOURS_PER_DAY = 24


def extremes(week: Week) -> tuple[Decimal, Decimal] | None:
    """Return the lowest and the highest total of a week; None where no hour has one."""
    totals = [one.total for day in week for one in day if one.total is not None]
    return (min(totals), max(totals)) if totals else None


def week_sentence(week: Week) -> str:
    """Return in words when the charge costs least and most."""
    found = extremes(week)
    if found is None:
        return text("station.week_unknown")
    least, most = found
    currency = week[0][0].currency
    if least == most and all(one.total is not None for day in week for one in day):
        return text("station.week_same", total=money(least, currency))
    return text(
        "station.week_text",
        least=money(least, currency),
        least_when=_when(week, least),
        most=money(most, currency),
        most_when=_when(week, most),
    )


def week_table(week: Week, zone: str) -> str:
    """Return the hours as a table: a sign in each, which stands for a word; its total beside it."""
    found = extremes(week)
    if found is None or found[0] == found[1]:
        return ""
    head = "".join(
        f'<th scope="col">{hour:02}</th>' if hour % 3 == 0
        else f'<th scope="col"><span class="sr">{hour:02}</span></th>'
        for hour in range(HOURS_PER_DAY)
    )  # fmt: skip
    rows = "".join(_row(number, day, found) for number, day in enumerate(week))
    caption = safe(text("station.week_caption", zone=zone), 200)
    return (
        f'<p class="lg">{_legend(week)}</p><table class="week"><caption>{caption}</caption>'
        f'<thead><tr><th scope="col"><span class="sr">{safe(text("station.weekday"))}</span></th>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(number: int, day: Sequence[Cost], found: tuple[Decimal, Decimal]) -> str:
    cells = "".join(_cell(one, found) for one in day)
    return f'<tr><th scope="row">{safe(_day(number))}</th>{cells}</tr>'


def _step(one: Cost, found: tuple[Decimal, Decimal]) -> str:
    if one.total is None:
        return NONE
    return LEAST if one.total == found[0] else MOST if one.total == found[1] else BETWEEN


def _cell(one: Cost, found: tuple[Decimal, Decimal]) -> str:
    return _hour(language().code, _step(one, found), one.total, one.currency)


@lru_cache(maxsize=4096)
def _hour(_language: str, step: str, total: Decimal | None, currency: str) -> str:
    """Return a cell; most hours of a week have the same one."""
    shown = "" if total is None else money(total, currency)
    words = safe(f"{text(f'hour.{step}')} {shown}")
    return (
        f'<td class="{step}" title="{words}"><span aria-hidden="true">{SIGNS[step]}</span>'
        f'<span class="sr">{words}</span></td>'
    )


def _legend(week: Week) -> str:
    found = extremes(week) or (Decimal(0), Decimal(0))
    steps = {_step(one, found) for day in week for one in day}
    return " ".join(
        f"<span>{sign} {safe(text(f'hour.{step}'))}</span>"
        for step, sign in SIGNS.items()
        if step in steps
    )


def _day(number: int) -> str:
    return str(language().locale.days["stand-alone"]["abbreviated"][number])


def _when(week: Week, total: Decimal) -> str:
    """Return the hours of a total, days with the same ones together."""
    days: dict[tuple[str, ...], list[int]] = {}
    for number, day in enumerate(week):
        hours = [hour for hour, one in enumerate(day) if one.total == total]
        if hours:
            days.setdefault(tuple(_spans(hours)), []).append(number)
    return "; ".join(f"{_days(numbers)} {', '.join(spans)}" for spans, numbers in days.items())


def _spans(hours: Sequence[int]) -> Iterator[str]:
    """Return hours that follow each other as one span: `22:00–24:00`."""
    begin = hours[0]
    for hour, after in zip(hours, [*hours[1:], None], strict=True):
        if after != hour + 1:
            yield f"{begin:02}:00–{hour + 1:02}:00"
            begin = after or 0


def _days(numbers: Sequence[int]) -> str:
    is_run = len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1  # noqa: PLR2004 - Mon–Wed, but Mon, Tue
    if is_run:
        return f"{_day(numbers[0])}–{_day(numbers[-1])}"
    return ", ".join(map(_day, numbers))
