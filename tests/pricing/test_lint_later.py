"""Fees that come later than at the start, and prices that nobody can tell before."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.domain.tariff import Reservation, Weekday
from aggregator.pricing.lint import LintCode
from tests.pricing.lint_cases import (
    FEE,
    PARKING,
    PER_KWH,
    codes,
    element,
    found,
    price_list,
    priced,
)


@pytest.mark.parametrize(
    ("limits", "when"),
    [
        ({"min_duration_seconds": 8100}, "from 135 min on"),
        ({"start_time": time(18), "end_time": time(22)}, "from 18:00 to 22:00"),
        ({"day_of_week": (Weekday.SUNDAY,)}, "on Sunday"),
    ],
)
def test_ruling_6_a_flat_fee_that_comes_during_the_session(limits, when):
    listed = price_list(element(priced("FLAT", "10"), **limits), element(PER_KWH))
    assert found(listed, LintCode.FLAT_CHARGED_LATE) == [
        (
            "elements[0].price_components[0]",
            1,
            f"A session that begins without it pays 10 as soon as this holds: {when}.",
        )
    ]
    assert LintCode.FLAT_LEFT_OUT not in codes(listed)


def test_ruling_6_a_later_flat_fee_is_left_out_where_every_start_has_one():
    late = element(priced("FLAT", "10"), min_duration_seconds=14400)
    listed = price_list(late, element(FEE, PER_KWH))
    assert found(listed, LintCode.FLAT_LEFT_OUT) == [
        (
            "elements[0].price_components[0]",
            1,
            "A session owes one flat fee and has it at its start; 10 never comes.",
        )
    ]
    assert LintCode.FLAT_CHARGED_LATE not in codes(listed)


def test_flat_fees_by_day_and_by_night_are_neither_late_nor_left_out():
    listed = price_list(
        element(FEE, start_time=time(6), end_time=time(22)), element(priced("FLAT", "2"))
    )
    assert not {LintCode.FLAT_CHARGED_LATE, LintCode.FLAT_LEFT_OUT} & set(codes(listed))


def test_ruling_4_durations_before_a_parking_fee_count_from_the_start():
    listed = price_list(element(PER_KWH), element(PARKING, min_duration_seconds=5400))
    assert found(listed, LintCode.PARKING_FROM_SESSION_START) == [
        (
            "elements[1].restrictions.min_duration",
            2,
            (
                "The 90 min before parking costs 6 count from the start of the session, "
                "charging included."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("limits", "code", "key"),
    [
        ({"max_power_kw": Decimal(50)}, LintCode.POWER_DEPENDENT, "max_power"),
        ({"min_power_kw": Decimal(50)}, LintCode.POWER_DEPENDENT, "min_power"),
        ({"max_current_a": Decimal(32)}, LintCode.CURRENT_DEPENDENT, "max_current"),
        ({"min_current_a": Decimal(32)}, LintCode.CURRENT_DEPENDENT, "min_current"),
    ],
)
def test_ruling_11_a_price_by_power_or_current_cannot_be_told_before(limits, code, key):
    listed = price_list(
        element(reservation=Reservation.RESERVATION, **limits),
        element(**limits),
        element(PER_KWH, **limits),
    )
    ((path, number, message),) = found(listed, code)
    assert (path, number) == (f"elements[2].restrictions.{key}", 3)
    assert message.endswith("taken, unknown before charging.")
