"""A curve is the bill at every point, and has no break point for nothing."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import Restrictions
from aggregator.pricing.bill import bill
from aggregator.pricing.curve import curve_over_energy, curve_over_stay
from aggregator.pricing.money import round_to_minor_unit
from tests.pricing.price_lists import BERLIN
from tests.pricing.test_properties import limits, price_lists, starts, without_steps

NINE = datetime(2026, 11, 23, 9, tzinfo=BERLIN)
powers = st.sampled_from([Decimal("3.7"), Decimal(11), Decimal(50)])
shares = st.integers(1, 24).map(lambda number: Fraction(number, 24))


def assert_equals(amounts, found, currency="GBP"):
    for exact, total in (
        (amounts.net, found.total_net),
        (amounts.gross, found.total_gross),
        (amounts.as_stated, found.total_as_stated),
    ):
        assert (None if exact is None else round_to_minor_unit(exact, currency)) == total


def plain(price_list, low, high):
    return replace(without_steps(price_list), min_price=low, max_price=high)


@given(price_lists, limits, limits, starts, powers, st.integers(1, 30), shares)
def test_a_curve_over_energy_is_the_bill_without_steps(
    price_list, low, high, start, power, hours, share
):
    prices = plain(price_list, low, high)
    curve = curve_over_energy(prices, start, power, power * hours)
    minutes = Decimal(hours * 60 * share.numerator) / share.denominator
    assume(Fraction(minutes) == hours * 60 * share)
    session = ChargingSession(start, power * minutes / 60, minutes)
    assume(Fraction(session.energy_kwh) == Fraction(power) * hours * share)
    assert_equals(curve.at(Fraction(session.energy_kwh)), bill(prices, session))


@given(price_lists, limits, limits, starts, st.integers(0, 40), st.integers(0, 40), shares)
def test_a_curve_over_the_stay_is_the_bill_without_steps(
    price_list, low, high, start, charged, parked, share
):
    assume(charged + parked)
    prices = plain(price_list, low, high)
    # 12 kW: a kWh takes 5 minutes. Quarters of an hour and 24ths keep every figure a decimal.
    whole = ChargingSession(
        start, Decimal(charged * 3), Decimal(charged * 15), Decimal(parked * 15)
    )
    position = (charged + parked) * 15 * share
    minutes = Decimal(position.numerator) / position.denominator
    flowing = min(minutes, whole.charging_minutes)
    part = ChargingSession(start, flowing / 5, flowing, minutes - flowing)
    curve = curve_over_stay(prices, whole)
    assert_equals(curve.at(position), bill(prices, part))


@given(price_lists, limits, limits, starts)
def test_break_points_ascend_and_every_one_changes_something(price_list, low, high, start):
    session = ChargingSession(start, Decimal(60), Decimal(300), Decimal(2000))
    curve = curve_over_stay(replace(price_list, min_price=low, max_price=high), session)
    positions = [point.position for point in curve.points]
    assert positions == sorted(set(positions))
    assert positions[0] == 0
    for before, point in pairwise(curve.points):
        jumps = point.before != point.after
        assert jumps or before.slope != point.slope or point.slope.bent
        assert point.triggers
        assert point.changes


@given(price_lists, starts)
def test_totals_never_fall(price_list, start):
    session = ChargingSession(start, Decimal(60), Decimal(300), Decimal(2000))
    last = Fraction(0)
    for point in curve_over_stay(price_list, session).points:
        assert last <= point.before.as_stated <= point.after.as_stated
        assert point.slope.as_stated >= 0
        last = point.after.as_stated


@given(price_lists)
def test_without_restrictions_the_energy_curve_is_one_line(price_list):
    unrestricted = tuple(replace(one, restrictions=Restrictions()) for one in price_list.elements)
    curve = curve_over_energy(
        replace(price_list, elements=unrestricted), NINE, Decimal(11), Decimal(80)
    )
    assert len(curve.points) == 1
