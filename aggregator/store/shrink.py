"""When an answer lacks so much that it is more likely broken than true."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShrinkGuard:
    """Holds an answer that would end too many of a feed's live records.

    most_share: of one table's live records, 0.2 for a fifth. least_records: fewer than so many
    may always end, small feeds come and go.
    """

    most_share: float = 0.2
    least_records: int = 20

    def holds(self, ended: int, live: int) -> bool:
        """Tell whether so many records may not end without a person's word."""
        return ended >= self.least_records and ended > self.most_share * live


ACCEPTS_ALL = ShrinkGuard(most_share=1.0)
