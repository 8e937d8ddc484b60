"""Charging periods as the operator cut them: where they stand in the session, what is billed."""

from datetime import UTC
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from aggregator.formats.cdrs import read_cdrs
from aggregator.pricing.cdr_periods import measured_periods
from aggregator.pricing.refusal import NotComputable
from tests.invoices.raw_cdrs import raw_cdr, raw_period


def measured(*periods, zone=UTC, **changes):
    (cdr,) = read_cdrs(raw_cdr(*periods, **changes))
    return measured_periods(cdr, zone)


def test_a_period_begins_where_those_before_it_end():
    first, second = measured(raw_period(ENERGY=4, TIME=0.5), raw_period("10:30", ENERGY=2, TIME=1))
    assert (first.number, second.number) == (1, 2)
    assert (second.leg.begin_seconds, second.leg.begin_kwh) == (1800, 4)
    # The first lasts to the second's start, the last to the session's end at 12:00.
    assert (first.leg.seconds, second.leg.seconds) == (1800, 5400)


@pytest.mark.parametrize("end", [None, "2026-06-02T09:00:00Z"])
def test_a_last_period_without_a_plausible_end_has_no_length(end):
    (only,) = measured(raw_period(ENERGY=4, TIME=0.5), end_date_time=end)
    assert only.leg.seconds == 0
    assert only.session[0].duration_seconds == 1800  # what was measured is billed all the same


def test_its_clock_is_the_chargers():
    (only,) = measured(zone=ZoneInfo("Europe/Stockholm"))
    assert only.session[0].start.local.hour == 12


def test_charging_comes_before_parking_in_one_period():
    (only,) = measured(raw_period(ENERGY=4, TIME=0.5, PARKING_TIME=0.25))
    charged, parked = only.session
    assert (charged.charging, charged.duration_seconds, charged.energy_kwh) == (True, 1800, 4)
    assert (parked.charging, parked.duration_seconds, parked.energy_kwh) == (False, 900, 0)
    assert (parked.start.energy_kwh, parked.start.power_kw, parked.start.current_a) == (4, 0, 0)


@pytest.mark.parametrize("volumes", [{}, {"ENERGY": 0, "TIME": 0}, {"MAX_POWER": 0}])
def test_a_period_of_nothing_is_there_for_a_flat_fee(volumes):
    (only,) = measured(raw_period(**volumes))
    (period,) = only.session
    assert (period.charging, period.duration_seconds, period.energy_kwh) == (False, 0, 0)
    assert only.reservation == ()


@pytest.mark.parametrize(
    ("volumes", "power_kw"),
    [
        ({"ENERGY": 10, "TIME": 2}, 5),
        ({"ENERGY": 10, "TIME": 2, "MIN_POWER": 4}, 4),
        ({"ENERGY": 10, "TIME": 2, "MIN_POWER": 4, "MAX_POWER": 7}, 7),
        ({"ENERGY": 10, "TIME": 2, "MIN_POWER": 4, "MAX_POWER": 7, "POWER": 6}, 6),
        ({"ENERGY": 10}, None),
        ({"PARKING_TIME": 1, "MAX_POWER": 7}, 0),
    ],
)
def test_ruling_11_the_power_is_measured_else_the_average_else_unknown(volumes, power_kw):
    (only,) = measured(raw_period(**volumes))
    assert only.session[0].start.power_kw == power_kw


@pytest.mark.parametrize(
    ("volumes", "current_a"),
    [
        ({"TIME": 2}, None),
        ({"TIME": 2, "MIN_CURRENT": 16}, 16),
        ({"TIME": 2, "MIN_CURRENT": 16, "MAX_CURRENT": 48}, 48),
        ({"PARKING_TIME": 1, "MAX_CURRENT": 48}, 0),
    ],
)
def test_ruling_11_the_current_is_measured_or_unknown(volumes, current_a):
    (only,) = measured(raw_period(**volumes))
    assert only.session[0].start.current_a == current_a


def test_ruling_7_a_reservation_is_not_part_of_the_session():
    reserved, charged = measured(
        raw_period("09:30", RESERVATION_TIME=0.5), raw_period("10:00", ENERGY=4, TIME=1)
    )
    assert (reserved.session, len(reserved.reservation)) == ((), 1)
    assert reserved.reservation[0].duration_seconds == 1800
    assert (len(charged.session), charged.reservation) == (1, ())
    assert charged.session[0].start.elapsed_seconds == 0  # durations count from the session


def test_a_second_period_of_a_reservation_counts_from_its_beginning():
    _, second = measured(
        raw_period("09:00", RESERVATION_TIME=0.5), raw_period("09:30", RESERVATION_TIME=0.5)
    )
    assert second.reservation[0].start.elapsed_seconds == 1800


def test_a_reservation_of_nothing_beside_charging_is_none():
    (only,) = measured(raw_period(ENERGY=4, TIME=1, RESERVATION_TIME=0))
    assert only.reservation == ()


def test_charging_of_nothing_beside_a_reservation_is_none():
    (only,) = measured(raw_period(ENERGY=0, TIME=0, PARKING_TIME=0, RESERVATION_TIME=0.5))
    assert only.session == ()
    assert only.reservation[0].duration_seconds == 1800


def test_a_reservation_of_nothing_by_itself_may_still_owe_a_fee():
    (only,) = measured(raw_period(RESERVATION_TIME=0))
    assert (only.session, len(only.reservation)) == ((), 1)


def test_reserved_and_charged_in_one_period_is_both():
    (only,) = measured(raw_period(ENERGY=4, TIME=1, RESERVATION_TIME=0.5))
    assert (len(only.session), len(only.reservation)) == (1, 1)


@pytest.mark.parametrize("kind", ["ENERGY", "TIME", "PARKING_TIME", "RESERVATION_TIME"])
def test_less_than_nothing_has_no_price(kind):
    with pytest.raises(NotComputable, match="charging period 2 measures less than nothing"):
        measured(raw_period(ENERGY=1), raw_period("11:00", **{kind: "-0.001"}))


def test_power_may_flow_back_where_energy_does_not():
    (only,) = measured(raw_period(ENERGY=1, TIME=1, MIN_POWER=-3))
    assert only.session[0].start.power_kw == -3


@pytest.mark.parametrize(
    ("start", "end"),
    [("0001-01-01", "2026-06-02"), ("1970-01-01", "1970-01-01"), ("2026-06-02", "9999-12-31")],
)
def test_times_that_cannot_be_are_refused(start, end):
    with pytest.raises(NotComputable, match="no session lasts from"):
        measured(raw_period(day=start, ENERGY=1), end_date_time=f"{end}T12:00:00Z")


def test_a_session_lasts_no_longer_than_400_days():
    for end, fits in (("2027-07-07", True), ("2027-07-08", False)):
        period = raw_period("12:00", ENERGY=1)  # from 2026-06-02
        if fits:
            (only,) = measured(period, end_date_time=f"{end}T12:00:00Z")
            assert only.leg.seconds == 400 * 86_400
        else:
            with pytest.raises(NotComputable):
                measured(period, end_date_time=f"{end}T12:00:00Z")


def test_times_are_kept_to_the_microsecond():
    period = raw_period(ENERGY=1) | {"start_date_time": "2026-06-02T11:59:59.999999Z"}
    (only,) = measured(period)
    assert only.leg.seconds == Fraction(1, 1_000_000)
