"""Compare: what a charge costs in a country, paid my way, and where it is cheapest."""

import streamlit as st

from dashboard.answers import Answers
from dashboard.compare_parts import (
    doubtful_prices,
    download_link,
    empty,
    how,
    list_of_stations,
    map_of_places,
    spread_by_operator,
    unpriced_block,
)
from dashboard.controls import chosen
from dashboard.frame import is_phone
from dashboard.labels import country_name, text
from dashboard.reading import reader
from dashboard.stations import assumption, sentence, tiles

found = reader()
if found is None:
    st.stop()
answers = Answers(found)
phone = is_phone()
head, line = st.empty(), st.empty()
choice = chosen(answers, is_phone=phone)
summary = answers.summary(choice.selection, choice.currency)
place = country_name(choice.country)
head.title(text("compare.title_phone" if phone else "compare.title", place=place), anchor=False)
line.html(assumption(choice, summary, found.published_at))
st.html((sentence if phone else tiles)(summary, choice.currency))

doubtful_prices(choice, summary)

views = ("list", "map", "chart")
view = "all"
if phone:
    view = st.segmented_control(
        text("compare.view"),
        views,
        format_func=lambda code: text(f"view.{code}"),
        default="list",
        required=True,
        key="view",
        label_visibility="collapsed",
        width="stretch",
    )
if not summary["stations"]:
    empty(choice, summary, place)
is_wide = not phone and summary["stations"]
left, right = st.columns([6, 7], gap="large") if is_wide else (st.container(), st.container())
if view in {"all", "list"}:
    with left:
        list_of_stations(answers, choice, summary)
with right:
    if view in {"all", "map"}:
        map_of_places(answers, choice, summary, place)
    if view in {"all", "chart"}:
        spread_by_operator(answers, choice)
if view in {"all", "list"}:
    unpriced_block(answers, choice, summary)
download_link(choice)
how()
