"""The filters: same names, order and codes everywhere; on a phone behind one button."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.answers import Answers
from dashboard.filters import (
    ALL,
    LEAVE_OUT,
    METHODS,
    POWERS,
    SESSION_OF_POWER,
    SESSIONS,
    SHOW,
    STEP,
    Choice,
    read_choice,
)
from dashboard.labels import country_name, country_of_zone, plug_name, text

WRITTEN = "_written_query"
NAMES = {
    "country": "compare.country",
    "type": "compare.standard",
    "power": "compare.power",
    "pay": "compare.method",
    "session": "compare.session",
    "currency": "compare.currency",
    "show": "compare.rows",
    "doubtful": "compare.doubtful",
}


def chosen(answers: Answers, *, is_phone: bool) -> Choice:
    """Draw the filters and return the choice; the URL is brought up to date."""
    countries = answers.countries()
    default = default_country(countries)
    _follow_the_url(answers, countries, default)
    place, rest = _places(is_phone=is_phone)
    country = place.selectbox(
        text("compare.country"), countries, format_func=country_name, key="country"
    )
    choice = _rest(rest, answers, country)
    _write_url(choice, default, answers.currencies(choice.selection))
    return choice


def _places(
    *, is_phone: bool
) -> tuple[st.delta_generator.DeltaGenerator, Sequence[st.delta_generator.DeltaGenerator]]:
    if is_phone:
        place = st.container()
        button = st.popover(_button_label(), width="stretch")
        return place, [button.container() for _ in range(5)]
    first = st.columns([2.6, 2, 5.4], vertical_alignment="bottom")
    second = st.columns([4.7, 4.2, 1.1], vertical_alignment="bottom")
    return first[0], [first[1], first[2], *second]


def _button_label() -> str:
    """Return a label that is the state itself."""
    state = st.session_state
    words = [
        text(f"method.{state.get('pay', 'any')}"),
        text(f"power.{state.get('power', ALL)}"),
        text(f"session.{state.get('session', 'dc')}"),
    ]
    return " · ".join(words)


def _rest(
    places: Sequence[st.delta_generator.DeltaGenerator], answers: Answers, country: str | None
) -> Choice:
    standards = [ALL, *answers.standards(country)]
    if st.session_state.get("type") not in standards:
        st.session_state["type"] = ALL
    standard = places[0].selectbox(
        text("compare.standard"),
        standards,
        format_func=lambda code: text("compare.all_standards") if code == ALL else plug_name(code),
        key="type",
    )
    power = places[1].segmented_control(
        text("compare.power"),
        POWERS,
        format_func=lambda code: text(f"power.{code}"),
        key="power",
        required=True,
        on_change=_session_follows_power,
    )
    method = places[2].segmented_control(
        text("compare.method"),
        list(METHODS),
        format_func=lambda code: text(f"method.{code}"),
        key="pay",
        required=True,
    )
    session = places[3].segmented_control(
        text("compare.session"),
        SESSIONS,
        format_func=lambda code: text(f"session.{code}"),
        key="session",
        required=True,
    )
    choice = Choice(
        country,
        standard,
        power,
        method,
        session,
        shown=st.session_state.get("show", STEP),
        doubtful=LEAVE_OUT if st.session_state.get("leave_out") else SHOW,
    )
    return replace(choice, currency=_currency(places[4], answers, choice))


def _currency(
    place: st.delta_generator.DeltaGenerator, answers: Answers, choice: Choice
) -> str | None:
    """Return the currency that is ranked; different ones are never mixed, so the user picks."""
    currencies = answers.currencies(choice.selection)
    if st.session_state.get("currency") not in currencies:
        st.session_state["currency"] = currencies[0] if currencies else None
    if len(currencies) > 1:
        return str(place.selectbox(text("compare.currency"), currencies, key="currency"))
    return currencies[0] if currencies else None


def _session_follows_power() -> None:
    st.session_state["session"] = SESSION_OF_POWER[st.session_state["power"]]
    st.session_state["show"] = STEP


def default_country(countries: Sequence[str]) -> str | None:
    """Return the country of the browser's clock when there are prices, else the one with most."""
    own = country_of_zone(st.context.timezone)
    return own if own in countries else next(iter(countries), None)


def _follow_the_url(answers: Answers, countries: Sequence[str], default: str | None) -> None:
    """Set the widgets to what the URL says, when somebody else than the widgets wrote it."""
    query = st.query_params.to_dict()
    if st.session_state.get(WRITTEN) == query and "country" in st.session_state:
        return
    choice, unknown = read_choice(query, countries, default, answers.standards)
    currencies = answers.currencies(choice.selection)
    if choice.currency and choice.currency not in currencies:
        unknown.append(("currency", next(iter(currencies), "–")))
    st.session_state.update(
        {
            "country": choice.country,
            "type": choice.standard,
            "power": choice.power,
            "pay": choice.method,
            "session": choice.session,
            "currency": choice.currency,
            "show": choice.shown,
            "leave_out": choice.doubtful == LEAVE_OUT,
        }
    )
    for key, instead in unknown:
        shown = _in_words(key, instead)
        st.info(text("compare.notice", what=text(NAMES[key]), instead=shown))


def _in_words(key: str, code: str) -> str:
    """Return a code of the URL as the widgets name it."""
    if key == "country":
        return country_name(code)
    if key == "type":
        return text("compare.all_standards")
    if key in {"currency", "show"}:
        return code
    if key == "doubtful":
        return text(f"doubtful.{code}")
    return text(f"{'method' if key == 'pay' else key}.{code}")


def _write_url(choice: Choice, default: str | None, currencies: Sequence[str]) -> None:
    """Bring the URL up to date, once and only when it says something else."""
    query = choice.query(default, next(iter(currencies), None))
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    st.session_state[WRITTEN] = query
