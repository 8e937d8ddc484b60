"""The parts of Compare, each drawn where the page puts it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.answers import Answers
from dashboard.charts import MOST_OPERATORS, spread_figure, spread_table
from dashboard.filters import ALL, LEAVE_OUT, MOST_SHOWN, STEP, Choice
from dashboard.frame import is_phone, theme
from dashboard.labels import money, plain, safe, text
from dashboard.maps import MOST_POINTS, legend, map_figure
from dashboard.price_class import LEAST_TO_COMPARE
from dashboard.stations import ranked, unpriced

Row = Mapping[str, Any]
UNPRICED_SHOWN = 10
PLOT = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}
MAP = PLOT | {
    "displayModeBar": True,  # buttons, because not everybody can drag or pinch
    "modeBarButtons": [["zoomInMap", "zoomOutMap", "resetViewMap"]],
}


def list_of_stations(answers: Answers, choice: Choice, summary: Row) -> None:
    """Draw the ranked list; more of it on request."""
    if not choice.currency or not summary["stations"]:
        return
    st.header(text("compare.ranked"), anchor=False)
    if not is_phone():
        st.caption(text("compare.ranked_count", stations=f"{summary['stations']:,}"))
    if summary["judged_stations"] < LEAST_TO_COMPARE:
        st.caption(text("compare.few"))
    rows = answers.rows("stations", choice.selection, choice.currency, choice.shown)
    st.html(ranked(rows, summary, choice.currency))
    if len(rows) < min(summary["stations"], MOST_SHOWN):
        st.button(text("compare.more"), on_click=_show_more, width="stretch")


def doubtful_prices(choice: Choice, summary: Row) -> None:
    """Say how many prices are doubtful, and let the reader leave them out."""
    is_out = choice.doubtful == LEAVE_OUT
    if not (summary["flagged"] or is_out):
        return
    counts = {name: f"{summary[name]:,}" for name in ("flagged", "stations")}
    said = text("compare.flagged_out") if is_out else text("compare.flagged", **counts)
    st.checkbox(
        f"{text('compare.leave_out')}. {said}",
        key="leave_out",
        help=text("compare.leave_out_help"),
    )


def _show_more() -> None:
    st.session_state["show"] = st.session_state.get("show", STEP) + STEP


def map_of_places(answers: Answers, choice: Choice, summary: Row, place: str) -> None:
    """Draw the map, with its legend above and what it leaves out below."""
    points = answers.rows("map_points", choice.selection, choice.currency, MOST_POINTS)
    if not points:
        return
    st.header(text("compare.map"), anchor=False)
    st.html(legend())
    figure = map_figure(points, summary, choice.currency, theme())
    st.plotly_chart(figure, theme=None, config=MAP, alt=_map_alt(points, choice, summary, place))
    st.caption(text("compare.map_caption", shown=len(points), places=points[0]["places"]))


def _map_alt(points: list[dict[str, Any]], choice: Choice, summary: Row, place: str) -> str:
    cheapest, dearest = (
        money(total, choice.currency) if choice.currency and total is not None else "–"
        for total in (summary["cheapest"], summary["dearest"])
    )
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
    st.header(text("compare.spread"), anchor=False)
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
    st.plotly_chart(figure, config=PLOT, alt=text("compare.spread_alt", text=medians))
    st.html(spread_table(rows, choice.currency))


def unpriced_block(answers: Answers, choice: Choice, summary: Row) -> None:
    """Draw the locations without a price in a block of their own, with counted reasons."""
    missing = summary["places_without_price"]
    if not missing:
        return
    st.header(text("compare.unpriced_title"), anchor=False)
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
