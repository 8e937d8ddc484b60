"""What operators round before they write it: volumes, and the totals of several tariffs."""

from decimal import Decimal

import pytest

from aggregator.formats.cdrs import read_cdrs
from aggregator.pricing.cdr_check import Side, check


def cdr(*periods, tariffs, **costs):
    return {
        "id": "C",
        "currency": "EUR",
        "start_date_time": "2026-03-01T10:00:00Z",
        "end_date_time": "2026-03-01T12:00:00Z",
        "tariffs": [
            {"id": name, "currency": "EUR", "elements": [{"price_components": [component]}]}
            for name, component in tariffs.items()
        ],
        "charging_periods": [
            {
                "start_date_time": f"2026-03-01T1{number}:00:00Z",
                "dimensions": [{"type": kind, "volume": volume} for kind, volume in period],
                "tariff_id": name,
            }
            for number, (name, period) in enumerate(periods)
        ],
    } | costs


def net(raw):
    (found,) = read_cdrs(raw)
    total = next(one for one in check(found).comparisons if one.side is Side.NET)
    return total.computed


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("0.1667", "1.00"),  # 10 minutes: 600.12 s are two steps of 300, not three
        ("0.167", "1.00"),  # 601.2 s, rounded to 3.6 s
        ("0.1669", "1.50"),  # 600.84 s: that was no rounding
        ("0.1666", "1.00"),
        ("0.25", "1.50"),
        ("0.0001", "0.50"),  # what is less than a step is one
    ],
)
def test_hours_that_were_rounded_do_not_cost_another_step(hours, expected):
    tariff = {"type": "TIME", "price": 6, "vat": 25, "step_size": 300}
    raw = cdr(("A", [("TIME", hours)]), tariffs={"A": tariff}, total_cost={"excl_vat": 1})
    assert net(raw) == Decimal(expected)


def test_energy_that_was_rounded_does_not_cost_another_step():
    tariff = {"type": "ENERGY", "price": 1, "step_size": 500}
    raw = cdr(("A", [("ENERGY", "1.5001")]), tariffs={"A": tariff}, total_cost={"excl_vat": 1})
    assert net(raw) == Decimal("2.00")  # 0.1 Wh too much, where four decimals are stated
    raw = cdr(("A", [("ENERGY", "1.50004")]), tariffs={"A": tariff}, total_cost={"excl_vat": 1})
    assert net(raw) == Decimal("2.00")
    raw = cdr(("A", [("ENERGY", "1.500")]), tariffs={"A": tariff}, total_cost={"excl_vat": 1})
    assert net(raw) == Decimal("1.50")


def test_ruling_10_the_total_of_several_tariffs_is_rounded_once():
    # 0.125 + 0.125 = 0.25, not 0.13 + 0.13.
    tariff = {"type": "ENERGY", "price": "0.125"}
    raw = cdr(
        ("A", [("ENERGY", 1)]),
        ("B", [("ENERGY", 1)]),
        tariffs={"A": tariff, "B": tariff},
        total_cost={"excl_vat": "0.25"},
    )
    assert net(raw) == Decimal("0.25")
