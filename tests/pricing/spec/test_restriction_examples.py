"""Totals below OCPI 2.2.1 and 2.3.0, mod_tariffs, "TariffRestrictions class"."""

import pytest

from aggregator.pricing.bill import bill
from tests.pricing.spec.reading import VERSIONS, component, element, profile, read, row, rows

VAT = 20.0


def per_kwh(price, **restrictions):
    return element(component("ENERGY", price, VAT), **restrictions)


@pytest.mark.parametrize("version", VERSIONS)
def test_ruling_11_tariff_with_max_power_tariff_restrictions(version):
    """In "Example: Tariff with max_power Tariff Restrictions": 6, then 48, then 4 kW."""
    listed = read(
        version, per_kwh(0.20, max_power=16.0), per_kwh(0.35, max_power=32.0), per_kwh(0.50)
    )
    found = bill(listed, profile(("10", "1"), ("50", "40"), ("7.5", "0.5")))
    # 0.20 for 1 kWh at 6 kW and 0.10 for 0.5 kWh at 4 kW stand on one line.
    assert sorted(rows(found)) == [
        row("ENERGY", "1.5", "0.30", "0.36"),
        row("ENERGY", "40", "20.00", "24.00"),
    ]
    assert str(found.total_net) == "20.30"


@pytest.mark.parametrize("version", VERSIONS)
def test_tariff_with_max_duration_tariff_restrictions(version):
    """In "Example: Tariff with max_duration Tariff Restrictions": 5 kWh free, 1.2 at 0.25."""
    listed = read(
        version,
        per_kwh(0.00, max_duration=1800),
        per_kwh(0.25, max_duration=3600),
        per_kwh(0.40),
    )
    found = bill(listed, profile(("30", "5"), ("10", "1.2")))
    assert rows(found) == [
        row("ENERGY", "5", "0.00", "0.00"),
        row("ENERGY", "1.2", "0.30", "0.36"),
    ]
    assert str(found.total_net) == "0.30"
