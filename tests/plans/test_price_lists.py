"""Plans are priced by what prices tariffs: the same bills, the same quotes."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.contents import to_json
from aggregator.domain.session import ChargingSession, ReferenceSession
from aggregator.domain.tariff import Dimension, PriceBasis, Weekday
from aggregator.plans import Plan, entries_for, price_list_for, price_list_of
from aggregator.pricing.bill import TaxBasis, bill
from aggregator.pricing.quote import QuoteState
from aggregator.pricing.quotes import Asked, quotes
from aggregator.pricing.refusal import NotComputable
from tests.plans.plan_texts import HEAD

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DC = ReferenceSession("dc", Decimal(30), Decimal(40), Decimal(0), Weekday.TUESDAY, time(18))
NIGHT_AND_DAY = """
[[price]]
start_time = "22:00"
end_time = "06:00"
per_kwh = 0.30
per_minute = 0.06
free_minutes = 60
[[price]]
per_kwh = 0.50
per_minute = 0.12
parking_per_minute = 0.10
start_fee = 1
"""


def session(hour=12, kwh=30, charging=60, parking=0):
    start = datetime(2026, 11, 24, hour, tzinfo=STOCKHOLM)
    return ChargingSession(start, Decimal(kwh), Decimal(charging), Decimal(parking))


@pytest.fixture
def total(plan):
    """Return what a session costs under a plan at an AC charger in Sweden, tax included."""

    def told(prices, **values):
        price_list = price_list_for(plan(prices), None, "ac", "SE")
        return bill(price_list, session(**values)).total_gross

    return told


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ("per_kwh = 0.49", "14.70"),  # 30 kWh
        ("per_minute = 0.05", "3.00"),  # 60 min
        ("start_fee = 1.5\nper_kwh = 0.49", "16.20"),
        ("per_kwh = 0.1\nparking_per_minute = 0.2", "27.00"),  # 3 + 120 min at 0.20
        ("per_kwh = 0.1\nper_minute = 0.1\nfree_minutes = 45", "4.50"),  # 3 + 15 min at 0.10
        ("per_kwh = 0.1\nparking_per_minute = 0.1\nparking_free_minutes = 150", "6.00"),
        ("per_kwh = 0.1\nparking_per_minute = 0.1\nparking_free_minutes = 0", "15.00"),
        ("per_kwh = 0", "0.00"),
    ],
)
def test_session_costs_what_the_plan_says(total, prices, expected):
    # 60 minutes of charging, then 120 parked: minute 150 of the session is 30 before its end
    assert total(f"[[price]]\n{prices}\n", parking=120) == Decimal(expected)


@pytest.mark.parametrize(
    ("hour", "charging", "expected"),
    [
        (12, 60, "23.20"),  # 30 at 0.50, 60 min at 0.12, start fee
        (0, 60, "9.00"),  # 30 at 0.30, the first hour free of the price per minute, no start fee
        (0, 120, "12.60"),  # 30 at 0.30, 60 min at 0.06
        # from 21:00: 10 kWh by day, 60 min at 0.12, start fee; 20 by night, 120 min at 0.06
        (21, 180, "26.40"),
        # from 05:00: 15 kWh at 0.30, its hour free; then 15 at 0.50 and 60 min at 0.12; no fee
        (5, 120, "19.20"),
    ],
)
def test_price_changes_with_the_clock_and_the_start_fee_is_that_of_the_start(
    total, hour, charging, expected
):
    assert total(NIGHT_AND_DAY, hour=hour, charging=charging) == Decimal(expected)


def test_what_the_first_entry_does_not_state_is_not_taken_from_the_next(total):
    # by night nothing is charged for standing there, though the entry for the day does
    by_night = total(NIGHT_AND_DAY, hour=0, charging=60, parking=120)
    assert by_night == Decimal("9.00")
    assert total(NIGHT_AND_DAY, hour=12, charging=60, parking=120) == Decimal("35.20")


def test_net_prices_get_their_tax(plan):
    head = HEAD.replace('"gross"', '"net"\nvat_rate = 0.25')
    found = price_list_for(plan("[[price]]\nper_kwh = 0.40\n", head), None, "ac", "SE")
    billed = bill(found, session())
    assert found.price_basis is PriceBasis.NET
    assert (billed.total_net, billed.total_gross) == (Decimal("12.00"), Decimal("15.00"))
    assert billed.tax_basis is TaxBasis.GROSS


def test_entry_that_leaves_hours_out_is_not_priced(plan):
    found = plan(NIGHT_AND_DAY)
    night, day = entries_for(found, None, "ac", "SE")
    price_list = price_list_of(found, night)
    assert price_list.unreadable_parts == ("the price from 06:00 on",)
    with pytest.raises(NotComputable):
        bill(price_list, session())
    assert price_list_of(found, night, day).unreadable_parts == ()
    assert price_list_of(found, day).unreadable_parts == ()


def test_plan_without_a_price_for_a_charger_has_no_price_list(plan):
    assert price_list_for(plan(), None, "ac", "NO") is None


def test_quote_has_the_prices_per_minute_again(plan):
    prices = "[[price]]\nper_kwh = 0.39\nper_minute = 0.07\nparking_per_minute = 0.11\n"
    price_list = price_list_for(plan(prices), None, "dc", "SE")
    asked = [Asked(to_json(price_list), "Europe/Stockholm", "dc")]
    (found,) = quotes(asked, [DC], date(2026, 11, 24))
    assert found.state is QuoteState.PRICED
    assert (found.price_per_kwh, found.price_per_minute) == (Decimal("0.39"), Decimal("0.07"))
    assert found.parking_price_per_minute == Decimal("0.11")
    assert found.totals == {"dc": Decimal("14.50")}  # 30 kWh at 0.39, 40 min at 0.07


def test_quote_of_a_free_plan_is_free(plan):
    price_list = price_list_for(plan("[[price]]\nper_kwh = 0\n"), None, "dc", "SE")
    asked = [Asked(to_json(price_list), "Europe/Stockholm", "dc")]
    (found,) = quotes(asked, [DC], date(2026, 11, 24))
    assert found.state is QuoteState.FREE


AMOUNTS = st.decimals(0, 5, places=6)
MINUTES = st.integers(0, 600)


@given(per_kwh=AMOUNTS, per_minute=AMOUNTS, free=MINUTES, charging=st.integers(1, 600))
def test_bill_is_the_sum_of_what_the_plan_states(per_kwh, per_minute, free, charging):
    price = {"per_kwh": per_kwh, "per_minute": per_minute, "free_minutes": free}
    plan = Plan.model_validate(
        {
            "slug": "made_up",
            "synthetic": True,
            "provider": "Someone",
            "name": "Plus",
            "countries": ["SE"],
            "currency": "EUR",
            "monthly_fee": 0,
            "tax": "gross",
            "valid_from": date(2026, 1, 1),
            "price": [price],
        }
    )
    price_list = price_list_of(plan, plan.price_entries[0])
    lines = bill(price_list, session(charging=charging)).lines
    amounts = {line.dimension: line.as_stated for line in lines}
    assert amounts.get(Dimension.ENERGY, 0) == per_kwh * 30
    assert amounts.get(Dimension.TIME, 0) == per_minute * max(charging - free, 0)
