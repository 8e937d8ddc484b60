"""Which component is active, and what is never priced (rulings 1, 7 and 13)."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceLimit,
    PriceList,
    Reservation,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.components import active_candidate, price_table
from aggregator.pricing.refusal import NotComputable
from aggregator.pricing.restrictions import Moment
from tests.pricing.price_lists import component

START = Moment(datetime(2026, 11, 24, 18, tzinfo=UTC), Fraction(0), Fraction(0), Fraction(10), None)
LATER = Restrictions(min_duration_seconds=1800)


def price_list(*elements: TariffElement, **more: object) -> PriceList:
    return PriceList("EUR", PriceBasis.NET, elements, **more)


def active(listed: PriceList, dimension: Dimension) -> tuple[int, Decimal] | None:
    found = active_candidate(price_table(listed).candidates[dimension], START)
    return None if found is None else (found.element_number, found.component.price)


def test_ruling_1_each_dimension_takes_the_first_matching_element_that_has_it():
    listed = price_list(
        TariffElement((component(Dimension.TIME, "50"),), LATER),
        TariffElement((component(Dimension.ENERGY, "0.5"),)),
        TariffElement((component(Dimension.ENERGY, "9"), component(Dimension.TIME, "1"))),
    )
    assert active(listed, Dimension.ENERGY) == (2, Decimal("0.5"))
    assert active(listed, Dimension.TIME) == (3, Decimal(1))


def test_ruling_1_a_dimension_without_match_costs_nothing():
    listed = price_list(TariffElement((component(Dimension.TIME, "50"),), LATER))
    assert active(listed, Dimension.TIME) is None
    assert active(listed, Dimension.FLAT) is None


def test_ruling_1_within_one_element_the_first_component_of_a_dimension_counts():
    listed = price_list(
        TariffElement((component(Dimension.ENERGY, "0.4"), component(Dimension.ENERGY, "0.6")))
    )
    assert active(listed, Dimension.ENERGY) == (1, Decimal("0.4"))


def test_ruling_7_an_element_for_reservations_is_passed_over():
    listed = price_list(
        TariffElement(
            (component(Dimension.TIME, "5"),), Restrictions(reservation=Reservation.RESERVATION)
        ),
        TariffElement((component(Dimension.TIME, "2"),)),
    )
    assert active(listed, Dimension.TIME) == (2, Decimal(2))


ENERGY = TariffElement((component(Dimension.ENERGY, "0.5"),))


@pytest.mark.parametrize(
    ("listed", "reason_code"),
    [
        (price_list(ENERGY, unreadable_parts=("$.elements[1]",)), "unreadable_part"),
        (price_list(), "no_elements"),
        (price_list(TariffElement(())), "no_price_component"),
        (
            price_list(
                TariffElement(
                    (component(Dimension.TIME, "5"),),
                    Restrictions(reservation=Reservation.RESERVATION),
                )
            ),
            "no_price_component",
        ),
        (price_list(TariffElement((component(Dimension.ENERGY, "-0.1"),))), "negative_price"),
        (price_list(ENERGY, max_price=PriceLimit(Decimal(-1))), "negative_price"),
        (
            price_list(TariffElement((component(Dimension.ENERGY, "1", "-1"),))),
            "negative_vat_rate",
        ),
    ],
)
def test_a_price_list_that_cannot_be_applied_as_published_is_not_priced(listed, reason_code):
    with pytest.raises(NotComputable) as refusal:
        price_table(listed)
    assert refusal.value.reason_code == reason_code
    assert isinstance(refusal.value, ValueError)
