"""Reservations: a context of their own beside the session (rulings 6 and 7)."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.domain.session import ChargingSession, ProfiledSession, ReservedTime, Stretch
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceLimit,
    PriceList,
    Reservation,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.bill import bill
from aggregator.pricing.lines import Context
from tests.pricing.price_lists import NOON, assert_totals, component, element, hourly

RESERVED, EXPIRES = Reservation.RESERVATION, Reservation.RESERVATION_EXPIRES
PER_KWH = element(component(Dimension.ENERGY, "0.25", "0.10"))


def reserving(kind, *components, **more):
    return TariffElement(components, Restrictions(reservation=kind, **more))


def reserved(*elements, minutes="18", expired=False, kwh="20", charging="60"):
    session = ChargingSession(
        NOON,
        Decimal(kwh),
        Decimal(charging),
        reserved=ReservedTime(Decimal(minutes), expired=expired),
    )
    return bill(PriceList("EUR", PriceBasis.NET, elements), session)


def test_ruling_7_the_time_of_a_reservation_has_its_own_price_and_step():
    # 18.5 minutes in steps of a minute are 19, at 5 an hour: 1.58; the session's hour is not timed.
    hour = hourly(Dimension.TIME, "5", "0.20", 60)
    found = reserved(reserving(RESERVED, hour), PER_KWH, minutes="18.5")
    assert [line.context for line in found.lines] == [Context.RESERVATION, Context.SESSION]
    assert found.lines[0].billed_quantity * 60 == pytest.approx(Decimal(19))
    assert_totals(found, "6.58", "7.40")


def test_ruling_6_a_flat_fee_is_owed_by_the_session_and_by_the_reservation():
    fees = reserving(RESERVED, component(Dimension.FLAT, "2", "0.20"))
    found = reserved(fees, element(component(Dimension.FLAT, "1", "0.20")))
    assert_totals(found, "3.00", "3.60")


def test_ruling_7_charging_and_parking_never_meet_an_element_for_reservations():
    everything = [component(dimension, "9", "0") for dimension in Dimension]
    found = bill(
        PriceList("EUR", PriceBasis.NET, (reserving(RESERVED, *everything), PER_KWH)),
        ChargingSession(NOON, Decimal(20), Decimal(60), Decimal(60)),
    )
    assert_totals(found, "5.00", "5.50")


def test_ruling_7_a_reservation_never_meets_an_element_for_sessions():
    hour = component(Dimension.TIME, "60", "0")
    found = reserved(element(hour), PER_KWH, minutes="30", charging="0", kwh="0")
    assert found.total_net == 0


@pytest.mark.parametrize(
    ("elements", "net"),
    [
        # The fee of an expired one comes first, the hour of any reservation is the fallback.
        ([(RESERVED, ["6", "2"]), (EXPIRES, [None, "4"])], "7.00"),
        ([(RESERVED, ["6", "2"])], "5.00"),
        ([(EXPIRES, ["12", None])], "6.00"),
    ],
)
def test_ruling_7_an_expired_reservation(elements, net):
    listed = []
    for kind, (hour, fee) in elements:
        parts = [(Dimension.TIME, hour), (Dimension.FLAT, fee)]
        listed.append(reserving(kind, *(component(d, p, "0") for d, p in parts if p)))
    start_fee = element(component(Dimension.FLAT, "1", "0"))
    found = reserved(*listed, start_fee, minutes="30", expired=True, kwh="0", charging="0")
    assert_totals(found, net, net)  # nobody came: the session's own fee is not owed


def test_a_reservation_that_was_used_does_not_meet_what_is_for_expired_ones():
    found = reserved(reserving(EXPIRES, component(Dimension.FLAT, "4", "0")), PER_KWH)
    assert_totals(found, "5.00", "5.50")


def test_a_reservation_is_cut_at_its_own_windows_and_durations():
    # 11:00-12:00: from 11:30 on 6 an hour, from the 45th minute on 12: 3/4 x 0 ... 1.50 + 3.00.
    late = {"start_time": time(11, 30), "end_time": time(12)}
    hour = component(Dimension.TIME, "6", "0")
    later = component(Dimension.TIME, "12", "0")
    found = reserved(
        reserving(RESERVED, later, min_duration_seconds=2700),
        reserving(RESERVED, hour, **late),
        PER_KWH,
        minutes="60",
        kwh="0",
    )
    assert found.total_net == Decimal("4.50")


def test_limits_hold_for_reservation_and_session_together():
    stretches = (Stretch(charging=True, minutes=Decimal(60), energy_kwh=Decimal(20)),)
    session = ProfiledSession(NOON, stretches, ReservedTime(Decimal(60)))
    hour = reserving(RESERVED, component(Dimension.TIME, "60", "0"))
    listed = PriceList(
        "EUR", PriceBasis.NET, (hour, PER_KWH), max_price=PriceLimit(Decimal(30), None)
    )
    assert bill(listed, session).total_net == Decimal(30)
