"""The price components of a list, each with its place and whether it can count at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    PriceList,
    Reservation,
    Restrictions,
)
from aggregator.pricing.components import RESERVED
from aggregator.pricing.lint.finding import Finding, LintCode


@dataclass(frozen=True, slots=True)
class Part:
    """One price component.

    element_number: counted from 1. position: in the element, counted from 0.
    """

    element_number: int
    position: int
    component: PriceComponent
    restrictions: Restrictions

    @property
    def dimension(self) -> Dimension:
        """What it charges for."""
        return self.component.dimension

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"elements[{self.element_number - 1}].price_components[{self.position}]"

    def restriction(self, key: str) -> str:
        """Where one of its element's restrictions stands, under OCPI's name."""
        return restriction_path(self.element_number, key)

    def finding(self, code: LintCode, message: str, path: str | None = None) -> Finding:
        """Return a finding about it."""
        return Finding(code, path or self.path, self.element_number, message)


def restriction_path(element_number: int, key: str) -> str:
    """Return where a restriction stands, under OCPI's name."""
    return f"elements[{element_number - 1}].restrictions.{key}"


def parts(price_list: PriceList) -> Iterator[Part]:
    """Yield every component, in order."""
    for number, element in enumerate(price_list.elements, start=1):
        for position, component in enumerate(element.price_components):
            yield Part(number, position, component, element.restrictions)


def counting(
    price_list: PriceList, dimension: Dimension, kind: Reservation | None = None
) -> list[Part]:
    """Return what can be active for a dimension: the first component of each element (ruling 1).

    kind: of the reservation that is priced; None for charging and parking.
    """
    if kind is not None and dimension not in RESERVED:
        return []
    found = {
        part.element_number: part
        for part in reversed(list(parts(price_list)))
        if part.dimension is dimension and part.restrictions.reservation is kind
    }
    return [found[number] for number in sorted(found)]


def charging_parts(price_list: PriceList) -> list[Part]:
    """Return what can be active in a session, for all dimensions."""
    return [part for dimension in Dimension for part in counting(price_list, dimension)]


def plain(number: Decimal) -> str:
    """Return a number as people write it.

    >>> plain(Decimal("5E+1"))
    '50'
    """
    return format(number, "f")


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
