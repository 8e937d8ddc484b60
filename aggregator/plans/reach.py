"""Which chargers and hours the price entries of a plan reach.

What an entry matches is a set of cells: an operator, a power class, a country and a part of the
day, within which no entry begins or ends. The cells of one operator are the bits of one number.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time

from aggregator.plans.fault import Fault
from aggregator.plans.plan import Plan, PowerClass, PriceEntry
from aggregator.pricing.restrictions import MIDNIGHT, in_daily_window

CLASSES = tuple(PowerClass)
MOST_TIMES = 96  # one for each quarter of an hour; more would make the numbers of cells endless


def never_used(plan: Plan) -> Iterator[Fault]:
    """Yield the entries that are never the first to match: those before them leave nothing."""
    cells, taken = _Cells.of(plan), _Ground()
    for position, entry in enumerate(plan.price_entries):
        wanted = cells.of_entry(entry)
        if taken.holds_all(entry, wanted):
            message = "never used: entries before it match wherever it does; the first one counts"
            yield Fault(("price", position), message)
        taken.add(entry, wanted)


def unpriced_hours(plan: Plan) -> Iterator[Fault]:
    """Yield the entries that leave hours of the day at which nothing says what charging costs."""
    cells, taken = _Cells.of(plan), _Ground()
    if len(cells.begins) > MOST_TIMES:
        yield Fault(("price",), f"more than {MOST_TIMES} different times of day")
        return
    for entry in plan.price_entries:
        taken.add(entry, cells.of_entry(entry))
    for position, entry in enumerate(plan.price_entries):
        if entry.has_window and not taken.holds_all(entry, cells.all_day(entry)):
            message = (
                "no entry says what other hours cost: write one after it, without times, "
                "with 0 where charging is free"
            )
            yield Fault(("price", position, "start_time"), message)


def parts_of_day(entries: tuple[PriceEntry, ...]) -> list[time]:
    """Return the times at which the parts of the day begin, the first at midnight."""
    times = {time for one in entries for time in (one.start_time, one.end_time) if time}
    return sorted({MIDNIGHT, *times})


@dataclass(frozen=True, slots=True)
class _Cells:
    """How cells are numbered: part of the day, then country, then power class."""

    countries: dict[str, int]
    begins: list[time]

    @classmethod
    def of(cls, plan: Plan) -> "_Cells":
        countries = {code: number for number, code in enumerate(dict.fromkeys(plan.countries))}
        return cls(countries, parts_of_day(plan.price_entries))

    def of_entry(self, entry: PriceEntry) -> int:
        """Return the cells of an entry at each of its operators."""
        start, end = entry.start_time, entry.end_time
        parts = (n for n, at in enumerate(self.begins) if in_daily_window(start, end, at))
        return self._repeated(entry, parts)

    def all_day(self, entry: PriceEntry) -> int:
        """Return the cells of an entry, were it one of all hours."""
        return self._repeated(entry, iter(range(len(self.begins))))

    def _repeated(self, entry: PriceEntry, parts: Iterator[int]) -> int:
        size = len(self.countries) * len(CLASSES)
        chargers = self._chargers(entry)
        return sum(chargers << (part * size) for part in parts)

    def _chargers(self, entry: PriceEntry) -> int:
        classes = sum(1 << CLASSES.index(one) for one in set(entry.power_class or CLASSES))
        countries = {self.countries[code] for code in entry.countries or self.countries}
        return sum(classes << (number * len(CLASSES)) for number in countries)


@dataclass(slots=True)
class _Ground:
    """The cells that entries have: at every operator, and beyond them at some."""

    everywhere: int = 0
    at_operator: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, entry: PriceEntry, cells: int) -> None:
        if entry.operators is None:
            self.everywhere |= cells
        for slug in entry.operators or ():
            self.at_operator[slug] |= cells

    def holds_all(self, entry: PriceEntry, cells: int) -> bool:
        """Tell whether there is no cell of an entry that is not here.

        Operators that no entry names are covered by entries for all of them only.
        """
        if entry.operators is None:
            return not cells & ~self.everywhere
        return not any(cells & ~(self.everywhere | self.at_operator[s]) for s in entry.operators)
