"""One simulation: which operators, how large, how far in time; everything else follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle

from aggregator.demo.description import Operator, TariffScope
from aggregator.demo.operators import OPERATORS
from aggregator.demo.sites import evse_count

DEFAULT_EVSES = 5_000


@dataclass(frozen=True, slots=True)
class World:
    """A simulation of a given size.

    revision: days since it started; prices change with it, places do not.
    location_counts / evse_counts: by operator id.
    """

    operators: tuple[Operator, ...]
    seed: int
    revision: int
    location_counts: Mapping[str, int]
    evse_counts: Mapping[str, int]

    @property
    def evses(self) -> int:
        """How many EVSEs are served in all."""
        return sum(self.evse_counts.values())

    def locations_of(self, operator: Operator) -> int:
        """Return how many locations the operator serves."""
        return self.location_counts[operator.operator_id]

    def tariffs_of(self, operator: Operator) -> int:
        """Return how many tariffs the operator serves."""
        if operator.tariff_scope is TariffScope.SITE:
            return self.locations_of(operator) * len(operator.plans)
        return len(operator.cities) * len(operator.plans)


def build_world(
    evses: int = DEFAULT_EVSES,
    *,
    seed: int = 1,
    revision: int = 0,
    operators: tuple[Operator, ...] = OPERATORS,
) -> World:
    """Return the simulation with the fewest sites that have `evses` EVSEs together.

    A larger one with the same seed holds every object of a smaller one.
    """
    locations = {operator.operator_id: 0 for operator in operators}
    counts = dict(locations)
    total, turns = 0, _turns(operators)
    while total < evses:
        operator_id = next(turns)
        added = evse_count(seed, operator_id, locations[operator_id])
        locations[operator_id] += 1
        counts[operator_id] += added
        total += added
    return World(operators, seed, revision, locations, counts)


def _turns(operators: tuple[Operator, ...]) -> Iterator[str]:
    """Yield without end whose turn it is to open a site: by weight, evenly mixed."""
    total = sum(operator.weight for operator in operators)
    credit = {operator.operator_id: 0 for operator in operators}
    order = []
    for _ in range(total):
        for operator in operators:
            credit[operator.operator_id] += operator.weight
        chosen = max(credit, key=credit.__getitem__)
        credit[chosen] -= total
        order.append(chosen)
    return cycle(order)
