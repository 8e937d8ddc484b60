"""Dear or cheap against the median: the limits belong to the middle."""

from decimal import Decimal

import pytest

from dashboard.frame.price_class import (
    CHEAPER,
    DEARER,
    MUCH_CHEAPER,
    MUCH_DEARER,
    NO_PRICE,
    TYPICAL,
    price_class,
)

ENOUGH = 8


@pytest.mark.parametrize(
    ("total", "step"),
    [
        ("0", MUCH_CHEAPER),
        ("84.99", MUCH_CHEAPER),
        ("85.00", CHEAPER),
        ("94.99", CHEAPER),
        ("95.00", TYPICAL),
        ("100", TYPICAL),
        ("105.00", TYPICAL),
        ("105.01", DEARER),
        ("115.00", DEARER),
        ("115.01", MUCH_DEARER),
    ],
)
def test_a_total_is_classed_by_its_share_of_the_median(total, step):
    assert price_class(Decimal(total), Decimal(100), ENOUGH) is step


def test_too_few_prices_are_not_classed():
    assert price_class(Decimal(50), Decimal(100), ENOUGH - 1) is None


def test_without_a_median_nothing_is_classed():
    assert price_class(Decimal(0), None, ENOUGH) is None
    assert price_class(Decimal(1), Decimal(0), ENOUGH) is None


def test_no_price_is_no_price_however_many_there_are():
    assert price_class(None, None, 0) is NO_PRICE


def test_no_two_classes_share_a_word_or_a_sign():
    steps = (MUCH_CHEAPER, CHEAPER, TYPICAL, DEARER, MUCH_DEARER, NO_PRICE)
    assert len({step.word for step in steps}) == len({step.sign for step in steps}) == len(steps)
