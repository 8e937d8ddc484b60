"""What the receiver knows of the one handshake that it serves."""

from dataclasses import dataclass, field

from aggregator.feeds import OcpiVersion
from aggregator.sources.credentials_object import OurSide


@dataclass(slots=True)
class ReceiverState:
    """One handshake, seen from the side that is asked.

    token: what the other side shall show us. asked: names of the endpoints that it has asked.
    """

    ours: OurSide
    version: OcpiVersion
    token: str = field(repr=False)
    asked: set[str] = field(default_factory=set)
