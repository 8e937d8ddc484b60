"""Which language a visitor reads; one file in wording/ is a language."""

import tomllib
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import urlencode

import streamlit as st
from babel import Locale
from babel.core import negotiate_locale
from streamlit.runtime.scriptrunner import get_script_run_ctx

USUAL = "en"
PARAMETER, REMEMBERED = "lang", "_language"
_current: ContextVar[str | None] = ContextVar("language", default=None)


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages. code: ISO 639-1. name: in itself. locale: of numbers and dates."""

    code: str
    name: str
    locale: Locale


@cache
def catalogue(code: str) -> dict[str, str]:
    """Return every text of a language by its key, as `page.compare`."""
    return {
        f"{name}.{key}": text
        for name, texts in _file(code).items()
        if name != "language"
        for key, text in texts.items()
    }


@cache
def languages() -> dict[str, Language]:
    """Return the languages that there are, by code, in order of their names."""
    folder = files("dashboard") / "wording"
    codes = [
        one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml")
    ]
    heads = {code: _file(code)["language"] for code in codes}
    found = {
        code: Language(code, head["name"], Locale.parse(head["locale"]))
        for code, head in heads.items()
    }
    return dict(sorted(found.items(), key=lambda item: item[1].name))


@cache
def _file(code: str) -> dict[str, dict[str, str]]:
    source = files("dashboard") / "wording" / f"{code}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def language() -> Language:
    """Return the language of the running page; English where no page runs."""
    code = _current.get()
    if code is None and get_script_run_ctx(suppress_warning=True):
        code = st.session_state.get(REMEMBERED)
    return languages()[code or USUAL]


def browsers_own() -> str:
    """Return the code of the language that the browser asks for, as far as there is one."""
    return negotiate_locale([st.context.locale or USUAL], list(languages()), sep="-") or USUAL


def choose_language() -> str | None:
    """Take the language of the URL, else the one chosen before, else the browser's.

    Return what the URL says where that is no language.
    """
    asked = st.query_params.get(PARAMETER)
    before = st.session_state.get(REMEMBERED, browsers_own())
    code = asked if asked in languages() else before
    st.session_state[REMEMBERED] = code
    _current.set(code)
    return asked if asked not in {None, code} else None


def kept() -> dict[str, str]:
    """Return what a link says of the language: nothing where the browser asks for it anyhow."""
    code = language().code
    return {} if code == browsers_own() else {PARAMETER: code}


def tell_the_browser() -> None:
    """Say to the browser, and to what reads aloud, in which language the page is."""
    code = language().code
    st.html(
        f'<script>document.documentElement.lang="{code}"</script>', unsafe_allow_javascript=True
    )


def language_links(label: str) -> None:
    """Draw the switch between languages; the choice on the page stays."""
    query = {key: value for key, value in st.query_params.to_dict().items() if key != PARAMETER}
    here = language().code
    links = " · ".join(
        _link(one, query, is_current=one.code == here) for one in languages().values()
    )
    st.html(f'<nav class="languages" aria-label="{escape(label)}">{links}</nav>')


def _link(one: Language, query: dict[str, str], *, is_current: bool) -> str:
    name = escape(one.name)
    if is_current:
        return f'<span aria-current="true" lang="{one.code}">{name}</span>'
    href = escape("?" + urlencode(query | {PARAMETER: one.code}))
    return f'<a href="{href}" target="_self" lang="{one.code}" hreflang="{one.code}">{name}</a>'
