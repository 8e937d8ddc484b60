"""Bills: tax, absurd sessions and warnings (rulings 9, 10, 11 and 12)."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    PriceList,
    Restrictions,
    Tariff,
    TariffElement,
)
from aggregator.pricing.bill import BillWarning, NotComputable, TaxBasis, bill
from aggregator.pricing.billing import Unit
from tests.pricing.price_lists import LONDON, NOON, component, session


def one_element(basis: PriceBasis, *components: PriceComponent) -> PriceList:
    return PriceList("GBP", basis, (TariffElement(components),))


FLAT_20 = component(Dimension.FLAT, "1", "0.20")
ENERGY_5 = component(Dimension.ENERGY, "0.5", "0.05")
ENERGY_UNSTATED = component(Dimension.ENERGY, "0.5")


def test_ruling_9_net_prices_get_the_tax_of_each_component():
    # 1.00 + 5.00 net; 1.20 + 5.25 gross.
    found = bill(one_element(PriceBasis.NET, FLAT_20, ENERGY_5), session())
    assert (found.total_net, found.total_gross) == (Decimal("6.00"), Decimal("6.45"))
    assert found.total_as_stated == Decimal("6.00")
    assert found.tax_basis is TaxBasis.GROSS


def test_ruling_9_one_rate_that_is_not_stated_leaves_the_gross_total_unknown():
    found = bill(one_element(PriceBasis.NET, FLAT_20, ENERGY_UNSTATED), session())
    assert (found.total_net, found.total_gross) == (Decimal("6.00"), None)
    assert found.tax_basis is TaxBasis.NET
    assert [line.gross for line in found.lines] == [Decimal("1.2"), None]


def test_ruling_9_a_charge_of_0_needs_no_rate():
    free_time = component(Dimension.TIME, "0")
    found = bill(one_element(PriceBasis.NET, ENERGY_5, free_time), session())
    assert found.total_gross == Decimal("5.25")


def test_ruling_9_gross_prices_tell_the_net_only_with_every_rate():
    # 1.2 / 1.2 + 5 / 1.05 = 1 + 4.7619... = 5.76; without a rate nobody knows.
    stated = (component(Dimension.FLAT, "1.2", "0.20"), ENERGY_5)
    with_rates = bill(one_element(PriceBasis.GROSS, *stated), session())
    without = bill(one_element(PriceBasis.GROSS, *stated[:1], ENERGY_UNSTATED), session())
    assert (with_rates.total_net, with_rates.total_gross) == (Decimal("5.76"), Decimal("6.20"))
    assert (without.total_net, without.total_gross) == (None, Decimal("6.20"))
    assert with_rates.tax_basis is without.tax_basis is TaxBasis.GROSS
    assert without.total_as_stated == Decimal("6.20")


def test_ruling_9_where_no_tax_applies_net_and_gross_are_the_same():
    found = bill(one_element(PriceBasis.NO_TAX, ENERGY_UNSTATED), session())
    assert found.total_net == found.total_gross == found.total_as_stated == Decimal("5.00")
    assert found.tax_basis is TaxBasis.GROSS


def test_ruling_9_prices_of_unknown_basis_give_only_the_total_as_stated():
    found = bill(one_element(PriceBasis.UNKNOWN, FLAT_20, ENERGY_5), session())
    assert (found.total_net, found.total_gross) == (None, None)
    assert found.total_as_stated == Decimal("6.00")
    assert found.tax_basis is TaxBasis.UNKNOWN
    assert found.lines[1].as_stated == Decimal("5.0")


def test_a_line_says_what_is_charged_for_and_how_much():
    found = bill(one_element(PriceBasis.NET, ENERGY_5), session())
    (line,) = found.lines
    assert (line.dimension, line.element_number, line.unit) == (Dimension.ENERGY, 1, Unit.KWH)
    assert (line.quantity, line.price, line.vat_rate) == (10, Decimal("0.5"), Decimal("0.05"))
    assert (line.net, line.gross) == (Decimal(5), Decimal("5.25"))
    assert found.currency == "GBP"


def test_ruling_10_yen_have_no_minor_unit():
    elements = (TariffElement((component(Dimension.ENERGY, "30.05", "0"),)),)
    found = bill(PriceList("JPY", PriceBasis.NET, elements), session())
    assert str(found.total_gross) == "301"


def test_a_price_list_with_an_unreadable_part_has_no_bill():
    damaged = PriceList("GBP", PriceBasis.NET, (), unreadable_parts=("$.elements",))
    with pytest.raises(NotComputable, match=r"\$\.elements"):
        bill(damaged, session())


@pytest.mark.parametrize(
    "absurd",
    [
        session(kwh="-1"),
        session(minutes="-1"),
        session(parked="-1"),
        session(kwh="NaN"),
        session(parked="Infinity"),
        session(minutes=str(400 * 24 * 60), parked="1"),
        session(start=datetime(2026, 11, 24, 12)),  # noqa: DTZ001 - that is the fault
        session(start=datetime(9999, 11, 24, 12, tzinfo=UTC)),
        session(start=datetime(1, 1, 1, tzinfo=LONDON)),
    ],
)
def test_an_absurd_session_is_refused(absurd):
    with pytest.raises(ValueError, match="session"):
        bill(one_element(PriceBasis.NET, ENERGY_5), absurd)


def test_a_session_of_400_days_is_billed():
    longest = session(minutes="0", kwh="0", parked=str(400 * 24 * 60))
    by_night = TariffElement(
        (component(Dimension.PARKING_TIME, "1"),),
        Restrictions(start_time=time(22), end_time=time(6)),
    )
    found = bill(PriceList("GBP", PriceBasis.NET, (by_night,)), longest)
    assert found.total_net == Decimal("3200.00")  # 8 hours on each of 400 nights


def restricted(**restrictions: object) -> PriceList:
    return PriceList(
        "GBP",
        PriceBasis.NET,
        (TariffElement((ENERGY_5,), Restrictions(**restrictions)),),
    )


def test_ruling_11_restrictions_on_an_unknown_current_are_not_met_and_that_is_said():
    found = bill(restricted(min_current_a=Decimal(16)), session())
    assert (found.total_net, found.warnings) == (0, (BillWarning.CURRENT_UNKNOWN,))


def test_ruling_11_restrictions_on_an_unknown_power_are_not_met_and_that_is_said():
    found = bill(restricted(max_power_kw=Decimal(50)), session(minutes="0"))
    assert (found.total_net, found.warnings) == (0, (BillWarning.POWER_UNKNOWN,))


def test_no_power_flows_while_parked():
    parking = (component(Dimension.PARKING_TIME, "2"),)
    elements = (TariffElement(parking, Restrictions(max_power_kw=Decimal(5))),)
    found = bill(PriceList("GBP", PriceBasis.NET, elements), session(parked="60"))
    assert (found.total_net, found.warnings) == (Decimal("2.00"), ())


def test_ruling_3_the_hole_of_23_59_is_taken_literally_and_said():
    # 10 kWh from 23:30 to 00:30: one of 60 minutes, 1/6 kWh, costs nothing: 59/12 = 4.9166..
    found = bill(
        restricted(start_time=time(0), end_time=time(23, 59)),
        session(start=datetime(2026, 11, 24, 23, 30, tzinfo=UTC)),
    )
    assert found.total_net == Decimal("4.92")
    assert found.warnings == (BillWarning.UNPRICED_LAST_MINUTE,)


def test_a_highest_price_of_0_beside_prices_is_no_limit():
    listed = PriceList(
        "GBP", PriceBasis.NET, (TariffElement((ENERGY_5,)),), max_price=PriceLimit(Decimal(0))
    )
    found = bill(listed, session())
    assert found.total_net == Decimal("5.00")
    assert found.warnings == (BillWarning.MAX_PRICE_ZERO,)


def test_ruling_12_the_tariff_valid_at_the_start_prices_the_whole_session():
    # The tariff ends half an hour into the hour; its price list goes on: 10 kWh, not 5.
    tariff = Tariff(
        country_code="GB",
        party_id="XYZ",
        tariff_id="1",
        type=None,
        price_list=one_element(PriceBasis.NET, ENERGY_5),
        end_date_time=NOON + timedelta(minutes=30),
    )
    assert bill(tariff.price_list, session()).total_net == Decimal("5.00")
