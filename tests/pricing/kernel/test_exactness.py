"""Numbers that are known nearly and exactly."""

from fractions import Fraction

import numpy as np
import pytest

from tests.pricing.kernel.interpreted import interpreted


@pytest.fixture(scope="module")
def modules():
    with interpreted() as found:
        yield found


@pytest.fixture(scope="module")
def exactness(modules):
    return modules["exactness"]


def number(numerator, denominator):
    value = float(Fraction(numerator, denominator))
    wrapped = (np.uint64(one % 2**64) for one in (numerator, denominator))
    return value, *wrapped, float(denominator)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((1, 3), (1, 2), -1),
        ((1, 2), (1, 3), 1),
        ((1, 3), (2, 6), 0),
        ((10**15 + 1, 3 * 10**15), (1, 3), 1),  # float64 cannot tell them apart
        ((10**15 - 1, 3 * 10**15), (1, 3), -1),
        ((10**25 + 1, 3 * 10**25), (1, 3), 1),  # beyond 64 bits
        ((10**40 + 1, 3 * 10**40), (1, 3), -2),
    ],
)
def test_order_is_exact_or_undecided(exactness, one, other, expected):
    assert exactness.order(number(*one), number(*other)) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (5125, 1000, 513),  # ruling 10
        (5124, 1000, 512),
        (5125 * 10**15 - 1, 1000 * 10**15, 512),
        (5125 * 10**15 + 1, 1000 * 10**15, 513),
        (5125 * 10**35 - 1, 1000 * 10**35, -2),
        (10**14, 1, -2),
        (0, 1, 0),
    ],
)
def test_ruling_10_rounding_is_half_up_and_exact_or_undecided(
    exactness, numerator, denominator, expected
):
    assert exactness.rounded(number(numerator, denominator), 100) == expected


def test_a_total_in_proportion_keeps_the_ratio_of_the_two(exactness):
    net, gross = number(100, 10), number(119, 10)
    after = exactness.limit_number(20_000_000)
    found = exactness.in_proportion(gross, net, after)
    assert exactness.order(found, number(238, 10)) == 0


def test_a_total_in_proportion_may_have_another_denominator(exactness):
    found = exactness.in_proportion(number(119, 7), number(100, 10), number(20, 1))
    assert exactness.order(found, number(34, 1)) == 0


def test_what_cannot_be_compared_is_left_to_the_exact_engine(modules):
    limits, close = modules["limits"], (1.0, np.uint64(1), np.uint64(1), 1e40)
    tariff = [0] * 22
    for basis in (0, 3):
        tariff[1], tariff[17:22] = basis, [1_000_000, -1, -1, -1, 1]
        assert limits.limited(tuple(tariff), (close, close, close, True, True))[0] is False


def test_a_total_that_cannot_be_rounded_is_left_to_the_exact_engine(modules):
    close = (0.005, np.uint64(1), np.uint64(1), 1e40)
    tariff = (0, 0, 100, *([0] * 14), -1, -1, -1, -1, 0)
    amounts, codes = np.zeros((1, 3), np.int64), np.zeros((1, 4), np.uint16)
    assert not modules["engine"].settle_exactly(tariff, True, (close, close), amounts, codes, 0)
