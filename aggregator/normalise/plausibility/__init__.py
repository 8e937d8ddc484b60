"""What is implausible about prices: flags for people to see and to judge.

A flag never changes a value and leaves nothing out. It is raised on evidence only: where the
currency, the country, the tax or the text is not known, nothing is said about it.
"""

from collections.abc import Sequence

from aggregator.domain.tariff import DisplayText, PriceList
from aggregator.normalise.plausibility.charges import can_be_judged
from aggregator.normalise.plausibility.flag import MEANINGS, Flag
from aggregator.normalise.plausibility.ranges import PriceRange, Ranges, load_ranges
from aggregator.normalise.plausibility.round_prices import tax_flags
from aggregator.normalise.plausibility.spread import Bounds, bounds
from aggregator.normalise.plausibility.tender import tender_flags
from aggregator.normalise.plausibility.texts import text_flags
from aggregator.normalise.plausibility.units import unit_flags

__all__ = [
    "MEANINGS",
    "Bounds",
    "Flag",
    "PriceRange",
    "Ranges",
    "bounds",
    "flags_anywhere",
    "load_ranges",
    "tender_flags",
]


def flags_anywhere(
    price_list: PriceList, alt_text: Sequence[DisplayText], ranges: Ranges
) -> frozenset[Flag]:
    """Return what is implausible about a price list wherever the charger is and on any day.

    What depends on where and when is of `tender_flags`.

    Args:
        price_list: as published; the order of its parts makes no difference.
        alt_text: what the operator's own text says about it.
        ranges: plausible prices by currency, of `load_ranges`.
    """
    if not can_be_judged(price_list):
        return frozenset()
    found = (
        *unit_flags(price_list, ranges),
        *tax_flags(price_list),
        *text_flags(price_list, alt_text),
    )
    return frozenset(found)
