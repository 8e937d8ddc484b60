"""When elements apply, as sets that can be compared exactly.

Every restriction limits one quantity. All limits of all elements together cut each quantity
into cells within which no restriction changes; an element holds in a box of such cells. Sets of
cells are whole numbers, one bit for each cell.

Source: ruling 2 (restrictions are ANDed), ruling 3 (windows), ruling 11 (unknown power).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from aggregator.domain.tariff import Restrictions
from aggregator.pricing.restrictions import MIDNIGHT, WEEKDAYS

Limit = int | Decimal
Span = tuple[Limit | None, Limit | None]
Box = tuple[int, ...]
"""Cells of clock, weekday, date, energy, duration, power and current."""

CLOCK, WEEKDAY, DATE, ENERGY, DURATION, POWER, CURRENT = range(7)
SECONDS_PER_DAY = 86_400
MICROSECONDS_PER_SECOND = 1_000_000
MICROSECONDS_PER_DAY = SECONDS_PER_DAY * MICROSECONDS_PER_SECOND
EVERY_DAY = (1 << len(WEEKDAYS)) - 1
MOST_BOXES = 500  # beyond, what is left of a box is not worked out


@dataclass(frozen=True, slots=True)
class Axis:
    """One quantity, cut into cells.

    starts: of the cells, ascending; a cell ends where the next begins.
    measured: whether it may be unknown, which is one cell more (power, current).
    """

    starts: tuple[Limit, ...]
    measured: bool = False

    @property
    def known(self) -> int:
        """All cells of known values."""
        return (1 << len(self.starts)) - 1

    @property
    def whole(self) -> int:
        """All cells."""
        return self.known | (self.measured << len(self.starts))

    def cells(self, low: Limit | None, high: Limit | None) -> int:
        """Return the cells from low, inclusive, to high, exclusive."""
        if self.measured and not low and high is None:
            return self.whole
        return sum(
            1 << number
            for number, start in enumerate(self.starts)
            if (low is None or low <= start) and (high is None or start < high)
        )

    def spans(self, cells: int) -> list[Span]:
        """Return known cells as spans, those that touch joined; None stands for no end."""
        found: list[Span] = []
        for number, start in enumerate(self.starts):
            if not cells >> number & 1:
                continue
            end = self.starts[number + 1] if number + 1 < len(self.starts) else None
            low = found.pop()[0] if found and found[-1][1] == start else start
            found.append((low, end))
        return found


@dataclass(frozen=True, slots=True)
class Space:
    """The cells of all quantities, as the elements of one price list cut them."""

    axes: tuple[Axis, ...]

    @property
    def whole(self) -> Box:
        """Everything there can be."""
        return tuple(axis.whole for axis in self.axes)

    @property
    def known(self) -> Box:
        """Everything there can be while power and current are known."""
        return tuple(axis.known for axis in self.axes)

    @property
    def at_start(self) -> Box:
        """Every moment at which a session can begin: nothing has passed, nothing is charged."""
        return tuple(1 if n in {ENERGY, DURATION} else cells for n, cells in enumerate(self.whole))

    def box(self, restrictions: Restrictions) -> Box:
        """Return the cells in which the restrictions hold, a reservation left aside."""
        clock, *others = self.axes
        weekdays = sum(1 << WEEKDAYS.index(day) for day in set(restrictions.day_of_week))
        spans = (_span(restrictions, number) for number in range(DATE, CURRENT + 1))
        limited = (axis.cells(*span) for axis, span in zip(others[1:], spans, strict=True))
        return (_clock_cells(clock, restrictions), weekdays or EVERY_DAY, *limited)


def space_of(all_restrictions: Iterable[Restrictions]) -> Space:
    """Return the space that these restrictions cut."""
    used = list(all_restrictions)
    clock = {microseconds(r.start_time) for r in used} | {microseconds(r.end_time) for r in used}
    cut: list[Axis] = [Axis(tuple(sorted(clock | {0}))), Axis(tuple(range(len(WEEKDAYS))))]
    for number in range(DATE, CURRENT + 1):
        first = date.min.toordinal() if number == DATE else 0
        limits = {limit for r in used for limit in _span(r, number) if limit and limit > first}
        cut.append(Axis((first, *sorted(limits)), measured=number in {POWER, CURRENT}))
    return Space(tuple(cut))


def _span(restrictions: Restrictions, axis: int) -> Span:
    """Return the limits that restrictions set to a quantity other than clock and weekday."""
    if axis == DATE:
        return _ordinal(restrictions.start_date), _ordinal(restrictions.end_date)
    return {
        ENERGY: (restrictions.min_kwh, restrictions.max_kwh),
        DURATION: (restrictions.min_duration_seconds, restrictions.max_duration_seconds),
        POWER: (restrictions.min_power_kw, restrictions.max_power_kw),
        CURRENT: (restrictions.min_current_a, restrictions.max_current_a),
    }[axis]


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def microseconds(clock: time | None) -> int:
    """Return the time of day since midnight; none is midnight."""
    found = clock or MIDNIGHT
    seconds = (found.hour * 60 + found.minute) * 60 + found.second
    return seconds * MICROSECONDS_PER_SECOND + found.microsecond


def _clock_cells(axis: Axis, restrictions: Restrictions) -> int:
    """Return the cells of a daily window; one that ends before it starts wraps (ruling 3)."""
    opens, closes = microseconds(restrictions.start_time), microseconds(restrictions.end_time)
    if opens == closes:
        return axis.whole
    if opens < closes:
        return axis.cells(opens, closes)
    return axis.cells(opens, None) | axis.cells(None, closes)


def contains(outer: Box, inner: Box) -> bool:
    """Return whether everything in the inner box lies in the outer one."""
    return all(not mine & ~its for mine, its in zip(inner, outer, strict=True))


def shared(one: Box, another: Box) -> Box:
    """Return what lies in both; some axis is 0 where that is nothing."""
    return tuple(mine & its for mine, its in zip(one, another, strict=True))


def outside(box: Box, others: Iterable[Box]) -> list[Box] | None:
    """Return what of the box lies in none of the others; None when that is too hard to tell."""
    left = [box]
    for other in others:
        left = [piece for part in left for piece in _pieces_outside(part, other)]
        if len(left) > MOST_BOXES:
            return None
    return left


def _pieces_outside(box: Box, other: Box) -> list[Box]:
    """Return what of the box lies outside another, as boxes that do not overlap."""
    if not all(shared(box, other)):
        return [box]
    pieces, rest = [], list(box)
    for axis, cells in enumerate(other):
        if beyond := rest[axis] & ~cells:
            pieces.append((*rest[:axis], beyond, *rest[axis + 1 :]))
        rest[axis] &= cells
    return pieces


def joined(boxes: Iterable[Box]) -> list[Box]:
    """Return the same space in fewer boxes: two that differ in one quantity become one."""
    found: list[Box] = []
    for box in boxes:
        grown = box
        while partner := next((old for old in found if _differences(old, grown) == 1), None):
            found.remove(partner)
            grown = tuple(mine | its for mine, its in zip(grown, partner, strict=True))
        found.append(grown)
    return found


def _differences(one: Box, another: Box) -> int:
    return sum(mine != its for mine, its in zip(one, another, strict=True))
