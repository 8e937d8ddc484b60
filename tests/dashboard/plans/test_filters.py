"""The URL of Subscriptions: what is written is read back, what is unknown is said."""

from datetime import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.tariff import Weekday
from dashboard.choosing.filters import ALL
from dashboard.plans.filters import AVERAGE_KW, KINDS, NUMBERS, PlanChoice, read_plan_choice

COUNTRIES = ["SWE", "DEU"]
OPERATORS = ["fastned", "SE-AAA"]
DEFAULTS = PlanChoice("SWE")

choices = st.builds(
    PlanChoice,
    country=st.sampled_from(COUNTRIES),
    kind=st.sampled_from(KINDS),
    operator=st.sampled_from([ALL, *OPERATORS]),
    kwh=st.integers(5, 2000),
    charge=st.integers(5, 200),
    parked=st.integers(0, 1440),
)


def read(query, default="SWE"):
    return read_plan_choice(query, COUNTRIES, default, lambda _choice: OPERATORS)


@given(choices, st.sampled_from(COUNTRIES))
def test_what_is_written_is_read_back(choice, default):
    assert read(choice.query(default), default) == (choice, [])


@given(choices, st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES))
def test_a_link_means_the_same_to_a_reader_in_another_country(choice, writer, reader):
    query = choice.query(writer)
    assert not query or read(query, reader)[0] == choice


def test_defaults_are_left_out():
    assert DEFAULTS.query("SWE") == {}
    assert PlanChoice("SWE", kwh=200).query("SWE") == {"country": "SWE", "kwh": "200"}


@pytest.mark.parametrize(
    ("key", "instead"),
    [("country", "SWE"), ("power", "dc"), ("operator", ALL)]
    + [(name, str(bounds.usual)) for name, bounds in NUMBERS.items()],
)
@pytest.mark.parametrize("value", ["zz", "", "<script>", "-5", "5.5", "1e2", "٢٥", "9" * 5000])
def test_an_unknown_value_is_named_and_replaced_by_the_default(key, instead, value):
    assert read({key: value}) == (DEFAULTS, [(key, instead)])


@pytest.mark.parametrize(
    ("key", "least", "most"), [("kwh", 5, 2000), ("charge", 5, 200), ("parked", 0, 1440)]
)
def test_numbers_have_bounds(key, least, most):
    assert [getattr(read({key: str(n)})[0], key) for n in (least, most)] == [least, most]
    assert read({key: str(most + 1)})[1] == [(key, str(NUMBERS[key].usual))]
    assert least == 0 or read({key: str(least - 1)})[1]


def test_operators_are_those_of_the_chosen_country_and_kind():
    asked = []
    query = {"country": "DEU", "power": "ac", "operator": "fastned"}
    choice, unknown = read_plan_choice(query, COUNTRIES, "SWE", lambda c: asked.append(c) or [])
    assert (choice.operator, unknown) == (ALL, [("operator", ALL)])
    assert asked == [PlanChoice("DEU", "ac")]


def test_without_any_country_there_is_a_choice_all_the_same():
    assert read_plan_choice({}, [], None, lambda _: []) == (PlanChoice(None), [])


def test_minutes_are_energy_over_the_power_of_the_kind():
    # 30 kWh at 10, 22, 45 and 96 kW: 180, 81.8, 40 and 18.75 min.
    assert [PlanChoice("SWE", kind).charging_minutes for kind in KINDS] == [180, 82, 40, 19]
    assert list(AVERAGE_KW) == list(KINDS)


def test_a_charge_is_a_session_at_the_hour_of_the_reference_sessions():
    session = PlanChoice("SWE", "dc", charge=45, parked=20).session
    assert (session.energy_kwh, session.charging_minutes) == (Decimal(45), Decimal(60))
    assert session.parking_minutes == Decimal(20)
    assert (session.start_weekday, session.start_time) == (Weekday.TUESDAY, time(18))


def test_charges_a_month_are_an_average():
    assert PlanChoice("SWE", kwh=150, charge=40).charges == Fraction(15, 4)
