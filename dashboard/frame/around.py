"""What surrounds the pages."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from aggregator.store.queries import FeedStatus, Reader
from dashboard.frame.reading import age, fault, harvest_status, reader
from dashboard.wording.labels import duration, moment, safe, text
from dashboard.wording.language import kept

OLD, TOO_OLD = timedelta(days=1), timedelta(days=7)
LOOK_FOR_NEWS_SECONDS = 30
LOOK_FOR_FIRST_SECONDS = 2


@cache
def _style_sheet() -> str:
    return (files("dashboard.frame") / "look.css").read_text(encoding="utf-8")


PLOT = {"displaylogo": False, "displayModeBar": False, "scrollZoom": False}  # of every chart


def look() -> None:
    """Add our style sheet to the page."""
    st.html(f"<style>{_style_sheet()}</style>")


def is_phone() -> bool:
    """Tell whether less should be sent: decided by what the browser says it is."""
    return "Mobile" in (st.context.headers.get("User-Agent") or "")


def theme() -> str:
    """Return `light` or `dark`, as the browser shows it."""
    return "dark" if st.context.theme.type == "dark" else "light"


def page_links(pages: Sequence[StreamlitPage], current: StreamlitPage) -> None:
    """Draw links for phones, where Streamlit's own navigation hides in a drawer."""
    links = "".join(
        _page_link(page, is_current=page is current)
        for page in pages
        if page.visibility == "visible"
    )
    st.html(f'<nav class="mnav" aria-label="{safe(text("app.pages"))}">{links}</nav>')


def _page_link(page: StreamlitPage, *, is_current: bool) -> str:
    here = ' aria-current="page"' if is_current else ""
    href = escape(f"/{page.url_path}" + (f"?{urlencode(kept())}" if kept() else ""))
    return f'<a href="{href}" target="_self"{here}>{safe(page.title)}</a>'


def bands(found: Reader) -> None:
    """Say above everything else what kind of data these are, and when they are too old."""
    if found.is_synthetic:
        _band("demo", text("app.demo_band"))
    old = age(found)
    if old > TOO_OLD:
        _band("warn", text("app.too_old_band", age=duration(old)))
    elif old > OLD:
        _band("warn", text("app.old_band", age=duration(old), time=moment(found.published_at)))


def _band(kind: str, words: str) -> None:
    st.html(f'<p class="band {kind}" role="note">{safe(words, 300)}</p>')


@st.fragment(run_every=LOOK_FOR_NEWS_SECONDS)
def watch_for_news(shown_id: str) -> None:
    """Show the next snapshot as soon as it is published."""
    found = reader()
    if found and found.snapshot.snapshot_id != shown_id:
        st.rerun(scope="app")


@st.fragment(run_every=LOOK_FOR_FIRST_SECONDS)
def while_there_is_nothing() -> None:
    """Say how far the first harvest is; show the prices once there are any."""
    if reader() is not None:
        st.rerun(scope="app")
    if fault():
        while_it_cannot_be_read()
        return
    st.title(text("app.no_snapshot"), anchor=False)
    st.write(text("app.no_snapshot_text"))
    status = harvest_status()
    feeds = status.feeds if status else {}
    if not feeds:
        st.info(text("app.waiting"))
        st.caption(text("app.no_snapshot_hint"))
        return
    lines = "".join(f"<li>{_line(name, feed)}</li>" for name, feed in feeds.items())
    st.html(f'<ul class="plain">{lines}</ul>')


def while_it_cannot_be_read() -> None:
    """Say that the prices are there but cannot be read; the log says why."""
    st.title(text("app.unreadable"), anchor=False)
    st.write(text("app.unreadable_text"))
    st.caption(text("app.unreadable_hint"))


def _line(name: str, feed: FeedStatus) -> str:
    state = "running" if feed.running_since else feed.outcome or "waiting"
    said = f" – {safe(feed.message, 300)}" if feed.message else ""
    return f"<b>{safe(feed.name or name)}</b>: {safe(text(f'state.{state}'))}{said}"
