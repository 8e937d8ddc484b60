"""What a plan says that cannot be: operators that nobody knows, amounts that nobody asks."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from aggregator.normalise.currency import Rate, Rates
from aggregator.normalise.rates_file import EURO
from aggregator.plans.fault import Fault
from aggregator.plans.plan import Plan, PriceEntry

MOST_IN_EURO = {
    "monthly_fee": 1_000,
    "per_kwh": 5,
    "per_minute": 5,
    "parking_per_minute": 5,
    "start_fee": 100,
}
"""A slip of the pen is above: cents in the place of euros, or a price in another currency."""

LEAST_WORTH_IN_EURO = Fraction(1, 50_000)  # of a currency for which no rate is published
ANY_AGE_DAYS = 36_500  # worth roughly what it was will do


def operator_slugs(folder: Path) -> frozenset[str]:
    """Return the operators that plans can name: the names of the files that describe them.

    A file that cannot be used counts too; it is no fault of the plan.
    """
    return frozenset(path.stem for path in folder.glob("*.toml"))


def doubtful(plan: Plan, slugs: Collection[str]) -> Iterator[Fault]:
    """Yield what stands in a plan and cannot be right.

    Args:
        plan: as its file says.
        slugs: of the operators that there are.
    """
    worth = worth_in_euro(plan.currency)
    yield from _absurd(plan, worth, plan.currency)
    for position, entry in enumerate(plan.price_entries):
        for fault in (*_absurd(entry, worth, plan.currency), *_unknown(entry, plan, slugs)):
            yield Fault(("price", position, *fault.key), fault.message)


@cache
def worth_in_euro(currency: str) -> Fraction:
    """Return what a unit of a currency is worth by the rates that came with the program.

    Where there is none, the least that any is worth: then little is too much.
    """
    rates = Rates.shipped()
    found = rates.rate(currency, EURO, rates.last_day, ANY_AGE_DAYS)
    return found.value if isinstance(found, Rate) else LEAST_WORTH_IN_EURO


def _absurd(stated: Plan | PriceEntry, worth: Fraction, currency: str) -> Iterator[Fault]:
    for name, most in MOST_IN_EURO.items():
        amount: Decimal | None = getattr(stated, name, None)
        if amount is not None and Fraction(amount) * worth > most:
            message = f"{amount} {currency} is more than {most} euros: is it in cents?"
            yield Fault((name,), message)


def _unknown(entry: PriceEntry, plan: Plan, slugs: Collection[str]) -> Iterator[Fault]:
    for position, slug in enumerate(entry.operators or ()):
        if slug not in slugs:
            message = f"no operator {slug!r}: `klarpris operators list` shows those there are"
            yield Fault(("operators", position), message)
    for position, country in enumerate(entry.countries or ()):
        if country not in plan.countries:
            message = f"{country} is not among the 'countries' of the plan"
            yield Fault(("countries", position), message)
