"""The 168 hours of a week, by the windows of a tariff."""

from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from aggregator.domain.tariff import Dimension, PriceBasis, PriceList, Weekday
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.week import Stage, WeekPrice, hours, week
from tests.pricing.price_lists import WEEKEND, WORKING_DAYS, element, energy, flat, parking
from tests.pricing.test_properties import elements as some_elements

MONDAY = date(2026, 11, 23)
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = {"start_time": time(20), "end_time": time(8)}


def listed(*elements):
    return PriceList("EUR", PriceBasis.GROSS, elements)


def shown(found, dimension, weekday=Weekday.MONDAY):
    """Return begin, end and price of the stretches of one day."""
    return [
        (s.begin, s.end, s.price and str(s.price.price))
        for s in found.stretches[dimension]
        if s.weekday is weekday
    ]


def energy_prices(*elements, weekday=Weekday.MONDAY, **more):
    return shown(week(listed(*elements), MONDAY, **more), Dimension.ENERGY, weekday)


def test_a_price_without_windows_holds_all_day():
    found = week(listed(element(energy("0.50"))), MONDAY)
    assert shown(found, Dimension.ENERGY) == [(time(0), time(0), "0.50")]
    assert shown(found, Dimension.FLAT) == [(time(0), time(0), None)]
    assert len(found.stretches[Dimension.ENERGY]) == 7


def test_a_window_that_wraps_has_a_morning_and_an_evening():
    assert energy_prices(element(energy("0.30"), **NIGHT), element(energy("0.50"))) == [
        (time(0), time(8), "0.30"),
        (time(8), time(20), "0.50"),
        (time(20), time(0), "0.30"),
    ]


def test_ruling_3_2359_leaves_a_hole_of_a_minute():
    found = week(listed(element(energy("0.50"), end_time=time(23, 59))), MONDAY)
    assert shown(found, Dimension.ENERGY) == [
        (time(0), time(23, 59), "0.50"),
        (time(23, 59), time(0), None),
    ]
    price = WeekPrice(Decimal("0.50"), Decimal("0.20"), 1)
    assert hours(found, Dimension.ENERGY)[0][22:] == ((price,), (price, None))


@pytest.mark.parametrize("clock", [time(0), time(9, 30)])
def test_ruling_3_equal_start_and_end_is_the_whole_day(clock):
    found = energy_prices(element(energy("0.50"), start_time=clock, end_time=clock))
    assert found == [(time(0), time(0), "0.50")]


def test_seconds_are_kept():
    found = energy_prices(element(energy("0.50"), start_time=time(7, 0, 30)))
    assert found == [(time(0), time(7, 0, 30), None), (time(7, 0, 30), time(0), "0.50")]


def test_weekdays_are_told_apart():
    found = week(
        listed(
            element(energy("0.40"), day_of_week=WORKING_DAYS),
            element(energy("0.60"), day_of_week=WEEKEND, start_time=time(10)),
        ),
        MONDAY,
    )
    assert shown(found, Dimension.ENERGY, Weekday.FRIDAY) == [(time(0), time(0), "0.40")]
    assert shown(found, Dimension.ENERGY, Weekday.SATURDAY) == [
        (time(0), time(10), None),
        (time(10), time(0), "0.60"),
    ]


def test_the_grid_begins_on_monday_whatever_day_the_week_begins_on():
    on_saturday = listed(element(energy("0.60"), day_of_week=(Weekday.SATURDAY,)))
    grid = hours(week(on_saturday, date(2026, 11, 26)), Dimension.ENERGY)
    price = WeekPrice(Decimal("0.60"), Decimal("0.20"), 1)
    assert [row[12] for row in grid] == [(None,)] * 5 + [(price,), (None,)]
    assert [len(row) for row in grid] == [24] * 7


def test_an_hour_in_which_the_price_changes_has_both():
    found = week(
        listed(element(energy("0.30"), end_time=time(7, 30)), element(energy("0.50"))), MONDAY
    )
    row = hours(found, Dimension.ENERGY)[3]
    assert [[str(price.price) for price in row[hour]] for hour in (6, 7, 8)] == [
        ["0.30"],
        ["0.30", "0.50"],
        ["0.50"],
    ]


def test_an_hour_at_the_edge_of_a_window_has_the_new_price_only():
    found = week(listed(element(energy("0.30"), **NIGHT), element(energy("0.50"))), MONDAY)
    row = hours(found, Dimension.ENERGY)[0]
    assert [[str(price.price) for price in row[hour]] for hour in (7, 8, 19, 20)] == [
        ["0.30"],
        ["0.50"],
        ["0.50"],
        ["0.30"],
    ]


def test_an_hour_in_which_only_the_element_changes_has_one_price():
    found = week(
        listed(element(energy("0.50"), end_time=time(7, 30)), element(energy("0.50"))), MONDAY
    )
    assert len(found.stretches[Dimension.ENERGY]) == 14
    assert len(hours(found, Dimension.ENERGY)[0][7]) == 1


def test_an_hour_without_a_price_before_and_after_a_threshold_has_one_entry():
    found = week(
        listed(
            element(energy("0.50"), end_time=time(7, 30), min_kwh=Decimal(5)),
            element(flat("1"), end_time=time(7, 30)),
        ),
        MONDAY,
    )
    assert hours(found, Dimension.ENERGY)[0][7] == (None,)
    assert [price and str(price.price) for price in hours(found, Dimension.FLAT)[0][7]] == [
        "1",
        None,
    ]


def test_prices_of_some_dates_are_those_of_the_week_asked_for():
    christmas = element(energy("0.20"), start_date=date(2026, 12, 24), end_date=date(2026, 12, 27))
    prices = listed(christmas, element(energy("0.50")))
    [thursday] = shown(week(prices, date(2026, 12, 21)), Dimension.ENERGY, Weekday.THURSDAY)
    assert thursday == (time(0), time(0), "0.20")
    [thursday] = shown(week(prices, MONDAY), Dimension.ENERGY, Weekday.THURSDAY)
    assert thursday == (time(0), time(0), "0.50")


def test_the_stage_decides_thresholds_and_tiers():
    tiers = (
        element(energy("0.30"), max_duration_seconds=1800),
        element(energy("0.40"), min_power_kw=Decimal(50)),
        element(energy("0.50"), max_kwh=Decimal(20)),
        element(energy("0.60"), min_current_a=Decimal(32)),
    )
    later = Fraction(3600)
    for stage, price in (
        (Stage(), "0.30"),
        (Stage(later, Fraction(1), Fraction(50)), "0.40"),
        (Stage(later, Fraction(1)), "0.50"),
        (Stage(later, Fraction(20), None, Fraction(32)), "0.60"),
        (Stage(later, Fraction(20)), None),
    ):
        assert energy_prices(*tiers, stage=stage) == [(time(0), time(0), price)]


def test_ruling_11_no_power_flows_while_parked():
    found = week(
        listed(element(parking("6"), max_power_kw=Decimal(1))), MONDAY, Stage(power_kw=Fraction(9))
    )
    assert shown(found, Dimension.PARKING_TIME) == [(time(0), time(0), "6")]


def test_a_price_list_that_cannot_be_priced_has_no_week():
    with pytest.raises(NotComputable):
        week(listed(), MONDAY)


@given(some_elements)
def test_the_stretches_of_any_day_follow_each_other_from_midnight_to_midnight(elements):
    found = week(listed(*elements), MONDAY)
    for dimension in Dimension:
        for weekday in Weekday:
            day = [s for s in found.stretches[dimension] if s.weekday is weekday]
            assert (day[0].begin, day[-1].end) == (time(0), time(0))
            ends = [s.end for s in day[:-1]]
            assert ends == [s.begin for s in day[1:]] == sorted(set(ends))
            assert all(one.price != after.price for one, after in pairwise(day))
