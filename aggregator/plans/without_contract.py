"""What one's own session costs without a contract, over the price lists of many chargers."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from aggregator.domain import contents
from aggregator.domain.session import ReferenceSession
from aggregator.normalise.tax import with_rate_by_law
from aggregator.pricing.bill import TaxBasis
from aggregator.pricing.money import decimal_from
from aggregator.pricing.quotes import Asked, quotes

SHARES = tuple(Fraction(percent, 100) for percent in (5, 25, 50, 75, 95))
MEDIAN = 2  # of the five
WITH_TAX = {TaxBasis.GROSS, TaxBasis.DERIVED}


@dataclass(frozen=True, slots=True)
class Offered:
    """A price list as chargers offer it.

    price_list: JSON (`domain.contents`). time_zone: IANA name, None where unknown. vat_rate: added
    by law where the list states none; 0.2 is 20 %.
    """

    price_list: str
    time_zone: str | None = None
    vat_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """What the session costs, in the list's currency. total: None where it has no price."""

    total: Decimal | None
    with_tax: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Where 5, 25, 50, 75 and 95 % of totals of one currency lie; connectors: how many."""

    quantiles: tuple[Decimal, ...]
    connectors: int

    @property
    def median(self) -> Decimal:
        """The total that half of the connectors do not exceed."""
        return self.quantiles[MEDIAN]


def priced(
    offered: Iterable[Offered], session: ReferenceSession, day: date
) -> dict[Offered, Priced]:
    """Return what a session costs under each price list, each distinct one priced once.

    Args:
        offered: the price lists.
        session: how one charges.
        day: the session takes place then or within the six days after it.

    Raises:
        ValueError: the session is absurd.
    """
    distinct = list(dict.fromkeys(offered))
    asked = [Asked(_text(one), one.time_zone, session.code) for one in distinct]
    return {
        one: Priced(found.totals.get(session.code), found.tax_basis in WITH_TAX)
        for one, found in zip(distinct, quotes(asked, [session], day), strict=True)
    }


def _text(one: Offered) -> str:
    if one.vat_rate is None:
        return one.price_list
    return contents.to_json(with_rate_by_law(contents.from_json(one.price_list), one.vat_rate))


def spread(weighted: Iterable[tuple[Decimal, int]]) -> Spread | None:
    """Return how totals spread, each standing for so many connectors; None where there are none.

    Between two totals the quantile lies where its share falls, as in SQL's `quantile_cont`.

    >>> spread([(Decimal(10), 1), (Decimal(20), 3)]).median
    Decimal('20')
    """
    ordered = sorted((total, count) for total, count in weighted if count > 0)
    ends = list(accumulate(count for _, count in ordered))
    if not ends:
        return None
    totals = [total for total, _ in ordered]
    return Spread(tuple(_quantile(totals, ends, share) for share in SHARES), ends[-1])


def _quantile(totals: Sequence[Decimal], ends: Sequence[int], share: Fraction) -> Decimal:
    place = share * (ends[-1] - 1)
    below, part = int(place), place - int(place)
    low = _at(totals, ends, below)
    high = _at(totals, ends, below + 1) if part else low
    return decimal_from(Fraction(low) + (Fraction(high) - Fraction(low)) * part)


def _at(totals: Sequence[Decimal], ends: Sequence[int], place: int) -> Decimal:
    return totals[bisect_right(ends, place)]
