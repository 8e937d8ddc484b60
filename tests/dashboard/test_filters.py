"""The URL owns the choice: what is written is read back, what is unknown is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import (
    ALL,
    METHODS,
    MOST_SHOWN,
    POWERS,
    SESSION_OF_POWER,
    SESSIONS,
    STEP,
    Choice,
    read_choice,
)

COUNTRIES = ["SWE", "DEU", "NOR"]
STANDARDS = ["IEC_62196_T2_COMBO", "CHADEMO"]
CURRENCIES = ["SEK", "EUR"]
DEFAULTS = Choice("SWE")

choices = st.builds(
    Choice,
    country=st.sampled_from(COUNTRIES),
    standard=st.sampled_from([ALL, *STANDARDS]),
    power=st.sampled_from(POWERS),
    method=st.sampled_from(list(METHODS)),
    session=st.sampled_from(SESSIONS),
    currency=st.sampled_from(CURRENCIES),
    shown=st.integers(1, MOST_SHOWN // STEP).map(lambda steps: steps * STEP),
)


def read(query, default="SWE"):
    return read_choice(query, COUNTRIES, default, lambda _country: STANDARDS)


@given(choices, st.sampled_from(COUNTRIES))
def test_what_is_written_is_read_back(choice, default):
    found, unknown = read(choice.query(default, None), default)
    assert (found, unknown) == (choice, [])


@given(choices, st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES))
def test_a_link_means_the_same_to_a_reader_in_another_country(choice, writer, reader):
    query = choice.query(writer, None)
    assert not query or read(query, reader)[0] == choice


@given(choices)
def test_every_value_of_a_url_is_a_plain_code(choice):
    query = choice.query(None, None)
    assert all(value.isascii() and value.replace("_", "").isalnum() for value in query.values())


def test_defaults_are_left_out():
    assert DEFAULTS.query("SWE", "SEK") == {}
    assert Choice("SWE", power="ac", session="ac").query("SWE", None) == {
        "country": "SWE",
        "power": "ac",
    }


def test_the_usual_currency_is_left_out_and_another_is_written():
    assert "currency" not in Choice("SWE", currency="SEK").query("SWE", "SEK")
    assert Choice("SWE", currency="EUR").query("SWE", "SEK")["currency"] == "EUR"


@pytest.mark.parametrize("power", POWERS)
def test_a_speed_brings_its_session_along(power):
    assert read({"power": power})[0].session == SESSION_OF_POWER[power]


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("country", "SWE"),
        ("type", ALL),
        ("power", ALL),
        ("pay", "any"),
        ("session", "dc"),
        ("show", str(STEP)),
    ],
)
@pytest.mark.parametrize("value", ["zz", "", "<script>", "Card on site", "9" * 5000])
def test_an_unknown_value_is_named_and_replaced_by_the_default(key, instead, value):
    assert read({key: value}) == (DEFAULTS, [(key, instead)])


def test_all_unknown_values_are_named():
    query = {"country": "xx", "pay": "zz", "session": "999"}
    assert [key for key, _ in read(query)[1]] == ["country", "pay", "session"]


@pytest.mark.parametrize("shown", ["0", "24", "26", "-25", "525", "1e2", "٢٥", "25.0", " 25"])
def test_rows_come_in_whole_steps_up_to_a_limit(shown):
    assert read({"show": shown}) == (DEFAULTS, [("show", "25")])
    assert read({"show": "500"})[0].shown == 500


def test_other_parameters_are_left_alone():
    assert read({"utm_source": "mail", "embed": "true"}) == (DEFAULTS, [])


def test_without_any_country_there_is_a_choice_all_the_same():
    assert read_choice({}, [], None, lambda _: []) == (Choice(None), [])


def test_the_selection_asks_for_the_power_that_the_session_needs():
    # 30 kWh in 40 min are 45 kW; 40 kWh in 25 min are 96 kW; 20 kWh in 2 h are 10 kW.
    assert [Choice("SWE", session=s).selection.least_kw for s in SESSIONS] == [10, 45, 96, 96]
    assert Choice("SWE").selection.standard is None
    assert Choice("SWE", method="card").selection.methods == ("card", "free")
