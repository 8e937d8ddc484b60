"""Dear or cheap against what is typical here: never a colour alone, always a word and a sign."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LEAST_TO_COMPARE = 8


@dataclass(frozen=True, slots=True)
class PriceClass:
    """A step of the scale around the median. word: key of a text."""

    word: str
    sign: str
    colour: str


MUCH_CHEAPER = PriceClass("class.much_cheaper", "▼▼", "#053B7A")
CHEAPER = PriceClass("class.cheaper", "▼", "#4A90D9")
TYPICAL = PriceClass("class.typical", "●", "#D9D4C7")
DEARER = PriceClass("class.dearer", "▲", "#F2A541")
MUCH_DEARER = PriceClass("class.much_dearer", "▲▲", "#8F2D04")
NOT_JUDGED = PriceClass("class.not_judged", "–", "#9AA5B1")
NO_PRICE = PriceClass("compare.map_no_price", "○", "#FFFFFF")
CLASSES = (MUCH_CHEAPER, CHEAPER, TYPICAL, DEARER, MUCH_DEARER)
LIMITS = (Decimal("0.85"), Decimal("0.95"), Decimal("1.05"), Decimal("1.15"))


def class_of(row: Mapping[str, Any], summary: Mapping[str, Any]) -> PriceClass | None:
    """Return the class of a station or place; a total without tax is not judged beside others."""
    if row["total"] and not row["is_judged"]:
        return NOT_JUDGED
    return price_class(row["total"], summary["typical"], summary["judged_stations"])


def price_class(total: Decimal | None, typical: Decimal | None, stations: int) -> PriceClass | None:
    """Return the class of a total; None when there are too few prices to compare."""
    if total is None:
        return NO_PRICE
    if not typical or stations < LEAST_TO_COMPARE:
        return None
    return CLASSES[_step(total, typical)]


def _step(total: Decimal, typical: Decimal) -> int:
    much_cheaper, cheaper, dearer, much_dearer = (limit * typical for limit in LIMITS)
    if total < much_cheaper:
        return 0
    if total < cheaper:
        return 1
    if total <= dearer:
        return 2
    return 3 if total <= much_dearer else 4


def dot(step: PriceClass) -> str:
    """Return the class's mark as HTML; its word stands beside it."""
    return f'<span class="dot" style="background:{step.colour}"></span>'
