"""Which prices stand out from a group, by statistics that the odd ones hardly move.

Prices spread by factors, so their logarithms are compared: half and twice a price are equally far
from it. A free offer stands out from nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import exp, isfinite, log, sqrt
from statistics import median

FEWEST_MEMBERS = 20
MOST_SIGMAS = 3.5
SIGMAS_PER_DEVIATION = 1.4826  # of the median absolute deviation, where values are normal
LARGEST_EXPONENT = 300.0  # e to its power is still a number
LEAST_FACTOR = 2.0  # what is nearer to the median never stands out


@dataclass(frozen=True, slots=True)
class Bounds:
    """What still belongs to a group, in its unit, both ends within. members: how many it has."""

    least: float
    median: float
    most: float
    members: int

    def is_outlier(self, price: Decimal | float) -> bool:
        """Tell whether a price stands out; one of 0 or less never does."""
        return price > 0 and not self.least <= float(price) <= self.most


def bounds(prices: Iterable[Decimal | float]) -> Bounds | None:
    """Return the bounds of a group; None where it is too small to tell.

    prices: effective prices per kWh, all of one currency and tax basis. Those of 0 or less, and
    what is no number, do not count as members.
    """
    known = sorted(one for one in map(float, prices) if isfinite(one) and one > 0)
    if len(known) < FEWEST_MEMBERS:
        return None
    middle = sqrt(known[(len(known) - 1) // 2]) * sqrt(known[len(known) // 2])
    deviation = median(abs(log(one) - log(middle)) for one in known)
    spread = min(MOST_SIGMAS * SIGMAS_PER_DEVIATION * deviation, LARGEST_EXPONENT)
    factor = max(exp(spread), LEAST_FACTOR)
    return Bounds(middle / factor, middle, middle * factor, len(known))
