"""The total over energy and over the stay, with the points at which it changes its way."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from aggregator.comparing.station import Cost, Terms, price_list_of
from aggregator.pricing.curve import Amounts, Axis, Curve, curve_over_energy, curve_over_stay
from aggregator.pricing.money import decimal_from, round_to_minor_unit
from aggregator.pricing.refusal import NotComputable
from dashboard.wording.labels import money, number, safe, text

COLOURS = {"light": "#0B5CAD", "dark": "#6CB2F5"}
AHEAD = Decimal("1.5")  # the curve goes on behind the planned energy
LEAST_KWH = Decimal(60)
HEIGHT = 300
TENTH = Decimal("0.1")
TINY_STEP = Fraction(1, 100)  # kWh or minutes: changes no total that is shown


def curves_of(terms: Terms, one: Cost) -> list[Curve]:
    """Return the total over kWh and over minutes, as the charge is planned; none without a price.

    The curve over energy reaches half as far again as the plan, the other one to its end.
    """
    session = one.session
    power_kw = session.power_kw
    if one.total is None or not power_kw:
        return []
    listed = price_list_of(terms)
    most_kwh = max(session.energy_kwh * AHEAD, LEAST_KWH)
    try:
        return [
            curve_over_energy(listed, session.start, power_kw, most_kwh),
            curve_over_stay(listed, session),
        ]
    except NotComputable:
        return []


def total_at(curve: Curve, amounts: Amounts) -> Fraction:
    """Return the total in the tax that all of the curve is known in."""
    is_gross = all(point.after.gross is not None for point in curve.points)
    return amounts.gross if is_gross and amounts.gross is not None else amounts.as_stated


def vertices(curve: Curve) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the corners of the line: position and total; two at a position where it jumps."""
    for number_, point in enumerate(curve.points):
        if number_ and point.before != point.after:
            yield point.position, total_at(curve, point.before)
        yield point.position, total_at(curve, point.after)
    yield curve.end, total_at(curve, curve.at(curve.end))


def curve_figure(curve: Curve, theme: str) -> dict[str, Any]:
    """Return a Plotly figure of a curve: its line, and a mark at each break point."""
    corners = [(float(x), float(y)) for x, y in vertices(curve)]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x for x, _ in corners],
        "y": [y for _, y in corners],
        "line": {"color": COLOURS[theme], "width": 2},
        "marker": {"size": 7},
        "hovertemplate": f"%{{x:.1f}} {curve.axis}: %{{y:.2f}} {curve.currency}<extra></extra>",
    }
    return {
        "data": [line],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
            "showlegend": False,
            "xaxis": {"title": {"text": curve.axis.value}, "nticks": 6, "rangemode": "tozero"},
            "yaxis": {
                "title": {"text": curve.currency},
                "nticks": 5,
                "rangemode": "tozero",
                "automargin": True,
            },
        },
    }


def curve_name(curve: Curve) -> str:
    """Return what the curve shows."""
    return text(f"curve.{'energy' if curve.axis is Axis.ENERGY else 'stay'}")


def curve_alt(curve: Curve) -> str:
    """Return the curve in words: where it begins, breaks and ends."""
    return text(
        "station.curve_alt",
        what=curve_name(curve),
        points="; ".join(f"{row[0]}: {row[1]}" for row in break_rows(curve)),
    )


def break_rows(curve: Curve) -> list[tuple[str, str, str]]:
    """Return position, total and why it changes there, for each break point and the end."""
    rows = [
        (
            _position(curve, point.position),
            _jump(curve, point.before, point.after, is_first=not index),
            ", ".join(text(f"trigger.{one.value}") for one in point.triggers),
        )
        for index, point in enumerate(curve.points)
    ]
    last = _money(curve, total_at(curve, curve.at(curve.end)))
    return [*rows, (_position(curve, curve.end), last, text("station.curve_end"))]


def _jump(curve: Curve, before: Amounts, after: Amounts, *, is_first: bool) -> str:
    low, high = (_money(curve, total_at(curve, one)) for one in (before, after))
    return high if is_first or low == high else text("station.jump", before=low, after=high)


def _money(curve: Curve, amount: Fraction) -> str:
    return money(round_to_minor_unit(amount, curve.currency), curve.currency)


def _position(curve: Curve, position: Fraction) -> str:
    return f"{number(decimal_from(position).quantize(TENTH))}\u00a0{curve.axis.value}"


def curve_table(curve: Curve) -> str:
    """Return the break points as a table, folded away, with the billing steps it leaves out."""
    heads = ("position", "amount", "why")
    head = "".join(f'<th scope="col">{safe(text(f"column.{name}"))}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{safe(position)}</th><td>{safe(total)}</td>'
        f"<td>{safe(why, 200)}</td></tr>"
        for position, total, why in break_rows(curve)
    )
    is_stepped = any(step.size > TINY_STEP for step in curve.steps)
    steps = f"<p>{safe(text('station.curve_steps'), 300)}</p>" if is_stepped else ""
    name = f"{safe(text('compare.spread_data'))}: {safe(curve_name(curve))}"
    return (
        f'<details><summary>{name}</summary><table class="data"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{steps}</details>"
    )
