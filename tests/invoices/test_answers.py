"""One tariff and one session: the bill, or why there is none."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from aggregator.domain.session import ReservedTime
from aggregator.domain.tariff import Dimension, PriceBasis, PriceList, Reservation
from aggregator.invoices.answers import Question, answer
from aggregator.invoices.sessions import Wish
from aggregator.invoices.tariffs import Priced
from tests.pricing.price_lists import AC, DC, HPC, component, element, energy

NOW = datetime(2026, 6, 2, 10, 30, tzinfo=UTC)
USUAL = {one.code: one for one in (AC, DC, HPC)}
PLAIN = element(energy("0.50"))
EVENING = (element(energy("1"), start_time=time(18)), PLAIN)


def priced(*elements, **known):
    listed = PriceList("EUR", PriceBasis.NET, elements or (PLAIN,))
    return Priced("T1", listed, **known)


def asked(code=None, zone=None, compare_hours=False, **said):
    return Question(Wish(**said), USUAL, code, zone, NOW, compare_hours=compare_hours)


def test_a_session_is_billed():
    # 20 kWh, as at AC chargers, at 0.50: 10.00; with 20 % tax 12.00.
    found = answer(priced(), asked())
    assert (found.bill.total_net, found.bill.total_gross) == (10, 12)
    assert found.session.charging_minutes == 120
    assert (found.refused, found.hours) == (None, ())


@pytest.mark.parametrize(
    ("power_class", "code", "kwh"),
    [
        (None, None, 20),
        ("ac", None, 20),
        ("mid", None, 20),
        ("dc", None, 30),
        ("hpc", None, 40),
        ("hpc", "ac", 20),
    ],
)
def test_the_usual_session_is_that_of_the_power_class_or_the_one_named(power_class, code, kwh):
    found = answer(priced(power_class=power_class), asked(code))
    assert found.session.energy_kwh == kwh


@pytest.mark.parametrize(
    ("reason", "said"),
    [("tariff_not_in_feed", "tariff_not_in_feed"), (None, "there is no usable tariff")],
)
def test_without_a_price_list_the_reason_is_told(reason, said):
    found = answer(Priced(None, None, reason=reason), asked())
    assert (found.refused, found.session, found.bill) == (said, None, None)


def test_a_price_list_that_cannot_be_priced_says_why():
    found = answer(priced(element(component(Dimension.ENERGY, "-1"))), asked())
    assert found.refused == "a price or a price limit is below zero"


def test_a_session_that_is_absurd_says_so():
    found = answer(priced(), asked(minutes=Decimal(10_000_000)))
    assert found.refused == "a session lasts no longer than 400 days"
    assert found.session is not None
    found = answer(priced(), asked(reserved=Decimal(10_000_000)))
    assert found.refused == "a session lasts no longer than 400 days"


def test_a_price_by_the_clock_needs_the_zone():
    found = answer(priced(*EVENING), asked(at=time(20)))
    assert found.refused == "its prices depend on the charger's clock: say --zone"
    assert answer(priced(*EVENING, time_zone="Mars/Base"), asked()).refused == found.refused


def test_the_zone_that_was_said_goes_before_the_one_that_is_known():
    # 17:30 UTC is 19:30 in Stockholm: 20 kWh at 1 instead of 0.50.
    known = priced(*EVENING, time_zone="Europe/Stockholm")
    assert answer(known, asked(at=time(17, 30))).session.start.utcoffset().seconds == 7200
    said = answer(known, asked(zone=ZoneInfo("Asia/Tokyo"), at=time(18)))
    assert said.session.start.tzinfo.key == "Asia/Tokyo"
    assert said.bill.total_net == 20


def test_without_a_clock_in_its_prices_any_zone_will_do():
    assert answer(priced(), asked()).session.start.tzinfo is UTC


def test_each_hour_has_its_bill():
    # 1 kWh in 6 minutes: 0.60 with tax by day, 1.20 from 18:00 on.
    found = answer(
        priced(*EVENING),
        asked(
            zone=ZoneInfo("Europe/Stockholm"),
            compare_hours=True,
            energy_kwh=Decimal(1),
            day=date(2026, 6, 2),
        ),
    )
    totals = [str(bill.total_gross) for _, bill in found.hours]
    assert totals == ["0.60"] * 18 + ["1.20"] * 6
    assert [start.hour for start, _ in found.hours] == list(range(24))


@pytest.mark.parametrize(("expired", "net"), [(False, "12.00"), (True, "14.00")])
def test_a_reservation_is_billed_beside_the_session(expired, net):
    # 30 minutes at 4 an hour are 2; one that expires owes 4. The session costs 10.
    elements = (
        element(component(Dimension.TIME, "4", "0"), reservation=Reservation.RESERVATION),
        element(component(Dimension.FLAT, "2", "0"), reservation=Reservation.RESERVATION_EXPIRES),
        PLAIN,
    )
    found = answer(priced(*elements), asked(reserved=Decimal(30), expired=expired))
    assert found.session.reserved == ReservedTime(Decimal(30), expired)
    assert found.bill.total_net == Decimal(net)
