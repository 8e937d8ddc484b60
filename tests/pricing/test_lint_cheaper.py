"""What costs less than it seems: holes and gaps, and what is free altogether."""

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
from tests.pricing.price_lists import WORKING_DAYS

CHEAP = priced("ENERGY", "0.2")
UNTIL_23_59 = {"start_time": time(0), "end_time": time(23, 59)}


def test_through_23_59_as_end_of_day_a_minute_falls():
    listed = price_list(element(PER_KWH, PER_HOUR, **UNTIL_23_59))
    assert found(listed, LintCode.DAILY_HOLE_UNPRICED) == [
        (
            "elements[0].restrictions.end_time",
            1,
            "Nothing is charged for ENERGY and TIME from 23:59 to 24:00.",
        )
    ]
    assert LintCode.ENERGY_GAP not in codes(listed)


def test_through_23_59_another_element_is_met():
    listed = price_list(element(PER_KWH, FEE, **UNTIL_23_59), element(CHEAP, priced("FLAT", "2")))
    assert found(listed, LintCode.DAILY_HOLE_CAUGHT) == [
        (
            "elements[0].restrictions.end_time",
            1,
            "From 23:59 to 24:00 ENERGY is priced by element 2 (0.2), not by element 1 (0.4).",
        )
    ]


def test_a_hole_of_five_minutes_between_two_windows():
    listed = price_list(
        element(PER_KWH, start_time=time(6), end_time=time(21, 55)),
        element(CHEAP, start_time=time(22), end_time=time(6)),
    )
    assert [message for *_, message in found(listed, LintCode.DAILY_HOLE_UNPRICED)] == [
        "Nothing is charged for ENERGY from 21:55 to 22:00."
    ]


def test_a_hole_of_a_second_is_told_with_its_seconds():
    listed = price_list(element(PER_KWH, start_time=time(0), end_time=time(23, 59, 59)))
    ((_, _, message),) = found(listed, LintCode.DAILY_HOLE_UNPRICED)
    assert message == "Nothing is charged for ENERGY from 23:59:59 to 24:00."


@pytest.mark.parametrize(
    "elements",
    [
        # Six minutes may be meant; windows that meet leave nothing; 0 is no loss.
        [
            element(PER_KWH, start_time=time(6), end_time=time(21, 54)),
            element(CHEAP, start_time=time(22), end_time=time(6)),
        ],
        [
            element(PER_KWH, start_time=time(6), end_time=time(22)),
            element(CHEAP, start_time=time(22), end_time=time(6)),
        ],
        [element(priced("TIME", "0"), **UNTIL_23_59), element(PER_KWH)],
        [element(CHEAP, max_kwh=Decimal(0), **UNTIL_23_59)],
    ],
)
def test_what_is_no_hole(elements):
    assert LintCode.DAILY_HOLE_UNPRICED not in codes(price_list(*elements))


def test_energy_without_a_price_at_the_weekend():
    listed = price_list(element(PER_KWH, day_of_week=WORKING_DAYS))
    assert found(listed, LintCode.ENERGY_GAP) == [
        (
            "elements",
            None,
            "Charging has no price in some cases and costs nothing then: on Saturday and Sunday.",
        )
    ]


@pytest.mark.parametrize(
    ("limits", "where"),
    [
        ({"max_power_kw": Decimal("16.5")}, "from 16.5 kW on"),
        ({"min_power_kw": Decimal(50)}, "before 50 kW"),
        ({"min_kwh": Decimal(5)}, "before 5 kWh"),
        ({"min_duration_seconds": 90}, "before 90 s"),
        ({"max_current_a": Decimal(32)}, "from 32 A on"),
        ({"end_date": date(2026, 7, 1)}, "from 2026-07-01 on"),
        ({"start_date": date(2026, 7, 1)}, "before 2026-07-01"),
        (
            {"start_time": time(6), "end_time": time(22)},
            "from 00:00 to 06:00 or from 22:00 to 24:00",
        ),
        ({"start_time": time(22), "end_time": time(6)}, "from 06:00 to 22:00"),
        ({"day_of_week": (Weekday.MONDAY,), "max_duration_seconds": 5400}, "on Tuesday"),
    ],
)
def test_energy_without_a_price_in_some_cases(limits, where):
    ((_, _, message),) = found(price_list(element(PER_KWH, **limits)), LintCode.ENERGY_GAP)
    assert where in message


def test_a_gap_in_the_middle_is_told_with_both_ends():
    listed = price_list(element(PER_KWH, max_kwh=Decimal(5)), element(PER_KWH, min_kwh=Decimal(10)))
    ((_, _, message),) = found(listed, LintCode.ENERGY_GAP)
    assert message.endswith(": from 5 kWh to before 10 kWh.")


def test_gaps_that_differ_in_one_quantity_are_told_as_one():
    listed = price_list(
        *(element(PER_KWH, day_of_week=(day,), max_kwh=Decimal(50)) for day in Weekday)
    )
    ((_, _, message),) = found(listed, LintCode.ENERGY_GAP)
    assert message.endswith("costs nothing then: from 50 kWh on.")


def test_gaps_beyond_three_are_counted():
    windows = [
        element(
            PER_KWH,
            day_of_week=(day,),
            start_time=time(hour),
            end_time=time(hour + 1),
            max_kwh=Decimal(hour + 1),
        )
        for hour, day in enumerate(Weekday)
    ]
    ((_, _, message),) = found(price_list(*windows), LintCode.ENERGY_GAP)
    assert "; and " in message
    assert message.endswith(" more.")


@pytest.mark.parametrize(
    "elements",
    [
        (element(PER_KWH, day_of_week=WORKING_DAYS), element(PER_HOUR)),
        (element(PER_KWH, day_of_week=WORKING_DAYS), element(priced("ENERGY", "0"))),
        (element(priced("ENERGY", "0"), day_of_week=WORKING_DAYS), element(FEE)),
        (element(PARKING),),
    ],
)
def test_where_time_has_a_price_or_energy_has_none_at_all_there_is_no_gap(elements):
    assert LintCode.ENERGY_GAP not in codes(price_list(*elements))


def test_a_price_list_for_parking_only():
    listed = price_list(element(PARKING, priced("ENERGY", "0")))
    assert found(listed, LintCode.ONLY_PARKING) == [
        ("elements", None, "Only parking costs anything (6 per hour); charging is free.")
    ]


def test_a_price_list_for_reservations_only():
    listed = price_list(element(PER_HOUR, FEE, reservation=Reservation.RESERVATION))
    assert found(listed, LintCode.ONLY_RESERVATION) == [
        (
            "elements",
            None,
            "All 2 price components are for reservations; charging has no price.",
        )
    ]
