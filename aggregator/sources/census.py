"""Whether what came of a module is all there is: its records counted, each of them once."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

ROUND = 5
"""Pages are capped at multiples of this, or at powers of two, never at 37."""


def may_be_a_cap(records: int, *limits: int | None) -> bool:
    """Tell whether a page of so many records may have been cut off there.

    limits: how many were asked for, or are named by the server.

    >>> [may_be_a_cap(size, 500) for size in (37, 50, 64, 500)]
    [False, True, True, True]
    """
    is_power = records > ROUND and records & (records - 1) == 0
    return records > 0 and (records % ROUND == 0 or is_power or records in limits)


@dataclass(slots=True)
class Census:
    """The records that came, against the totals that the server announced.

    received: how many came. pages: how many pages they were. announced: the last total.
    """

    received: int = 0
    pages: int = 0
    announced: int | None = None
    _seen: set[int] = field(default_factory=set)
    _repeated: int = 0
    _are_own_sizes: bool = True
    _totals: dict[int, None] = field(default_factory=dict)

    def add(self, ids: AbstractSet[int], received: int, total: int | None) -> None:
        """Count a page. ids: a number for each of its records, see KnownDocument."""
        self.pages += 1
        self.received += received
        self._repeated += len(self._seen & ids)
        self._seen |= ids
        if total is not None:
            self.announced = total
            self._totals[total] = None
            self._are_own_sizes = self._are_own_sizes and total == received

    @property
    def distinct(self) -> int:
        """How many different records came."""
        return len(self._seen)

    @property
    def total(self) -> int | None:
        """The total that may be true: not 0, not below what came, not each page's own size."""
        are_of_pages = self._are_own_sizes and self.pages > 1
        if not self.announced or self.announced < self.received or are_of_pages:
            return None
        return self.announced

    def may_be_of_a_page(self, *limits: int | None) -> bool:
        """Tell whether the total may be no more than the size of the only page."""
        is_only = self.pages == 1 and self.announced == self.received
        return is_only and may_be_a_cap(self.received, *limits)

    def gaps(self) -> Iterator[str]:
        """Yield what shows that records are missing, or may be."""
        if self._repeated:
            yield f"records on more than one page ({self._repeated}), so others may be missing"
        if len(self._totals) > 1 and not self._are_own_sizes:
            said = ", ".join(map(str, self._totals))
            yield f"the announced total changed while pages were asked for ({said})"
        if (total := self.total) and self.distinct < total:
            yield f"only {self.distinct} of {total} announced records came"
