"""The spread of prices by operator: quantiles worked out in the snapshot, never raw points."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.wording.labels import number, plain, safe, text, two_decimals, unmarked

Row = Mapping[str, Any]
MOST_OPERATORS = 12
LONGEST_NAME = 28
ROW_HEIGHT = 44
FRAME_HEIGHT = 90
QUANTILES = ("quantile_5", "quantile_25", "median", "quantile_75", "quantile_95")
COLOURS = {"light": ("#0B5CAD", "#DCEAF5"), "dark": ("#6CB2F5", "#1D3A57")}


def spread_figure(rows: Sequence[Row], currency: str, theme: str) -> dict[str, Any]:
    """Return a Plotly figure with one box an operator, the cheapest median on top."""
    line, fill = COLOURS[theme]
    names = [
        unmarked(f"{plain(row['operator_name'], LONGEST_NAME)}  n = {number(row['stations'])}")
        for row in rows
    ]
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


def spread_table(rows: Sequence[Row], currency: str) -> str:
    """Return the figure's numbers as a table, folded away; it needs no code in the browser."""
    names = [text(f"compare.{name}") for name in ("operator", "count", *QUANTILES)]
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{safe(row["operator_name"])}</th><td>{row["stations"]:,}</td>'
        f"{''.join(f'<td>{two_decimals(quantile)}</td>' for quantile in row['quantiles'])}</tr>"
        for row in rows
    )
    caption = safe(text("compare.spread_axis", currency=currency))
    return (
        f"<details><summary>{safe(text('compare.spread_data'))}</summary>"
        f'<table class="data"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
    )
