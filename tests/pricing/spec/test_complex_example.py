"""Totals of OCPI 2.2.1 and 2.3.0, mod_tariffs, "Complex Tariff example"."""

import pytest

from aggregator.pricing.bill import bill
from tests.pricing.price_lists import WEEKEND, WORKING_DAYS, assert_totals
from tests.pricing.spec.reading import VERSIONS, component, element, read, row, rows, session


def complex_example(version):
    return read(
        version,
        element(component("FLAT", 2.50, 15.0)),
        element(component("TIME", 1.00, 20.0, 900), max_current=32.0),
        element(
            component("TIME", 2.00, 20.0, 600), min_current=32.0, day_of_week=list(WORKING_DAYS)
        ),
        element(component("TIME", 1.25, 20.0, 600), min_current=32.0, day_of_week=list(WEEKEND)),
        element(
            component("PARKING_TIME", 5.00, 10.0, 300),
            start_time="09:00",
            end_time="18:00",
            day_of_week=list(WORKING_DAYS),
        ),
        element(
            component("PARKING_TIME", 6.00, 10.0, 300),
            start_time="10:00",
            end_time="17:00",
            day_of_week=["SATURDAY"],
        ),
        type="REGULAR",
        tariff_alt_url="https://company.com/tariffs/14",
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_complex_example_on_monday(version):
    """Monday 09:30, at most 16 A, 165 minutes of charging and 42 of parking."""
    monday = session("10.12", "165", "42", "2026-11-23T09:30", current_a="16")
    found = bill(complex_example(version), monday)
    assert rows(found) == [
        row("FLAT", "1", "2.50", "2.875"),
        row("TIME", "165", "2.75", "3.30"),
        row("PARKING_TIME", "45", "3.75", "4.125"),
    ]
    assert_totals(found, "9.00", "10.30")
    assert not found.warnings


@pytest.mark.parametrize("version", VERSIONS)
def test_complex_example_on_saturday(version):
    """Saturday 13:30, at least 43 A, 114 minutes of charging and 71 of parking.

    An erratum: the text has 2.28 for 114 minutes at 1.25 per hour, which are 2.375 (2.85 with
    VAT), and so 12.28 and 13.861 for 12.375 and 13.975.
    """
    saturday = session("18.791", "114", "71", "2026-11-28T13:30", current_a="43")
    found = bill(complex_example(version), saturday)
    assert rows(found) == [
        row("FLAT", "1", "2.50", "2.875"),
        row("TIME", "114", "2.375", "2.85"),
        row("PARKING_TIME", "75", "7.50", "8.25"),
    ]
    assert_totals(found, "12.38", "13.98")
