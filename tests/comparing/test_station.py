"""A charge at one station costs what the engine's bill says, with the snapshot's tax."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from aggregator.comparing.station import (
    Terms,
    cheapest_coming,
    coming_hours,
    cost,
    is_steady,
    price_list_of,
    week_costs,
)
from aggregator.domain import contents
from aggregator.domain.charge import Charge
from aggregator.pricing.bill import TaxBasis, bill
from aggregator.pricing.charge_totals import UNKNOWN_TOTAL, Wanted, charge_totals
from aggregator.pricing.kernel.prices import prepare_texts
from aggregator.pricing.quote import QuoteState

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NIGHT = (
    '{"currency": "SEK", "price_basis": "GROSS", "elements": ['
    '{"price_components": [{"dimension": "ENERGY", "price": "2", "vat_rate": "0.25"}],'
    ' "restrictions": {"start_time": "22:00", "end_time": "06:00"}},'
    '{"price_components": [{"dimension": "ENERGY", "price": "5", "vat_rate": "0.25"}]}]}'
)
NET = (
    '{"currency": "EUR", "price_basis": "NET", "elements": ['
    '{"price_components": [{"dimension": "ENERGY", "price": "0.40"}]}]}'
)
FREE = (
    '{"currency": "EUR", "price_basis": "GROSS", "elements": ['
    '{"price_components": [{"dimension": "ENERGY", "price": "0"}]}]}'
)
BY_NIGHT_ONLY = (
    '{"currency": "SEK", "price_basis": "GROSS", "elements": ['
    '{"price_components": [{"dimension": "ENERGY", "price": "2", "vat_rate": "0.25"}],'
    ' "restrictions": {"start_time": "22:00", "end_time": "06:00"}}]}'
)
BY_CURRENT = NET.replace("}]}]}", '}], "restrictions": {"min_current_a": "16"}}]}')
EMPTY = '{"currency": "EUR", "price_basis": "NET", "elements": []}'


def session(at="2026-11-24T18:00", kwh=10, power_kw=50, zone=STOCKHOLM, park=0):
    starts = datetime.fromisoformat(at)
    charge = Charge(Decimal(kwh), Decimal(50), Decimal(50), starts, Decimal(park))
    return charge.session(Decimal(power_kw), zone)


def test_a_total_is_that_of_the_bill():
    terms = Terms(NIGHT, "Europe/Stockholm")
    found = cost(terms, session())
    assert found.bill == bill(contents.from_json(NIGHT), session())
    assert (found.total, found.currency, found.state) == (Decimal("50.00"), "SEK", "priced")


def test_a_rate_by_law_is_added_and_said_to_be_worked_out():
    found = cost(Terms(NET, "Europe/Stockholm", Decimal("0.25")), session())
    assert (found.total, found.tax_basis) == (Decimal("5.00"), TaxBasis.DERIVED)


def test_without_a_rate_the_total_is_without_tax():
    found = cost(Terms(NET, "Europe/Stockholm"), session())
    assert (found.total, found.tax_basis) == (Decimal("4.00"), TaxBasis.NET)
    assert not found.with_tax


def test_a_stated_rate_stays_as_stated():
    listed = price_list_of(Terms(NIGHT, None, Decimal("0.10")))
    rates = {one.vat_rate for element in listed.elements for one in element.price_components}
    assert rates == {Decimal("0.25")}


def test_free_is_free_and_no_unknown():
    found = cost(Terms(FREE, None), session())
    assert (found.state, found.total) == (QuoteState.FREE, Decimal("0.00"))


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (Terms(EMPTY, None), "no_elements"),
        (Terms(NET, None, None, "too_complex"), "too_complex"),
        (Terms(NET, None, None, "absurd_price"), "absurd_price"),
        (Terms(NIGHT, None), "time_zone_unknown"),
        (Terms(NIGHT, "Europe/Nowhere"), "time_zone_unknown"),
        (Terms(BY_CURRENT, None), "current_unknown"),
        (Terms(BY_NIGHT_ONLY, "Europe/Stockholm"), "no_price_applies"),
    ],
)
def test_without_a_total_there_is_a_reason_and_never_0(terms, reason):
    found = cost(terms, session())
    assert (found.total, found.reason, found.state) == (None, reason, QuoteState.NOT_COMPUTABLE)


def test_a_reason_of_another_session_does_not_matter():
    found = cost(
        Terms(BY_NIGHT_ONLY, "Europe/Stockholm", None, "no_price_applies"),
        session("2026-11-24T23:00"),
    )
    assert found.total == Decimal("20.00")


@pytest.mark.parametrize("text", [NIGHT, NET, FREE, BY_NIGHT_ONLY])
def test_totals_are_those_that_a_ranking_of_many_shows(text):
    charge = Charge(
        Decimal(10), Decimal(50), Decimal(50), datetime.fromisoformat("2026-11-24T21:55")
    )
    wanted = Wanted(np.zeros(1, int), np.zeros(1, int), np.array([50_000]), ["Europe/Stockholm"])
    found = charge_totals(prepare_texts([text]), wanted, charge)
    one = cost(Terms(text, "Europe/Stockholm"), charge.session(Decimal(50), STOCKHOLM))
    total = UNKNOWN_TOTAL if one.total is None else int(one.total * 100)
    assert (found.total[0], found.reason[0]) == (total, one.reason)


def test_the_cheapest_of_the_coming_hours_is_the_first_such():
    found, matters = cheapest_coming(Terms(NIGHT, "Europe/Stockholm"), session())
    assert matters
    assert found.session.start == datetime(2026, 11, 24, 22, tzinfo=STOCKHOLM)
    assert found.total == Decimal("20.00")


def test_now_is_cheapest_where_nothing_is_cheaper():
    begun = session("2026-11-24T23:10")
    found, _ = cheapest_coming(Terms(NIGHT, "Europe/Stockholm"), begun)
    assert found.session == begun


def test_without_times_every_hour_costs_the_same():
    terms = Terms(NET, "Europe/Stockholm")
    assert is_steady(terms)
    assert cheapest_coming(terms, session()) == (cost(terms, session()), False)
    week = week_costs(terms, session(), date(2026, 11, 24))
    assert [len(day) for day in week] == [24] * 7


def test_a_week_begins_on_monday_and_runs_on_the_chargers_clock():
    week = week_costs(Terms(NIGHT, "Europe/Stockholm"), session(), date(2026, 11, 26))
    assert week[0][0].session.start == datetime(2026, 11, 23, tzinfo=STOCKHOLM)
    assert [hour for hour, one in enumerate(week[3]) if one.total == 20] == [
        0, 1, 2, 3, 4, 5, 22, 23,
    ]  # fmt: skip


def test_an_hour_that_comes_twice_is_asked_about_twice():
    # 25 October 2026: Stockholm's clock goes back from 03:00 to 02:00.
    found = list(coming_hours(session("2026-10-25T00:40")))
    assert [one.start.hour for one in found[:6]] == [0, 1, 2, 2, 3, 4]
    assert len({one.start.astimezone(UTC) for one in found}) == 25


def test_the_week_of_the_change_has_the_hours_of_the_clock():
    week = week_costs(Terms(NIGHT, "Europe/Stockholm"), session(), date(2026, 10, 25))
    assert [one.session.start.hour for one in week[6]] == list(range(24))
    assert week[6][22].total == Decimal("20.00")
