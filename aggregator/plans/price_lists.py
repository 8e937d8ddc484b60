"""The price entries of a plan as a price list, so that what prices tariffs prices plans too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from aggregator.domain.session import MINUTES_PER_HOUR
from aggregator.domain.tariff import (
    Dimension,
    PriceBasis,
    PriceComponent,
    PriceList,
    Restrictions,
    TariffElement,
)
from aggregator.plans.matching import entries_for
from aggregator.plans.plan import Plan, PriceEntry, Tax
from aggregator.plans.reach import parts_of_day
from aggregator.pricing.restrictions import in_daily_window

SECONDS_PER_MINUTE = 60
BASES = {Tax.GROSS: PriceBasis.GROSS, Tax.NET: PriceBasis.NET}
Charges = Mapping[Dimension, "_Charge"]


def price_list_for(
    plan: Plan, operator: str | None, power_class: str | None, country: str | None
) -> PriceList | None:
    """Return what the plan charges at a charger; None where it has no price there.

    The arguments are those of `entries_for`.
    """
    entries = entries_for(plan, operator, power_class, country)
    return price_list_of(plan, *entries) if entries else None


def price_list_of(plan: Plan, entry: PriceEntry, *later: PriceEntry) -> PriceList:
    """Return price entries as a price list; the first that holds at an hour counts there.

    The monthly fee is no part of it. Energy and time are billed as they are, without steps. Where
    the entries leave hours of the day out, the price list says that a part of it is not known: it
    is not priced then, rather than free at those hours.

    Args:
        plan: whose entries.
        entry: the first one for a charger.
        later: further ones, where the first holds at some hours only.
    """
    entries = (entry, *later)
    charges = [dict(_charges(one)) for one in entries]
    elements = [
        element
        for number, one in enumerate(entries)
        for element in _elements(one, charges[number], charges[number + 1 :], plan.vat_rate)
    ]
    return PriceList(
        currency=plan.currency,
        price_basis=BASES[plan.tax],
        elements=tuple(elements),
        unreadable_parts=tuple(_hours_left_out(entries)),
    )


@dataclass(frozen=True, slots=True)
class _Charge:
    """A price as price lists state it; free_seconds: of the session, before it begins."""

    price: Decimal
    free_seconds: int = 0


def _charges(entry: PriceEntry) -> Iterator[tuple[Dimension, _Charge]]:
    if entry.per_kwh is not None:
        yield Dimension.ENERGY, _Charge(entry.per_kwh)
    if entry.start_fee is not None:
        yield Dimension.FLAT, _Charge(entry.start_fee)
    if entry.per_minute is not None:
        yield Dimension.TIME, _timed(entry.per_minute, entry.free_minutes)
    if entry.parking_per_minute is not None:
        parking = _timed(entry.parking_per_minute, entry.parking_free_minutes)
        yield Dimension.PARKING_TIME, parking


def _timed(per_minute: Decimal, free_minutes: int | None) -> _Charge:
    """Return a price per minute as one per hour; both have so few digits that it is exact."""
    return _Charge(per_minute * MINUTES_PER_HOUR, (free_minutes or 0) * SECONDS_PER_MINUTE)


def _elements(
    entry: PriceEntry, charges: Charges, after: Sequence[Charges], vat_rate: Decimal | None
) -> Iterator[TariffElement]:
    """Yield what an entry charges from the start, then what later, then what it has for nothing.

    The last is said only where an entry after it would charge for it.
    """
    window = Restrictions(start_time=entry.start_time, end_time=entry.end_time)
    prices: dict[int, dict[Dimension, Decimal]] = {0: {}}
    for dimension, charge in charges.items():
        prices.setdefault(charge.free_seconds, {})[dimension] = charge.price
    free = [
        dimension
        for dimension in dict.fromkeys(dimension for others in after for dimension in others)
        if dimension not in prices[0]
    ]
    for seconds, found in sorted(prices.items()):
        if found:
            yield _element(replace(window, min_duration_seconds=seconds or None), found, vat_rate)
    if free:
        yield _element(window, dict.fromkeys(free, Decimal(0)), vat_rate)


def _element(
    restrictions: Restrictions, prices: Mapping[Dimension, Decimal], vat_rate: Decimal | None
) -> TariffElement:
    components = (PriceComponent(kind, price, vat_rate) for kind, price in prices.items())
    return TariffElement(tuple(components), restrictions)


def _hours_left_out(entries: tuple[PriceEntry, ...]) -> Iterator[str]:
    """Yield from when on no entry holds, for each part of the day that has none."""
    for begin in parts_of_day(entries):
        if not any(in_daily_window(one.start_time, one.end_time, begin) for one in entries):
            yield f"the price from {begin:%H:%M} on"
