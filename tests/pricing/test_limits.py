"""The lowest and highest price of a session (ruling 8)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from aggregator.domain.session import ChargingSession
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceLimit,
    PriceList,
    TariffElement,
)
from aggregator.pricing.bill import Bill, BillWarning, TaxBasis, bill
from aggregator.pricing.limits import AppliedLimit, LimitKind

MIN, MAX = LimitKind.MIN_PRICE, LimitKind.MAX_PRICE


def limit(excl_vat: str | None, incl_vat: str | None) -> PriceLimit:
    return PriceLimit(
        None if excl_vat is None else Decimal(excl_vat),
        None if incl_vat is None else Decimal(incl_vat),
    )


def billed(
    basis: PriceBasis,
    kwh: str,
    *,
    vat_rate: str | None = "0.20",
    low: PriceLimit | None = None,
    high: PriceLimit | None = None,
) -> Bill:
    """Bill so many kWh at 1.00, at 20 % VAT unless told otherwise."""
    rate = None if vat_rate is None else Decimal(vat_rate)
    elements = (TariffElement((PriceComponent(Dimension.ENERGY, Decimal(1), rate),)),)
    listed = PriceList("GBP", basis, elements, min_price=low, max_price=high)
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return bill(listed, ChargingSession(start, Decimal(kwh), Decimal(60)))


def totals(found: Bill) -> tuple[Decimal | None, Decimal | None, Decimal]:
    return found.total_net, found.total_gross, found.total_as_stated


def test_ruling_8_net_and_gross_limit_apply_independently():
    # 2.40 net is below 2.50; 2.88 gross is above 2.80.
    found = billed(PriceBasis.NET, "2.4", low=limit("2.5", "2.8"))
    assert totals(found) == (Decimal("2.50"), Decimal("2.88"), Decimal("2.50"))
    assert found.limits_applied == (AppliedLimit(MIN, Decimal("2.5"), incl_vat=False),)
    assert found.tax_basis is TaxBasis.GROSS


def test_ruling_8_both_amounts_of_a_limit_may_apply():
    found = billed(PriceBasis.NET, "1", low=limit("2.5", "3"))
    assert totals(found) == (Decimal("2.50"), Decimal("3.00"), Decimal("2.50"))
    assert [applied.incl_vat for applied in found.limits_applied] == [False, True]


def test_ruling_8_without_a_gross_limit_the_tax_is_scaled_and_marked_as_derived():
    # 20 net is cut to 10, so 24 gross becomes 12.
    found = billed(PriceBasis.NET, "20", high=limit("10", None))
    assert totals(found) == (Decimal("10.00"), Decimal("12.00"), Decimal("10.00"))
    assert found.tax_basis is TaxBasis.DERIVED


def test_ruling_8_a_limit_that_is_not_reached_derives_nothing():
    found = billed(PriceBasis.NET, "5", low=limit("1", None), high=limit("10", None))
    assert totals(found) == (Decimal("5.00"), Decimal("6.00"), Decimal("5.00"))
    assert (found.limits_applied, found.tax_basis) == ((), TaxBasis.GROSS)


def test_ruling_8_without_a_net_limit_the_net_follows_the_gross():
    found = billed(PriceBasis.GROSS, "24", high=limit(None, "12"))
    assert totals(found) == (Decimal("10.00"), Decimal("12.00"), Decimal("12.00"))
    assert found.tax_basis is TaxBasis.GROSS


def test_ruling_8_gross_prices_meet_a_net_limit_through_their_rates():
    found = billed(PriceBasis.GROSS, "24", high=limit("10", None))
    assert totals(found) == (Decimal("10.00"), Decimal("12.00"), Decimal("12.00"))
    assert found.tax_basis is TaxBasis.DERIVED


def test_ruling_8_net_prices_without_rate_keep_to_the_net_limit():
    found = billed(PriceBasis.NET, "1", vat_rate=None, low=limit("2.5", "3"))
    assert totals(found) == (Decimal("2.50"), None, Decimal("2.50"))
    assert found.warnings == ()


@pytest.mark.parametrize("stated", [limit("3", None), limit(None, "3"), limit("3", "3")])
def test_ruling_8_where_no_tax_applies_either_amount_is_the_limit(stated):
    found = billed(PriceBasis.NO_TAX, "1", vat_rate=None, low=stated)
    assert totals(found) == (Decimal("3.00"), Decimal("3.00"), Decimal("3.00"))
    assert found.tax_basis is TaxBasis.GROSS


@pytest.mark.parametrize(
    ("stated", "total"), [(limit("2.5", "3"), "2.50"), (limit(None, "3"), "3.00")]
)
def test_ruling_8_prices_of_unknown_basis_keep_to_the_amount_named_like_them(stated, total):
    found = billed(PriceBasis.UNKNOWN, "1", low=stated)
    assert totals(found) == (None, None, Decimal(total))
    assert len(found.limits_applied) == 1
    assert billed(PriceBasis.UNKNOWN, "5", low=stated).limits_applied == ()


@pytest.mark.parametrize(
    ("basis", "kwh", "low", "high", "unchecked"),
    [
        # 10 gross is at most 10 and, at 100 % tax, at least 5 net.
        (PriceBasis.GROSS, "10", None, limit("10", None), False),
        (PriceBasis.GROSS, "10", None, limit("9", None), True),
        (PriceBasis.GROSS, "10", limit("5", None), None, False),
        (PriceBasis.GROSS, "10", limit("6", None), None, True),
        # 10 net is at least 10 and at most 20 gross.
        (PriceBasis.NET, "10", limit(None, "10"), None, False),
        (PriceBasis.NET, "10", limit(None, "11"), None, True),
        (PriceBasis.NET, "10", None, limit(None, "20"), False),
        (PriceBasis.NET, "10", None, limit(None, "19"), True),
    ],
)
def test_a_limit_that_only_an_unknown_tax_could_decide_is_reported(
    basis, kwh, low, high, unchecked
):
    found = billed(basis, kwh, vat_rate=None, low=low, high=high)
    assert found.total_as_stated == Decimal("10.00")
    assert found.warnings == ((BillWarning.LIMIT_UNCHECKED,) if unchecked else ())


def test_a_minimum_on_a_session_without_charges_has_no_tax_to_scale():
    net = billed(PriceBasis.NET, "0", low=limit("2.5", None))
    assert totals(net) == (Decimal("2.50"), None, Decimal("2.50"))
    assert net.tax_basis is TaxBasis.NET
    gross = billed(PriceBasis.GROSS, "0", low=limit("2.5", None))
    assert gross.warnings == (BillWarning.LIMIT_UNCHECKED,)


def test_a_minimum_that_is_derived_stays_derived_below_a_maximum():
    found = billed(PriceBasis.NET, "1", low=limit("2", None), high=limit("10", "12"))
    assert totals(found) == (Decimal("2.00"), Decimal("2.40"), Decimal("2.00"))
    assert found.limits_applied == (AppliedLimit(MIN, Decimal(2), incl_vat=False),)
    assert found.tax_basis is TaxBasis.DERIVED


def test_a_maximum_below_the_minimum_has_the_last_word():
    found = billed(PriceBasis.NET, "1", low=limit("5", "6"), high=limit("4", "4.8"))
    assert totals(found) == (Decimal("4.00"), Decimal("4.80"), Decimal("4.00"))
    assert [applied.kind for applied in found.limits_applied] == [MIN, MIN, MAX, MAX]
