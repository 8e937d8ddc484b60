"""The filters: same names, order and codes everywhere; on a phone behind one button."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.choosing.answers import Answers
from dashboard.choosing.charge_controls import (
    PREFIX,
    draw_plan,
    plan_of_widgets,
    plan_widgets,
    said_plan,
)
from dashboard.choosing.filters import (
    ALL,
    LEAST_KW,
    LEAVE_OUT,
    METHODS,
    OWN,
    POWERS,
    RADII_KM,
    SHOW,
    SORTS,
    STEP,
    USUAL_KM,
    Choice,
    Known,
    Place,
    read_choice,
)
from dashboard.choosing.folding import folded, keep
from dashboard.choosing.remembering import REMEMBER, draw_remember, keep_choices, remembered
from dashboard.choosing.where import code_of, default_place, draw_where, place_name
from dashboard.wording.labels import country_name, plain, plug_name, text
from dashboard.wording.language import kept

WRITTEN = "_written_query"
COUNTRY = "_country"
FOLDED = {REMEMBER, "into", "open", "km", "type", "power", "kw", "pay", "sort", "known"}
LINKED_CURRENCY, USUAL_CURRENCY = "_linked_currency", "_usual_currency"


@contextmanager
def chosen(answers: Answers, *, is_phone: bool) -> Iterator[Choice]:
    """Draw the filters and yield the choice; when it is shown, the URL is brought up to date."""
    countries = answers.countries()
    default = default_place(answers, countries)
    known = Known(countries, default, answers.place, answers.standards, answers.currencies())
    _follow_the_url(known)
    keep(FOLDED, PREFIX)
    choice = (_on_a_phone if is_phone else _on_a_desktop)(answers, countries)
    yield choice
    _write_url(choice, default.code if isinstance(default, Place) else default)


def _on_a_phone(answers: Answers, countries: list[str]) -> Choice:
    place, country = draw_where(answers, countries, st.session_state.get(COUNTRY))
    plugs, currencies = _plugs(answers, country), _currencies(answers)
    with folded(_button_label(), "filters") as is_open:
        if is_open:
            _method(st)
            draw_plan()
            _radius(st, is_place=place is not None)
            _power(st)
            _more(plugs, currencies)
    return _choice(place, country)


def _on_a_desktop(answers: Answers, countries: list[str]) -> Choice:
    first = st.columns([3.6, 1.3, 6.4], vertical_alignment="bottom")
    with first[0]:
        place, country = draw_where(answers, countries, st.session_state.get(COUNTRY))
    _radius(first[1], is_place=place is not None)
    _method(first[2])
    plugs, currencies = _plugs(answers, country), _currencies(answers)
    second = st.columns([3.4, 4.6, 3.3], vertical_alignment="bottom")
    _power(second[0])
    label = f"{text('compare.my_charge')}: {said_plan()}"
    with second[1], folded(label, "my_charge") as is_open:
        if is_open:
            draw_plan()
    with second[2], folded(text("compare.more_filters"), "more_filters") as is_open:
        if is_open:
            _more(plugs, currencies)
    return _choice(place, country)


def _button_label() -> str:
    """Return a label that is the state itself."""
    state = st.session_state
    words = [text(f"method.{state.get('pay', 'any')}"), said_plan()]
    if state.get("power", ALL) != ALL:
        words.insert(1, text(f"power.{state['power']}"))
    return " · ".join(words)


def _method(place: Any) -> None:  # noqa: ANN401 - Streamlit itself or a part of the page
    place.segmented_control(
        text("compare.method"),
        list(METHODS),
        format_func=lambda code: text(f"method.{code}"),
        key="pay",
        required=True,
    )


def _power(place: Any) -> None:  # noqa: ANN401
    place.segmented_control(
        text("compare.power"),
        POWERS,
        format_func=lambda code: text(f"power.{code}"),
        key="power",
        required=True,
    )


def _radius(place: Any, *, is_place: bool) -> None:  # noqa: ANN401
    if not is_place:  # the whole country is shown
        return
    st.session_state.setdefault("km", USUAL_KM)
    place.selectbox(
        text("compare.radius"), RADII_KM, format_func=lambda km: text("compare.km", km=km), key="km"
    )


def _currencies(answers: Answers) -> list[str]:
    """Return what prices can be changed into; what the last snapshot had is given up, and said."""
    currencies = answers.currencies()
    if st.session_state["into"] not in {OWN, *currencies}:
        st.session_state["into"] = OWN
        _notice("into", text("compare.into_own"))
    return currencies


def _plugs(answers: Answers, country: str | None) -> list[str]:
    """Return the types that can be chosen; one that another country had is not chosen any more."""
    plugs = [ALL, *answers.standards(country)]
    if st.session_state.get("type") not in plugs:
        st.session_state["type"] = ALL
    return plugs


def _more(plugs: list[str], currencies: list[str]) -> None:
    """Draw what is chosen less often. All filters hold together."""
    st.caption(text("compare.all_hold"))
    st.selectbox(
        text("compare.standard"),
        plugs,
        format_func=lambda code: text("compare.all_standards") if code == ALL else plug_name(code),
        key="type",
    )
    st.selectbox(
        text("compare.least_power"),
        LEAST_KW,
        format_func=_least_kw,
        key="kw",
    )
    st.segmented_control(
        text("compare.sort"),
        SORTS,
        format_func=lambda code: text(f"sort.{code}"),
        key="sort",
        required=True,
    )
    st.checkbox(text("compare.known"), key="known", help=text("compare.known_help"))
    st.checkbox(text("compare.open"), key="open", help=text("compare.open_help"))
    st.selectbox(
        text("compare.into"),
        [OWN, *currencies],
        format_func=lambda code: text("compare.into_own") if code == OWN else plain(code),
        key="into",
        help=text("compare.into_help" if currencies else "compare.into_none"),
        disabled=not currencies,
    )
    draw_remember(text("compare.remember"), text("compare.remember_help"))


def _least_kw(kw: str) -> str:
    return text("compare.any_power") if kw == "0" else text("compare.least_kw", power=kw)


def _choice(place: Any, country: str | None) -> Choice:  # noqa: ANN401 - a Place or None
    state = st.session_state
    state[COUNTRY] = country
    return Choice(
        country=country,
        place=place,
        km=state.get("km", USUAL_KM),
        standard=state["type"],
        power=state["power"],
        least_kw=state["kw"],
        method=state["pay"],
        plan=plan_of_widgets(),
        currency=state.get("currency"),
        into=None if state["into"] == OWN else state["into"],
        sort=state["sort"],
        known=state["known"],
        is_open=state["open"],
        shown=state.get("show", STEP),
        doubtful=LEAVE_OUT if state.get("leave_out") else SHOW,
    )


def draw_currency(
    place: DeltaGenerator, currencies: list[str], shown: str | None, into: str | None
) -> None:
    """Draw the choice between currencies, which are never mixed; nothing where there is one."""
    st.session_state[USUAL_CURRENCY] = into if into in currencies else next(iter(currencies), None)
    linked = st.session_state.pop(LINKED_CURRENCY, None)
    if linked and linked not in currencies:
        _notice("currency", shown or "–")
    if len(currencies) > 1:
        if st.session_state.get("currency") not in currencies:
            st.session_state["currency"] = shown
        place.selectbox(text("compare.currency"), currencies, key="currency")


def _follow_the_url(known: Known) -> None:
    """Set the widgets to what the URL says, when somebody else than the widgets wrote it."""
    query = st.query_params.to_dict()
    if st.session_state.get(WRITTEN) == query and "where" in st.session_state:
        return
    choice, unknown = read_choice(query or remembered(), known)
    st.session_state.update(
        {
            "where": code_of(choice.place, choice.country),
            COUNTRY: choice.country,
            "km": choice.km,
            "type": choice.standard,
            "power": choice.power,
            "kw": choice.least_kw,
            "pay": choice.method,
            "currency": choice.currency,
            "into": choice.into or OWN,
            LINKED_CURRENCY: choice.currency,
            "sort": choice.sort,
            "known": choice.known,
            "open": choice.is_open,
            "show": choice.shown,
            "leave_out": choice.doubtful == LEAVE_OUT,
            **plan_widgets(choice.plan),
        }
    )
    for key, instead in unknown:
        _notice(key, _in_words(known, key, instead))


def _notice(key: str, instead: str) -> None:
    st.info(text("compare.notice", what=text(f"parameter.{key}"), instead=instead))


def _in_words(known: Known, key: str, code: str) -> str:
    """Return a code of the URL as the widgets name it."""
    words = {"pay": f"method.{code}", "sort": f"sort.{code}", "doubtful": f"doubtful.{code}"}
    if key in words:
        return text(words[key])
    if key == "power":
        return text(f"power.{code}")
    if key in {"place", "country"}:
        place = known.place(code)
        return place_name(place) if place else country_name(code)
    if key == "into":
        return text("compare.into_own")
    if key == "type":
        return text("compare.all_standards")
    return text("charge.now") if key == "at" else plain(code)


def _write_url(choice: Choice, default: str | None) -> None:
    """Bring the URL up to date, once and only when it says something else."""
    query = choice.query(default, st.session_state.get(USUAL_CURRENCY)) | kept()
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    st.session_state[WRITTEN] = query
    keep_choices(query)
