"""Which contract pays off, and from where on."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.plans import PaysOff, break_even_kwh_per_month, monthly_cost

AMOUNTS = st.decimals(0, 1000, places=6)
KWH = st.integers(0, 100_000)


def cost(fee, per_kwh, kwh):
    return Fraction(fee) + Fraction(per_kwh) * kwh


@pytest.mark.parametrize(
    ("a", "b", "kwh", "pays_off"),
    [
        (("9.99", "0.39"), ("0", "0.59"), "49.95", PaysOff.ABOVE),  # 9.99 / 0.20
        (("0", "0.59"), ("9.99", "0.39"), "49.95", PaysOff.BELOW),
        (("5", "0.40"), ("2", "0.55"), "20", PaysOff.ABOVE),  # 3 / 0.15
        (("0", "0.39"), ("5", "0.39"), None, PaysOff.ALWAYS),
        (("5", "0.39"), ("5", "0.49"), None, PaysOff.ALWAYS),
        (("5", "0.39"), ("0", "0.39"), None, PaysOff.NEVER),
        (("5", "0.49"), ("4", "0.39"), None, PaysOff.NEVER),
        (("5", "0.49"), ("5.00", "0.490"), None, PaysOff.SAME),
    ],
)
def test_break_even_is_where_both_cost_the_same(a, b, kwh, pays_off):
    found = break_even_kwh_per_month(*map(Decimal, (*a, *b)))
    assert found.kwh_per_month == (kwh and Decimal(kwh))
    assert found.pays_off is pays_off


def test_break_even_that_does_not_end_has_28_digits():
    found = break_even_kwh_per_month(Decimal(1), Decimal("0.3"), Decimal(0), Decimal("0.6"))
    assert found.kwh_per_month == Decimal("3.333333333333333333333333333")


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, KWH)
def test_words_say_which_plan_is_cheaper(fee_a, per_kwh_a, fee_b, per_kwh_b, kwh):
    found = break_even_kwh_per_month(fee_a, per_kwh_a, fee_b, per_kwh_b)
    more = cost(fee_a, per_kwh_a, kwh) - cost(fee_b, per_kwh_b, kwh)
    assert (found.kwh_per_month is None) is (found.pays_off not in {PaysOff.ABOVE, PaysOff.BELOW})
    point = Fraction(found.kwh_per_month or 0)
    assert {
        PaysOff.ABOVE: more <= 0 if kwh > point + 1 else more >= 0 or kwh > point - 1,
        PaysOff.BELOW: more >= 0 if kwh > point + 1 else more <= 0 or kwh > point - 1,
        PaysOff.ALWAYS: more <= 0,
        PaysOff.NEVER: more >= 0,
        PaysOff.SAME: more == 0,
    }[found.pays_off]


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_plans_changed_round_turn_the_words_round(fee_a, per_kwh_a, fee_b, per_kwh_b):
    one = break_even_kwh_per_month(fee_a, per_kwh_a, fee_b, per_kwh_b)
    other = break_even_kwh_per_month(fee_b, per_kwh_b, fee_a, per_kwh_a)
    turned = {
        PaysOff.ABOVE: PaysOff.BELOW,
        PaysOff.BELOW: PaysOff.ABOVE,
        PaysOff.ALWAYS: PaysOff.NEVER,
        PaysOff.NEVER: PaysOff.ALWAYS,
        PaysOff.SAME: PaysOff.SAME,
    }
    assert other.kwh_per_month == one.kwh_per_month
    assert other.pays_off is turned[one.pays_off]


def test_month_costs_its_fee_and_every_session():
    assert monthly_cost(Decimal("9.99"), Decimal("15.30"), 4) == Decimal("71.19")
    assert monthly_cost(Decimal("9.99"), Decimal("15.30"), 0) == Decimal("9.99")


@given(AMOUNTS, AMOUNTS, st.integers(0, 1000))
def test_one_session_more_costs_its_total(fee, total, sessions):
    more = monthly_cost(fee, total, sessions + 1) - monthly_cost(fee, total, sessions)
    assert more == total


@pytest.mark.parametrize("wrong", ["-0.01", "NaN", "Infinity"])
def test_numbers_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="not below zero"):
        break_even_kwh_per_month(Decimal(0), Decimal(wrong), Decimal(0), Decimal(1))
    with pytest.raises(ValueError, match="not below zero"):
        monthly_cost(Decimal(0), Decimal(wrong), 1)
    with pytest.raises(ValueError, match="not below zero"):
        monthly_cost(Decimal(0), Decimal(1), -1)
