"""Slips and surprises in a price list, told before anybody is billed by it."""

from collections.abc import Callable, Iterator

from aggregator.domain.tariff import PriceList
from aggregator.pricing.lint.amounts import (
    contradictory_limits,
    negative_amounts,
    start_fees,
    tax_basis,
    vat_rates,
)
from aggregator.pricing.lint.figures import price_units, steps, thresholds
from aggregator.pricing.lint.finding import Finding, LintCode, Severity
from aggregator.pricing.lint.flats import flat_fees
from aggregator.pricing.lint.gaps import energy_gaps, missing_prices
from aggregator.pricing.lint.holes import daily_holes
from aggregator.pricing.lint.knowledge import (
    not_numbers,
    parking_durations,
    unknown_before,
    unreadable_parts,
)
from aggregator.pricing.lint.no_ops import (
    empty_elements,
    idle_limits,
    idle_restrictions,
    zero_prices,
)
from aggregator.pricing.lint.reach import duplicates, impossible, never_counted, shadowed

__all__ = ["Finding", "LintCode", "Severity", "lint"]

Check = Callable[[PriceList], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    unreadable_parts,
    negative_amounts,
    missing_prices,
    empty_elements,
    duplicates,
    never_counted,
    impossible,
    shadowed,
    flat_fees,
    zero_prices,
    idle_restrictions,
    idle_limits,
    daily_holes,
    energy_gaps,
    unknown_before,
    parking_durations,
    contradictory_limits,
    start_fees,
    tax_basis,
    vat_rates,
    price_units,
    steps,
    thresholds,
)


def lint(price_list: PriceList) -> tuple[Finding, ...]:
    """Return what is odd about a price list, those about the whole first, then by element.

    Figures that are no numbers are told alone: nothing can be compared with them.
    """
    found = list(not_numbers(price_list))
    if not found:
        found = [finding for check in CHECKS for finding in check(price_list)]
    return tuple(sorted(found, key=lambda finding: finding.element_number or 0))
