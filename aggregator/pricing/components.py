"""Which price component is active, for each dimension on its own.

Sources: rulings 1 and 7; OCPI 2.2.1, mod_tariffs, "Tariff Object".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    PriceList,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.cuts import Thresholds, thresholds_of
from aggregator.pricing.refusal import require_computable
from aggregator.pricing.restrictions import Moment, restrictions_hold

UNRESTRICTED = Restrictions()


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A component that is active whenever its element's restrictions hold and none before does.

    Equal only to itself, so that one price table's candidates are cheap dictionary keys.

    element_number: position of the element in the price list, counted from 1.
    price: as in the component, exact.
    """

    element_number: int
    component: PriceComponent
    restrictions: Restrictions
    unrestricted: bool
    price: Fraction


@dataclass(frozen=True, slots=True)
class PriceTable:
    """A price list made ready for pricing many sessions.

    candidates: of charging and parking, by dimension, in list order.
    """

    price_list: PriceList
    candidates: Mapping[Dimension, tuple[Candidate, ...]]
    thresholds: Thresholds

    def __iter__(self) -> Iterator[Candidate]:
        """Go through the candidates of all dimensions."""
        for candidates in self.candidates.values():
            yield from candidates


def price_table(price_list: PriceList) -> PriceTable:
    """Return the price list ready for pricing; raise NotComputable where it cannot be priced."""
    require_computable(price_list)
    candidates = {
        dimension: tuple(_candidates(price_list.elements, dimension)) for dimension in Dimension
    }
    used = [candidate.restrictions for found in candidates.values() for candidate in found]
    return PriceTable(price_list, MappingProxyType(candidates), thresholds_of(used))


def _candidates(elements: tuple[TariffElement, ...], dimension: Dimension) -> Iterator[Candidate]:
    """Return each element's first component of the dimension, reservation elements left out."""
    for number, element in enumerate(elements, start=1):
        restrictions = element.restrictions
        if restrictions.reservation is not None:
            continue
        for component in element.price_components:
            if component.dimension is dimension:
                unrestricted = restrictions == UNRESTRICTED
                price = Fraction(component.price)
                yield Candidate(number, component, restrictions, unrestricted, price)
                break


def active_candidate(candidates: tuple[Candidate, ...], moment: Moment) -> Candidate | None:
    """Return the first candidate whose restrictions hold; None when the dimension costs nothing.

    Args:
        candidates: those of one dimension, in list order.
        moment: the instant to be priced.
    """
    for candidate in candidates:
        if candidate.unrestricted or restrictions_hold(candidate.restrictions, moment):
            return candidate
    return None
