"""Flat fees that come later than at the start of a session, or never.

Source: ruling 6: a session owes one flat fee, at the first moment that has one.
"""

from collections.abc import Iterator

from aggregator.domain.tariff import Dimension, PriceList
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.parts import Part, counting, plain
from aggregator.pricing.lint.space import outside, space_of
from aggregator.pricing.lint.wording import in_words


def flat_fees(price_list: PriceList) -> Iterator[Finding]:
    """Find flat fees that a driver does not see at the start of a session."""
    flats = counting(price_list, Dimension.FLAT)
    space = space_of(part.restrictions for part in flats)
    boxes = [(part, space.box(part.restrictions)) for part in flats]
    left = outside(space.at_start, (box for _, box in boxes))
    for part, box in boxes:
        price = plain(part.component.price)
        if left and all(box) and part.component.price > 0:
            when = in_words(box, space)
            message = (
                f"A session that begins without it pays {price} as soon as this holds: {when}."
            )
            yield part.finding(LintCode.FLAT_CHARGED_LATE, message)
        if left == [] and _begins_late(part):
            message = f"A session owes one flat fee and has it at its start; {price} never comes."
            yield part.finding(LintCode.FLAT_LEFT_OUT, message)


def _begins_late(part: Part) -> bool:
    lowest = (part.restrictions.min_kwh, part.restrictions.min_duration_seconds)
    return any(low is not None and low > 0 for low in lowest)
