"""Which prices can be met, and whether something is left without one."""

from datetime import date, time
from decimal import Decimal

from aggregator.domain.tariff import Dimension, PriceBasis, PriceList, Reservation, Weekday
from aggregator.pricing.components import price_table
from aggregator.wording import Place, charges
from aggregator.wording.situations import MOST_SITUATIONS, reach
from tests.pricing.price_lists import (
    WEEKEND,
    WORKING_DAYS,
    charging,
    element,
    energy,
    flat,
    parking,
)


def reached(*elements, dimension=Dimension.ENERGY):
    table = price_table(PriceList("EUR", PriceBasis.GROSS, elements))
    met = reach(table.candidates[dimension], dimension)
    numbers = [candidate.element_number for candidate in met.candidates]
    return numbers, {c.element_number for c in met.overlapping}, met.open_ended


def test_nothing_counts_after_a_price_that_always_holds():
    later = element(energy("0.6"), end_time=time(8))
    assert reached(element(energy("0.5")), later) == ([1], set(), False)


def test_no_price_at_all_leaves_everything_open():
    assert reached(element(flat("1"))) == ([], set(), True)


def test_a_price_that_others_cover_is_never_met():
    day = {"start_time": time(8), "end_time": time(20)}
    night = {"start_time": time(20), "end_time": time(8)}
    noon = {"start_time": time(11), "end_time": time(13)}
    found = reached(
        element(energy("0.5"), **day),
        element(energy("0.1"), **noon),
        element(energy("0.3"), **night),
    )
    assert found == ([1, 3], set(), False)


def test_prices_of_weekdays_and_weekends_leave_nothing_open():
    found = reached(
        element(energy("0.5"), day_of_week=WORKING_DAYS),
        element(energy("0.4"), day_of_week=WEEKEND),
    )
    assert found == ([1, 2], set(), False)


def test_a_price_that_would_hold_where_an_earlier_one_does_overlaps():
    found = reached(element(energy("0.5"), max_kwh=Decimal(9)), element(energy("0.4")))
    assert found == ([1, 2], {2}, False)


def test_limits_that_exclude_each_other_are_never_met():
    found = reached(
        element(energy("1"), min_kwh=Decimal(9), max_kwh=Decimal(8)),
        element(energy("2"), max_duration_seconds=0),
        element(energy("3"), min_power_kw=Decimal(9), max_power_kw=Decimal(9)),
        element(energy("4"), start_date=date(2026, 5, 2), end_date=date(2026, 5, 1)),
    )
    assert found == ([], set(), True)


def test_a_date_has_only_its_own_weekday():
    # The 1st of May 2026 is a Friday.
    friday = {"start_date": date(2026, 5, 1), "end_date": date(2026, 5, 2)}
    found = reached(
        element(energy("1"), day_of_week=(Weekday.MONDAY,), **friday),
        element(energy("2"), day_of_week=(Weekday.FRIDAY,), **friday),
    )
    assert found == ([2], set(), True)


def test_the_first_day_of_all_has_no_week_before():
    assert reached(element(energy("1"), end_date=date(1, 1, 2))) == ([1], set(), True)
    assert reached(element(energy("1"), end_date=date.min)) == ([], set(), True)


def test_ruling_11_no_power_flows_while_parked():
    found = reached(
        element(parking("1"), min_power_kw=Decimal(11)),
        element(parking("2"), max_current_a=Decimal(32)),
        dimension=Dimension.PARKING_TIME,
    )
    assert found == ([2], set(), False)


def test_where_situations_are_too_many_nothing_is_ruled_out():
    tiers = [
        element(
            energy("1"),
            min_kwh=Decimal(number),
            min_power_kw=Decimal(number),
            min_current_a=Decimal(number),
        )
        for number in range(1, 16)
    ]
    assert MOST_SITUATIONS < 16**3
    numbers = list(range(1, 16))
    assert reached(*tiers) == (numbers, set(numbers[1:]), True)
    assert reached(*tiers, element(energy("2"))) == ([*numbers, 16], set(range(2, 17)), False)


def charged(*elements, **more):
    return charges(PriceList("EUR", PriceBasis.GROSS, elements, **more))


def test_charges_say_how_they_follow_each_other():
    found = charged(
        element(energy("0.3"), max_kwh=Decimal(5)),
        element(energy("0.4"), min_kwh=Decimal(5), max_kwh=Decimal(9)),
        element(energy("0.6"), end_time=time(8)),
    )
    assert [(c.element_number, c.place) for c in found] == [
        (1, Place.FIRST),
        (2, Place.ALSO),
        (3, Place.OTHERWISE),
        (None, Place.OTHERWISE),
    ]


def test_free_parts_at_the_end_are_what_is_free_otherwise():
    found = charged(
        element(charging("6"), end_time=time(8)), element(charging("0"), start_time=time(20))
    )
    assert [(c.element_number, str(c.price)) for c in found] == [(1, "0.1"), (None, "0")]


def test_an_hourly_price_is_told_by_the_minute_only_if_that_is_short():
    [by_minute] = charged(element(charging("0.75")))
    [by_hour] = charged(element(charging("1.25")))
    assert (by_minute.per, str(by_minute.price)) == ("minute", "0.0125")
    assert (by_hour.per, str(by_hour.price)) == ("hour", "1.25")


def test_an_expired_reservation_is_told_even_if_it_is_free():
    found = charged(
        element(energy("0.5")),
        element(charging("0"), reservation=Reservation.RESERVATION_EXPIRES),
        element(charging("6"), reservation=Reservation.RESERVATION),
    )
    assert [(c.subject, c.element_number) for c in found] == [
        ("session", 1),
        ("reservation", 3),
        ("expired", None),
    ]
