"""Numbers known in two ways: nearly, and exactly modulo 2**64.

A number is (value, numerator, denominator, size): `value` is a float64 off by no more than
RELATIVE_ERROR, numerator and denominator are the exact ones modulo 2**64, `size` is the
denominator as a float64. Two numbers that float64 cannot tell apart differ by so little that the
difference of their cross products fits into 64 bits, where it is exact: true ties are seen as
such. Where even that product may not fit, nothing is decided.
"""

import numpy as np

from aggregator.pricing.kernel.compiling import inlined
from aggregator.pricing.kernel.layout import MICRO
from aggregator.pricing.kernel.shapes import Number

RELATIVE_ERROR = 2.0**-43  # 64 charges of 8 roundings each, and limits that scale them twice
UNDECIDED = -2
MOST_EXACT = 2.0**61
SIGN_BIT = np.uint64(1 << 63)
NOTHING = np.uint64(0)
ROUNDED_LARGEST = 1e15  # minor units; beyond them float64 has no digits to spare
QUARTER = 0.25  # of a minor unit: a larger error may hide which two units a number lies between


@inlined
def limit_number(amount: int) -> Number:
    """Return a limit in millionths as a number."""
    return amount / MICRO, np.uint64(amount), np.uint64(MICRO), float(MICRO)


@inlined
def order(one: Number, other: Number) -> int:
    """Return -1, 0 or 1 as one is less than, equal to or more than the other, or UNDECIDED."""
    gap = one[0] - other[0]
    error = (one[0] + other[0]) * RELATIVE_ERROR
    if gap > error:
        return 1
    if gap < -error:
        return -1
    if 2.0 * error * one[3] * other[3] >= MOST_EXACT:
        return UNDECIDED
    difference = one[1] * other[2] - other[1] * one[2]
    if difference == NOTHING:
        return 0
    return 1 if difference < SIGN_BIT else -1


@inlined
def nearly_rounded(value: float, minor_units: int) -> int:
    """Return the value in minor units, rounded half up; UNDECIDED too near to a half."""
    scaled = value * minor_units
    error = (scaled + 1.0) * RELATIVE_ERROR
    whole = np.floor(scaled + 0.5)
    rest = scaled + 0.5 - whole
    if scaled > ROUNDED_LARGEST or rest <= error or rest >= 1.0 - error:
        return UNDECIDED
    return int(whole)


@inlined
def rounded(number: Number, minor_units: int) -> int:
    """Return the number in minor units, rounded half up (ruling 10), or UNDECIDED."""
    near = nearly_rounded(number[0], minor_units)
    scaled = number[0] * minor_units
    error = (scaled + 1.0) * RELATIVE_ERROR
    if near != UNDECIDED:
        return near
    if scaled > ROUNDED_LARGEST or error >= QUARTER or 4.0 * error * number[3] >= MOST_EXACT:
        return UNDECIDED
    upper = int(np.floor(scaled + 1.0))  # the half lies between this and the one below
    twice = np.uint64(2 * minor_units) * number[1]
    half = np.uint64(2 * upper - 1) * number[2]
    return upper if twice - half < SIGN_BIT else upper - 1


@inlined
def in_proportion(other: Number, before: Number, after: Number) -> Number:
    """Return other x after / before, which is not 0.

    Totals of one session share their denominator, which then falls out.
    """
    value = other[0] * after[0] / before[0]
    numerator, denominator = other[1] * after[1], before[1] * after[2]
    size = before[0] * before[3] * after[3]
    if other[2] != before[2] or other[3] != before[3]:
        numerator, denominator = numerator * before[2], denominator * other[2]
        size *= other[3]
    return value, numerator, denominator, size
