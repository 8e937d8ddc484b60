"""When an answer lacks so much that it is more likely broken than true."""

from dataclasses import dataclass
from datetime import timedelta

MEMORY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ShrinkGuard:
    """Holds an answer that would end too many of a feed's live records.

    most_share: of one table's live records, 0.2 for a fifth. least_records: fewer than so many
    may always end, small feeds come and go. accepts_all: a person has said that whatever an answer
    lacks is gone, so that not even an empty one is held.
    """

    most_share: float = 0.2
    least_records: int = 20
    accepts_all: bool = False

    def holds(self, ended: int, live: int) -> bool:
        """Tell whether so many records may not end without a person's word."""
        return ended >= self.least_records and ended > self.most_share * live

    def why_held(self, table: str, ended: int, new: int, live: int, most: int) -> str | None:
        """Return what an answer lacks too much of, in words; None when it may end what it lacks.

        Args:
            table: whose records are counted.
            ended: records that it lacks.
            new: records that it brings.
            live: records before it.
            most: the most that were live in the last 24 hours: many small steps are a large one.
        """
        if self.holds(ended, live):
            return f"the answer lacks {ended:,} of {live:,} known {table}s"
        left = live + new - ended
        if ended and self.holds(most - left, most):
            return (
                f"the answer would leave {left:,} {table}s, of {most:,} that were known at most "
                "in the last 24 hours"
            )
        return None


ACCEPTS_ALL = ShrinkGuard(most_share=1.0, accepts_all=True)
HOLDS_EMPTY = ShrinkGuard(most_share=1.0)
"""Holds only an answer without any records."""
