"""Compare: what my charge costs near a place, paid my way, and where it is cheapest."""

import streamlit as st

from dashboard.choosing.answers import Answers
from dashboard.compare.controls import chosen, draw_currency
from dashboard.compare.heading import assumption, sentence, tiles
from dashboard.compare.parts import (
    choose_view,
    doubtful_prices,
    download_link,
    empty,
    how,
    list_of_stations,
    map_of_places,
    sizes_of,
    spread_by_operator,
    title_of,
    unpriced_block,
    where_in_words,
)
from dashboard.frame import engine
from dashboard.frame.around import is_phone
from dashboard.frame.reading import reader

found = reader()
if found is None:
    st.stop()
answers = Answers(found)
phone = is_phone()
head, line = st.empty(), st.empty()
with chosen(answers, is_phone=phone) as choice:
    above, money = st.container(), st.container()
    view = choose_view() if phone else "all"
    engine.wait()
    comparison = answers.compared(choice, sizes_of(choice, view))
    summary = comparison.summary
    place = where_in_words(choice)
    rate_days = answers.rate_days(choice.into) if choice.into else []
    head.title(title_of(choice, is_phone=phone), anchor=False)
    line.html(assumption(choice, comparison, found.published_at, rate_days))
    above.html((sentence if phone else tiles)(summary, comparison.currency, choice.plan))
    draw_currency(money, comparison.currencies, comparison.currency, choice.into)
    with money:
        doubtful_prices(choice, summary)
    is_ranked = bool(comparison.stations)
    if not is_ranked:
        empty(choice, comparison, place)
    is_wide = not phone and is_ranked
    left, right = st.columns([6, 7], gap="large") if is_wide else (st.container(), st.container())
    if view in {"all", "list"}:
        with left:
            list_of_stations(choice, comparison)
    with right:
        if view in {"all", "map"}:
            map_of_places(choice, comparison, place)
        if view in {"all", "chart"}:
            spread_by_operator(comparison)
    if view in {"all", "list"} and not choice.known:
        unpriced_block(choice, comparison)
    download_link(choice)
    how()
