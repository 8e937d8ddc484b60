"""The total as a function of energy or minutes, its break points and what causes them."""

from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    PriceList,
)
from aggregator.pricing.bill import bill
from aggregator.pricing.curve import (
    Change,
    ChangeKind,
    Step,
    Trigger,
    curve_over_energy,
    curve_over_stay,
)
from aggregator.pricing.limits import LimitKind
from tests.pricing.price_lists import BERLIN, charging, element, energy, flat, hourly, parking

NINE = datetime(2026, 11, 23, 9, tzinfo=BERLIN)
BEGINS, ENDS = ChangeKind.BEGINS, ChangeKind.ENDS


def listed(*elements, basis=PriceBasis.NET, **more):
    return PriceList("EUR", basis, elements, **more)


def stay(kwh="20", minutes="60", parked="120", start=NINE):
    return ChargingSession(start, Decimal(kwh), Decimal(minutes), Decimal(parked))


def over_stay(*elements, session=None, **more):
    return curve_over_stay(listed(*elements, **more), session or stay())


def over_energy(*elements, power="10", most="40", **more):
    return curve_over_energy(listed(*elements, **more), NINE, Decimal(power), Decimal(most))


def nets(curve):
    """Return position, net total before and after, and slope of every point."""
    return [
        tuple(map(str, (p.position, p.before.net, p.after.net, p.slope.net))) for p in curve.points
    ]


def causes(curve):
    return [(point.triggers, point.changes) for point in curve.points]


def test_a_start_fee_is_a_jump_at_the_start_and_energy_the_slope():
    curve = over_energy(element(flat("1"), energy("0.50")))
    assert nets(curve) == [("0", "0", "1", "1/2")]
    assert causes(curve) == [
        (
            (Trigger.START,),
            (Change(BEGINS, Dimension.FLAT, 1), Change(BEGINS, Dimension.ENERGY, 1)),
        )
    ]
    assert (curve.axis, curve.currency, curve.end) == ("kWh", "EUR", 40)
    # Tax of 20 %: 1.20 and 0.60 per kWh.
    assert curve.at(Fraction(10)).gross == Fraction("7.2")


def test_a_charge_for_time_grows_with_the_energy():
    # 10 kW: a kWh takes 6 minutes, 0.30 at 3 per hour.
    assert nets(over_energy(element(energy("0.50"), charging("3")))) == [("0", "0", "0", "4/5")]


def test_a_threshold_of_energy_is_named():
    curve = over_energy(element(energy("0.50"), max_kwh=Decimal(20)), element(energy("0.60")))
    assert nets(curve) == [("0", "0", "0", "1/2"), ("20", "10", "10", "3/5")]
    assert causes(curve)[1] == (
        (Trigger.ENERGY,),
        (Change(ENDS, Dimension.ENERGY, 1), Change(BEGINS, Dimension.ENERGY, 2)),
    )


def test_a_late_flat_fee_is_a_jump_just_past_its_threshold():
    # 90 minutes at 10 kW are 15 kWh; a session that ends there does not owe the fee yet.
    curve = over_energy(element(energy("0.50")), element(flat("5"), min_duration_seconds=5400))
    assert nets(curve)[1] == ("15", "15/2", "25/2", "1/2")
    assert causes(curve)[1] == ((Trigger.DURATION,), (Change(BEGINS, Dimension.FLAT, 2),))
    assert curve.at(Fraction(15)).net == Fraction("7.5")
    assert bill(
        listed(*curve.table.price_list.elements), stay("15", "90", "0")
    ).total_net == Decimal("7.50")


def test_the_limits_are_reached_where_the_total_meets_them():
    curve = over_energy(
        element(energy("0.50")),
        min_price=PriceLimit(excl_vat=Decimal(2)),
        max_price=PriceLimit(excl_vat=Decimal(15)),
    )
    assert nets(curve) == [
        ("0", "0", "2", "0"),
        ("4", "2", "2", "1/2"),
        ("30", "15", "15", "0"),
    ]
    assert causes(curve)[1:] == [
        ((Trigger.LIMIT,), (Change(ENDS, limit=LimitKind.MIN_PRICE, incl_vat=False),)),
        ((Trigger.LIMIT,), (Change(BEGINS, limit=LimitKind.MAX_PRICE, incl_vat=False),)),
    ]


def test_charging_ends_and_parking_begins():
    curve = over_stay(element(energy("0.30"), parking("12")))
    assert nets(curve) == [("0", "0", "0", "1/10"), ("60", "6", "6", "1/5")]
    assert causes(curve)[1] == (
        (Trigger.CHARGING_ENDS,),
        (Change(ENDS, Dimension.ENERGY, 1), Change(BEGINS, Dimension.PARKING_TIME, 1)),
    )


def test_a_window_is_named_as_the_clock():
    curve = over_stay(element(parking("6"), start_time=time(10, 30)))
    assert nets(curve) == [("0", "0", "0", "0"), ("90", "0", "0", "1/10")]
    assert causes(curve)[1] == ((Trigger.CLOCK,), (Change(BEGINS, Dimension.PARKING_TIME, 1),))


def test_what_changes_no_amount_is_no_break_point():
    curve = over_stay(
        element(energy("0.30"), end_time=time(9, 20)),
        element(energy("0.30"), parking("0"), max_kwh=Decimal(15)),
        element(energy("0.30")),
        max_price=PriceLimit(excl_vat=Decimal(99)),
    )
    assert [str(p.position) for p in curve.points] == ["0", "60"]


def test_steps_are_told_and_not_drawn():
    curve = over_stay(
        element(
            replace(energy("0.30"), step_size_wh=500),
            hourly(Dimension.PARKING_TIME, "6", None, 900),
            replace(flat("1"), step_size_wh=1),
        )
    )
    assert curve.steps == (
        Step(Dimension.ENERGY, 1, Fraction(1, 2)),
        Step(Dimension.PARKING_TIME, 1, Fraction(15)),
    )
    assert curve.at(Fraction(60)).net == 7


def test_unknown_amounts_stay_unknown():
    curve = over_stay(element(energy("0.30", None)), element(flat("1")), basis=PriceBasis.UNKNOWN)
    assert (curve.points[0].before.net, curve.points[0].after.gross) == (None, None)
    assert curve.points[0].slope.as_stated == Fraction("0.1")
    no_rate = over_stay(element(energy("0.30", None)))
    assert (no_rate.points[0].after.gross, no_rate.points[0].slope.gross) == (0, None)
    assert no_rate.at(Fraction(60)).gross is None


def test_tax_that_is_scaled_with_a_minimum_grows_unevenly():
    # x kWh: 1 + 0.5 x net, 1 + 0.6 x gross. Scaled, the gross one meets 6.9 at x = 6; the net one
    # meets 6 at x = 10. The element in between changes nothing.
    fee = PriceComponent(Dimension.FLAT, Decimal(1), Decimal(0))
    curve = over_energy(
        element(fee, energy("0.50")),
        element(charging("0"), max_duration_seconds=60),
        min_price=PriceLimit(excl_vat=Decimal(6)),
        max_price=PriceLimit(incl_vat=Decimal("6.9")),
    )
    assert [point.position for point in curve.points] == [0, 6, 10]
    first = curve.points[0]
    assert (first.slope.bent, first.slope.gross, first.slope.net) == (True, None, 0)
    # 5 kWh: 1 + 2.5 net, 1 + 3 gross; 4 * 6 / 3.5.
    assert curve.at(Fraction(5)).gross == Fraction(24 * 2, 7)


@pytest.mark.parametrize(("power", "most"), [("0", "10"), ("10", "0")])
def test_a_curve_over_energy_needs_power_and_energy(power, most):
    with pytest.raises(ValueError, match="above zero"):
        over_energy(element(energy("0.50")), power=power, most=most)


def test_a_curve_over_the_stay_needs_time():
    with pytest.raises(ValueError, match="a session that lasts"):
        over_stay(element(energy("0.50")), session=stay("0", "0", "0"))


def test_nothing_is_told_beyond_the_end():
    with pytest.raises(ValueError, match="from 0 to 40 kWh"):
        over_energy(element(energy("0.50"))).at(Fraction(41))


def test_a_power_that_divides_into_no_even_minutes_stays_exact():
    curve = over_energy(
        element(energy("0.50"), min_power_kw=Decimal(11)), element(energy("9")), power="11"
    )
    assert nets(curve) == [("0", "0", "0", "1/2")]


def test_a_curve_ends_where_it_is_asked_to():
    curve = over_energy(element(energy("0.50"), max_kwh=Decimal(38)), most="35")
    assert (curve.end, curve.pieces[-1].end, len(curve.points)) == (35, 35, 1)


def test_energy_that_took_no_time_is_there_from_the_start():
    curve = over_stay(element(energy("0.50"), parking("6")), session=stay("10", "0", "60"))
    assert nets(curve) == [("0", "0", "5", "1/10")]
