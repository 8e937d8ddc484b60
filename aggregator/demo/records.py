"""The records that an operator serves, and how many there are of each kind."""

from collections import Counter
from dataclasses import dataclass, field

from aggregator.demo.defects import LOCATION_DEFECTS, TARIFF_DEFECTS, count_defects, defect
from aggregator.demo.description import Operator, Record
from aggregator.demo.locations import location
from aggregator.demo.tariffs import tariff
from aggregator.demo.versions import LOCATION_SHAPES
from aggregator.demo.world import World


@dataclass(frozen=True, slots=True)
class Served:
    """What one operator serves: objects in its documents, bad ones and duplicates included.

    defects: number of bad records by code, see `defects`.
    """

    locations: int
    evses: int
    connectors: int
    tariffs: int
    defects: Counter[str] = field(default_factory=Counter)


def location_record(world: World, operator: Operator, number: int) -> Record:
    """Return the operator's location of this number exactly as it is served."""
    record = LOCATION_SHAPES[operator.ocpi_version](location(world.seed, operator, number))
    found = defect(LOCATION_DEFECTS, number) if operator.has_defects else None
    if found:
        found.spoil(record)
    return record


def tariff_record(world: World, operator: Operator, number: int) -> Record:
    """Return the operator's tariff of this number exactly as it is served."""
    record = tariff(world.seed, operator, number, world.revision)
    found = defect(TARIFF_DEFECTS, number) if operator.has_defects else None
    if found:
        found.spoil(record)
    return record


def served(world: World, operator: Operator) -> Served:
    """Return exact counts of what the operator serves; takes a second for 100,000 EVSEs or so."""
    locations, tariffs = world.locations_of(operator), world.tariffs_of(operator)
    defects = Counter[str]()
    if operator.has_defects:
        defects += count_defects(LOCATION_DEFECTS, locations)
        defects += count_defects(TARIFF_DEFECTS, tariffs)
    connectors = sum(
        len(evse["connectors"])
        for number in range(locations)
        for evse in location_record(world, operator, number)["evses"]
    )
    evses = world.evse_counts[operator.operator_id]
    return Served(locations, evses, connectors, tariffs, defects)


def served_by_all(world: World) -> dict[str, Served]:
    """Return exact counts by operator id."""
    return {operator.operator_id: served(world, operator) for operator in world.operators}
