"""Months under several plans."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from aggregator.domain.session import ChargingSession
from aggregator.plans import Plan
from aggregator.plans.comparing import Charger, months

SESSION = ChargingSession(datetime(2026, 6, 2, 18, tzinfo=UTC), Decimal(40), Decimal(25))
FAST = Charger("SE", "hpc")
PLAN = {
    "slug": "plain",
    "synthetic": True,
    "provider": "Example",
    "name": "Plain",
    "countries": ["SE"],
    "currency": "SEK",
    "monthly_fee": Decimal(0),
    "tax": "gross",
    "valid_from": datetime(2026, 1, 1, tzinfo=UTC).date(),
    "price": [{"per_kwh": Decimal("6.00")}],
}


def plan(**values):
    return Plan.model_validate({**PLAN, **values})


def told(found):
    return [(one.plan.slug, one.total_per_session, one.total) for one in found]


def test_the_cheapest_month_stands_first():
    fee = plan(slug="fee", monthly_fee=Decimal(100), price=[{"per_kwh": Decimal("4.00")}])
    # 40 kWh: 240 without, 160 with the fee's plan; once a month 240 and 260, twice 480 and 420.
    once = months([plan(), fee], FAST, SESSION, 1)
    assert told(once) == [
        ("plain", Decimal("240.00"), Decimal("240.00")),
        ("fee", Decimal("160.00"), Decimal("260.00")),
    ]
    assert [one.plan.slug for one in months([plan(), fee], FAST, SESSION, 2)] == ["fee", "plain"]


def test_a_month_may_hold_a_fraction_of_charges_on_average():
    fee = plan(monthly_fee=Decimal(100))
    (found,) = months([fee], FAST, SESSION, Fraction(15, 4))
    assert found.total == 100 + 240 * Decimal("3.75")


def test_prices_and_fee_without_tax_are_compared_with_it():
    net = plan(tax="net", vat_rate=Decimal("0.25"), monthly_fee=Decimal(80))
    (found,) = months([net], FAST, SESSION, 1)
    assert (found.monthly_fee, found.total_per_session) == (Decimal("100.00"), Decimal("300.00"))
    assert found.total == Decimal("400.00")
    assert found.per_kwh == Decimal("7.5")


def test_a_plan_that_has_no_price_there_stands_last_with_the_reason():
    slow = plan(slug="slow", price=[{"power_class": ["ac"], "per_kwh": Decimal("1.00")}])
    found = months([slow, plan()], FAST, SESSION, 1)
    assert [one.plan.slug for one in found] == ["plain", "slow"]
    assert (found[1].total, found[1].reason) == (None, "no price for such a charger")
    assert (found[0].reason_code, found[1].reason_code) == (None, "no_price_there")


@pytest.mark.parametrize(("year", "count"), [(2025, 0), (2026, 1), (2027, 0)])
def test_only_plans_that_hold_on_the_day_count(year, count):
    ended = plan(valid_to=datetime(2027, 1, 1, tzinfo=UTC).date())
    day = replace(SESSION, start=SESSION.start.replace(year=year))
    assert len(months([ended], FAST, day, 1)) == count


def test_currencies_are_never_ranked_against_each_other():
    euro = plan(slug="euro", currency="EUR", price=[{"per_kwh": Decimal("0.10")}])
    dear = plan(slug="dear", price=[{"per_kwh": Decimal("9.00")}])
    found = months([dear, euro, plan()], FAST, SESSION, 1)
    assert [one.plan.slug for one in found] == ["euro", "plain", "dear"]
