"""What never counts: shadowed, impossible, doubled or superfluous parts."""

from datetime import date, time
from decimal import Decimal

import pytest

from aggregator.domain.tariff import Reservation, Weekday
from aggregator.pricing.lint import LintCode
from tests.pricing.lint_cases import (
    FEE,
    PARKING,
    PER_HOUR,
    PER_KWH,
    codes,
    element,
    found,
    price_list,
    priced,
)
from tests.pricing.price_lists import WEEKEND, WORKING_DAYS

CHEAP = priced("ENERGY", "0.2")
NIGHT = {"start_time": time(22), "end_time": time(6)}
DAY = {"start_time": time(6), "end_time": time(22)}
RESERVED = Reservation.RESERVATION


def test_a_restricted_element_behind_an_unrestricted_one_is_shadowed():
    listed = price_list(element(PER_KWH), element(CHEAP, **NIGHT))
    assert found(listed, LintCode.SHADOWED_ELEMENT) == [
        ("elements[1]", 2, "ENERGY 0.2 is never charged: element 1 always comes first.")
    ]


def test_a_fallback_behind_windows_that_cover_the_day_is_spare():
    listed = price_list(element(PER_KWH, **DAY), element(CHEAP, **NIGHT), element(PER_KWH))
    assert found(listed, LintCode.SPARE_ELEMENT) == [
        (
            "elements[2]",
            3,
            "ENERGY 0.4 is never charged: elements 1 and 2 together always come first.",
        )
    ]


def test_only_the_elements_that_it_takes_are_named():
    listed = price_list(
        element(CHEAP, max_kwh=Decimal(5)),
        element(PER_KWH, **DAY),
        element(CHEAP, **NIGHT),
        element(PER_KWH),
    )
    ((_, _, message),) = found(listed, LintCode.SPARE_ELEMENT)
    assert "elements 2 and 3 together" in message


def test_many_elements_are_counted_not_named():
    hours = [
        element(PER_KWH, start_time=time(hour), end_time=time((hour + 1) % 24))
        for hour in range(24)
    ]
    ((_, number, message),) = found(price_list(*hours, element(CHEAP)), LintCode.SPARE_ELEMENT)
    assert number == 25
    assert "24 of elements 1 to 24 together always come first" in message


def test_a_weekday_and_a_window_together_leave_a_fallback_nothing():
    listed = price_list(
        element(PER_KWH, day_of_week=WEEKEND),
        element(PER_KWH, day_of_week=WORKING_DAYS, **DAY),
        element(CHEAP, day_of_week=WORKING_DAYS, **NIGHT),
        element(PER_KWH),
    )
    assert LintCode.SPARE_ELEMENT in codes(listed)


@pytest.mark.parametrize(
    ("outer", "inner", "is_hidden"),
    [
        ({"max_kwh": Decimal(20)}, {"max_kwh": Decimal(10)}, True),
        ({"max_kwh": Decimal(10)}, {"max_kwh": Decimal(20)}, False),
        ({"min_kwh": Decimal(10)}, {"min_kwh": Decimal(10), **NIGHT}, True),
        ({"start_date": date(2026, 1, 1)}, {"start_date": date(2026, 2, 1)}, True),
        ({"end_date": date(2026, 1, 1)}, {"end_date": date(2026, 2, 1)}, False),
        ({"start_time": time(21), "end_time": time(7)}, NIGHT, True),
        (NIGHT, {"start_time": time(21), "end_time": time(7)}, False),
        ({"day_of_week": WEEKEND}, {"day_of_week": (Weekday.SUNDAY,)}, True),
        # An unknown power meets a minimum of 0 but no maximum.
        ({"min_power_kw": Decimal(0)}, {}, True),
        ({"max_power_kw": Decimal(50)}, {"max_power_kw": Decimal(22)}, True),
        ({"min_power_kw": Decimal(-1)}, {}, False),
    ],
)
def test_an_element_is_shadowed_by_one_whose_restrictions_hold_whenever_its_own_do(
    outer, inner, is_hidden
):
    listed = price_list(element(PER_KWH, **outer), element(CHEAP, **inner))
    assert bool(found(listed, LintCode.SHADOWED_ELEMENT)) is is_hidden


def test_only_the_hidden_component_is_told_where_another_counts():
    listed = price_list(element(FEE), element(priced("FLAT", "2"), PER_KWH))
    assert found(listed, LintCode.SHADOWED_COMPONENT) == [
        (
            "elements[1].price_components[0]",
            2,
            "FLAT 2 is never charged: element 1 always comes first.",
        )
    ]


def test_the_first_component_of_a_type_is_the_one_that_is_hidden():
    listed = price_list(element(FEE), element(priced("FLAT", "2"), PER_KWH, priced("FLAT", "3")))
    ((path, *_),) = found(listed, LintCode.SHADOWED_COMPONENT)
    assert path == "elements[1].price_components[0]"


def test_an_element_with_hidden_components_of_both_sorts_is_shadowed():
    listed = price_list(
        element(PER_KWH, **DAY),
        element(CHEAP, **NIGHT),
        element(FEE),
        element(PER_KWH, priced("FLAT", "2")),
    )
    assert LintCode.SHADOWED_ELEMENT in codes(listed)
    assert LintCode.SPARE_ELEMENT not in codes(listed)


def test_elements_for_reservations_and_for_sessions_do_not_hide_each_other():
    hour = priced("TIME", "2")
    listed = price_list(
        element(PER_HOUR, reservation=Reservation.RESERVATION_EXPIRES),
        element(PER_HOUR, reservation=RESERVED),
        element(PER_HOUR, PER_KWH),
    )
    assert LintCode.SHADOWED_COMPONENT not in codes(listed)
    doubled = price_list(
        element(PER_HOUR, reservation=RESERVED),
        element(hour, reservation=RESERVED),
        element(PER_KWH),
    )
    assert LintCode.SHADOWED_ELEMENT in codes(doubled)


def test_an_element_that_stands_twice_is_a_duplicate_and_not_shadowed():
    listed = price_list(element(PER_KWH), element(FEE), element(PER_KWH))
    assert found(listed, LintCode.DUPLICATE_ELEMENT) == [
        ("elements[2]", 3, "Element 3 is element 1 once more.")
    ]
    assert LintCode.SHADOWED_ELEMENT not in codes(listed)


def test_an_element_without_components_is_told():
    assert found(price_list(element(PER_KWH), element()), LintCode.EMPTY_ELEMENT) == [
        (
            "elements[1].price_components",
            2,
            "Element 2 has no price components and prices nothing.",
        )
    ]


def test_a_second_component_of_a_type_never_counts():
    listed = price_list(element(PER_KWH, FEE, CHEAP))
    assert found(listed, LintCode.SECOND_OF_TYPE) == [
        (
            "elements[0].price_components[2]",
            1,
            "Only the first ENERGY of an element counts; 0.2 is never charged.",
        )
    ]


def test_a_reservation_has_no_energy():
    listed = price_list(element(PER_KWH, PER_HOUR, reservation=RESERVED), element(PER_KWH))
    assert found(listed, LintCode.NOT_FOR_RESERVATION) == [
        (
            "elements[0].price_components[0]",
            1,
            "A reservation has no ENERGY; the price of 0.4 is never charged.",
        )
    ]


@pytest.mark.parametrize("limits", [{"min_power_kw": Decimal(1)}, {"min_current_a": Decimal(6)}])
def test_no_power_flows_while_parked_or_reserved(limits):
    listed = price_list(
        element(PARKING, PER_KWH, **limits), element(PER_HOUR, reservation=RESERVED, **limits)
    )
    assert [path for path, *_ in found(listed, LintCode.NO_POWER_WHILE_PARKED)] == [
        "elements[0].price_components[0]",
        "elements[1].price_components[0]",
    ]


def test_a_least_power_of_0_is_met_while_parked():
    listed = price_list(element(PARKING, PER_KWH, min_power_kw=Decimal(0)))
    assert LintCode.NO_POWER_WHILE_PARKED not in codes(listed)


@pytest.mark.parametrize(
    ("limits", "key", "message"),
    [
        (
            {"min_kwh": Decimal(20), "max_kwh": Decimal(10)},
            "max_kwh",
            "Element 1 never applies: min_kwh 20 is not below max_kwh 10.",
        ),
        (
            {"max_power_kw": Decimal(0)},
            "max_power",
            "Element 1 never applies: nothing is below a max_power of 0.",
        ),
        (
            {"min_duration_seconds": 60, "max_duration_seconds": 60},
            "max_duration",
            "Element 1 never applies: min_duration 60 is not below max_duration 60.",
        ),
        (
            {"min_current_a": Decimal(32), "max_current_a": Decimal(16)},
            "max_current",
            "Element 1 never applies: min_current 32 is not below max_current 16.",
        ),
        (
            {"start_date": date(2026, 6, 2), "end_date": date(2026, 6, 2)},
            "end_date",
            "Element 1 never applies: it starts on 2026-06-02 and has ended by 2026-06-02.",
        ),
    ],
)
def test_restrictions_that_nothing_meets(limits, key, message):
    listed = price_list(element(CHEAP, **limits), element(PER_KWH))
    assert found(listed, LintCode.IMPOSSIBLE_RESTRICTION) == [
        (f"elements[0].restrictions.{key}", 1, message)
    ]
    behind = price_list(element(PER_KWH), element(CHEAP, **limits))
    assert not {LintCode.SHADOWED_ELEMENT} & {*codes(listed), *codes(behind)}
