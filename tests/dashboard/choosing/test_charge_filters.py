"""A planned charge survives its URL; what a URL cannot mean is said."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from dashboard.choosing.charge_filters import NOW, PRESETS, USUAL, Plan, read_plan

MORNING = datetime(2026, 11, 24, 7, 58, 31, tzinfo=UTC)
PLANS = [
    USUAL,
    *PRESETS.values(),
    Plan(kwh=Decimal("12.5"), ac_kw=Decimal("7.4"), dc_kw=Decimal(0), at="2026-11-24T18:00"),
    Plan(battery_kwh=Decimal(77), from_percent=Decimal(10), park=Decimal(45)),
]


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_survives_its_url(plan):
    assert read_plan(plan.query()) == (plan, [])


def test_the_usual_plan_needs_no_url():
    assert USUAL.query() == {}


def test_energy_is_what_lies_between_two_states_of_charge():
    plan, _ = read_plan({"battery": "60", "from": "20", "to": "80"})
    assert plan.charge(MORNING).energy_kwh == 36


def test_now_is_taken_in_steps():
    assert USUAL.charge(MORNING).starts == datetime(2026, 11, 24, 7, 55, tzinfo=UTC)


def test_a_time_is_on_each_chargers_clock():
    plan, _ = read_plan({"at": "2026-11-24T18:00"})
    assert plan.charge(MORNING).starts == datetime(2026, 11, 24, 18)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("key", "value", "instead"),
    [
        ("kwh", "999", "40"),
        ("kwh", "0", "40"),
        ("kwh", "nan", "40"),
        ("kwh", "1e2000000", "40"),
        ("kwh", "12.345", "40"),
        ("kwh", "٤٠0000", "40"),
        ("dc", "-1", "150"),
        ("park", "x", "0"),
        ("at", "18:00", NOW),
        ("at", "2026-11-24T18:00+01:00", NOW),
        ("at", "9999-12-31T23:59", NOW),
        ("battery", "1", "60"),
    ],
)
def test_what_a_url_cannot_mean_is_said(key, value, instead):
    plan, unknown = read_plan({key: value})
    assert (key, instead) in unknown
    assert plan.charge(MORNING).energy_kwh > 0


def test_a_battery_that_would_be_emptied_is_said():
    plan, unknown = read_plan({"battery": "60", "from": "80", "to": "20"})
    assert unknown == [("to", "80")]
    assert plan.energy_kwh == 36
