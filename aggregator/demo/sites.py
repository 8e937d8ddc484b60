"""What kind of site is where, and how many EVSEs it has: cheap enough to ask for every site."""

from dataclasses import dataclass
from enum import StrEnum

from aggregator.demo.chance import draw
from aggregator.demo.description import City, Operator


class SiteKind(StrEnum):
    """Where drivers find a site."""

    STREET = "street"
    CAR_PARK = "car_park"
    RETAIL = "retail"
    MOTORWAY = "motorway"


# kind, per cent of sites, fewest and most EVSEs
MIX = (
    (SiteKind.STREET, 45, 1, 3),
    (SiteKind.CAR_PARK, 25, 2, 6),
    (SiteKind.RETAIL, 18, 2, 8),
    (SiteKind.MOTORWAY, 12, 4, 12),
)
BY_PERCENT = tuple(row for row in MIX for _ in range(row[1]))


@dataclass(frozen=True, slots=True)
class Site:
    """One site before it becomes a location. lot: what all other choices about it depend on."""

    number: int
    kind: SiteKind
    evse_count: int
    city_index: int
    city: City
    lot: int


def evse_count(seed: int, operator_id: str, number: int) -> int:
    """Return how many EVSEs the operator's site of this number has, 1 to 12."""
    return _kind_and_size(draw(seed, operator_id, number))[1]


def _kind_and_size(lot: int) -> tuple[SiteKind, int]:
    kind, _, fewest, most = BY_PERCENT[lot % 100]
    return kind, fewest + (lot >> 8) % (most - fewest + 1)


def site(seed: int, operator: Operator, number: int) -> Site:
    """Return the operator's site of this number; the same one at every size of the simulation."""
    lot = draw(seed, operator.operator_id, number)
    kind, count = _kind_and_size(lot)
    share = ((lot >> 16) % 4096) / 4096
    city_index = int(len(operator.cities) * share)
    return Site(number, kind, count, city_index, operator.cities[city_index], lot)


def location_id(operator: Operator, number: int) -> str:
    """Return the id under which the site is published."""
    return f"{operator.party_id}-{number:06d}"
