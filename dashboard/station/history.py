"""How the prices of a connector changed since it was first seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.wording.labels import moment, safe, text, unit_price

Row = Mapping[str, Any]
COLOURS = {"light": "#0B5CAD", "dark": "#6CB2F5"}
DASHES = ("solid", "dash", "dot", "dashdot")
HEIGHT = 260


def has_changed(rows: Sequence[Row]) -> bool:
    """Tell whether there is a change to draw: a tariff with more than one price list."""
    tariffs = [row["tariff_id"] for row in rows]
    return len(set(tariffs)) < len(tariffs)


def history_figure(rows: Sequence[Row], until: Any, theme: str) -> dict[str, Any]:  # noqa: ANN401 - a datetime
    """Return a Plotly figure: the highest energy price of each tariff, one step for each change."""
    tariffs = list(dict.fromkeys(row["tariff_id"] for row in rows))
    return {
        "data": [
            _line([row for row in rows if row["tariff_id"] == tariff], until, number, theme)
            for number, tariff in enumerate(tariffs)
        ],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
            "showlegend": False,
            "xaxis": {"title": {"text": "UTC"}, "nticks": 4},
            "yaxis": {
                "title": {"text": f"{rows[0]['currency']}/kWh"},
                "rangemode": "tozero",
                "automargin": True,
            },
        },
    }


def _line(rows: Sequence[Row], until: Any, number: int, theme: str) -> dict[str, Any]:  # noqa: ANN401 - a datetime
    moments = [row["valid_from"] for row in rows] + [rows[-1]["valid_to"] or until]
    prices = [row["most_energy_price"] for row in rows]
    steps = [None if price is None else float(price) for price in (*prices, prices[-1])]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [at.isoformat() for at in moments],
        "y": steps,
        "line": {
            "shape": "hv",
            "width": 2,
            "color": COLOURS[theme],
            "dash": DASHES[number % len(DASHES)],
        },
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }


def history_table(rows: Sequence[Row]) -> str:
    """Return every price list of the connector with the dates between which it was published."""
    heads = ("tariff_id", "from", "until", "energy_price", "basis")
    head = "".join(f'<th scope="col">{safe(text(f"column.{name}"))}</th>' for name in heads)
    body = "".join(_row(row) for row in rows)
    name = safe(text("station.history"))
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{name}">'
        f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(row: Row) -> str:
    until = moment(row["valid_to"]) if row["valid_to"] else text("station.still")
    cells = (moment(row["valid_from"]), until, energy_price(row))
    shown = "".join(f"<td>{safe(cell)}</td>" for cell in cells)
    basis = safe(text(f"basis.{str(row['price_basis']).lower()}"))
    return f'<tr><th scope="row">{safe(row["tariff_id"])}</th>{shown}<td>{basis}</td></tr>'


def energy_price(row: Row) -> str:
    """Return the prices per kWh of a price list: one, or from the lowest to the highest."""
    prices = (row["least_energy_price"], row["most_energy_price"])
    shown = [unit_price(price, row["currency"]) for price in prices if price is not None]
    if not shown:
        return text("station.no_energy_price")
    return text("compare.per_kwh", price="–".join(dict.fromkeys(shown)))
