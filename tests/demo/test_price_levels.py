"""Price levels, changes and rounding."""

from decimal import Decimal

import pytest

from aggregator.demo.charges import energy, parking_per_minute, per_minute, per_session
from aggregator.demo.operators import OPERATORS
from aggregator.demo.price_levels import CHANGES, consumer_price, days_of_change, price_level
from aggregator.domain.tariff import PriceComponent

NORDLYS = next(operator for operator in OPERATORS if operator.operator_id == "nordlys")


def test_changes_of_several_days_multiply() -> None:
    """Each day's change starts from the day before."""
    single = [price_level(1, NORDLYS, "ac-STO", [day]) for day in (3, 8)]
    assert set(single) <= set(CHANGES)
    assert price_level(1, NORDLYS, "ac-STO", [3, 8]) == single[0] * single[1]
    assert price_level(1, NORDLYS, "ac-STO", []) == 1


def test_days_of_change_grow_with_the_revision() -> None:
    """What has changed stays changed: about 3 days in 100."""
    year, decade = (days_of_change(1, NORDLYS, "ac-STO", days) for days in (365, 3650))
    assert decade[: len(year)] == year
    assert 60 < len(decade) < 160


@pytest.mark.parametrize(
    ("component", "price"),
    [
        (energy("4.50"), "4.70"),  # 4.725, in steps of 0.10
        (per_minute("0.50"), "33.0"),  # 31.50 an hour, in steps of 3.00
        (parking_per_minute("1.00"), "60.00"),
        (per_session("5"), "5"),
        (energy("0"), "0"),
    ],
)
def test_energy_and_time_follow_the_level_in_round_steps(
    component: PriceComponent, price: str
) -> None:
    """At a level 5 % above; fees stay, and free stays free."""
    assert consumer_price(NORDLYS, component, Decimal("1.05")) == Decimal(price)
