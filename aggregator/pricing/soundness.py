"""What a price list can hardly mean, though it can be billed: such a bill says so.

A comparison leaves them out (`quote`): a wrong figure is worse than none.
"""

from collections.abc import Iterator

from aggregator.domain.tariff import PriceComponent, PriceLimit, PriceList, Restrictions
from aggregator.pricing.bill_warning import BillWarning

MOST_STEP_WH = 100_000  # more than any battery of a car or lorry
MOST_STEP_SECONDS = 86_400
RANGES = (
    ("start_date", "end_date"),
    ("min_kwh", "max_kwh"),
    ("min_current_a", "max_current_a"),
    ("min_power_kw", "max_power_kw"),
    ("min_duration_seconds", "max_duration_seconds"),
)


def doubts(price_list: PriceList) -> Iterator[BillWarning]:
    """Yield what stands in a price list that nobody can have meant."""
    elements = price_list.elements
    if any(not _can_hold(element.restrictions) for element in elements):
        yield BillWarning.IMPOSSIBLE_RESTRICTION
    if _contradict(price_list.min_price, price_list.max_price):
        yield BillWarning.CONTRADICTORY_LIMITS
    if any(_is_absurd(one) for element in elements for one in element.price_components):
        yield BillWarning.ABSURD_STEP_SIZE


def _can_hold(restrictions: Restrictions) -> bool:
    """Return whether any moment can meet the restrictions."""
    for low, high in RANGES:
        least, most = getattr(restrictions, low), getattr(restrictions, high)
        if most is not None and (not most if least is None else least >= most):
            return False
    return True


def _contradict(low: PriceLimit | None, high: PriceLimit | None) -> bool:
    """Return whether the lowest price is above the highest one; a highest one of 0 is none."""
    if low is None or high is None:
        return False
    pairs = ((low.excl_vat, high.excl_vat), (low.incl_vat, high.incl_vat))
    return any(least and most and least > most for least, most in pairs)


def _is_absurd(component: PriceComponent) -> bool:
    return component.step_size_wh > MOST_STEP_WH or component.step_size_seconds > MOST_STEP_SECONDS
