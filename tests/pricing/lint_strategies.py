"""Price lists, sessions and moments by chance, for the lint."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from aggregator.domain.session import ChargingSession, ReservedTime
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    PriceList,
    Reservation,
    Restrictions,
    TariffElement,
    Weekday,
)
from aggregator.pricing.restrictions import Moment
from tests.pricing.price_lists import BERLIN
from tests.pricing.test_properties import or_none

# Few different values, so that elements are often alike, hidden or without effect.
clocks = st.sampled_from([time(0), time(6), time(12), time(23, 59)])
kwh = st.sampled_from([Decimal(0), Decimal(5), Decimal(10)])
seconds = st.sampled_from([0, 1800, 3600])
days = st.sampled_from([date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3)])
weekdays = st.sampled_from([(), tuple(Weekday), tuple(Weekday)[:5], tuple(Weekday)[5:]])
one_limit = st.one_of(
    st.fixed_dictionaries({"start_time": or_none(clocks), "end_time": or_none(clocks)}),
    st.fixed_dictionaries({"start_date": or_none(days), "end_date": or_none(days)}),
    st.fixed_dictionaries({"min_kwh": or_none(kwh), "max_kwh": or_none(kwh)}),
    st.fixed_dictionaries({"min_power_kw": or_none(kwh), "max_power_kw": or_none(kwh)}),
    st.fixed_dictionaries({"min_current_a": or_none(kwh), "max_current_a": or_none(kwh)}),
    st.fixed_dictionaries(
        {"min_duration_seconds": or_none(seconds), "max_duration_seconds": or_none(seconds)}
    ),
    st.fixed_dictionaries({"day_of_week": weekdays}),
    st.fixed_dictionaries({"reservation": st.sampled_from(Reservation)}),
)
restrictions = st.lists(one_limit, max_size=2).map(
    lambda limits: Restrictions(**{key: value for limit in limits for key, value in limit.items()})
)
components = st.builds(
    PriceComponent,
    dimension=st.sampled_from(Dimension),
    price=st.sampled_from([Decimal(0), Decimal(1), Decimal(2)]),
    vat_rate=st.sampled_from([None, Decimal("0.2")]),
    step_size_wh=st.sampled_from([0, 3000]),
    step_size_seconds=st.sampled_from([0, 900]),
)
elements = st.builds(
    TariffElement,
    price_components=st.lists(components, max_size=3).map(tuple),
    restrictions=restrictions,
)
amounts = st.sampled_from([None, Decimal(0), Decimal(5), Decimal(9)])
limits = or_none(st.builds(PriceLimit, excl_vat=amounts, incl_vat=amounts))
alike = st.builds(
    PriceList,
    currency=st.just("EUR"),
    price_basis=st.sampled_from(PriceBasis),
    elements=st.lists(elements, min_size=1, max_size=6).map(tuple),
    min_price=limits,
    max_price=limits,
)
starts = st.integers(0, 3 * 24 * 60).map(
    lambda minute: datetime(2026, 5, 31, 12, tzinfo=BERLIN) + timedelta(minutes=minute)
)
sessions = st.builds(
    ChargingSession,
    start=starts,
    energy_kwh=st.sampled_from([Decimal(0), Decimal(4), Decimal(12)]),
    charging_minutes=st.sampled_from([Decimal(0), Decimal(20), Decimal(130)]),
    parking_minutes=st.sampled_from([Decimal(0), Decimal(20), Decimal(700)]),
    current_a=st.sampled_from([None, Decimal(0), Decimal(6), Decimal(32)]),
    reserved=or_none(
        st.builds(
            ReservedTime,
            minutes=st.sampled_from([Decimal(10), Decimal(100)]),
            expired=st.booleans(),
        )
    ),
)

numbers = st.decimals() | st.sampled_from([Decimal(0), Decimal(-1), Decimal("NaN")])
any_restrictions = st.builds(
    Restrictions,
    start_time=or_none(st.times()),
    end_time=or_none(st.times()),
    start_date=or_none(st.dates()),
    end_date=or_none(st.dates()),
    min_kwh=or_none(numbers),
    max_kwh=or_none(numbers),
    min_current_a=or_none(numbers),
    max_current_a=or_none(numbers),
    min_power_kw=or_none(numbers),
    max_power_kw=or_none(numbers),
    min_duration_seconds=or_none(st.integers()),
    max_duration_seconds=or_none(st.integers()),
    day_of_week=st.lists(st.sampled_from(Weekday)).map(tuple),
    reservation=or_none(st.sampled_from(Reservation)),
)
any_components = st.builds(
    PriceComponent,
    dimension=st.sampled_from(Dimension),
    price=numbers,
    vat_rate=or_none(numbers),
    step_size_wh=st.integers(),
    step_size_seconds=st.integers(),
)
any_limits = or_none(st.builds(PriceLimit, excl_vat=or_none(numbers), incl_vat=or_none(numbers)))
any_price_lists = st.builds(
    PriceList,
    currency=st.text(),
    price_basis=st.sampled_from(PriceBasis),
    elements=st.lists(
        st.builds(
            TariffElement,
            price_components=st.lists(any_components, max_size=4).map(tuple),
            restrictions=any_restrictions | restrictions,
        ),
        max_size=6,
    ).map(tuple),
    min_price=any_limits,
    max_price=any_limits,
    unreadable_parts=st.lists(st.text()).map(tuple),
)
moments = st.builds(
    Moment,
    local=st.datetimes(datetime(2026, 5, 31), datetime(2026, 6, 5)).map(  # noqa: DTZ001 - local
        lambda local: local.replace(tzinfo=UTC)
    ),
    elapsed_seconds=st.sampled_from([Fraction(0), Fraction(1800), Fraction(4000)]),
    energy_kwh=st.sampled_from([Fraction(0), Fraction(5), Fraction(6)]),
    power_kw=st.sampled_from([None, Fraction(0), Fraction(5), Fraction(10)]),
    current_a=st.sampled_from([None, Fraction(0), Fraction(5), Fraction(10)]),
)
