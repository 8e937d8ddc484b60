"""Tariffs of windows and weekdays: what is told holds in all 168 hours, and no more is told."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceList,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.components import active_candidate, price_table
from aggregator.pricing.restrictions import Moment
from aggregator.wording import Subject, charges
from aggregator.wording.merging import merged
from tests.pricing.price_lists import WEEKEND, WORKING_DAYS
from tests.wording.told import price_told

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
ENERGY = Dimension.ENERGY
NOTHING = Fraction(0)
HOURS = [
    Moment(MONDAY + timedelta(hours=hour), NOTHING, NOTHING, NOTHING, NOTHING)
    for hour in range(168)
]
windows = st.builds(
    lambda hours, days: Restrictions(
        start_time=time(hours[0]), end_time=time(hours[1]), day_of_week=days
    ),
    st.sampled_from([(0, 8), (8, 12), (12, 20), (8, 20), (20, 8), (20, 0), (0, 0)]),
    st.sampled_from([(), WORKING_DAYS, WEEKEND, WEEKEND[:1], WEEKEND[1:]]),
)
prices = st.sampled_from([Decimal(0), Decimal(1), Decimal(2)])
price_lists = st.lists(
    st.builds(
        lambda price, limits: TariffElement((PriceComponent(ENERGY, price),), limits),
        prices,
        windows,
    ),
    min_size=1,
    max_size=6,
).map(lambda elements: PriceList("EUR", PriceBasis.GROSS, tuple(elements)))


@given(price_lists)
def test_what_is_told_holds_all_week(price_list):
    candidates = price_table(price_list).candidates[ENERGY]
    told = charges(price_list)
    for moment in HOURS:
        active = active_candidate(candidates, moment)
        price = active.component.price if active else 0
        assert price_told(told, Subject.SESSION, ENERGY, moment) == price
        assert price_told(merged(told), Subject.SESSION, ENERGY, moment) == price


@given(price_lists)
def test_only_what_is_met_is_told(price_list):
    candidates = price_table(price_list).candidates[ENERGY]
    active = [active_candidate(candidates, moment) for moment in HOURS]
    charging = {candidate.element_number for candidate in active if candidate}
    told = charges(price_list)
    assert {c.element_number for c in told if c.element_number} <= charging
    free = any(candidate is None or not candidate.price for candidate in active)
    assert bool(told) == any(candidate and candidate.price for candidate in active)
    assert not told or any(not charge.price for charge in told) == free
