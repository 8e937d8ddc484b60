"""Parts that change no bill."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.domain.tariff import PriceLimit, Reservation, Weekday
from aggregator.pricing.lint import LintCode
from tests.pricing.lint_cases import PER_HOUR, PER_KWH, codes, element, found, price_list, priced

RESERVED = Reservation.RESERVATION


@pytest.mark.parametrize(
    ("limits", "key", "message"),
    [
        ({"min_kwh": Decimal(0)}, "min_kwh", "A min_kwh of 0 restricts nothing."),
        ({"min_duration_seconds": 0}, "min_duration", "A min_duration of 0 restricts nothing."),
        (
            {"day_of_week": tuple(Weekday)},
            "day_of_week",
            "A list of all seven weekdays restricts nothing.",
        ),
        (
            {"start_time": time(7), "end_time": time(7)},
            "end_time",
            "A window from 07:00 to 07:00 is the whole day and restricts nothing.",
        ),
        (
            {"start_time": time(0)},
            "end_time",
            "A window from 00:00 to 00:00 is the whole day and restricts nothing.",
        ),
    ],
)
def test_restrictions_that_everything_meets(limits, key, message):
    assert found(price_list(element(PER_KWH, **limits)), LintCode.NO_OP_RESTRICTION) == [
        (f"elements[0].restrictions.{key}", 1, message)
    ]


def test_limits_of_0():
    listed = price_list(
        element(PER_KWH),
        min_price=PriceLimit(Decimal(0), None),
        max_price=PriceLimit(Decimal(0), Decimal(60)),
    )
    assert found(listed, LintCode.NO_OP_LIMIT) == [
        ("min_price", None, "A min_price of 0 limits nothing."),
        ("max_price.excl_vat", None, "A max_price of 0 beside prices is read as no limit."),
    ]


def test_half_a_lowest_price_of_0_is_kept_since_it_keeps_the_other_half_from_being_scaled():
    listed = price_list(element(PER_KWH), min_price=PriceLimit(Decimal(0), Decimal(3)))
    assert LintCode.NO_OP_LIMIT not in codes(listed)


FREE_TIME, FREE_PARKING = priced("TIME", "0"), priced("PARKING_TIME", "0")


def test_a_price_of_0_without_any_other_of_its_dimension():
    assert found(price_list(element(PER_KWH, FREE_TIME)), LintCode.ZERO_PRICE) == [
        (
            "elements[0].price_components[1]",
            1,
            "TIME has a price of 0 and no other; without it nothing changes.",
        )
    ]


@pytest.mark.parametrize(
    "elements",
    [
        (element(FREE_TIME, max_duration_seconds=3600), element(PER_HOUR)),
        (element(priced("FLAT", "0"), FREE_TIME),),
        # Ruling 5: where parking has a price, even 0, charging time is not rounded up.
        (element(priced("TIME", "3", step_size_seconds=60), FREE_PARKING),),
        (element(FREE_TIME), element(PER_HOUR, reservation=RESERVED)),
    ],
)
def test_a_price_of_0_that_says_something(elements):
    assert LintCode.ZERO_PRICE not in codes(price_list(*elements))


def test_parking_at_0_says_nothing_where_no_time_is_billed_in_steps():
    assert LintCode.ZERO_PRICE in codes(price_list(element(PER_HOUR, FREE_PARKING)))
