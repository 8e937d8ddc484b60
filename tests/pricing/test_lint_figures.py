"""Figures that look like another unit's."""

from decimal import Decimal

import pytest

from aggregator.pricing.lint import LintCode
from tests.pricing.lint_cases import PER_KWH, codes, element, found, price_list, priced

COMPONENT = "elements[0].price_components[0]"


@pytest.mark.parametrize(
    ("dimension", "price", "step", "currency", "is_odd"),
    [
        ("TIME", "0.10", 60, "EUR", True),
        ("TIME", "0.50", 60, "EUR", True),
        ("TIME", "0.50", 1, "EUR", False),
        ("PARKING_TIME", "0.05", 1, "EUR", True),
        ("PARKING_TIME", "0.25", 900, "EUR", True),
        ("PARKING_TIME", "0.35", 1, "EUR", False),
        ("TIME", "0", 60, "EUR", False),
        ("TIME", "2", 60, "SEK", True),  # 18 cents of a euro
        ("TIME", "60", 60, "SEK", False),
        ("TIME", "0.51", 60, "EUR", False),
    ],
)
def test_a_price_per_hour_that_looks_like_one_per_minute(dimension, price, step, currency, is_odd):
    part = priced(dimension, price, step_size_seconds=step)
    listed = price_list(element(part), currency=currency)
    assert bool(found(listed, LintCode.TIME_PRICE_UNIT)) is is_odd


def test_a_slip_of_the_unit_is_told_with_its_figures():
    listed = price_list(element(priced("TIME", "0.10", step_size_seconds=60)))
    assert found(listed, LintCode.TIME_PRICE_UNIT) == [
        (COMPONENT, 1, "0.10 EUR per hour is very little; is it the price of a minute?")
    ]


@pytest.mark.parametrize(
    ("price", "currency", "guess"),
    [
        ("45", "EUR", "45 EUR per kWh is very much; are these hundredths, or a fee?"),
        ("0.0004", "EUR", "0.0004 EUR per kWh is very little; is it the price of a Wh?"),
        ("5", "EUR", None),
        ("0", "EUR", None),
        ("9.5", "SEK", None),
        ("150", "HUF", None),
        ("9000", "HUF", "9000 HUF per kWh is very much; are these hundredths, or a fee?"),
    ],
)
def test_a_price_per_kwh_that_looks_like_something_else(price, currency, guess):
    listed = price_list(element(priced("ENERGY", price)), currency=currency)
    assert found(listed, LintCode.ENERGY_PRICE_UNIT) == ([(COMPONENT, 1, guess)] if guess else [])


@pytest.mark.parametrize(
    ("part", "code", "message"),
    [
        (
            priced("ENERGY", "0.4", step_size_wh=900),
            LintCode.ENERGY_STEP_UNIT,
            "Energy is billed in steps of 900 Wh; are these seconds?",
        ),
        (
            priced("ENERGY", "0.4", step_size_wh=1000),
            LintCode.LARGE_STEP,
            "Energy is billed in steps of 1000 Wh.",
        ),
        (
            priced("PARKING_TIME", "6", step_size_seconds=5400),
            LintCode.LARGE_STEP,
            "PARKING_TIME is billed in steps of 90 min.",
        ),
        (
            priced("TIME", "6", step_size_seconds=901),
            LintCode.LARGE_STEP,
            "TIME is billed in steps of 901 s.",
        ),
    ],
)
def test_a_step_that_surprises(part, code, message):
    assert found(price_list(element(part)), code) == [(f"{COMPONENT}.step_size", 1, message)]


@pytest.mark.parametrize(
    "part",
    [
        priced("ENERGY", "0.4", step_size_wh=1),
        priced("ENERGY", "0.4", step_size_wh=500),
        priced("ENERGY", "0", step_size_wh=3600),
        priced("TIME", "6", step_size_seconds=899),
    ],
)
def test_a_step_that_does_not_surprise(part):
    assert not {LintCode.LARGE_STEP, LintCode.ENERGY_STEP_UNIT} & set(
        codes(price_list(element(part)))
    )


@pytest.mark.parametrize(
    ("part", "limits", "message"),
    [
        (
            priced("TIME", "6", step_size_seconds=900),
            {"max_duration_seconds": 600},
            "Billed in steps of 15 min, though this applies for 10 min.",
        ),
        (
            priced("TIME", "6", step_size_seconds=900),
            {"min_duration_seconds": 600, "max_duration_seconds": 1200},
            "Billed in steps of 15 min, though this applies for 10 min.",
        ),
        (
            priced("ENERGY", "0.4", step_size_wh=500),
            {"min_kwh": Decimal(1), "max_kwh": Decimal("1.2")},
            "Billed in steps of 500 Wh, though for 0.2 kWh.",
        ),
        (priced("TIME", "6", step_size_seconds=600), {"max_duration_seconds": 600}, None),
    ],
)
def test_a_step_longer_than_the_element_holds(part, limits, message):
    listed = price_list(element(part, **limits))
    expected = [(f"{COMPONENT}.step_size", 1, message)] if message else []
    assert found(listed, LintCode.STEP_BEYOND_THRESHOLD) == expected


@pytest.mark.parametrize(
    ("limits", "key", "message"),
    [
        (
            {"max_power_kw": Decimal(22000)},
            "max_power",
            "max_power 22000 kW is never met; is it in W?",
        ),
        ({"min_kwh": Decimal(5000)}, "min_kwh", "min_kwh 5000 kWh is never met; is it in Wh?"),
        (
            {"max_current_a": Decimal(32000)},
            "max_current",
            "max_current 32000 A is never met; is it in mA?",
        ),
        (
            {"max_duration_seconds": 30},
            "max_duration",
            "max_duration 30 s is very short; is it in minutes?",
        ),
        (
            {"min_duration_seconds": 864000},
            "min_duration",
            "min_duration 14400 min is more than seven days; hardly any session lasts it.",
        ),
    ],
)
def test_a_threshold_beyond_sense(limits, key, message):
    listed = price_list(element(PER_KWH, **limits))
    assert found(listed, LintCode.THRESHOLD_UNIT) == [
        (f"elements[0].restrictions.{key}", 1, message)
    ]
