"""What is implausible about prices: flags for people to see and to judge.

A flag never changes a value and leaves nothing out. It is raised on evidence only: where the
currency, the country, the tax or the text is not known, nothing is said about it.
"""

from collections.abc import Sequence
from datetime import date

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
    "flags_of",
    "load_ranges",
]


def flags_of(
    price_list: PriceList,
    alt_text: Sequence[DisplayText],
    country: str | None,
    on: date,
    ranges: Ranges,
) -> tuple[Flag, ...]:
    """Return what is implausible about a price list, sorted, each flag once.

    Args:
        price_list: as published; the order of its parts makes no difference.
        alt_text: what the operator's own text says about it.
        country: where the charger is: ISO 3166-1, alpha-2 or alpha-3; None where unknown.
        on: the day that is judged.
        ranges: plausible prices by currency, of `load_ranges`.
    """
    found = set(tender_flags(price_list.currency, country, on))
    if can_be_judged(price_list):
        found.update(unit_flags(price_list, ranges))
        found.update(tax_flags(price_list))
        found.update(text_flags(price_list, alt_text))
    return tuple(sorted(found))
