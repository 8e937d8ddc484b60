"""The spread of prices by operator: quantiles worked out in the snapshot, never raw points."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.labels import plain, text

Row = Mapping[str, Any]
MOST_OPERATORS = 12
ROW_HEIGHT = 44
FRAME_HEIGHT = 90
COLOURS = {"light": ("#0B5CAD", "#DCEAF5"), "dark": ("#6CB2F5", "#1D3A57")}


def spread_figure(rows: Sequence[Row], currency: str, theme: str) -> dict[str, Any]:
    """Return a Plotly figure with one box an operator, the cheapest median on top."""
    line, fill = COLOURS[theme]
    names = [f"{plain(row['operator_name'], 28)}  n = {row['stations']:,}" for row in rows]
    quantiles = list(zip(*(row["quantiles"] for row in rows), strict=True))
    box = {
        "type": "box",
        "orientation": "h",
        "y": names,
        "line": {"color": line, "width": 2},
        "fillcolor": fill,
        "hoverinfo": "x",
        **dict(
            zip(
                ("lowerfence", "q1", "median", "q3", "upperfence"),
                map(list, quantiles),
                strict=False,
            )
        ),
    }
    return {
        "data": [box],
        "layout": {
            "height": FRAME_HEIGHT + ROW_HEIGHT * len(rows),
            "margin": {"l": 8, "r": 16, "t": 8, "b": 44},
            "showlegend": False,
            "xaxis": {
                "title": {"text": text("compare.spread_axis", currency=currency)},
                "nticks": 6,
            },
            "yaxis": {"autorange": "reversed", "automargin": True, "type": "category"},
        },
    }
