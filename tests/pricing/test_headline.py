"""Headline prices, late fees and variation, as quotes show them."""

from datetime import time
from decimal import Decimal

from aggregator.pricing.bill import BillWarning
from tests.pricing.price_lists import charging, element, energy, flat, parking, quoted


def test_time_that_is_charged_only_later_is_no_headline_price():
    found = quoted(element(charging("3"), min_duration_seconds=1800), element(energy("0.5")))
    assert (found.price_per_minute, found.fee_after_minutes) == (None, 30)
    assert found.price_varies


def test_energy_that_is_charged_only_after_a_threshold_is_a_headline_price():
    assert quoted(element(energy("0.5"), min_kwh=Decimal("0.1"))).price_per_kwh == Decimal("0.6")
    first_free = (element(energy("0"), max_kwh=Decimal(1)), element(energy("0.5")))
    assert quoted(*first_free).price_per_kwh == Decimal("0.6")
    assert quoted(*first_free).price_varies


def test_energy_priced_0_throughout_hides_what_stands_after_it():
    found = quoted(element(energy("0"), flat("1")), element(energy("0.5"), min_kwh=Decimal(5)))
    assert (found.price_per_kwh, found.start_fee) == (None, Decimal("1.2"))


def test_energy_that_is_charged_at_other_times_only_is_no_headline_price():
    found = quoted(element(energy("0.5"), end_time=time(7)), element(flat("1")))
    assert (found.price_per_kwh, found.price_varies) == (None, True)


def test_the_parking_price_is_the_one_that_begins_later_in_the_session():
    found = quoted(
        element(parking("0"), max_duration_seconds=3600),
        element(parking("6"), min_duration_seconds=5400, end_time=time(7)),
        element(parking("3"), min_duration_seconds=5400, start_time=time(7), end_time=time(0)),
    )
    assert found.parking_price_per_minute == Decimal("0.06")
    assert found.fee_after_minutes == 90


def test_a_fee_begins_when_its_window_opens_if_that_is_later():
    # From 22:00 and at least one hour into the session, which begins at 18:00.
    found = quoted(
        element(energy("0.5")),
        element(parking("3"), min_duration_seconds=3600, start_time=time(22), end_time=time(0)),
    )
    assert found.fee_after_minutes == 240


def test_a_fee_that_never_begins_from_this_start_is_none():
    ends_first = element(charging("3"), min_duration_seconds=7200, max_duration_seconds=3600)
    assert quoted(element(energy("0.5")), ends_first).fee_after_minutes is None


def test_a_fee_after_centuries_is_none():
    never = element(charging("3"), min_duration_seconds=10**12)
    assert quoted(element(energy("0.5")), never).fee_after_minutes is None


def test_ruling_6_a_late_flat_fee_counts_only_where_none_was_owed_at_the_start():
    late = element(flat("16"), min_duration_seconds=8100)
    assert quoted(late, element(energy("0.5"))).fee_after_minutes == 135
    assert quoted(late, element(energy("0.5"))).start_fee is None
    assert quoted(late, element(energy("0.5"), flat("1"))).fee_after_minutes is None


def test_a_flat_fee_that_only_applies_at_the_start_does_not_vary():
    found = quoted(element(flat("1"), max_duration_seconds=60), element(energy("0.5")))
    assert (found.start_fee, found.price_varies) == (Decimal("1.2"), False)


def test_thresholds_beyond_the_session_do_not_vary_its_price():
    found = quoted(element(energy("0.5"), max_duration_seconds=86400))
    assert not found.price_varies


def test_an_energy_limit_that_is_reached_exactly_at_the_end_does_not_vary_the_price():
    assert not quoted(element(energy("0.5"), max_kwh=Decimal(20))).price_varies


def test_a_hole_of_one_minute_does_not_vary_the_price_but_is_said():
    found = quoted(element(energy("0.5"), start_time=time(0), end_time=time(23, 59)))
    assert not found.price_varies
    assert found.warnings == (BillWarning.UNPRICED_LAST_MINUTE,)
