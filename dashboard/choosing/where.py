"""The place that chargers are looked for around: picked, typed or the whole country."""

from collections.abc import Sequence

import streamlit as st

from dashboard.choosing.answers import Answers
from dashboard.choosing.filters import Place
from dashboard.wording.labels import country_name, country_of_zone, plain, text

OFFERED_PLACES = 150
SAME_NAMES = 6
COUNTRY_MARK = "country:"


def default_country(countries: Sequence[str]) -> str | None:
    """Return the country of the browser's clock when there are prices, else the one with most."""
    own = country_of_zone(st.context.timezone)
    return own if own in countries else next(iter(countries), None)


def default_place(answers: Answers, countries: Sequence[str]) -> Place | str | None:
    """Return the largest place of the browser's country, else of the country with most prices."""
    country = default_country(countries)
    if country is None:
        return None
    return next(iter(answers.largest_places(country, 1)), country)


def code_of(place: Place | None, country: str | None) -> str | None:
    """Return the option that stands for a place, or for the whole of a country."""
    return place.code if place else country and COUNTRY_MARK + country


def draw_where(
    answers: Answers, countries: Sequence[str], country: str | None
) -> tuple[Place | None, str | None]:
    """Draw the field for the place; return the place and the country that are meant.

    What is typed is looked up among all places of the data; where it may mean several, the
    likeliest is taken and the others are offered.
    """
    places = answers.largest_places(country, OFFERED_PLACES)
    options = [one.code for one in places]
    options += [COUNTRY_MARK + one for one in countries]
    current = st.session_state.get("where")
    if current and current not in options:
        if _is_code(answers, current, countries):
            options.insert(0, current)
        elif current.startswith(COUNTRY_MARK):  # it is gone since the last snapshot
            st.session_state["where"] = next(iter(options), None)
    names = {one.code: one for one in places}
    picked = st.selectbox(
        text("compare.place"),
        options,
        format_func=lambda code: _name(answers, names, code),
        key="where",
        accept_new_options=True,
        placeholder=text("compare.place_hint"),
        help=text("compare.place_help"),
    )
    return _meant(answers, picked, country)


def _is_code(answers: Answers, code: str, countries: Sequence[str]) -> bool:
    if code.startswith(COUNTRY_MARK):
        return code.removeprefix(COUNTRY_MARK) in countries
    return answers.place(code) is not None


def _name(answers: Answers, places: dict[str, Place], code: str) -> str:
    if code.startswith(COUNTRY_MARK):
        return text("compare.whole_country", country=country_name(code.removeprefix(COUNTRY_MARK)))
    place = places.get(code) or answers.place(code)
    return place_name(place) if place else plain(code)


def place_name(place: Place) -> str:
    """Return a place's name with its country."""
    return f"{plain(place.name)}, {country_name(place.country)}"


def _meant(
    answers: Answers, picked: str | None, country: str | None
) -> tuple[Place | None, str | None]:
    if picked and picked.startswith(COUNTRY_MARK):
        return None, picked.removeprefix(COUNTRY_MARK)
    if picked and (place := answers.place(picked)):
        return place, place.country
    if not picked:
        return None, country
    found = answers.places_named(picked, country, SAME_NAMES)
    if not found:
        st.info(text("compare.no_place", typed=plain(picked)))
        return None, country
    _offer_others(found[1:])
    return found[0], found[0].country


def _offer_others(others: Sequence[Place]) -> None:
    """Draw the other places that what was typed may mean."""
    if not others:
        return
    names = {one.code: _with_region(one) for one in others}
    st.pills(
        text("compare.other_places"),
        list(names),
        format_func=lambda code: names[code],
        key="other_place",
        on_change=_take_other,
    )


def _with_region(place: Place) -> str:
    region = f" ({plain(place.region)})" if place.region else ""
    return f"{plain(place.name)}{region}, {country_name(place.country)}"


def _take_other() -> None:
    st.session_state["where"] = st.session_state.pop("other_place", None)
