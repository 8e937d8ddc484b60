"""When an element's restrictions hold (rulings 2, 3, 4, 7 and 11)."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest

from aggregator.domain.tariff import Reservation, Restrictions, Weekday
from aggregator.pricing.restrictions import Moment, in_daily_window, restrictions_hold

TUESDAY_EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def moment(
    *,
    local: datetime = TUESDAY_EVENING,
    elapsed_seconds: int = 0,
    energy_kwh: str = "0",
    power_kw: int | None = 10,
    current_a: int | None = None,
) -> Moment:
    return Moment(
        local,
        Fraction(elapsed_seconds),
        Fraction(energy_kwh),
        None if power_kw is None else Fraction(power_kw),
        None if current_a is None else Fraction(current_a),
    )


def test_ruling_13_empty_restrictions_restrict_nothing():
    assert restrictions_hold(Restrictions(), moment(power_kw=None))


@pytest.mark.parametrize(
    ("start", "end", "inside", "outside"),
    [
        ("07:00", "19:00", ["07:00", "18:59:59"], ["06:59:59", "19:00"]),
        ("22:00", "06:00", ["22:00", "00:00", "05:59:59"], ["06:00", "21:59:59"]),
        ("07:00", "00:00", ["07:00", "23:59:59"], ["00:00", "06:59:59"]),
        ("07:00", None, ["07:00", "23:59:59"], ["06:59"]),
        (None, "07:00", ["00:00", "06:59:59"], ["07:00", "23:00"]),
        ("00:00", "00:00", ["00:00", "12:00", "23:59:59"], []),
        ("08:00", "08:00", ["00:00", "08:00", "23:59:59"], []),
        (None, None, ["00:00", "23:59:59"], []),
        ("00:00", "23:59", ["00:00", "23:58:59"], ["23:59", "23:59:59"]),
        ("08:00:30", "19:59:59", ["08:00:30", "19:59:58"], ["08:00:29", "19:59:59"]),
    ],
)
def test_ruling_3_daily_windows(start, end, inside, outside):
    opens = time.fromisoformat(start) if start else None
    closes = time.fromisoformat(end) if end else None
    for clock in inside:
        assert in_daily_window(opens, closes, time.fromisoformat(clock)), clock
    for clock in outside:
        assert not in_daily_window(opens, closes, time.fromisoformat(clock)), clock


def test_ruling_3_start_date_is_included_and_end_date_is_not():
    restrictions = Restrictions(start_date=date(2026, 11, 24), end_date=date(2026, 11, 26))
    held = [
        restrictions_hold(restrictions, moment(local=datetime(2026, 11, day, 12, tzinfo=UTC)))
        for day in (23, 24, 25, 26)
    ]
    assert held == [False, True, True, False]


def test_ruling_3_a_window_on_friday_reaches_saturday_only_if_saturday_is_named():
    friday_night = Restrictions(
        start_time=time(22), end_time=time(6), day_of_week=(Weekday.FRIDAY,)
    )
    friday_early = datetime(2026, 11, 27, 5, tzinfo=UTC)
    saturday_early = datetime(2026, 11, 28, 5, tzinfo=UTC)
    assert restrictions_hold(friday_night, moment(local=friday_early))
    assert not restrictions_hold(friday_night, moment(local=saturday_early))


def test_ruling_3_least_values_are_included_and_highest_are_not():
    duration = Restrictions(min_duration_seconds=60, max_duration_seconds=120)
    energy = Restrictions(min_kwh=Decimal("0.1"), max_kwh=Decimal(20))
    power = Restrictions(min_power_kw=Decimal(10), max_power_kw=Decimal(20))
    assert [restrictions_hold(duration, moment(elapsed_seconds=s)) for s in (59, 60, 119, 120)] == [
        False,
        True,
        True,
        False,
    ]
    assert [restrictions_hold(energy, moment(energy_kwh=e)) for e in ("0", "0.1", "19", "20")] == [
        False,
        True,
        True,
        False,
    ]
    assert [restrictions_hold(power, moment(power_kw=p)) for p in (9, 10, 19, 20)] == [
        False,
        True,
        True,
        False,
    ]


def test_ruling_7_reservation_elements_never_price_charging():
    for kind in Reservation:
        assert not restrictions_hold(Restrictions(reservation=kind), moment())


def test_ruling_11_unknown_power_and_current_satisfy_no_restriction():
    assert not restrictions_hold(Restrictions(max_power_kw=Decimal(50)), moment(power_kw=None))
    assert not restrictions_hold(Restrictions(min_current_a=Decimal(16)), moment())
    assert not restrictions_hold(Restrictions(max_current_a=Decimal(32)), moment())
    assert restrictions_hold(Restrictions(max_current_a=Decimal(32)), moment(current_a=16))


def test_a_least_current_of_0_restricts_nothing():
    assert restrictions_hold(Restrictions(min_current_a=Decimal(0)), moment())
