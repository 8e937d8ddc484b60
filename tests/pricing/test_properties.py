"""What holds for every tariff and every session."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    PriceList,
    Restrictions,
    TariffElement,
    Weekday,
)
from aggregator.pricing.bill import bill
from aggregator.pricing.components import active_candidate, price_table
from aggregator.pricing.course import course
from aggregator.pricing.money import round_to_minor_unit
from aggregator.pricing.periods import periods

LONDON = ZoneInfo("Europe/London")
CENT = Decimal("0.01")

prices = st.decimals(0, 60, places=3)
energies = st.decimals(0, 100, places=3)
minutes = st.decimals(0, 3000, places=1)
seconds = st.integers(0, 20_000)
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def or_none(strategy):
    return st.none() | strategy


components = st.builds(
    PriceComponent,
    dimension=st.sampled_from(Dimension),
    price=prices,
    vat_rate=st.sampled_from([None, Decimal(0), Decimal("0.05"), Decimal("0.2")]),
    step_size_wh=st.sampled_from([0, 1, 100, 1000]),
    step_size_seconds=st.sampled_from([0, 1, 60, 900]),
)
restrictions = st.builds(
    Restrictions,
    start_time=or_none(clocks),
    end_time=or_none(clocks),
    min_kwh=or_none(energies),
    max_kwh=or_none(energies),
    min_power_kw=or_none(energies),
    max_power_kw=or_none(energies),
    min_duration_seconds=or_none(seconds),
    max_duration_seconds=or_none(seconds),
    day_of_week=st.lists(st.sampled_from(Weekday), unique=True).map(tuple),
)
elements = st.lists(
    st.builds(
        TariffElement,
        price_components=st.lists(components, min_size=1, max_size=4).map(tuple),
        restrictions=st.just(Restrictions()) | restrictions,
    ),
    min_size=1,
    max_size=6,
).map(tuple)
limits = or_none(st.builds(PriceLimit, excl_vat=or_none(prices), incl_vat=or_none(prices)))
price_lists = st.builds(
    PriceList, currency=st.just("GBP"), price_basis=st.sampled_from(PriceBasis), elements=elements
)
starts = st.integers(0, 365 * 24 * 60).map(
    lambda minute: (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).astimezone(LONDON)
)
sessions = st.builds(
    ChargingSession,
    start=starts,
    energy_kwh=energies,
    charging_minutes=minutes,
    parking_minutes=minutes,
)


def without_steps(price_list: PriceList) -> PriceList:
    return PriceList(
        price_list.currency,
        price_list.price_basis,
        tuple(
            TariffElement(
                tuple(
                    PriceComponent(c.dimension, c.price, c.vat_rate)
                    for c in element.price_components
                ),
                element.restrictions,
            )
            for element in price_list.elements
        ),
    )


@given(price_lists, sessions)
def test_the_sum_of_the_lines_is_the_total(price_list, session):
    found = bill(price_list, session)
    total = sum((line.as_stated for line in found.lines), Decimal(0))
    # A line without end has 28 digits: the sum may be off where the total lies on a half cent.
    assert abs(total - found.total_as_stated) <= CENT / 2 + Decimal("1e-15")


@given(price_lists, sessions)
def test_no_bill_is_negative_and_tax_makes_nothing_cheaper(price_list, session):
    found = bill(price_list, session)
    assert found.total_as_stated >= 0
    if found.total_net is not None and found.total_gross is not None:
        assert 0 <= found.total_net <= found.total_gross
    for line in found.lines:
        assert 0 <= line.quantity <= line.billed_quantity


@given(price_lists, sessions)
def test_no_more_is_measured_than_was_consumed(price_list, session):
    found = bill(price_list, session)
    allowed = {
        Dimension.ENERGY: session.energy_kwh,
        Dimension.TIME: session.charging_minutes / 60,
        Dimension.PARKING_TIME: session.parking_minutes / 60,
        Dimension.FLAT: Decimal(1),
    }
    for dimension, most in allowed.items():
        measured = sum(
            (line.quantity for line in found.lines if line.dimension is dimension), Decimal(0)
        )
        assert measured <= most + Decimal("1e-20")


@given(price_lists, sessions, limits)
def test_ruling_8_no_total_is_below_the_minimum_stated_for_it(price_list, session, low):
    found = bill(replace(price_list, min_price=low), session)
    for total, name in ((found.total_net, "excl_vat"), (found.total_gross, "incl_vat")):
        least = getattr(low, name, None)
        if total is not None and least is not None:
            assert total >= round_to_minor_unit(Fraction(least), "GBP")


@given(price_lists, sessions, limits)
def test_ruling_8_no_total_is_above_the_maximum_stated_for_it(price_list, session, high):
    found = bill(replace(price_list, max_price=high), session)
    for total, name in ((found.total_net, "excl_vat"), (found.total_gross, "incl_vat")):
        most = getattr(high, name, None)
        if total is not None and most:
            assert total <= round_to_minor_unit(Fraction(most), "GBP")


@given(price_lists, sessions)
def test_ruling_2_cutting_finer_changes_nothing(price_list, session):
    plain = without_steps(price_list)
    idle = TariffElement(
        (PriceComponent(Dimension.ENERGY, Decimal(9)), PriceComponent(Dimension.FLAT, Decimal(9))),
        Restrictions(
            start_time=time(3, 17),
            end_time=time(15, 41),
            min_kwh=Decimal("7.7"),
            min_duration_seconds=777,
            max_duration_seconds=700,  # never holds, but is looked at in all these moments
        ),
    )
    cut = PriceList(plain.currency, plain.price_basis, (*plain.elements, idle))
    before, after = bill(plain, session), bill(cut, session)
    assert before.lines == after.lines
    assert before.total_as_stated == after.total_as_stated


@given(price_lists, sessions, st.fractions(0, Fraction(999, 1000)))
def test_ruling_2_no_price_changes_inside_a_period(price_list, session, share):
    table, run = price_table(price_list), course(session)
    for period in periods(run, table.thresholds):
        moment = run.charging_moment if period.charging else run.parked_moment
        inside = moment(
            period.start.elapsed_seconds + period.duration_seconds * share,
            period.start.energy_kwh + period.energy_kwh * share,
        )
        for candidates in table.candidates.values():
            at_start = active_candidate(candidates, period.start)
            assert active_candidate(candidates, inside) is at_start


@given(price_lists, sessions)
def test_ruling_5_steps_never_lower_a_bill(price_list, session):
    with_steps, without = bill(price_list, session), bill(without_steps(price_list), session)
    assert with_steps.total_as_stated >= without.total_as_stated


@given(prices, energies, energies)
def test_an_energy_bill_grows_with_the_energy(price, one, another):
    listed = PriceList(
        "GBP",
        PriceBasis.NO_TAX,
        (TariffElement((PriceComponent(Dimension.ENERGY, price, step_size_wh=500),)),),
    )
    start = datetime(2026, 6, 1, 12, tzinfo=LONDON)
    less, more = sorted((one, another))
    totals = [
        bill(listed, ChargingSession(start, energy, Decimal(60))).total_as_stated
        for energy in (less, more)
    ]
    assert totals[0] <= totals[1]
