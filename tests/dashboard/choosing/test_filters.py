"""The URL owns the choice: what is written is read back, what is unknown is said."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.choosing.charge_filters import PRESETS, Plan
from dashboard.choosing.filters import (
    ALL,
    DOUBTFUL,
    LEAST_KW,
    METHODS,
    MOST_SHOWN,
    POWERS,
    RADII_KM,
    SORTS,
    STEP,
    Choice,
    Known,
    Place,
    read_choice,
)

COUNTRIES = ["SWE", "DEU", "NOR"]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CURRENCIES = ["EUR", "NOK"]
STANDARDS = ["IEC_62196_T2_COMBO", "CHADEMO"]
PLACES = {
    one.code: one
    for one in (
        Place("se-goteborg", "Göteborg", "SWE", 57.7, 11.97),
        Place("de-10115", "10115", "DEU", 52.53, 13.38),
    )
}
GOTEBORG = PLACES["se-goteborg"]
DEFAULTS = Choice("SWE", GOTEBORG)

wheres = st.one_of(
    st.sampled_from(COUNTRIES).map(lambda country: {"country": country}),
    st.sampled_from(list(PLACES.values())).map(
        lambda place: {"country": place.country, "place": place}
    ),
)
choices = st.builds(
    lambda where, km, **rest: Choice(**where, km=km if "place" in where else "10", **rest),
    wheres,
    st.sampled_from(RADII_KM),
    standard=st.sampled_from([ALL, *STANDARDS]),
    power=st.sampled_from(POWERS),
    least_kw=st.sampled_from(LEAST_KW),
    method=st.sampled_from(list(METHODS)),
    plan=st.sampled_from([*PRESETS.values(), Plan(battery_kwh=Decimal(77), park=Decimal(5))]),
    currency=st.sampled_from(["SEK", "EUR"]),
    into=st.sampled_from([None, *CURRENCIES]),
    sort=st.sampled_from(SORTS),
    known=st.booleans(),
    is_open=st.booleans(),
    shown=st.integers(1, MOST_SHOWN // STEP).map(lambda steps: steps * STEP),
    doubtful=st.sampled_from(DOUBTFUL),
)


def read(query, default=GOTEBORG):
    return read_choice(
        query, Known(COUNTRIES, default, PLACES.get, lambda _country: STANDARDS, CURRENCIES)
    )


def code(default):
    return getattr(default, "code", default)


defaults = st.sampled_from([*COUNTRIES, *PLACES.values()])


@given(choices, defaults)
def test_what_is_written_is_read_back(choice, default):
    assert read(choice.query(code(default), None), default) == (choice, [])


@given(choices, defaults, defaults)
def test_a_link_means_the_same_to_a_reader_elsewhere(choice, writer, reader):
    query = choice.query(code(writer), None)
    assert not query or read(query, reader)[0] == choice


@given(choices)
def test_every_value_of_a_url_is_a_plain_code(choice):
    query = choice.query(None, None)
    assert all(value.isascii() and set(value) <= PLAIN for value in query.values())


PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:")


def test_defaults_are_left_out():
    assert DEFAULTS.query("se-goteborg", None) == {}
    assert Choice("SWE", GOTEBORG, power="ac").query("se-goteborg", None) == {
        "place": "se-goteborg",
        "power": "ac",
    }


def test_the_whole_country_is_another_place_than_its_largest_town():
    assert Choice("SWE").query("se-goteborg", None) == {"country": "SWE"}


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("place", "se-goteborg"),
        ("country", "se-goteborg"),
        ("km", "10"),
        ("type", ALL),
        ("power", ALL),
        ("kw", "0"),
        ("pay", "any"),
        ("sort", "total"),
        ("known", "0"),
        ("open", "0"),
        ("show", str(STEP)),
        ("doubtful", "show"),
        ("into", "own"),
        ("kwh", "40"),
        ("at", "now"),
    ],
)
@pytest.mark.parametrize("value", ["zz", "", "<script>", "Card on site", "9" * 5000])
def test_an_unknown_value_is_named_and_replaced_by_the_default(key, instead, value):
    assert read({key: value}) == (DEFAULTS, [(key, instead)])


def test_all_unknown_values_are_named():
    query = {"country": "xx", "pay": "zz", "kwh": "999"}
    assert {key for key, _ in read(query)[1]} == {"country", "pay", "kwh"}


@pytest.mark.parametrize("shown", ["0", "24", "26", "-25", "525", "1e2", "٢٥", "25.0", " 25"])
def test_rows_come_in_whole_steps_up_to_a_limit(shown):
    assert read({"show": shown}) == (DEFAULTS, [("show", "25")])
    assert read({"show": "500"})[0].shown == 500


def test_other_parameters_are_left_alone():
    assert read({"utm_source": "mail", "embed": "true"}) == (DEFAULTS, [])


def test_without_any_country_there_is_a_choice_all_the_same():
    nothing = Known([], None, lambda _code: None, lambda _country: [])
    assert read_choice({}, nothing) == (Choice(None), [])


@pytest.mark.parametrize(
    ("choice", "ac", "dc", "least_kw"),
    [
        (Choice("SWE"), True, True, 0),
        (Choice("SWE", power="ac"), True, False, 0),
        (Choice("SWE", power="dc"), False, True, 0),
        (Choice("SWE", power="hpc"), False, True, 150),
        (Choice("SWE", power="hpc", least_kw="300"), False, True, 300),
        (Choice("SWE", least_kw="22"), True, True, 22),
        (Choice("SWE", plan=Plan(dc_kw=Decimal(0))), True, False, 0),
        (Choice("SWE", plan=Plan(ac_kw=Decimal(0))), False, True, 0),
    ],
)
def test_speed_power_and_car_hold_together(choice, ac, dc, least_kw):
    asked = choice.asked(NOON)
    assert (asked.takes_ac, asked.takes_dc, asked.least_kw) == (ac, dc, least_kw)


def test_a_place_is_looked_around_whatever_the_country():
    asked = Choice("SWE", GOTEBORG, km="25").asked(NOON)
    assert (asked.country, asked.circle.radius_km) == (None, 25)
    assert Choice("SWE").asked(NOON).circle is None
