"""Which price entries of a plan are for a charger: the first that matches counts."""

from collections.abc import Iterator

from aggregator.plans.plan import Plan, PowerClass, PriceEntry

CLASSES = frozenset(PowerClass)


def entry_for(
    plan: Plan, operator: str | None, power_class: str | None, country: str | None
) -> PriceEntry | None:
    """Return the first price entry for a charger; see `entries_for`.

    It may hold at some hours only: a price list is made of all that `entries_for` returns.
    """
    return next(iter(entries_for(plan, operator, power_class, country)), None)


def entries_for(
    plan: Plan, operator: str | None, power_class: str | None, country: str | None
) -> tuple[PriceEntry, ...]:
    """Return the price entries for a charger, the first that holds at an hour counting there.

    They end with the first one that holds at all hours. There are none where the plan has no
    price for the charger, or where that depends on its power class and this is unknown.

    Args:
        plan: whose prices.
        operator: slug of data/operators; None: no file knows it, so no entry names it.
        power_class: ac, mid, dc or hpc; None where unknown.
        country: ISO 3166-1 alpha-2; None where unknown, and then the plan may not hold.
    """
    if country not in plan.countries:
        return ()
    found: list[PriceEntry] = []
    for entry in _near(plan, operator, country):
        classes = CLASSES.intersection(entry.power_class or CLASSES)
        if power_class is None and classes != CLASSES:
            return ()
        if power_class is None or power_class in classes:
            found.append(entry)
            if not entry.has_window:
                break
    return tuple(found)


def _near(plan: Plan, operator: str | None, country: str | None) -> Iterator[PriceEntry]:
    """Yield the entries of an operator and a country, whatever their power class."""
    for entry in plan.price_entries:
        if (entry.operators is None or operator in entry.operators) and (
            entry.countries is None or country in entry.countries
        ):
            yield entry
