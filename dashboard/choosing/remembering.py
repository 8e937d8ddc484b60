"""Choices that a browser keeps for next time, when its user wants that: one cookie of this site."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

COOKIE = "klarpris_choices"
LONGEST = 1_000  # characters
A_YEAR_SECONDS = 365 * 24 * 3600
REMEMBER, KEPT = "remember", "_kept_choices"


def remembered() -> dict[str, str]:
    """Return the codes that the browser keeps; they are read as those of a link are.

    What was kept in this session goes before what the browser said when it began.
    """
    written = st.session_state.get(KEPT, st.context.cookies.get(COOKIE)) or ""
    return dict(parse_qsl(written)) if len(written) <= LONGEST else {}


def draw_remember(label: str, help_text: str) -> None:
    """Draw the switch: what is chosen is kept from now on, or forgotten."""
    st.session_state.setdefault(REMEMBER, bool(remembered()))
    st.checkbox(label, key=REMEMBER, help=help_text, on_change=_forget_or_begin)


def _forget_or_begin() -> None:
    if not st.session_state[REMEMBER]:
        st.session_state[KEPT] = ""
        _set_cookie("", 0)


def keep_choices(query: Mapping[str, str]) -> None:
    """Bring the cookie up to date where its user wants it."""
    written = urlencode(query)
    wanted = st.session_state.get(REMEMBER, bool(remembered()))
    if wanted and st.session_state.get(KEPT) != written:
        st.session_state[KEPT] = written
        _set_cookie(written, A_YEAR_SECONDS)


def _set_cookie(value: str, seconds: int) -> None:
    cookie = f"{COOKIE}={value}; Max-Age={seconds}; Path=/; SameSite=Lax"
    quoted = json.dumps(cookie).replace("<", "\\u003c")
    secure = "(location.protocol==='https:'?'; Secure':'')"
    st.html(f"<script>document.cookie={quoted}+{secure}</script>", unsafe_allow_javascript=True)
