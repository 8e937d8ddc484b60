"""The cheapest and the dearest hour of the week."""

from datetime import time
from decimal import Decimal
from random import Random

import pytest

from aggregator.domain.contents import to_json
from aggregator.domain.tariff import Dimension, PriceBasis, PriceList, Weekday
from aggregator.pricing import session_totals as bulk
from aggregator.pricing.hours import Hourly, HourPrice, hours_of_week
from aggregator.pricing.session_totals import Listed
from tests.pricing.kernel.chance import Chance
from tests.pricing.price_lists import DC, SUNDAY, component, element

NIGHT, DAY = ("0.30", time(0), time(6)), ("0.60", time(6), time(0))


def listed(*elements, zone="Europe/London", **values):
    plain = PriceList("GBP", PriceBasis.GROSS, elements)
    return Listed(to_json(plain), zone)


def energy_at(price, start, end, **values):
    return element(component(Dimension.ENERGY, price), start_time=start, end_time=end, **values)


def hours(*lists, with_tax=True):
    asked = [Hourly(one, with_tax=with_tax) for one in lists]
    return list(hours_of_week(asked, DC, SUNDAY))


def test_nights_are_cheaper_from_monday_on():
    # 30 kWh in 40 minutes: 9.00 by night, 18.00 by day; from 05:00 to 05:40 all of it is night.
    (found,) = hours(listed(energy_at(*NIGHT), energy_at(*DAY)))
    assert found.cheapest == HourPrice(0, Decimal("9.00"))
    assert found.dearest == HourPrice(6, Decimal("18.00"))


def test_the_day_of_the_week_is_told_by_the_hour():
    sunday = element(component(Dimension.ENERGY, "0.10"), day_of_week=(Weekday.SUNDAY,))
    (found,) = hours(listed(sunday, element(component(Dimension.ENERGY, "0.60"))))
    assert found.cheapest == HourPrice(6 * 24, Decimal("3.00"))


def test_a_session_that_reaches_into_the_next_hour_pays_both_prices():
    # From 23:00 on 0.60, from 23:30 on 0.30: 30 of 40 minutes, 22.5 kWh, and 7.5 kWh.
    early = energy_at("0.60", time(0), time(23, 30))
    late = energy_at("0.30", time(23, 30), time(0))
    (found,) = hours(listed(early, late))
    assert found.cheapest == HourPrice(23, Decimal("15.75"))


def test_hours_without_a_price_are_not_the_cheapest():
    (found,) = hours(listed(energy_at("0.60", time(6), time(22))))
    assert found.cheapest.total > 0
    assert found.cheapest.hour >= 6 - 1  # the session from 05:00 on is over before 06:00


def test_what_has_no_price_at_all_or_cannot_be_priced_has_no_hours():
    never = element(component(Dimension.ENERGY, "0.60"), min_power_kw=Decimal(1000))
    assert hours(listed(never), listed()) == [None, None]


def test_hours_are_told_in_the_tax_that_is_wanted_or_not_at_all():
    by_day = element(
        component(Dimension.ENERGY, "0.50", "0.2"), start_time=time(6), end_time=time(0)
    )
    by_night = element(component(Dimension.ENERGY, "0.40"))  # states no rate
    mixed = Listed(to_json(PriceList("GBP", PriceBasis.NET, (by_day, by_night))), "Europe/London")
    assert hours(mixed) == [None]
    (found,) = hours(mixed, with_tax=False)
    assert (found.cheapest.total, found.dearest.total) == (Decimal("12.00"), Decimal("15.00"))


@pytest.fixture(scope="module")
def lists():
    chance, made = Random(11), Chance(Random(11))
    made_lists = [made.price_list() for _ in range(25)]
    zones = ["Europe/London", "Asia/Tokyo", None]
    return [Listed(to_json(one), chance.choice(zones)) for one in made_lists]


def test_the_kernel_and_the_exact_engine_find_the_same_hours(lists, monkeypatch):
    exact = hours(*lists, with_tax=False)
    monkeypatch.setattr(bulk, "FEW", 1)
    monkeypatch.setattr(bulk, "is_compiled", lambda: True)
    assert hours(*lists, with_tax=False) == exact
    assert sum(one is not None and one.cheapest != one.dearest for one in exact) > 5
