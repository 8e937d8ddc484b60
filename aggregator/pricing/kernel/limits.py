"""The lowest and highest price of a session; the rules of `pricing.limits`, on exact numbers.

Totals are (net, gross, as stated, net known, gross known), numbers as in `exactness`; marks are
(limits applied, gross derived, unchecked).
"""

# ruff: noqa: FBT001, FBT003 - numba knows no arguments by keyword only

import numpy as np

from aggregator.pricing.kernel.compiling import inlined
from aggregator.pricing.kernel.exactness import UNDECIDED, in_proportion, limit_number, order
from aggregator.pricing.kernel.layout import (
    ABSENT,
    APPLIED_MAX_EXCL,
    APPLIED_MAX_INCL,
    APPLIED_MIN_EXCL,
    APPLIED_MIN_INCL,
    BASIS,
    MAX_EXCL,
    MAX_INCL,
    MIN_EXCL,
    MIN_INCL,
    NET,
    UNKNOWN,
)
from aggregator.pricing.kernel.shapes import Columns, Marks, Number, Totals

NO_NUMERATOR = np.uint64(0)


@inlined
def beyond(total: Number, amount: int, is_min: bool) -> int:
    """Return 1 if the total is on the wrong side of the limit, 0 if not, or UNDECIDED."""
    if amount == ABSENT:
        return 0
    found = order(total, limit_number(amount))
    if found == UNDECIDED:
        return UNDECIDED
    return 1 if found == (-1 if is_min else 1) else 0


@inlined
def may_matter(  # noqa: PLR0913, PLR0917 - columns and what to do with them, one by one
    net: Number,
    gross: Number,
    net_known: bool,
    gross_known: bool,
    excl: int,
    incl: int,
    is_min: bool,
) -> int:
    """Return 1 if a limit may apply to the unknown total, 0 if it cannot, or UNDECIDED.

    Tax is at most as much as the net amount.
    """
    if gross_known and not net_known and incl == ABSENT and excl != ABSENT:
        if is_min:
            return beyond(gross, 2 * excl, True)
        return beyond(gross, excl, False)
    if net_known and not gross_known and excl == ABSENT and incl != ABSENT:
        if is_min:
            return beyond(net, incl, True)
        doubled = (2.0 * net[0], np.uint64(2) * net[1], net[2], net[3])
        return beyond(doubled, incl, False)
    return 0


@inlined
def stated_within(
    totals: Totals, marks: Marks, excl: int, incl: int, is_min: bool
) -> tuple[bool, Totals, Marks]:
    """Apply a limit to prices of unknown basis."""
    net, gross, stated, net_known, gross_known = totals
    amount = incl if excl == ABSENT else excl
    changed = beyond(stated, amount, is_min)
    if changed == 1:
        stated = limit_number(amount)
        bit = APPLIED_MIN_INCL if excl == ABSENT else APPLIED_MIN_EXCL
        marks = (marks[0] | (bit if is_min else bit << 2), marks[1], marks[2])
    return changed != UNDECIDED, (net, gross, stated, net_known, gross_known), marks


@inlined
def with_tax_within(
    totals: Totals, marks: Marks, excl: int, incl: int, is_min: bool, is_net: bool
) -> tuple[bool, Totals, Marks]:
    """Apply a limit to the net and to the gross total on their own where both are stated."""
    net, gross, stated, net_known, gross_known = totals
    applied, derived, unchecked = marks
    matters = may_matter(net, gross, net_known, gross_known, excl, incl, is_min)
    net_changed = beyond(net, excl, is_min) if net_known else 0
    gross_changed = beyond(gross, incl, is_min) if gross_known else 0
    if UNDECIDED in (matters, net_changed, gross_changed):
        return False, totals, marks
    net_before, gross_before = net, gross
    if net_changed == 1:
        net = limit_number(excl)
        applied |= APPLIED_MIN_EXCL if is_min else APPLIED_MAX_EXCL
    if gross_changed == 1:
        gross = limit_number(incl)
        applied |= APPLIED_MIN_INCL if is_min else APPLIED_MAX_INCL
    if incl == ABSENT and net_changed == 1 and gross_known:
        derived, gross_known = True, net_before[0] > 0.0
        if gross_known:
            gross = in_proportion(gross, net_before, net)
    elif excl == ABSENT and gross_changed == 1 and net_known:
        net_known = gross_before[0] > 0.0
        if net_known:
            net = in_proportion(net, gross_before, gross)
    if is_net and net_known:
        stated = net
    elif not is_net and gross_known:
        stated = gross
    nothing_stated = not (net_known if is_net else gross_known)
    unchecked = unchecked or matters == 1 or nothing_stated
    return True, (net, gross, stated, net_known, gross_known), (applied, derived, unchecked)


@inlined
def within(
    tariff: Columns, totals: Totals, marks: Marks, excl: int, incl: int, is_min: bool
) -> tuple[bool, Totals, Marks]:
    """Apply one limit, if there is one; return whether that could be decided, totals, marks."""
    if excl == ABSENT and incl == ABSENT:
        return True, totals, marks
    if tariff[BASIS] == UNKNOWN:
        return stated_within(totals, marks, excl, incl, is_min)
    return with_tax_within(totals, marks, excl, incl, is_min, tariff[BASIS] == NET)


@inlined
def limited(tariff: Columns, totals: Totals) -> tuple[bool, Totals, Marks]:
    """Return whether everything could be decided, the totals within the limits, and the marks."""
    marks = (0, False, False)
    decided, totals, marks = within(tariff, totals, marks, tariff[MIN_EXCL], tariff[MIN_INCL], True)
    if not decided:
        return False, totals, marks
    return within(tariff, totals, marks, tariff[MAX_EXCL], tariff[MAX_INCL], False)
