"""The way in: pairs, what is refused, and what the exact engine is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from aggregator.domain.session import ChargingSession, ProfiledSession, ReservedTime, Stretch
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
from aggregator.pricing.kernel import layout, prices
from aggregator.pricing.kernel.prices import gathered, prepare, price, session_columns
from tests.pricing.kernel.comparison import assert_equal
from tests.pricing.kernel.interpreted import interpreted

ENERGY = PriceComponent(Dimension.ENERGY, Decimal("0.5"), Decimal("0.2"))
START = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
SESSION = ChargingSession(START, Decimal(30), Decimal(40), Decimal(5))

TEN, FIVE = PriceLimit(Decimal(10)), PriceLimit(Decimal(5))


def price_list(*components, basis=PriceBasis.NET, **restrictions):
    return PriceList(
        "EUR", basis, (TariffElement(components or (ENERGY,), Restrictions(**restrictions)),)
    )


def asked(tariff, session, basis=layout.FROM_EXACT):
    """Price in both engines; return whether the exact one had to be asked."""
    with interpreted():
        totals, _ = assert_equal([tariff], [session], [(0, 0)])
    return bool(totals.origin[0] == layout.FROM_EXACT)


def test_plain_pairs_are_priced_by_the_kernel():
    assert not asked(price_list(), SESSION)
    found = price(prepare([price_list()]), [0], session_columns([SESSION]), [0])
    assert found.total_net.tolist() == [1500]  # 30 kWh x 0.50
    assert found.total_gross.tolist() == [1800]
    assert found.total_as_stated.tolist() == [1500]
    assert prices.TAX_BASES[found.tax_basis[0]] == "gross"
    assert (found.warnings[0], found.limits_applied[0], found.exact_share) == (0, 0, 0)


@pytest.mark.parametrize(
    "tariff",
    [
        price_list(replace(ENERGY, price=Decimal("0.1234567"))),
        price_list(replace(ENERGY, price=Decimal("-0"))),
        price_list(replace(ENERGY, price=Decimal(10**7))),
        price_list(replace(ENERGY, vat_rate=Decimal("0.1234567"))),
        price_list(replace(ENERGY, vat_rate=Decimal(101))),
        price_list(min_kwh=Decimal("0.0000001")),
        price_list(min_duration_seconds=-1),
        price_list(max_power_kw=Decimal("3.6789")),
        price_list(min_current_a=Decimal(10**6)),
        PriceList(
            "EUR",
            PriceBasis.NET,
            tuple(
                TariffElement((ENERGY,), Restrictions(min_kwh=Decimal(number)))
                for number in range(1, 70)
            ),
        ),
        replace(price_list(), min_price=PriceLimit(Decimal("0.0000001"))),
    ],
)
def test_price_lists_beyond_the_kernels_units_go_to_the_exact_engine(tariff):
    assert asked(tariff, SESSION)


@pytest.mark.parametrize(
    "session",
    [
        replace(SESSION, energy_kwh=Decimal("0.0000001")),
        replace(SESSION, energy_kwh=Decimal(70_000)),
        replace(SESSION, charging_minutes=Decimal(1) / 7),
        replace(SESSION, charging_minutes=Decimal(0)),
        replace(SESSION, charging_minutes=Decimal("0.001")),
        replace(SESSION, energy_kwh=Decimal(10**4), parking_minutes=Decimal(10**5)),
        replace(SESSION, current_a=Decimal("0.00001")),
        replace(SESSION, start=START + timedelta(microseconds=1)),
        replace(SESSION, parking_minutes=Decimal(300 * 24 * 60)),  # the clock changes twice
        replace(SESSION, reserved=ReservedTime(Decimal(10))),
        ProfiledSession(
            START, (Stretch(charging=True, minutes=Decimal(9), energy_kwh=Decimal(1)),)
        ),
    ],
)
def test_sessions_beyond_the_kernels_units_go_to_the_exact_engine(session):
    assert asked(price_list(min_kwh=Decimal(1)), session)


def test_an_offset_that_is_no_whole_ms_goes_to_the_exact_engine():
    odd = timezone(timedelta(microseconds=1_500))
    assert not asked(price_list(), replace(SESSION, start=START.astimezone(timezone.utc)))  # noqa: UP017
    assert asked(price_list(), replace(SESSION, start=datetime(2026, 6, 1, 0, 0, 0, 1, odd)))


@pytest.mark.parametrize(
    "absurd",
    [
        replace(SESSION, energy_kwh=Decimal(-1)),
        replace(SESSION, energy_kwh=Decimal(10**7)),
        replace(SESSION, energy_kwh=Decimal("NaN")),
        replace(SESSION, charging_minutes=Decimal("Infinity")),
        replace(SESSION, start=START.replace(tzinfo=None)),
        replace(SESSION, start=START.replace(year=1960)),
        replace(SESSION, parking_minutes=Decimal(401 * 24 * 60)),
    ],
)
def test_an_absurd_session_is_an_error_once_it_is_to_be_priced(absurd):
    tariffs, sessions = prepare([price_list()]), session_columns([SESSION, absurd])
    price(tariffs, [0], sessions, [0])
    with pytest.raises(ValueError, match="session"):
        price(tariffs, [0], sessions, [1])


def test_sessions_that_are_cut_too_often_go_to_the_exact_engine():
    tariff = price_list(day_of_week=(Weekday.MONDAY,))
    assert asked(tariff, replace(SESSION, start=START, parking_minutes=Decimal(140 * 24 * 60)))


def test_a_step_beyond_64_bits_goes_to_the_exact_engine():
    year = ChargingSession(START.astimezone(UTC), Decimal("0.001"), Decimal(395 * 24 * 60))
    assert asked(price_list(replace(ENERGY, step_size_wh=100_000)), year)
    time = PriceComponent(Dimension.TIME, Decimal(1), None, step_size_seconds=86_400)
    assert asked(price_list(time), replace(SESSION, energy_kwh=Decimal(30_000)))


def test_ties_over_denominators_beyond_64_bits_go_to_the_exact_engine():
    rates = [Decimal(number).scaleb(-5) for number in (10_007, 20_011, 31_013, 40_039)]
    flat = PriceComponent(Dimension.FLAT, Decimal("0.005"), rates[0])
    assert asked(price_list(flat, basis=PriceBasis.GROSS), SESSION) is False
    tariff = PriceList(
        "EUR",
        PriceBasis.GROSS,
        (
            TariffElement((flat, replace(ENERGY, vat_rate=rates[1]))),
            TariffElement((PriceComponent(Dimension.TIME, Decimal(3), rates[2]),)),
            TariffElement((PriceComponent(Dimension.PARKING_TIME, Decimal(6), rates[3]),)),
        ),
        max_price=PriceLimit(Decimal(1)),
    )
    assert asked(tariff, SESSION)


@pytest.mark.parametrize(
    ("tariff", "reason_code"),
    [
        (replace(price_list(), unreadable_parts=("$.x",)), "unreadable_part"),
        (PriceList("EUR", PriceBasis.NET, ()), "no_elements"),
        (price_list(reservation=Reservation.RESERVATION), "no_price_component"),
        (price_list(replace(ENERGY, price=Decimal(-1))), "negative_price"),
        (price_list(replace(ENERGY, vat_rate=Decimal(-1))), "negative_vat_rate"),
        (replace(price_list(), min_price=PriceLimit(Decimal(-1))), "negative_price"),
    ],
)
def test_a_refused_price_list_gives_its_reason_and_no_number(tariff, reason_code):
    totals, _ = assert_equal([price_list(), tariff], [SESSION], [(1, 0), (0, 0), (1, 0)])
    assert [totals.reason_code(pair) for pair in range(3)] == [reason_code, None, reason_code]


@pytest.mark.parametrize(
    ("tariff", "warning"),
    [
        (replace(price_list(), min_price=TEN, max_price=FIVE), "contradictory_limits"),
        (price_list(replace(ENERGY, step_size_wh=10**6)), "absurd_step_size"),
        (price_list(replace(ENERGY, step_size_seconds=10**6)), "absurd_step_size"),
        (price_list(min_kwh=Decimal(5), max_kwh=Decimal(5)), "impossible_restriction"),
        (price_list(start_date=START.date(), end_date=START.date()), "impossible_restriction"),
        (price_list(max_duration_seconds=0), "impossible_restriction"),
    ],
)
def test_what_nobody_can_have_meant_is_priced_with_a_warning(tariff, warning):
    totals, _ = assert_equal([tariff], [SESSION], [(0, 0)])
    assert totals.warnings[0] == 1 << prices.WARNINGS.index(warning)
    assert totals.origin[0] == layout.FROM_KERNEL


def test_a_total_beyond_64_bits_is_an_error():
    dear = price_list(replace(ENERGY, price=Decimal(10**20)))
    with pytest.raises(OverflowError):
        price(prepare([dear]), [0], session_columns([SESSION]), [0])


def test_indices_that_make_no_pairs_are_errors():
    tariffs, sessions = prepare([price_list()]), session_columns([SESSION])
    with pytest.raises(ValueError, match="make no pairs"):
        price(tariffs, [0, 0], sessions, [0])
    for index in (-1, 1):
        with pytest.raises(IndexError):
            price(tariffs, [index], sessions, [0])
        with pytest.raises(IndexError):
            price(tariffs, [0], sessions, [index])


def test_nothing_to_price_is_no_error():
    prices.warm_up()
    nothing = gathered(prepare([]), [], session_columns([]), [])
    assert nothing.amounts.shape == (0, 3)
    assert nothing.exact_share == 0


@pytest.mark.parametrize("cells", [0, prices.MOST_LOOKED_UP])
def test_equal_pairs_are_priced_once_and_gathered(cells, monkeypatch):
    monkeypatch.setattr(prices, "MOST_LOOKED_UP", cells)
    tariffs = prepare([price_list(), price_list(replace(ENERGY, price=Decimal(1)))])
    sessions = session_columns([SESSION, replace(SESSION, energy_kwh=Decimal(10))])
    first, second = np.array([0, 1, 1, 0, 1, 0]), np.array([0, 1, 0, 0, 1, 1])
    calls = []
    plain = prices.price
    monkeypatch.setattr(prices, "price", lambda *pairs: calls.append(pairs) or plain(*pairs))
    found, expected = (
        gathered(tariffs, first, sessions, second),
        plain(tariffs, first, sessions, second),
    )
    assert found.amounts.tolist() == expected.amounts.tolist()
    assert found.codes.tolist() == expected.codes.tolist()
    assert [len(one[1]) for one in calls] == [4]


def test_local_time_decides_across_the_change_of_the_clock():
    night = price_list(end_time=datetime(2026, 1, 1, 3).time())  # noqa: DTZ001 - a time of day
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(START.tzinfo)
    for minutes in (10, 29, 30, 31, 90, 91, 1_600):
        assert not asked(night, replace(SESSION, start=start, charging_minutes=Decimal(minutes)))
