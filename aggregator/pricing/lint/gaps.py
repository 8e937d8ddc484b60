"""What has no price: everything, charging, or charging at some times or powers."""

from collections.abc import Iterator

from aggregator.domain.tariff import Dimension, PriceList
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.holes import LONGEST_HOLE
from aggregator.pricing.lint.parts import charging_parts, counting, parts, plain
from aggregator.pricing.lint.space import (
    CLOCK,
    MICROSECONDS_PER_DAY,
    Box,
    Space,
    joined,
    outside,
    space_of,
)
from aggregator.pricing.lint.wording import in_words

MOST_GAPS_TOLD = 3


def missing_prices(price_list: PriceList) -> Iterator[Finding]:
    """Find a price list that prices nothing, or not what most people come for."""
    priced = charging_parts(price_list)
    if not any(element.price_components for element in price_list.elements):
        count = len(price_list.elements)
        message = f"There is no price in {count} elements."
        yield Finding(LintCode.NO_PRICES, "elements", None, message)
    elif not priced:
        count = len(list(parts(price_list)))
        message = f"All {count} price components are for reservations; charging has no price."
        yield Finding(LintCode.ONLY_RESERVATION, "elements", None, message)
    costly = [part for part in priced if part.component.price > 0]
    if costly and {part.dimension for part in costly} == {Dimension.PARKING_TIME}:
        prices = ", ".join(dict.fromkeys(plain(part.component.price) for part in costly))
        message = f"Only parking costs anything ({prices} per hour); charging is free."
        yield Finding(LintCode.ONLY_PARKING, "elements", None, message)


def energy_gaps(price_list: PriceList) -> Iterator[Finding]:
    """Find when neither energy nor charging time has a price, though energy has one at times.

    A price of 0 is a price: it was meant. Holes of a few minutes are told elsewhere.
    """
    energy = counting(price_list, Dimension.ENERGY)
    if not any(part.component.price > 0 for part in energy):
        return
    priced = [*energy, *counting(price_list, Dimension.TIME)]
    space = space_of(part.restrictions for part in priced)
    left = outside(space.known, (space.box(part.restrictions) for part in priced))
    gaps = joined([box for box in left or () if not _is_short(box, space)])
    if gaps:
        told = "; ".join(in_words(box, space) for box in gaps[:MOST_GAPS_TOLD])
        more = f"; and {len(gaps) - MOST_GAPS_TOLD} more" if len(gaps) > MOST_GAPS_TOLD else ""
        message = f"Charging has no price in some cases and costs nothing then: {told}{more}."
        yield Finding(LintCode.ENERGY_GAP, "elements", None, message)


def _is_short(box: Box, space: Space) -> bool:
    """Return whether the box is no more than minutes of each day."""
    spans = space.axes[CLOCK].spans(box[CLOCK])
    return all(
        int(end or MICROSECONDS_PER_DAY) - int(begin or 0) <= LONGEST_HOLE for begin, end in spans
    )
