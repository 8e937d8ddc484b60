"""What is running: the world that the servers show, which may move on while they run."""

from dataclasses import dataclass, field, replace

from aggregator.demo.description import Operator, Transport
from aggregator.demo.world import World


@dataclass(slots=True)
class Simulation:
    """A world on show. slow_seconds: how long a slow operator takes for each answer."""

    world: World
    slow_seconds: float = 1.0
    pages_refused: set[str] = field(default_factory=set)

    def set_revision(self, revision: int) -> None:
        """Move on to the prices of this day; the places stay as they are."""
        self.world = replace(self.world, revision=revision)

    def delay_seconds(self, operator: Operator) -> float:
        """Return how long the operator takes for each answer, in seconds."""
        return self.slow_seconds if operator.transport is Transport.SLOW_SERVER else 0.0

    def refuses(self, operator: Operator, page: str) -> bool:
        """Return whether the operator refuses this page: a faltering one does so once for each."""
        if operator.transport is not Transport.FALTERING_SERVER or page in self.pages_refused:
            return False
        self.pages_refused.add(page)
        return True
