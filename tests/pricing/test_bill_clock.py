"""Bills across midnights and changes of the clock (ruling 3)."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceList,
    Restrictions,
    TariffElement,
    Weekday,
)
from aggregator.pricing.bill import bill
from tests.pricing.price_lists import LONDON, NOON, component, session

NIGHT_HOUR = TariffElement(
    (component(Dimension.PARKING_TIME, "60"),),
    Restrictions(start_time=time(1), end_time=time(2)),
)


@pytest.mark.parametrize(
    ("start", "total"),
    [
        # 01:00-02:00 is an ordinary hour, passed twice, or skipped.
        (datetime(2026, 10, 24, 0, tzinfo=LONDON), "60.00"),
        (datetime(2026, 10, 25, 0, tzinfo=LONDON), "120.00"),
        (datetime(2026, 3, 29, 0, tzinfo=LONDON), "0.00"),
    ],
)
def test_ruling_3_a_window_at_the_change_of_the_clock(start, total):
    found = bill(PriceList("GBP", PriceBasis.NET, (NIGHT_HOUR,)), session("0", "0", "240", start))
    assert found.total_net == Decimal(total)


def test_ruling_3_a_window_that_ends_in_the_skipped_hour_ends_where_it_begins():
    # 29 March 2026: 00:30-01:30 local is 00:30-01:00 UTC, when the clock jumps to 02:00.
    element = TariffElement(
        (component(Dimension.PARKING_TIME, "60"),),
        Restrictions(start_time=time(0, 30), end_time=time(1, 30)),
    )
    start = datetime(2026, 3, 29, 0, tzinfo=LONDON)
    found = bill(PriceList("GBP", PriceBasis.NET, (element,)), session("0", "0", "240", start))
    assert found.total_net == Decimal("30.00")


def test_ruling_3_durations_are_elapsed_time_across_the_change_of_the_clock():
    # 23:30 to 06:30 local is 8 hours in October and 6 in March; charged from the third hour.
    element = TariffElement(
        (component(Dimension.PARKING_TIME, "1"),), Restrictions(min_duration_seconds=7200)
    )
    for start, minutes, total in (
        (datetime(2026, 10, 24, 23, 30, tzinfo=LONDON), "480", "6.00"),
        (datetime(2026, 3, 28, 23, 30, tzinfo=LONDON), "360", "4.00"),
    ):
        found = bill(
            PriceList("GBP", PriceBasis.NET, (element,)), session("0", "0", minutes, start)
        )
        assert found.total_net == Decimal(total)


def test_ruling_3_the_window_of_a_date_range_holds_on_every_day_between():
    # 18:00-20:00 on 24 and 25 November: 4 hours of 4 days.
    element = TariffElement(
        (component(Dimension.PARKING_TIME, "1"),),
        Restrictions(
            start_time=time(18),
            end_time=time(20),
            start_date=date(2026, 11, 24),
            end_date=date(2026, 11, 26),
        ),
    )
    start = NOON - timedelta(days=1)
    found = bill(PriceList("GBP", PriceBasis.NET, (element,)), session("0", "0", "5760", start))
    assert found.total_net == Decimal("4.00")


def test_ruling_3_weekdays_change_at_local_midnight():
    # Friday 23:00 in New York, 2 hours: the second is Saturday though UTC has it all along.
    element = TariffElement(
        (component(Dimension.PARKING_TIME, "1"),), Restrictions(day_of_week=(Weekday.SATURDAY,))
    )
    start = datetime(2026, 11, 27, 23, tzinfo=ZoneInfo("America/New_York"))
    found = bill(PriceList("USD", PriceBasis.NET, (element,)), session("0", "0", "120", start))
    assert found.total_net == Decimal("1.00")


def test_ruling_3_the_weekday_changes_at_midnight_inside_a_wrapping_window():
    # Friday nights 22:00-06:00: Friday 23:00 to Saturday 02:00 has one hour of Friday; the window
    # of Friday's own small hours (00:00-06:00) is Friday's too.
    element = TariffElement(
        (component(Dimension.PARKING_TIME, "10"),),
        Restrictions(start_time=time(22), end_time=time(6), day_of_week=(Weekday.FRIDAY,)),
    )
    listed = PriceList("GBP", PriceBasis.NET, (element,))
    for start, minutes, total in (
        (datetime(2026, 11, 27, 23, tzinfo=LONDON), "180", "10.00"),
        (datetime(2026, 11, 27, 0, tzinfo=LONDON), "1440", "80.00"),
    ):
        assert bill(listed, session("0", "0", minutes, start)).total_net == Decimal(total)


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        (datetime(2026, 10, 24, 22, tzinfo=LONDON), 9),  # set back: 22:00-06:00 lasts nine hours
        (datetime(2026, 3, 28, 22, tzinfo=LONDON), 7),  # set forward: seven
    ],
)
def test_ruling_3_a_night_is_longer_or_shorter_when_the_clock_is_set(start, hours):
    element = TariffElement(
        (component(Dimension.PARKING_TIME, "1"),),
        Restrictions(start_time=time(22), end_time=time(6)),
    )
    listed = PriceList("GBP", PriceBasis.NET, (element,))
    assert bill(listed, session("0", "0", "900", start)).total_net == hours


def test_ruling_2_the_rate_switches_where_the_energy_passes_a_threshold():
    # 30 kWh in an hour from 17:45: the 10th kWh is passed at 18:05, the evening begins at 18:00.
    # 7.5 kWh x 0.20, 2.5 x 0.40 from 18:00, then 20 x 0.30: 1.50 + 1.00 + 6.00.
    first = {"max_kwh": Decimal(10)}
    elements = (
        TariffElement(
            (component(Dimension.ENERGY, "0.40"),), Restrictions(start_time=time(18), **first)
        ),
        TariffElement((component(Dimension.ENERGY, "0.20"),), Restrictions(**first)),
        TariffElement((component(Dimension.ENERGY, "0.30"),)),
    )
    start = datetime(2026, 11, 24, 17, 45, tzinfo=LONDON)
    found = bill(PriceList("GBP", PriceBasis.NET, elements), session("30", "60", "0", start))
    assert found.total_net == Decimal("8.50")
    assert [(line.element_number, line.quantity) for line in found.lines] == [
        (2, Decimal("7.5")),
        (1, Decimal("2.5")),
        (3, Decimal(20)),
    ]


@pytest.mark.parametrize(("currency", "total"), [("JPY", "6"), ("EUR", "5.50"), ("KWD", "5.500")])
def test_ruling_10_totals_have_the_digits_of_the_currency(currency, total):
    listed = PriceList(
        currency, PriceBasis.NET, (TariffElement((component(Dimension.ENERGY, "0.55"),)),)
    )
    assert str(bill(listed, session("10", "60")).total_net) == total
