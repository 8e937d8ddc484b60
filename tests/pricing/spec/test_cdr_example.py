"""The one CDR that stands with its tariff: OCPI 2.2.1 and 2.3.0, mod_cdrs, "Example of a CDR"."""

from datetime import datetime
from decimal import Decimal

import pytest

from aggregator.domain.session import ChargingSession
from aggregator.pricing.bill import bill
from tests.pricing.price_lists import assert_totals
from tests.pricing.spec.reading import V2_2_1, V2_3_0, component, element, read, row, rows


@pytest.mark.parametrize(
    ("version", "start"),
    [(V2_2_1, "2015-06-29T21:39:09+00:00"), (V2_3_0, "2024-12-05T17:39:09+00:00")],
)
def test_total_cost_of_the_example_of_a_cdr(version, start):
    """1.973 hours at 2 per hour in steps of 5 minutes are 2 hours: 4.00, with 10 % VAT 4.40.

    `total_cost` and `total_time_cost` are `excl_vat` 4.00 and `incl_vat` 4.40 in 2.2.1, and
    `before_taxes` 4.00 with taxes of 0.40 in 2.3.0, whose tariff leaves `tax_included` out.
    """
    listed = read(version, element(component("TIME", 2.00, 10.0, 300)), tax_included=None)
    hours = Decimal("1.973")
    found = bill(
        listed, ChargingSession(datetime.fromisoformat(start), Decimal("15.342"), hours * 60)
    )
    assert rows(found) == [row("TIME", "120", "4.00", "4.40")]
    assert_totals(found, "4.00", "4.40")
    assert found.total_gross - found.total_net == Decimal("0.40")
