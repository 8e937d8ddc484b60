"""Prices that stand out from their group, and tariffs that are over or out of date."""

from decimal import Decimal
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.normalise.plausibility import bounds


def test_a_group_of_19_is_too_small_to_tell():
    assert bounds([0.5] * 19) is None
    assert bounds([0.5] * 20) is not None


def test_free_offers_and_what_is_no_number_are_no_members():
    assert bounds([0.5] * 19 + [0, -1, float("nan"), float("inf"), Decimal("NaN")]) is None


def test_equal_prices_leave_a_factor_of_two():
    found = bounds([Decimal("0.5")] * 20)
    assert found is not None
    assert (found.least, found.median, found.most, found.members) == pytest.approx(
        (0.25, 0.5, 1, 20)
    )
    assert found.is_outlier(Decimal("1.01"))
    assert found.is_outlier(0.24)
    assert not found.is_outlier(Decimal("0.99"))
    assert not found.is_outlier(0)


def test_a_wide_group_has_bounds_of_three_and_a_half_robust_sigmas():
    # Logarithms 0, +-0.5 in equal numbers: the median deviation is 0.5.
    found = bounds([1.0] * 7 + [exp(0.5)] * 7 + [exp(-0.5)] * 7)
    assert found is not None
    assert found.most == pytest.approx(exp(3.5 * 1.4826 * 0.5))  # 13.4
    assert found.least == pytest.approx(1 / found.most)


def test_between_two_middle_prices_lies_their_geometric_mean():
    found = bounds([0.2] * 10 + [0.8] * 10)
    assert found is not None
    assert found.median == pytest.approx(0.4)


def test_a_few_absurd_prices_hardly_move_the_bounds():
    usual = [0.45, 0.49, 0.52, 0.55, 0.59, 0.62, 0.65, 0.69, 0.75, 0.79] * 3
    calm, moved = bounds(usual), bounds([*usual, 59.0, 79.0, 0.00059])
    assert calm is not None
    assert moved is not None
    assert moved.most == pytest.approx(calm.most, rel=0.25)
    assert [one for one in (59.0, 79.0, 0.00059, 0.39, 0.89) if moved.is_outlier(one)] == [
        59.0,
        79.0,
        0.00059,
    ]


@given(
    st.lists(st.floats(min_value=1e-300, max_value=1e300), min_size=20, max_size=60),
    st.randoms(),
)
def test_any_group_has_bounds_around_its_median_whatever_its_order(prices, random):
    found = bounds(prices)
    assert found is not None
    assert found.least < found.median < found.most
    random.shuffle(prices)
    assert bounds(prices) == found
