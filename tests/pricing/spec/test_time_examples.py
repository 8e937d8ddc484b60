"""Totals of the examples priced per hour: OCPI 2.2.1 and 2.3.0, mod_tariffs, "Examples".

Each test names the title of its example.
"""

from decimal import Decimal

import pytest

from aggregator.pricing.bill import TaxBasis, bill
from tests.pricing.price_lists import assert_totals
from tests.pricing.spec.reading import (
    V2_3_0,
    VERSIONS,
    component,
    element,
    read,
    row,
    rows,
    session,
)

HOURS_2_5 = "150"

each_version = pytest.mark.parametrize("version", VERSIONS)


@each_version
def test_simple_tariff_example_2_euro_per_hour(version):
    """In "Simple Tariff example € 2 per hour"; parking is not billed."""
    listed = read(version, element(component("TIME", 2.00, 10.0, 60)))
    assert_totals(bill(listed, session("20", HOURS_2_5, "90")), "5.00", "5.50")


@each_version
def test_simple_tariff_example_3_euro_per_hour_5_euro_per_hour_parking(version):
    """In "Simple Tariff example € 3 per hour, € 5 per hour parking": 42 minutes become 45."""
    charging, parking = component("TIME", 3.00, 10.0, 60), component("PARKING_TIME", 5.0, 20.0, 300)
    found = bill(read(version, element(charging, parking)), session("20", HOURS_2_5, "42"))
    assert_totals(found, "11.25", "12.75")
    assert rows(found)[1] == row("PARKING_TIME", "45", "3.75", "4.50")


@each_version
def test_ad_hoc_simple_tariff_example_with_multiple_languages(version):
    """In "Ad-Hoc simple Tariff example with multiple languages": 4.997 with VAT."""
    listed = read(version, element(component("TIME", 1.90, 5.2, 300)), type="AD_HOC_PAYMENT")
    assert_totals(bill(listed, session("20", HOURS_2_5)), "4.75", "5.00")


@each_version
def test_ad_hoc_tariff_example_not_possible_with_ocpi(version):
    """In "Ad-Hoc Tariff example not possible with OCPI": its texts name 0.50 and 2.00 per hour."""
    fee, hour = component("FLAT", 0.40, 25.0), component("TIME", 1.90, 5.2, 300)
    found = bill(read(version, element(fee, hour), type="AD_HOC_PAYMENT"), session("20", "60"))
    assert rows(found)[0] == row("FLAT", "1", "0.40", "0.50")
    assert found.total_gross == Decimal("2.50")


def test_ruling_9_simple_tariff_with_north_american_taxes():
    """In 2.3.0's "Simple Tariff with North American taxes": C$ 5.00, plus unknown taxes."""
    listed = read(V2_3_0, element(component("TIME", 2.00)), currency="CAD", tax_included="NO")
    found = bill(listed, session("20", HOURS_2_5))
    assert_totals(found, "5.00", None)
    assert found.tax_basis is TaxBasis.NET


def test_ruling_9_simple_tariff_with_north_american_taxes_included():
    """In 2.3.0's "Simple Tariff with North American taxes, price inclusive of tax": C$ 5.25."""
    listed = read(V2_3_0, element(component("TIME", 2.10)), currency="CAD", tax_included="YES")
    found = bill(listed, session("20", HOURS_2_5))
    assert (found.total_net, found.total_gross) == (None, Decimal("5.25"))
    assert found.tax_basis is TaxBasis.GROSS
