"""Charges that follow each other with one price are told as one, where their conditions join."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

from aggregator.domain.tariff import Restrictions
from aggregator.pricing.restrictions import MIDNIGHT
from aggregator.wording.charge_list import Charge, Place


def merged(group: Iterable[Charge]) -> list[Charge]:
    """Return the charges of one dimension with neighbours of one price joined.

    Only charges that exclude each other are joined: by weekdays of one window, or by windows of
    which one ends as the other begins.
    """
    found: list[Charge] = []
    for charge in group:
        joined = _joined(found[-1], charge) if found else None
        if joined is None:
            found.append(charge)
        else:
            found[-1] = joined
    return found


def _joined(before: Charge, charge: Charge) -> Charge | None:
    """Return two charges as one, None where they are not."""
    same_price = (before.price, before.vat_rate) == (charge.price, charge.vat_rate)
    if charge.place is not Place.ALSO or not same_price:
        return None
    restrictions = _one_window(before.restrictions, charge.restrictions) or _one_week(
        before.restrictions, charge.restrictions
    )
    return None if restrictions is None else replace(before, restrictions=restrictions)


def _one_window(before: Restrictions, after: Restrictions) -> Restrictions | None:
    """Join windows that touch."""
    opens, closes = _window(before)
    opens_again, closes_again = _window(after)
    apart = replace(after, start_time=before.start_time, end_time=before.end_time)
    if apart != before:
        return None
    if closes == opens_again:
        return replace(before, start_time=opens, end_time=closes_again)
    if closes_again == opens:
        return replace(before, start_time=opens_again, end_time=closes)
    return None


def _window(restrictions: Restrictions) -> tuple[time, time]:
    return restrictions.start_time or MIDNIGHT, restrictions.end_time or MIDNIGHT


def _one_week(before: Restrictions, after: Restrictions) -> Restrictions | None:
    """Join weekdays."""
    if replace(after, day_of_week=before.day_of_week) != before:
        return None
    return replace(before, day_of_week=(*before.day_of_week, *after.day_of_week))
