"""Whether a price list says anything about a session: 0 has to be a price that it states."""

from aggregator.domain.tariff import Dimension, PriceLimit
from aggregator.pricing.billing import flat_charges, metered_charges
from aggregator.pricing.components import PriceTable
from aggregator.pricing.course import NOTHING, Course
from aggregator.pricing.periods import periods
from aggregator.pricing.restrictions import surroundings_hold


def applies(table: PriceTable, run: Course) -> bool:
    """Return whether anything in the list prices the session, if only at 0.

    A dimension that no element matches costs nothing (ruling 1): a fee from the second hour on, or
    for parking only, means that charging is free until then. But a list that has no word at all for
    this time, date or power does not say that charging is free: it says nothing.
    """
    if is_positive(table.price_list.min_price):
        return True
    parts = periods(run, table.thresholds)
    flat = flat_charges(table.candidates[Dimension.FLAT], parts)
    if flat.charges or metered_charges(table, parts):
        return True
    charging, parked = run.charging_moment(NOTHING, NOTHING), run.parked_moment(NOTHING, NOTHING)
    return any(
        surroundings_hold(one.restrictions, parked if kind is Dimension.PARKING_TIME else charging)
        for kind, candidates in table.candidates.items()
        for one in candidates
    )


def is_positive(limit: PriceLimit | None) -> bool:
    """Return whether there is a limit above 0, with tax or without."""
    return limit is not None and bool(limit.excl_vat or limit.incl_vat)
