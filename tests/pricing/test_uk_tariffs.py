"""Tariffs of char.gy, Mer, Clenergy and MFG as published in October 2026.

Public data under the Public Charge Point Regulations 2023; ids left out.
"""

from datetime import date, time
from decimal import Decimal

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceList,
    Restrictions,
    TariffElement,
    Weekday,
)
from aggregator.pricing.bill import BillWarning, TaxBasis
from aggregator.pricing.quote import QuoteState, quote
from tests.pricing.price_lists import UK_SESSIONS as SESSIONS
from tests.pricing.price_lists import WEEKEND, WORKING_DAYS
from tests.pricing.price_lists import uk_billed as billed
from tests.pricing.price_lists import uk_component as component
from tests.pricing.price_lists import uk_quoted as quoted

# char.gy states no VAT; its prices are net in fact (0.325 + 20 % = 39p), which the feed must say.
CHARGY = PriceList(
    "GBP",
    PriceBasis.UNKNOWN,
    (
        TariffElement(
            (component(Dimension.ENERGY, "0.45", None),),
            Restrictions(start_time=time(0), end_time=time(0), day_of_week=WEEKEND),
        ),
        TariffElement(
            (component(Dimension.ENERGY, "0.325", None),),
            Restrictions(start_time=time(0), end_time=time(7), day_of_week=WORKING_DAYS),
        ),
        TariffElement(
            (component(Dimension.ENERGY, "0.4917", None),),
            Restrictions(start_time=time(7), end_time=time(0), day_of_week=WORKING_DAYS),
        ),
    ),
)


def test_chargy_night_day_and_weekend_prices_leave_no_hole():
    # Friday 5 to 15 o'clock, 10 kWh: 2 at 0.325, 8 at 0.4917 = 4.5836.
    friday = billed(CHARGY, "2026-11-27T05:00", "10", "600")
    assert friday.total_as_stated == Decimal("4.58")
    # From Sunday 22:00 for 4 hours: 2 kWh at 0.45, 2 at 0.325 = 1.55.
    assert billed(CHARGY, "2026-11-29T22:00", "4", "240").total_as_stated == Decimal("1.55")
    # From Friday 22:00: 2 kWh at 0.4917, 2 at 0.45 = 1.8834.
    assert billed(CHARGY, "2026-11-27T22:00", "4", "240").total_as_stated == Decimal("1.88")


def test_chargy_quote_shows_the_price_of_tuesday_evening_and_that_it_varies():
    found = quoted(CHARGY)
    assert (found.price_per_kwh, found.price_varies) == (Decimal("0.4917"), True)
    assert found.tax_basis is TaxBasis.UNKNOWN
    # 20, 30 and 40 kWh: 9.834, 14.751, 19.668.
    assert found.totals == {
        "ac": Decimal("9.83"),
        "dc": Decimal("14.75"),
        "hpc": Decimal("19.67"),
    }


MER = PriceList(
    "GBP",
    PriceBasis.NET,
    tuple(
        TariffElement(
            (component(Dimension.ENERGY, "0.4", step_size=1000),),
            Restrictions(
                start_time=time(0),
                end_time=time(23, 59),
                min_duration_seconds=0,
                max_duration_seconds=86400,
                day_of_week=(day,),
            ),
        )
        for day in Weekday
    ),
)


def test_mer_one_price_on_seven_weekdays_is_one_price():
    found = quoted(MER)
    assert (found.price_per_kwh, found.price_varies) == (Decimal("0.48"), False)
    assert found.totals["ac"] == Decimal("9.60")
    assert found.warnings == (BillWarning.UNPRICED_LAST_MINUTE,)


def test_ruling_5_mer_bills_whole_kwh_on_the_total_of_two_days():
    # 22:59 to 00:59, 10.2 kWh in 120 minutes: the minute from 23:59 is free, 10.115 kWh are
    # priced and become 11.
    found = billed(MER, "2026-11-24T22:59", "10.2", "120")
    assert [line.element_number for line in found.lines] == [2, 3]
    assert sum(line.billed_quantity for line in found.lines) == Decimal(11)
    assert found.total_net == Decimal("4.40")


def test_mer_is_priced_without_a_time_zone():
    found = quote(MER, None, SESSIONS, "ac", date(2026, 11, 22))
    assert (found.state, found.totals["ac"]) == (QuoteState.PRICED, Decimal("9.60"))


def test_clenergy_prices_of_unknown_basis_stay_as_stated():
    listed = PriceList(
        "GBP",
        PriceBasis.UNKNOWN,
        (
            TariffElement(
                (
                    component(Dimension.ENERGY, "0.475", None),
                    component(Dimension.FLAT, "0.1584", None),
                )
            ),
        ),
    )
    found = quoted(listed)
    assert found.tax_basis is TaxBasis.UNKNOWN
    assert (found.price_per_kwh, found.start_fee) == (Decimal("0.475"), Decimal("0.1584"))
    # 9.5 + 0.1584 = 9.6584
    assert found.totals["ac"] == Decimal("9.66")


def test_mfg_price_per_kwh_with_vat():
    listed = PriceList(
        "GBP", PriceBasis.NET, (TariffElement((component(Dimension.ENERGY, "0.4917"),)),)
    )
    found = quoted(listed, "hpc")
    # 0.4917 x 1.2 = 0.59004; 40 kWh: 23.6016.
    assert (found.price_per_kwh, found.totals["hpc"]) == (Decimal("0.59004"), Decimal("23.60"))


def test_ruling_9_the_same_prices_called_gross_get_no_tax():
    listed = PriceList(
        "GBP", PriceBasis.GROSS, (TariffElement((component(Dimension.ENERGY, "0.59", None),)),)
    )
    found = quoted(listed)
    assert (found.price_per_kwh, found.tax_basis) == (Decimal("0.59"), TaxBasis.GROSS)
