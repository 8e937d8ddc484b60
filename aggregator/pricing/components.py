"""Which price component is active, for each dimension on its own.

Sources: rulings 1 and 7; OCPI 2.2.1, mod_tariffs, "Tariff Object".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from types import MappingProxyType

from aggregator.domain.contents import content_hash, to_json
from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    PriceList,
    Reservation,
    Restrictions,
    TariffElement,
)
from aggregator.pricing.cuts import Thresholds, thresholds_of
from aggregator.pricing.refusal import require_computable
from aggregator.pricing.restrictions import Moment, restrictions_hold

UNRESTRICTED = Restrictions()
RESERVED = (Dimension.FLAT, Dimension.TIME)
KINDS = {
    False: (Reservation.RESERVATION,),
    True: (Reservation.RESERVATION_EXPIRES, Reservation.RESERVATION),
}
"""Elements for a reservation, by whether it expired, the first before the second."""


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
    content_hash: of the price list.
    """

    price_list: PriceList
    candidates: Mapping[Dimension, tuple[Candidate, ...]]
    thresholds: Thresholds

    @property
    def content_hash(self) -> str:
        """The digest of the price list, by which equal ones are known."""
        return content_hash(to_json(self.price_list))

    def __iter__(self) -> Iterator[Candidate]:
        """Go through the candidates of all dimensions."""
        for candidates in self.candidates.values():
            yield from candidates

    def for_reservation(self, *, expired: bool) -> "ReservationTable":
        """Return what prices a reservation that was used, or one that expired."""
        kinds = KINDS[expired]
        elements = self.price_list.elements
        found = {
            dimension: tuple(c for kind in kinds for c in _candidates(elements, dimension, kind))
            for dimension in RESERVED
        }
        return ReservationTable(
            found, thresholds_of(c.restrictions for c in chain(*found.values()))
        )


@dataclass(frozen=True, slots=True)
class ReservationTable:
    """What prices a reservation, by dimension (ruling 7)."""

    candidates: Mapping[Dimension, tuple[Candidate, ...]]
    thresholds: Thresholds


def price_table(price_list: PriceList) -> PriceTable:
    """Return the price list ready for pricing; raise NotComputable where it cannot be priced."""
    require_computable(price_list)
    candidates = {
        dimension: tuple(_candidates(price_list.elements, dimension)) for dimension in Dimension
    }
    used = [candidate.restrictions for found in candidates.values() for candidate in found]
    return PriceTable(price_list, MappingProxyType(candidates), thresholds_of(used))


def _candidates(
    elements: tuple[TariffElement, ...], dimension: Dimension, kind: Reservation | None = None
) -> Iterator[Candidate]:
    """Return the first component of the dimension of each element for this kind of time."""
    for number, element in enumerate(elements, start=1):
        if element.restrictions.reservation is not kind:
            continue
        restrictions = (
            replace(element.restrictions, reservation=None) if kind else element.restrictions
        )
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
