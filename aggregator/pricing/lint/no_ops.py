"""Parts of a price list that change no bill and may be left out."""

from collections.abc import Iterator
from datetime import time

from aggregator.domain.tariff import Dimension, PriceList, Restrictions
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.parts import Part, parts, restriction_path
from aggregator.pricing.lint.space import microseconds
from aggregator.pricing.restrictions import MIDNIGHT, WEEKDAYS


def empty_elements(price_list: PriceList) -> Iterator[Finding]:
    """Find elements without components."""
    for number, element in enumerate(price_list.elements, start=1):
        if not element.price_components:
            message = f"Element {number} has no price components and prices nothing."
            path = f"elements[{number - 1}].price_components"
            yield Finding(LintCode.EMPTY_ELEMENT, path, number, message)


def zero_prices(price_list: PriceList) -> Iterator[Finding]:
    """Find prices of 0 in dimensions that have no other price.

    A price list of nothing but zeros says that charging is free: that is no slip. Parking at 0
    counts where charging time is billed in steps: these are then left out (ruling 5).
    """
    every = list(parts(price_list))
    if all(part.component.price == 0 for part in every if not _is_reserved(part)):
        return
    for part in every:
        if part.component.price == 0 and _is_alone(part, every):
            message = f"{part.dimension} has a price of 0 and no other; without it nothing changes."
            yield part.finding(LintCode.ZERO_PRICE, message)


def _is_alone(part: Part, every: list[Part]) -> bool:
    """Return whether nothing else is priced in its dimension, or by its leave."""
    same_context = [one for one in every if _is_reserved(one) == _is_reserved(part)]
    if sum(one.dimension is part.dimension for one in same_context) > 1:
        return False
    return part.dimension is not Dimension.PARKING_TIME or not any(
        one.dimension is Dimension.TIME and one.component.step_size_seconds > 0
        for one in same_context
    )


def _is_reserved(part: Part) -> bool:
    return part.restrictions.reservation is not None


def idle_restrictions(price_list: PriceList) -> Iterator[Finding]:
    """Find restrictions that everything meets."""
    for number, element in enumerate(price_list.elements, start=1):
        for key, what in _idle(element.restrictions):
            yield Finding(
                LintCode.NO_OP_RESTRICTION,
                restriction_path(number, key),
                number,
                f"{what} restricts nothing.",
            )


def _idle(restrictions: Restrictions) -> Iterator[tuple[str, str]]:
    lowest = {
        "min_kwh": restrictions.min_kwh,
        "min_current": restrictions.min_current_a,
        "min_power": restrictions.min_power_kw,
        "min_duration": restrictions.min_duration_seconds,
    }
    for key, low in lowest.items():
        if low == 0:
            yield key, f"A {key} of 0"
    if set(restrictions.day_of_week) == set(WEEKDAYS):
        yield "day_of_week", "A list of all seven weekdays"
    window = (restrictions.start_time, restrictions.end_time)
    if window != (None, None) and microseconds(window[0]) == microseconds(window[1]):
        begin, end = (_clock(moment) for moment in window)
        yield "end_time", f"A window from {begin} to {end} is the whole day and"


def _clock(moment: time | None) -> str:
    return (moment or MIDNIGHT).isoformat("auto")[:5]


def idle_limits(price_list: PriceList) -> Iterator[Finding]:
    """Find limits of 0; a highest price of 0 is read as none (`limits.limited`)."""
    lowest, highest = price_list.min_price, price_list.max_price
    if lowest is not None and {lowest.excl_vat, lowest.incl_vat} in ({0}, {0, None}):
        message = "A min_price of 0 limits nothing."
        yield Finding(LintCode.NO_OP_LIMIT, "min_price", None, message)
    for name in ("excl_vat", "incl_vat"):
        if highest is not None and getattr(highest, name) == 0:
            message = "A max_price of 0 beside prices is read as no limit."
            yield Finding(LintCode.NO_OP_LIMIT, f"max_price.{name}", None, message)
