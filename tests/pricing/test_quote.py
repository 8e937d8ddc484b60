"""Quotes: states, tax and totals of the reference sessions."""

from datetime import date, time
from decimal import Decimal

import pytest

from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceLimit,
    PriceList,
    Reservation,
    Restrictions,
    TariffElement,
    Weekday,
)
from aggregator.pricing.bill import TaxBasis
from aggregator.pricing.quote import Quote, QuoteState, quote
from tests.pricing.price_lists import charging, component, element, energy, flat, parking, quoted


def test_prices_and_totals_include_the_tax_that_is_stated():
    found = quoted(element(energy("0.5"), charging("3"), parking("6"), flat("1")))
    assert (found.state, found.state_reason) == (QuoteState.PRICED, None)
    assert found.tax_basis is TaxBasis.GROSS
    assert found.price_per_kwh == Decimal("0.6")
    assert found.price_per_minute == Decimal("0.06")
    assert found.parking_price_per_minute == Decimal("0.12")
    assert found.start_fee == Decimal("1.2")
    # Net: 10 + 2 x 3 + 2 x 6 + 1 = 29; and 15 + 2 + 1 = 18.
    assert found.totals == {"ac": Decimal("34.80"), "dc": Decimal("21.60")}
    assert (found.price_varies, found.fee_after_minutes) == (False, None)


def test_a_rate_missing_from_one_headline_price_leaves_all_figures_net():
    late_parking = TariffElement(
        (component(Dimension.PARKING_TIME, "6", None),), Restrictions(min_duration_seconds=86400)
    )
    found = quoted(element(energy("0.5")), late_parking)
    assert found.tax_basis is TaxBasis.NET
    assert found.price_per_kwh == Decimal("0.5")
    assert found.parking_price_per_minute == Decimal("0.1")
    assert found.totals == {"ac": Decimal("10.00"), "dc": Decimal("15.00")}


@pytest.mark.parametrize(
    ("basis", "tax_basis", "total"),
    [
        (PriceBasis.NET, TaxBasis.NET, "10.00"),
        (PriceBasis.GROSS, TaxBasis.GROSS, "10.00"),
        (PriceBasis.NO_TAX, TaxBasis.GROSS, "10.00"),
        (PriceBasis.UNKNOWN, TaxBasis.UNKNOWN, "10.00"),
    ],
)
def test_without_rates_the_basis_of_the_prices_decides(basis, tax_basis, total):
    found = quoted(element(energy("0.5", None)), basis=basis)
    assert (found.tax_basis, found.price_per_kwh) == (tax_basis, Decimal("0.5"))
    assert found.totals["ac"] == Decimal(total)


def test_gross_prices_get_no_further_tax():
    found = quoted(element(energy("0.6")), basis=PriceBasis.GROSS)
    assert (found.price_per_kwh, found.totals["ac"]) == (Decimal("0.6"), Decimal("12.00"))


def test_a_total_that_is_scaled_marks_the_quote_as_derived():
    found = quoted(element(energy("0.5")), max_price=PriceLimit(Decimal(12)))
    assert found.tax_basis is TaxBasis.DERIVED
    # 10 net stays; 15 net becomes 12, with tax 14.40.
    assert found.totals == {"ac": Decimal("12.00"), "dc": Decimal("14.40")}


def test_a_free_list_costs_0_whatever_the_zone_and_the_basis():
    found = quoted(
        element(charging("5"), reservation=Reservation.RESERVATION),
        element(energy("0", None), flat("0"), end_time=time(7)),
        basis=PriceBasis.UNKNOWN,
        zone=None,
    )
    assert found.state is QuoteState.FREE
    assert (found.price_per_kwh, found.price_per_minute, found.start_fee) == (0, None, None)
    assert found.totals == {"ac": Decimal("0.00"), "dc": Decimal("0.00")}


@pytest.mark.parametrize(
    "low", [PriceLimit(Decimal(3), Decimal("3.6")), PriceLimit(None, Decimal(3))]
)
def test_a_list_with_a_lowest_price_is_not_free(low):
    found = quoted(element(energy("0")), min_price=low, basis=PriceBasis.NO_TAX)
    assert (found.state, found.price_per_kwh) == (QuoteState.PRICED, None)
    assert found.totals["ac"] >= Decimal("3.00")


@pytest.mark.parametrize(
    ("elements", "more", "reason"),
    [
        ((), {}, "no_elements"),
        ((element(),), {}, "no_price_component"),
        ((element(energy("0.5")),), {"unreadable_parts": ("$.min_price",)}, "unreadable_part"),
        ((element(energy("-0.5")),), {}, "negative_price"),
        ((element(energy("0.5"), max_current_a=Decimal(32)),), {}, "current_unknown"),
        (
            (element(energy("0.5", None)),),
            {"max_price": PriceLimit(None, Decimal(11))},
            "limit_tax_unknown",
        ),
    ],
)
def test_what_cannot_be_computed_has_a_reason_and_no_figure(elements, more, reason):
    found = quoted(*elements, **more)
    assert found == Quote(QuoteState.NOT_COMPUTABLE, reason)
    assert (found.price_per_kwh, dict(found.totals)) == (None, {})


NIGHT_AND_DAY = (
    element(energy("0.2"), start_time=time(0), end_time=time(7)),
    element(energy("0.5"), start_time=time(7), end_time=time(0)),
)


@pytest.mark.parametrize("zone", [None, "", "Mars/Phobos", "Europe", "../etc/passwd"])
def test_without_a_zone_prices_by_the_clock_are_not_computable(zone):
    found = quoted(*NIGHT_AND_DAY, zone=zone)
    assert (found.state, found.state_reason) == (QuoteState.NOT_COMPUTABLE, "time_zone_unknown")


def test_without_a_zone_windows_that_make_no_difference_are_priced():
    same_price = [element(energy("0.5"), day_of_week=(day,)) for day in Weekday]
    found = quoted(*same_price, zone=None)
    assert (found.state, found.totals["ac"]) == (QuoteState.PRICED, Decimal("12.00"))


def test_without_a_zone_any_reference_session_may_need_one():
    # At 10 kW nothing depends on the clock, at 45 kW it does.
    found = quoted(
        element(energy("0.5"), max_power_kw=Decimal(22)),
        element(energy("0.7"), start_time=time(7), end_time=time(19)),
        element(energy("0.6")),
        zone=None,
    )
    assert found.state_reason == "time_zone_unknown"


def test_headline_prices_are_those_of_the_sessions_start_in_local_time():
    # Tuesday 18:00 is 18:00 in London and in Sydney.
    for zone in ("Europe/London", "Australia/Sydney"):
        found = quoted(*NIGHT_AND_DAY, zone=zone)
        assert found.price_per_kwh == Decimal("0.6")
        assert found.price_varies


def test_headline_prices_are_those_at_the_sessions_power():
    elements = (element(energy("0.4"), max_power_kw=Decimal(22)), element(energy("0.6")))
    assert quoted(*elements, code="ac").price_per_kwh == Decimal("0.48")
    assert quoted(*elements, code="dc").price_per_kwh == Decimal("0.72")
    assert not quoted(*elements).price_varies


def test_start_and_end_dates_count_from_the_reference_day():
    elements = (
        element(energy("0.4"), end_date=date(2026, 11, 25)),
        element(energy("0.6"), start_date=date(2026, 11, 25)),
    )
    assert quoted(*elements, day=date(2026, 11, 24)).price_per_kwh == Decimal("0.48")
    assert quoted(*elements, day=date(2026, 11, 25)).price_per_kwh == Decimal("0.72")
    assert quoted(*elements, day=date(2026, 11, 24)).price_varies
    assert not quoted(*elements, day=date(2026, 11, 25)).price_varies


def test_a_reference_session_in_the_skipped_hour_starts_after_it():
    # Sunday 29 March 2026, 01:30 in London does not exist; an hour later it is 02:30.
    sunday = ReferenceSession(
        "ac", Decimal(20), Decimal(60), Decimal(0), Weekday.SUNDAY, time(1, 30)
    )
    elements = (element(energy("0.5"), start_time=time(2, 30), end_time=time(3, 30)),)
    listed = PriceList("GBP", PriceBasis.NET, elements)
    found = quote(listed, "Europe/London", (sunday,), "ac", date(2026, 3, 23))
    assert found.totals == {"ac": Decimal("12.00")}


def test_a_session_code_that_is_not_among_the_sessions_is_an_error():
    with pytest.raises(ValueError, match="hpc"):
        quoted(element(energy("0.5")), code="hpc")


NIGHT_ONLY = element(energy("0.2"), start_time=time(0), end_time=time(6))
SLOW_ONLY = element(charging("3"), max_power_kw=Decimal(22))


def test_a_session_that_no_element_covers_has_no_price():
    # Tuesday 18:00 to 22:00, the night's price ends at 06:00.
    assert quoted(NIGHT_ONLY) == Quote(QuoteState.NOT_COMPUTABLE, "no_price_applies")


def test_a_session_that_an_element_covers_at_0_is_free_of_charge():
    found = quoted(NIGHT_ONLY, element(energy("0")))
    assert (found.state, found.totals) == (
        QuoteState.PRICED,
        {"ac": Decimal("0.00"), "dc": Decimal("0.00")},
    )


def test_another_session_that_nothing_covers_has_no_total():
    # Two hours at 10 kW, 3 GBP an hour and 20 %; nothing is said of 45 kW.
    found = quoted(SLOW_ONLY, code="ac")
    assert (found.state, found.totals) == (QuoteState.PRICED, {"ac": Decimal("7.20")})
    assert found.tax_basis is TaxBasis.GROSS
    assert quoted(SLOW_ONLY, code="dc").state_reason == "no_price_applies"


@pytest.mark.parametrize(
    ("listed", "ac"),
    [
        # The session of two hours pays for the second, 3 GBP and 20 %; that of 40 minutes nothing.
        (element(charging("3"), min_duration_seconds=3600), "3.60"),
        # Two hours parked afterwards, 6 GBP each and 20 %; the other one leaves at once.
        (element(parking("6")), "14.40"),
    ],
)
def test_what_is_charged_for_later_or_for_parking_only_is_free_until_then(listed, ac):
    for code in ("ac", "dc"):
        found = quoted(listed, code=code)
        assert found.state is QuoteState.PRICED
        assert found.totals == {"ac": Decimal(ac), "dc": Decimal("0.00")}


def test_a_session_that_is_covered_from_its_middle_on_is_priced():
    # The session of two hours stops charging at 20:00: only its two hours of parking are priced.
    found = quoted(element(energy("0.5"), parking("6"), start_time=time(20), end_time=time(23)))
    assert found.totals == {"ac": Decimal("14.40")}


def test_a_lowest_price_prices_what_no_element_covers():
    found = quoted(NIGHT_ONLY, min_price=PriceLimit(Decimal(2)))
    assert found.state is QuoteState.PRICED
    assert found.totals == {"ac": Decimal("2.00"), "dc": Decimal("2.00")}
