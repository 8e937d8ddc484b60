"""Why a price list is not priced: a wrong figure is worse than none."""

from collections.abc import Iterator
from decimal import Decimal

from aggregator.domain.tariff import PriceList


class NotComputable(ValueError):
    """A price list cannot be priced.

    reason_code: stable, for grouping (`mart.offer.state_reason`); the message is for people.
    """

    def __init__(self, reason_code: str, message: str) -> None:
        """Keep the code beside the message."""
        super().__init__(message)
        self.reason_code = reason_code


def require_computable(price_list: PriceList) -> None:
    """Raise NotComputable unless every charge of the price list can be applied as published."""
    if price_list.unreadable_parts:
        where = ", ".join(price_list.unreadable_parts)
        raise NotComputable("unreadable_part", f"these parts could not be read: {where}")
    if not price_list.elements:
        raise NotComputable("no_elements", "the tariff has no elements")
    if not any(
        element.price_components
        for element in price_list.elements
        if element.restrictions.reservation is None
    ):
        raise NotComputable("no_price_component", "no element prices charging or parking")
    _require_sound_numbers(price_list)


def _require_sound_numbers(price_list: PriceList) -> None:
    """Raise NotComputable when a price, a limit or a tax rate is below zero or none at all."""
    components = [c for element in price_list.elements for c in element.price_components]
    rates = [c.vat_rate for c in components if c.vat_rate is not None]
    amounts = [*(c.price for c in components), *_limits(price_list)]
    if not all(number.is_finite() for number in (*amounts, *rates)):
        raise NotComputable("not_a_number", "a price, a limit or a tax rate is no number")
    if any(amount < 0 for amount in amounts):
        raise NotComputable("negative_price", "a price or a price limit is below zero")
    if any(rate < 0 for rate in rates):
        raise NotComputable("negative_vat_rate", "a VAT rate is below zero")


def _limits(price_list: PriceList) -> Iterator[Decimal]:
    for limit in (price_list.min_price, price_list.max_price):
        if limit is not None:
            yield from (a for a in (limit.excl_vat, limit.incl_vat) if a is not None)
