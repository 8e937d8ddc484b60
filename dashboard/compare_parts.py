"""The parts of Compare, each drawn where the page puts it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard.charts import MOST_OPERATORS, spread_figure
from dashboard.filters import ALL, STEP, Choice
from dashboard.frame import is_phone, theme
from dashboard.labels import money, plain, safe, text
from dashboard.maps import MOST_POINTS, legend, map_figure
from dashboard.price_class import LEAST_TO_COMPARE
from dashboard.reading import Answers
from dashboard.stations import ranked, unpriced

Row = Mapping[str, Any]
UNPRICED_SHOWN = 10
PLOT = {"displaylogo": False, "displayModeBar": False, "scrollZoom": True}


def list_of_stations(answers: Answers, choice: Choice, summary: Row) -> None:
    """Draw the ranked list; more of it on request."""
    if not choice.currency or not summary["stations"]:
        return
    st.subheader(text("compare.ranked"), anchor=False)
    if not is_phone():
        st.caption(text("compare.ranked_count", stations=f"{summary['stations']:,}"))
    if summary["stations"] < LEAST_TO_COMPARE:
        st.caption(text("compare.few"))
    rows = answers.rows("stations", choice.selection, choice.currency, choice.shown)
    st.html(ranked(rows, summary, choice.currency))
    if len(rows) < summary["stations"]:
        st.button(text("compare.more"), on_click=_show_more, width="stretch")


def _show_more() -> None:
    st.session_state["show"] = st.session_state.get("show", STEP) + STEP


def map_of_places(answers: Answers, choice: Choice, summary: Row, place: str) -> None:
    """Draw the map, with its legend above and what it leaves out below."""
    points = answers.rows("map_points", choice.selection, choice.currency, MOST_POINTS)
    if not points:
        return
    st.subheader(text("compare.map"), anchor=False)
    st.html(legend())
    figure = map_figure(points, summary, choice.currency, theme())
    st.plotly_chart(figure, theme=None, config=PLOT, alt=_map_alt(points, choice, summary, place))
    st.caption(text("compare.map_caption", shown=len(points), places=points[0]["places"]))


def _map_alt(points: list[dict[str, Any]], choice: Choice, summary: Row, place: str) -> str:
    currency = choice.currency
    cheapest = money(summary["cheapest"], currency) if currency and summary["stations"] else "–"
    dearest = money(summary["dearest"], currency) if currency and summary["stations"] else "–"
    return text(
        "compare.map_alt", shown=len(points), place=place, cheapest=cheapest, dearest=dearest
    )


def spread_by_operator(answers: Answers, choice: Choice) -> None:
    """Draw how totals spread within each operator, with the same figures as a table."""
    if not choice.currency:
        return
    rows = answers.rows("operator_spread", choice.selection, choice.currency, MOST_OPERATORS)
    if not rows:
        return
    st.subheader(text("compare.spread"), anchor=False)
    st.caption(text("compare.spread_subtitle", currency=choice.currency))
    medians = "; ".join(
        text(
            "compare.spread_alt_item",
            operator=plain(r["operator_name"]),
            median=round(r["quantiles"][2], 2),
        )
        for r in rows
    )
    figure = spread_figure(rows, choice.currency, theme())
    st.plotly_chart(
        figure, config=PLOT | {"scrollZoom": False}, alt=text("compare.spread_alt", text=medians)
    )
    with st.expander(text("compare.spread_data")):
        st.dataframe(_spread_table(rows, choice.currency), hide_index=True)


def _spread_table(rows: list[dict[str, Any]], currency: str) -> pd.DataFrame:
    names = ("quantile_5", "quantile_25", "median", "quantile_75", "quantile_95")
    return pd.DataFrame(
        [
            {
                text("compare.operator"): plain(row["operator_name"]),
                text("compare.count"): row["stations"],
                **{
                    f"{text(f'compare.{name}')} ({currency})": round(quantile, 2)
                    for name, quantile in zip(names, row["quantiles"], strict=True)
                },
            }
            for row in rows
        ]
    )


def unpriced_block(answers: Answers, choice: Choice, summary: Row) -> None:
    """Draw the locations without a price in a block of their own, with counted reasons."""
    missing = summary["places_without_price"]
    if not missing:
        return
    st.subheader(text("compare.unpriced_title"), anchor=False)
    st.caption(text("compare.unpriced_text", places=f"{missing:,}", all=f"{summary['places']:,}"))
    rows = answers.rows("unpriced", choice.selection, UNPRICED_SHOWN)
    st.html(unpriced(rows, answers.rows("unpriced_reasons", choice.selection)))
    if missing > len(rows):
        st.caption(text("compare.unpriced_more", shown=len(rows)))


def empty(choice: Choice, summary: Row, place: str) -> None:
    """Say why there is nothing to rank, and what to do."""
    if summary["places"]:
        st.info(text("compare.none_priced", places=f"{summary['places']:,}"))
        return
    what = text("compare.stations") if choice.power == ALL else text(f"power.{choice.power}")
    st.info(f"{text('compare.no_match', what=what, place=place)} {text('compare.no_match_hint')}")


def download_link(choice: Choice) -> None:
    """Draw the link to all rows of the choice."""
    codes = {
        "country": choice.country or "",
        "type": choice.standard,
        "power": choice.power,
        "pay": choice.method,
        "session": choice.session,
    }
    words = safe(text("compare.download"))
    st.html(f'<p><a class="button" href="/export.csv?{urlencode(codes)}">{words}</a></p>')


def how() -> None:
    """Draw what the totals mean and what they leave out."""
    words = safe(text("compare.how_text"), 2000)
    st.html(f'<h2 id="how">{safe(text("compare.how_title"))}</h2><p>{words}</p>')
