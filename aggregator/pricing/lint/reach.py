"""Elements and components that never price anything."""

from collections.abc import Iterator
from decimal import Decimal

from aggregator.domain.tariff import Dimension, PriceList, Reservation, Restrictions
from aggregator.pricing.components import RESERVED
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.parts import Part, counting, listed, parts, plain, restriction_path
from aggregator.pricing.lint.space import Box, contains, outside, space_of

KINDS = (None, *Reservation)
MOST_NUMBERS_TOLD = 8
FIELDS = ("kwh", "current", "power", "duration")


def impossible(price_list: PriceList) -> Iterator[Finding]:
    """Find restrictions that nothing meets."""
    for number, element in enumerate(price_list.elements, start=1):
        for key, why in _contradictions(element.restrictions):
            yield Finding(
                LintCode.IMPOSSIBLE_RESTRICTION,
                restriction_path(number, key),
                number,
                f"Element {number} never applies: {why}.",
            )


def _contradictions(restrictions: Restrictions) -> Iterator[tuple[str, str]]:
    """Yield the restriction that cannot be met, and why."""
    start, end = restrictions.start_date, restrictions.end_date
    if start is not None and end is not None and start.toordinal() >= end.toordinal():
        yield "end_date", f"it starts on {start} and has ended by {end}"
    limits = (
        (restrictions.min_kwh, restrictions.max_kwh),
        (restrictions.min_current_a, restrictions.max_current_a),
        (restrictions.min_power_kw, restrictions.max_power_kw),
        (restrictions.min_duration_seconds, restrictions.max_duration_seconds),
    )
    for field, (low, high) in zip(FIELDS, limits, strict=True):
        if high is not None and high <= 0:
            yield f"max_{field}", f"nothing is below a max_{field} of {plain(Decimal(high))}"
        elif low is not None and high is not None and low >= high:
            least, most = plain(Decimal(low)), plain(Decimal(high))
            yield f"max_{field}", f"min_{field} {least} is not below max_{field} {most}"


def never_counted(price_list: PriceList) -> Iterator[Finding]:
    """Find components of a type that stands twice in an element, and what no reservation has."""
    seen: set[tuple[int, Dimension]] = set()
    for part in parts(price_list):
        dimension, price = part.dimension, plain(part.component.price)
        here = (part.element_number, dimension)
        if here in seen:
            message = f"Only the first {dimension} of an element counts; {price} is never charged."
            yield part.finding(LintCode.SECOND_OF_TYPE, message)
        elif part.restrictions.reservation is not None and dimension not in RESERVED:
            message = f"A reservation has no {dimension}; the price of {price} is never charged."
            yield part.finding(LintCode.NOT_FOR_RESERVATION, message)
        elif _is_parked(part) and _needs_power(part.restrictions):
            message = f"No power flows then; the {dimension} price of {price} is never charged."
            yield part.finding(LintCode.NO_POWER_WHILE_PARKED, message)
        seen.add(here)


def _is_parked(part: Part) -> bool:
    """Return whether it is for time in which nothing is charged."""
    return part.restrictions.reservation is not None or part.dimension is Dimension.PARKING_TIME


def _needs_power(restrictions: Restrictions) -> bool:
    lowest = (restrictions.min_power_kw, restrictions.min_current_a)
    return any(low is not None and low > 0 for low in lowest)


def duplicates(price_list: PriceList) -> Iterator[Finding]:
    """Find elements that stand in the list before."""
    for number, element in enumerate(price_list.elements, start=1):
        earlier = price_list.elements[: number - 1]
        if element.price_components and element in earlier:
            message = f"Element {number} is element {earlier.index(element) + 1} once more."
            yield Finding(LintCode.DUPLICATE_ELEMENT, f"elements[{number - 1}]", number, message)


def shadowed(price_list: PriceList) -> Iterator[Finding]:
    """Find what is never reached: an earlier component of the same dimension always holds.

    Restrictions are compared exactly, as sets; several earlier elements may go together.
    """
    elements = price_list.elements
    hidden: dict[int, list[tuple[Part, list[Part]]]] = {}
    reachable: set[int] = set()
    for part, before in _all_coverers(price_list):
        if before:
            hidden.setdefault(part.element_number, []).append((part, before))
        else:
            reachable.add(part.element_number)
    for number, found in sorted(hidden.items()):
        if elements[number - 1] in elements[: number - 1]:
            continue
        if number in reachable:
            for part, before in found:
                yield part.finding(LintCode.SHADOWED_COMPONENT, _never(part, before))
        else:
            yield _whole_element(number, found)


def _whole_element(number: int, found: list[tuple[Part, list[Part]]]) -> Finding:
    """Return the finding of an element of which nothing is reached."""
    is_spare = all(len(before) > 1 for _, before in found)
    code = LintCode.SPARE_ELEMENT if is_spare else LintCode.SHADOWED_ELEMENT
    message = " ".join(_never(part, before) for part, before in found)
    return Finding(code, f"elements[{number - 1}]", number, message)


def _never(part: Part, before: list[Part]) -> str:
    numbers = [one.element_number for one in before]
    first, last = numbers[0], numbers[-1]
    who = f"element {first} always comes"
    if len(numbers) > MOST_NUMBERS_TOLD:
        who = f"{len(numbers)} of elements {first} to {last} together always come"
    elif len(numbers) > 1:
        who = f"elements {listed([str(n) for n in numbers])} together always come"
    return f"{part.dimension} {plain(part.component.price)} is never charged: {who} first."


def _all_coverers(price_list: PriceList) -> Iterator[tuple[Part, list[Part]]]:
    """Yield every component that could hold, and what hides it; nothing where it is reached."""
    space = space_of(element.restrictions for element in price_list.elements)
    for kind in KINDS:
        for dimension in Dimension:
            earlier: list[tuple[Part, Box]] = []
            for part in counting(price_list, dimension, kind):
                box = space.box(part.restrictions)
                if all(box):
                    yield part, _coverers(box, earlier)
                    earlier.append((part, box))


def _coverers(box: Box, earlier: list[tuple[Part, Box]]) -> list[Part]:
    """Return one earlier component that hides the box, else as many as it takes, else none."""
    for part, other in earlier:
        if contains(other, box):
            return [part]
    if not earlier or outside(box, (other for _, other in earlier)) != []:
        return []
    needed = list(earlier)
    for one in earlier:
        rest = [kept for kept in needed if kept is not one]
        if outside(box, (other for _, other in rest)) == []:
            needed = rest
    return [part for part, _ in needed]
