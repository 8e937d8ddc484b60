"""Exact amounts and the one rounding (ruling 10)."""

from decimal import Decimal
from fractions import Fraction

import pytest

from aggregator.pricing.money import decimal_from, round_to_minor_unit


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("5.125", "EUR", "5.13"),
        ("5.135", "EUR", "5.14"),  # half to even would give 5.14 too, and 5.12 above
        ("5.1249999999999999999999999", "EUR", "5.12"),
        ("100.5", "JPY", "101"),
        ("1.0005", "KWD", "1.001"),
        ("0", "GBP", "0.00"),
    ],
)
def test_ruling_10_rounds_half_up_to_the_minor_unit(amount, currency, rounded):
    result = round_to_minor_unit(Fraction(amount), currency)
    assert str(result) == rounded


def test_a_number_that_ends_stays_exact():
    assert decimal_from(Fraction("0.59004")) == Decimal("0.59004")


def test_a_number_without_end_has_28_digits():
    assert decimal_from(Fraction(1, 3)) == Decimal("0.3333333333333333333333333333")
