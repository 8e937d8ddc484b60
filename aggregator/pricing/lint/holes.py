"""Daily windows that end minutes before the next one begins, as 23:59 for the end of the day."""

from collections.abc import Iterator

from aggregator.domain.tariff import Dimension, PriceList
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.parts import Part, counting, listed, plain
from aggregator.pricing.lint.space import (
    CLOCK,
    MICROSECONDS_PER_DAY,
    MICROSECONDS_PER_SECOND,
    Box,
    Space,
    microseconds,
    outside,
    shared,
    space_of,
)
from aggregator.pricing.lint.wording import clock

LONGEST_HOLE_MINUTES = 5
LONGEST_HOLE = LONGEST_HOLE_MINUTES * 60 * MICROSECONDS_PER_SECOND

Hole = tuple[int, int]
"""From and to, in microseconds since midnight; it may end at midnight."""


def daily_holes(price_list: PriceList) -> Iterator[Finding]:
    """Find the holes behind every element's window, and what falls through them.

    A hole that another element fills is only noted: it may charge the same.
    """
    unpriced: dict[int, dict[Dimension, Hole]] = {}
    caught: dict[int, list[Finding]] = {}
    space = space_of(element.restrictions for element in price_list.elements)
    for dimension in Dimension:
        found = counting(price_list, dimension)
        begins = {microseconds(part.restrictions.start_time) for part in found} | {0}
        for part in found:
            hole = _hole(part, begins)
            if hole is None or not all(space.box(part.restrictions)):
                continue
            catchers, is_tight = _catchers(part, found, hole, space)
            if is_tight:
                caught.setdefault(part.element_number, []).append(_caught(part, hole, catchers))
            elif part.component.price:
                unpriced.setdefault(part.element_number, {})[dimension] = hole
    for number, holes in unpriced.items():
        yield _unpriced(number, holes)
    for findings in caught.values():
        yield findings[0]


def _hole(part: Part, begins: set[int]) -> Hole | None:
    """Return the hole between a window's end and the next begin of any, midnight included."""
    start, end = (
        microseconds(t) for t in (part.restrictions.start_time, part.restrictions.end_time)
    )
    if start == end or end in begins:
        return None
    following = min((begin for begin in begins if begin > end), default=MICROSECONDS_PER_DAY)
    return (end, following) if following - end <= LONGEST_HOLE else None


def _catchers(part: Part, found: list[Part], hole: Hole, space: Space) -> tuple[list[Part], bool]:
    """Return what prices the hole, and whether that prices all of it."""
    lost = list(space.box(part.restrictions))
    axis = space.axes[CLOCK]
    begin, end = hole
    lost[CLOCK] = axis.cells(begin, None if end == MICROSECONDS_PER_DAY else end)
    boxes: list[Box] = []
    catchers = []
    for other in found:
        box = space.box(other.restrictions)
        if all(shared(box, tuple(lost))):
            catchers.append(other)
            boxes.append(box)
    return catchers, outside(tuple(lost), boxes) == []


def _unpriced(number: int, holes: dict[Dimension, Hole]) -> Finding:
    (begin, end), *_ = holes.values()
    names = listed([str(dimension) for dimension in holes])
    message = f"Nothing is charged for {names} from {clock(begin)} to {clock(end)}."
    path = f"elements[{number - 1}].restrictions.end_time"
    return Finding(LintCode.DAILY_HOLE_UNPRICED, path, number, message)


def _caught(part: Part, hole: Hole, catchers: list[Part]) -> Finding:
    begin, end = hole
    prices = listed(
        [f"element {one.element_number} ({plain(one.component.price)})" for one in catchers]
    )
    own = f"element {part.element_number} ({plain(part.component.price)})"
    span = f"From {clock(begin)} to {clock(end)}"
    message = f"{span} {part.dimension} is priced by {prices}, not by {own}."
    return part.finding(LintCode.DAILY_HOLE_CAUGHT, message, part.restriction("end_time"))
