"""The frame of every page: look, bands, navigation, watching for a new snapshot."""

from pathlib import Path

import streamlit as st

from aggregator.store.queries import StoreError
from dashboard.frame.around import (
    bands,
    look,
    page_links,
    watch_for_news,
    while_it_cannot_be_read,
    while_there_is_nothing,
)
from dashboard.frame.reading import reader, tell_once
from dashboard.wording.labels import text
from dashboard.wording.language import (
    choose_language,
    language,
    language_links,
    tell_the_browser,
)

told = choose_language()
PAGES = [
    st.Page("app_pages/compare.py", title=text("page.compare"), url_path="", default=True),
    st.Page("app_pages/plans.py", title=text("page.plans"), url_path="plans"),
    st.Page(
        "app_pages/station.py",
        title=text("page.station"),
        url_path="station",
        visibility="hidden",  # without a link to one there is none to show
    ),
    st.Page("app_pages/about.py", title=text("page.about"), url_path="about"),
]
page = st.navigation(PAGES, position="top")
st.set_page_config(
    page_title=f"{page.title} – {text('app.name')}",
    page_icon=str(Path(__file__).with_name("static") / "favicon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
look()
tell_the_browser()
page_links(PAGES, page)
if told is not None:
    st.info(text("compare.notice", what=text("parameter.lang"), instead=language().name))
found = reader()
if found is None:
    while_there_is_nothing()
else:
    bands(found)
    try:
        page.run()
    except StoreError as error:
        tell_once(str(error))
        while_it_cannot_be_read()
    watch_for_news(found.snapshot.snapshot_id)
language_links(text("app.languages"))
