"""data/plans/*.toml -> Plans: what providers charge those who have a contract with them."""

from aggregator.plans.believable import operator_slugs
from aggregator.plans.catalogue import Plans
from aggregator.plans.files import Loaded, load_plan
from aggregator.plans.matching import entries_for, entry_for
from aggregator.plans.plan import Plan, PowerClass, PriceEntry, Tax
from aggregator.plans.price_lists import price_list_for, price_list_of
from aggregator.plans.subscription import (
    BreakEven,
    PaysOff,
    break_even_kwh_per_month,
    monthly_cost,
)

__all__ = [
    "BreakEven",
    "Loaded",
    "PaysOff",
    "Plan",
    "Plans",
    "PowerClass",
    "PriceEntry",
    "Tax",
    "break_even_kwh_per_month",
    "entries_for",
    "entry_for",
    "load_plan",
    "monthly_cost",
    "operator_slugs",
    "price_list_for",
    "price_list_of",
]
