"""What a month costs over the energy charged in it: one line a plan, where they cross marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, cycle
from typing import Any

from aggregator.plans import break_even_kwh_per_month
from dashboard.plans.figures import Line
from dashboard.plans.filters import NUMBERS
from dashboard.plans.list import amount, plan_name
from dashboard.plans.tables import table
from dashboard.wording.labels import number, plain, text, unmarked

MOST_LINES = 6
LONGEST_NAME = 34
STEPS = 10
ROOM = Decimal("1.25")  # to the right of what is to be seen
PALETTE = {
    "light": ("#0B5CAD", "#C2570C", "#5B3A8C", "#1B7F79", "#8F2D04", "#4A90D9"),
    "dark": ("#6CB2F5", "#F2A541", "#C9A8F5", "#7FD6CF", "#F2855A", "#A9CBE6"),
}
INK = {"light": "#1B2733", "dark": "#E8EDF2"}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
HEIGHT = 430


@dataclass(frozen=True, slots=True)
class Cost:
    """A month's cost as a line: so much with nothing charged, so much more for each kWh."""

    name: str
    monthly_fee: Decimal
    per_kwh: Decimal
    is_plan: bool

    def at(self, kwh: Decimal) -> Decimal:
        """Return what a month costs with so many kWh."""
        return self.monthly_fee + self.per_kwh * kwh


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two of the lines cross: names of the cheaper one below it and above it."""

    kwh: Decimal
    cost: Decimal
    below: str
    above: str


def costs_of(lines: Sequence[Line]) -> list[Cost]:
    """Return the lines that are drawn: the cheapest plans, and what is paid without one."""
    plans = [line for line in lines if line.month][:MOST_LINES]
    drawn = [line for line in lines if line.month is None or line in plans]
    return [
        Cost(plan_name(one), one.monthly_fee, one.per_kwh, one.month is not None) for one in drawn
    ]


def crossings(costs: Sequence[Cost]) -> list[Crossing]:
    """Return where the cheapest way changes, and where a plan crosses the way without one."""
    found = []
    for one, other in combinations(costs, 2):
        kwh = break_even_kwh_per_month(
            one.monthly_fee, one.per_kwh, other.monthly_fee, other.per_kwh
        ).kwh_per_month
        if kwh is None or kwh > NUMBERS["kwh"].most:
            continue
        cost = one.at(kwh)
        is_cheapest = all(cost <= each.at(kwh) for each in costs if each not in {one, other})
        if is_cheapest or not (one.is_plan and other.is_plan):
            low, high = sorted((one, other), key=lambda each: -each.per_kwh)
            found.append(Crossing(kwh, cost, low.name, high.name))
    return sorted(found, key=lambda each: each.kwh)


def widest(costs: Sequence[Cost], kwh: int) -> Decimal:
    """Return how many kWh a month are drawn: the user's twice, and the crossings near it."""
    most = Decimal(NUMBERS["kwh"].most)
    reach = [Decimal(2 * kwh)]
    reach += [each.kwh * ROOM for each in crossings(costs) if each.kwh <= 4 * kwh]
    return min(most, max(reach)).to_integral_value()


def _marks(costs: Sequence[Cost], kwh: int) -> list[Decimal]:
    """Return the places at which the cost is given: even ones, the user's own, the crossings."""
    last = widest(costs, kwh)
    even = {(last * step / STEPS).to_integral_value() for step in range(STEPS + 1)}
    at = {each.kwh for each in crossings(costs) if each.kwh <= last}
    return sorted(even | at | {Decimal(kwh)})


def month_figure(costs: Sequence[Cost], kwh: int, currency: str, theme: str) -> dict[str, Any]:
    """Return a Plotly figure of what months cost, with the user's usage and the crossings."""
    last = widest(costs, kwh)
    return {
        "data": [*_traces(costs, kwh, theme), _crossing_trace(costs, last, theme)],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 16, "t": 26, "b": 8},
            "legend": {"orientation": "h", "y": -0.2, "x": 0},
            "hovermode": "x unified",
            "xaxis": {
                "title": {"text": text("plans.chart_x")},
                "range": [0, float(last)],
                "nticks": 6,
                "tickformat": ",",
                "automargin": True,
                "hoverformat": ",.0f",
            },
            "yaxis": {
                "title": {"text": text("plans.chart_y", currency=currency)},
                "rangemode": "tozero",
                "nticks": 6,
                "tickformat": ",",
                "automargin": True,
                "hoverformat": ",.2f",
            },
            **_own_usage(kwh, INK[theme]),
        },
    }


def _traces(costs: Sequence[Cost], kwh: int, theme: str) -> Iterator[dict[str, Any]]:
    marks = _marks(costs, kwh)
    styles = cycle(zip(PALETTE[theme], DASHES, strict=True))
    for cost in costs:
        colour, dash = next(styles) if cost.is_plan else (INK[theme], "solid")
        yield {
            "type": "scatter",
            "mode": "lines",
            "name": unmarked(plain(cost.name, LONGEST_NAME)),
            "x": [float(mark) for mark in marks],
            "y": [float(cost.at(mark)) for mark in marks],
            "line": {"color": colour, "dash": dash, "width": 2.5 if cost.is_plan else 4},
        }


def _crossing_trace(costs: Sequence[Cost], last: Decimal, theme: str) -> dict[str, Any]:
    found = [each for each in crossings(costs) if each.kwh <= last]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": text("plans.chart_crossing"),
        "x": [float(each.kwh) for each in found],
        "y": [float(each.cost) for each in found],
        "text": [f"{each.kwh:,.0f} kWh" for each in found],
        "textposition": "bottom right",
        "textfont": {"color": INK[theme]},
        "marker": {"size": 11, "symbol": "circle-open", "color": INK[theme], "line": {"width": 2}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _own_usage(kwh: int, colour: str) -> dict[str, Any]:
    """Return the upright line at the user's usage, with its words above."""
    line = {"color": colour, "width": 1, "dash": "dot"}
    place = {"x": kwh, "yref": "paper", "y": 1}
    words = text("plans.chart_own", kwh=number(kwh))
    return {
        "shapes": [
            {"type": "line", "x0": kwh, "x1": kwh, "yref": "paper", "y0": 0, "y1": 1, "line": line}
        ],
        "annotations": [
            {**place, "text": words, "showarrow": False, "yanchor": "bottom", "font": {"size": 12}}
        ],
    }


def month_table(costs: Sequence[Cost], kwh: int, currency: str) -> str:
    """Return the figure's numbers as a table, folded away; it needs no code in the browser."""
    names = [text("plans.chart_x"), *(cost.name for cost in costs)]
    at = {each.kwh: each for each in crossings(costs)}
    rows = []
    for mark in _marks(costs, kwh):
        cells = [amount(cost.at(mark), currency) for cost in costs]
        rows.append([_row_name(mark, at.get(mark), kwh), *cells])
    caption = text("plans.chart_y", currency=currency)
    summary = text("compare.spread_data")
    return f"<details><summary>{summary}</summary>{table(caption, names, rows)}</details>"


def _row_name(mark: Decimal, crossing: Crossing | None, kwh: int) -> str:
    if crossing:
        return text(
            "plans.chart_crossing_row",
            kwh=f"{mark:,.1f}",
            below=plain(crossing.below, LONGEST_NAME),
            above=plain(crossing.above, LONGEST_NAME),
        )
    if mark == kwh:
        return text("plans.chart_own", kwh=number(kwh))
    return f"{mark:,.0f}"


def chart_words(costs: Sequence[Cost], kwh: int, currency: str) -> str:
    """Return the figure in words, for those who cannot see it."""
    said = "; ".join(
        text("plans.chart_alt_item", name=cost.name, total=amount(cost.at(Decimal(kwh)), currency))
        for cost in costs
    )
    return text("plans.chart_alt", kwh=number(kwh), text=said)
