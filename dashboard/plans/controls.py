"""The inputs of Subscriptions; on a phone behind one button whose label is the state."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.choosing.answers import Answers
from dashboard.choosing.filters import ALL
from dashboard.choosing.where import default_country
from dashboard.plans.filters import (
    DEFAULT_KIND,
    KINDS,
    NUMBERS,
    PlanChoice,
    read_plan_choice,
)
from dashboard.wording.labels import country_name, plain, text
from dashboard.wording.language import kept

WRITTEN = "_written_plans_query"
Place = st.delta_generator.DeltaGenerator


def chosen_usage(answers: Answers, *, is_phone: bool) -> PlanChoice:
    """Draw the inputs and return the choice; the URL is brought up to date."""
    countries = answers.countries()
    default = default_country(countries)
    _follow_the_url(answers, countries, default)
    place, rest = _places(is_phone=is_phone)
    country = place.selectbox(
        text("parameter.country"), countries, format_func=country_name, key="plans_country"
    )
    choice = _rest(rest, answers, country)
    _write_url(choice, default)
    return choice


def operator_names(answers: Answers, choice: PlanChoice) -> Mapping[str, str]:
    """Return the operators with prices by code, those with most connectors first."""
    rows = answers.rows("priced_connectors", choice.chargers)
    return {
        row["operator_code"]: plain(row["operator_name"] or row["operator_code"]) for row in rows
    }


def _places(*, is_phone: bool) -> tuple[Place, Sequence[Place]]:
    if is_phone:
        place = st.container()
        button = st.popover(_button_label(), width="stretch")
        return place, [button.container() for _ in range(5)]
    first = st.columns([2.6, 4.8, 3.2], vertical_alignment="bottom")
    second = st.columns([2.6, 2.6, 2.6, 2.8], vertical_alignment="bottom")
    return first[0], [*first[1:], *second[:3]]


def _button_label() -> str:
    """Return a label that is the state itself."""
    state = st.session_state
    return text(
        "plans.button",
        kind=text(f"kind.{state.get('plans_power', DEFAULT_KIND)}"),
        **{name: state.get(f"plans_{name}", of.usual) for name, of in NUMBERS.items()},
    )


def _rest(places: Sequence[Place], answers: Answers, country: str | None) -> PlanChoice:
    kind = places[0].segmented_control(
        text("compare.power"),
        KINDS,
        format_func=lambda code: text(f"kind.{code}"),
        key="plans_power",
        required=True,
    )
    names = operator_names(answers, PlanChoice(country, kind))
    if st.session_state.get("plans_operator") not in names:
        st.session_state["plans_operator"] = ALL
    operator = places[1].selectbox(
        text("plans.operator"),
        [ALL, *names],
        format_func=lambda code: text("plans.all_operators") if code == ALL else names[code],
        key="plans_operator",
    )
    numbers = (
        place.number_input(
            text(f"plans.{name}_input"), of.least, of.most, step=5, key=f"plans_{name}"
        )
        for place, (name, of) in zip(places[2:], NUMBERS.items(), strict=True)
    )
    return PlanChoice(country, kind, operator, *numbers)


def _follow_the_url(answers: Answers, countries: Sequence[str], default: str | None) -> None:
    """Set the inputs to what the URL says, when somebody else than the inputs wrote it."""
    query = st.query_params.to_dict()
    if st.session_state.get(WRITTEN) == query and "plans_country" in st.session_state:
        return
    choice, unknown = read_plan_choice(
        query, countries, default, lambda some: list(operator_names(answers, some))
    )
    st.session_state["plans_country"] = choice.country
    st.session_state["plans_power"] = choice.kind
    st.session_state["plans_operator"] = choice.operator
    for name in NUMBERS:
        st.session_state[f"plans_{name}"] = getattr(choice, name)
    for key, instead in unknown:
        st.info(text("compare.notice", what=_name(key), instead=_in_words(key, instead)))


def _name(key: str) -> str:
    if key in {"country", "power"}:
        return text(f"parameter.{key}")
    return text("plans.operator") if key == "operator" else text(f"plans.{key}_input")


def _in_words(key: str, code: str) -> str:
    """Return a code of the URL as the inputs name it."""
    if key == "country":
        return country_name(code)
    if key == "power":
        return text(f"kind.{code}")
    return text("plans.all_operators") if key == "operator" else code


def _write_url(choice: PlanChoice, default: str | None) -> None:
    """Bring the URL up to date, once and only when it says something else."""
    query = choice.query(default) | kept()
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    st.session_state[WRITTEN] = query
