"""The parts of Compare, each drawn where the page puts it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from aggregator.comparing.comparison import Comparison, Sizes
from dashboard.choosing.filters import ALL, LEAVE_OUT, METHODS, MOST_SHOWN, RADII_KM, STEP, Choice
from dashboard.compare.maps import MOST_POINTS, Around, legend, map_figure
from dashboard.compare.ranking import ranked, unpriced
from dashboard.compare.spread import MOST_OPERATORS, spread_figure, spread_table
from dashboard.frame.around import PLOT, is_phone, theme
from dashboard.frame.figure import Finished
from dashboard.frame.price_class import LEAST_TO_COMPARE
from dashboard.wording.labels import country_name, money, number, plain, safe, text

Row = Mapping[str, Any]
UNPRICED_SHOWN = 10
VIEWS = ("list", "map", "chart")
MAP = PLOT | {
    "displayModeBar": True,  # buttons, because not everybody can drag or pinch
    "modeBarButtons": [["zoomInMap", "zoomOutMap", "resetViewMap"]],
}


def choose_view() -> str:
    """Draw the switch between list, map and chart, of which a phone shows one."""
    return str(
        st.segmented_control(
            text("compare.view"),
            VIEWS,
            format_func=lambda code: text(f"view.{code}"),
            default=VIEWS[0],
            required=True,
            key="view",
            label_visibility="collapsed",
            width="stretch",
        )
    )


def sizes_of(choice: Choice, view: str) -> Sizes:
    """Return how much is asked for: nothing that is not looked at."""
    return Sizes(
        stations=choice.shown,
        points=MOST_POINTS if view in {"all", "map"} else 0,
        unpriced=0 if choice.known else UNPRICED_SHOWN,
        operators=MOST_OPERATORS if view in {"all", "chart"} else 0,
        by_distance=choice.sort == "km",
    )


def where_in_words(choice: Choice) -> str:
    """Return the place, or the country, that is looked at."""
    return plain(choice.place.name) if choice.place else country_name(choice.country)


def title_of(choice: Choice, *, is_phone: bool) -> str:
    """Return the headline: where it is that prices are compared."""
    kind = "phone" if is_phone else "near" if choice.place else "country"
    return text(f"title.{kind}", place=where_in_words(choice))


def list_of_stations(choice: Choice, comparison: Comparison) -> None:
    """Draw the ranked list; more of it on request."""
    currency, summary = comparison.currency, comparison.summary
    if not currency:
        return
    st.header(text(f"ranked.{choice.sort}"), anchor=False)
    if not is_phone():
        st.caption(text("compare.ranked_count", stations=number(summary["stations"])))
    if summary["judged_stations"] < LEAST_TO_COMPARE:
        st.caption(text("compare.few"))
    rows = comparison.stations[: choice.shown]
    st.html(ranked(rows, summary, currency, choice))
    if len(rows) < min(summary["stations"], MOST_SHOWN):
        st.button(text("compare.more"), key="more", on_click=_show_more, width="stretch")


def doubtful_prices(choice: Choice, summary: Row) -> None:
    """Say how many prices are doubtful, and let the reader leave them out."""
    is_out = choice.doubtful == LEAVE_OUT
    if not (summary["flagged"] or is_out):
        return
    counts = {name: number(summary[name]) for name in ("flagged", "stations")}
    said = text("compare.flagged_out") if is_out else text("compare.flagged", **counts)
    st.checkbox(
        f"{text('compare.leave_out')}. {said}",
        key="leave_out",
        help=text("compare.leave_out_help"),
    )


def _show_more() -> None:
    st.session_state["show"] = st.session_state.get("show", STEP) + STEP


def map_of_places(choice: Choice, comparison: Comparison, place: str) -> None:
    """Draw the map, with its legend above and what it leaves out below."""
    if not comparison.placed:
        return
    st.header(text("compare.map"), anchor=False)
    st.html(legend())
    around = None
    if choice.place:
        around = Around(choice.place.latitude, choice.place.longitude, float(choice.km))
    figure = map_figure(comparison, theme(), around)
    st.plotly_chart(Finished(figure), theme=None, config=MAP, alt=_map_alt(comparison, place))
    st.caption(_map_caption(comparison))


def _map_caption(comparison: Comparison) -> str:
    key = "compare.map_cells_caption" if comparison.cells else "compare.map_caption"
    shown, places = len(comparison.points), comparison.summary["places"]
    return text(key, shown=number(shown), placed=number(comparison.placed), places=number(places))


def _map_alt(comparison: Comparison, place: str) -> str:
    currency, summary = comparison.currency, comparison.summary
    cheapest, dearest = (
        money(total, currency) if currency and total is not None else "–"
        for total in (summary["cheapest"], summary["dearest"])
    )
    shown = number(comparison.placed)
    return text("compare.map_alt", shown=shown, place=place, cheapest=cheapest, dearest=dearest)


def spread_by_operator(comparison: Comparison) -> None:
    """Draw how totals spread within each operator, with the same figures as a table."""
    rows, currency = comparison.operators, comparison.currency
    if not rows or not currency:
        return
    st.header(text("compare.spread"), anchor=False)
    st.caption(text("compare.spread_subtitle", currency=currency))
    medians = "; ".join(
        text(
            "compare.spread_alt_item",
            operator=plain(r["operator_name"]),
            median=round(r["quantiles"][2], 2),
        )
        for r in rows
    )
    figure = spread_figure(rows, currency, theme())
    st.plotly_chart(Finished(figure), config=PLOT, alt=text("compare.spread_alt", text=medians))
    st.html(spread_table(rows, currency))


def unpriced_block(choice: Choice, comparison: Comparison) -> None:
    """Draw the locations without a price in a block of their own, with counted reasons."""
    summary = comparison.summary
    missing = summary["places_without_price"]
    if not missing:
        return
    st.header(text("compare.unpriced_title"), anchor=False)
    st.caption(text("compare.unpriced_text", places=number(missing), all=number(summary["places"])))
    st.html(unpriced(comparison.unpriced, summary["reasons"], choice))
    if missing > len(comparison.unpriced):
        st.caption(text("compare.unpriced_more", shown=len(comparison.unpriced)))


def empty(choice: Choice, comparison: Comparison, place: str) -> None:
    """Say why there is nothing to rank, and offer what would find something."""
    summary = comparison.summary
    if not summary["places"]:
        what = text("compare.stations" if choice.power == ALL else f"power.{choice.power}")
        where = text("compare.within", km=choice.km, place=place) if choice.place else place
        hint = text("compare.no_match_hint")
        st.info(f"{text('compare.no_match', what=what, where=where)} {hint}")
        _offer_wider(choice)
        return
    st.info(text("compare.none_priced", places=number(summary["places"])))
    _offer_other_methods(choice, summary["other_methods"] or ())


def _offer_wider(choice: Choice) -> None:
    wider = RADII_KM[RADII_KM.index(choice.km) + 1 :]
    if choice.place and wider:
        st.button(text("compare.widen", km=wider[0]), on_click=_set, args=("km", wider[0]))


def _offer_other_methods(choice: Choice, methods: Collection[str]) -> None:
    """Draw a button for each way to pay for which there are prices here."""
    for code, covered in METHODS.items():
        if code != choice.method and set(covered) & set(methods):
            name = text(f"method.{code}")
            st.button(
                text("compare.show_method", method=name),
                key=f"show_{code}",
                on_click=_set,
                args=("pay", code),
            )


def _set(key: str, value: str) -> None:
    st.session_state[key] = value


def download_link(choice: Choice) -> None:
    """Draw the link to all rows of the choice."""
    words = safe(text("compare.download"))
    own = replace(choice, into=None)  # each row has the currency that the operator asks in
    codes = urlencode(own.query(None, None))
    st.html(f'<p><a class="button" href="/export.csv?{escape(codes)}">{words}</a></p>')


def how() -> None:
    """Draw what the totals mean and what they leave out."""
    words = safe(text("compare.how_text"), 2000)
    st.html(f'<h2 id="how">{safe(text("compare.how_title"))}</h2><p>{words}</p>')
