"""Flat fees and steps are told as they are billed (rulings 5 and 6)."""

from decimal import Decimal

import pytest

from aggregator.domain.tariff import Dimension
from aggregator.wording import charges, sentence
from tests.pricing.price_lists import component, element, hourly
from tests.wording.tariffs import listed


def fees(*elements):
    found = charges(listed(*elements))
    return [str(one.price) for one in found if one.dimension is Dimension.FLAT]


def flat(price):
    return component(Dimension.FLAT, price, "0.2")


@pytest.mark.parametrize(
    "elements",
    [
        [element(flat("1"), max_duration_seconds=14400), element(flat("10"))],
        [element(flat("10"), min_duration_seconds=14400), element(flat("1"))],
        [element(flat("1"), max_kwh=Decimal(5)), element(flat("9"), min_kwh=Decimal(5))],
    ],
)
def test_ruling_6_a_fee_that_is_never_the_first_one_due_is_not_told(elements):
    assert fees(*elements) == ["1"]


def test_ruling_6_a_fee_that_never_begins_hides_no_other():
    assert fees(element(flat("3"), max_duration_seconds=0), element(flat("1"))) == ["1"]


def test_ruling_6_a_fee_that_may_be_due_later_is_told():
    assert fees(element(flat("3"), min_duration_seconds=3600)) == ["3", "0"]


def test_ruling_5_charging_time_is_rounded_only_where_no_parking_has_a_price():
    steps = element(hourly(Dimension.TIME, "6", "0.2", 3600))
    alone = sentence(listed(steps), "en")
    beside = sentence(listed(steps, element(component(Dimension.PARKING_TIME, "0"))), "en")
    assert "Charging time is rounded up" in alone
    assert "If no parking is billed, charging time is rounded up" in beside
