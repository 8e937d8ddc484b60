"""A price list as rows of the kernel's tables."""

from dataclasses import dataclass, field
from itertools import accumulate
from math import gcd

from aggregator.domain.tariff import PriceBasis
from aggregator.pricing.kernel import layout
from aggregator.pricing.kernel.candidates import Reading, candidate_row
from aggregator.pricing.kernel.layout import ABSENT, MICRO, MOST_CANDIDATES, MOST_PRICE
from aggregator.pricing.kernel.plain import Limit, List
from aggregator.pricing.kernel.rules import Row, thresholds
from aggregator.pricing.kernel.scaled import Inexpressible, at_most, micro, vat
from aggregator.pricing.kernel.taxes import tax_terms
from aggregator.pricing.money import DEFAULT_MINOR_UNIT_DIGITS, MINOR_UNIT_DIGITS

BASES = {
    PriceBasis.NET.value: layout.NET,
    PriceBasis.GROSS.value: layout.GROSS,
    PriceBasis.NO_TAX.value: layout.NO_TAX,
    PriceBasis.UNKNOWN.value: layout.UNKNOWN,
}
NO_LIMIT = Limit()


@dataclass(slots=True)
class Rows:
    """Rows of many price lists; a tariff's row says which of the others are its own.

    before: rows of thresholds, candidates and restrictions that stand in front of these.
    """

    before: tuple[int, int, int] = (0, 0, 0)
    tariffs: list[Row] = field(default_factory=list)
    thresholds: list[int] = field(default_factory=list)
    candidates: list[Row] = field(default_factory=list)
    restrictions: list[Row] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def add_other(self, state: int) -> None:
        """Add a price list that the kernel does not price."""
        self.tariffs.append([state] + [0] * (layout.TARIFF_COLUMNS - 1))

    def add(self, price_list: List, doubts: int | None = None) -> None:
        """Add a price list; nothing is added where an error is raised.

        doubts: mask of warnings of what it can hardly mean; None: nobody has looked yet.

        Raises:
            Inexpressible: the kernel cannot price it, or it may not be priced at all.
        """
        reading = _read(price_list)
        if doubts is None and (reading.is_doubtful or _contradict(price_list)):
            raise Inexpressible("doubtful")
        candidates = [one for dimension in reading.reached for one in dimension]
        basis = BASES[price_list.price_basis]
        rates = tuple([vat(component.vat_rate) for component, _ in candidates])
        denominator, numerators, factors = tax_terms(basis, rates)
        limits = _limits(price_list, basis)
        first_rules = self.before[2] + len(self.restrictions)
        rows = [
            candidate_row(component, rules, first_rules, numerator)
            for (component, rules), numerator in zip(candidates, numerators, strict=True)
        ]
        self.tariffs.append(
            [
                layout.STATE_KERNEL,
                basis,
                10 ** MINOR_UNIT_DIGITS.get(price_list.currency, DEFAULT_MINOR_UNIT_DIGITS),
                reading.fixed_warnings | (doubts or 0) | _zero_warning(price_list.max_price),
                reading.blind_power,
                reading.blind_current,
                *self._places(reading),
                gcd(MICRO, *[row[layout.PRICE] for row in rows]),
                denominator,
                *limits,
                int(max(limits) != ABSENT),
            ]
        )
        self.candidates += rows
        self.restrictions += reading.rules
        self.factors += factors

    def _places(self, reading: Reading) -> list[int]:
        """Add the thresholds; return where candidates of each dimension and thresholds begin."""
        first = self.before[1] + len(self.candidates)
        candidates = list(accumulate(map(len, reading.reached), initial=first))
        if not reading.rules:
            return candidates + [0] * 4
        times = thresholds(reading.rules)
        first = self.before[0] + len(self.thresholds)
        for some in times:
            self.thresholds += some
        return candidates + list(accumulate(map(len, times), initial=first))


def _read(price_list: List) -> Reading:
    """Return what the elements ask for charging and parking."""
    reading = Reading()
    for element in price_list.elements:
        reading.add(element)
    count = sum(map(len, reading.reached))
    if price_list.unreadable_parts or not 0 < count <= MOST_CANDIDATES:
        raise Inexpressible(str(count))
    return reading


def _limits(price_list: List, basis: int) -> tuple[int, int, int, int]:
    """Return the lowest and the highest price, each without and with tax, ABSENT where not stated.

    A highest price of 0 is none. Without tax, one amount stands for both.
    """
    if price_list.min_price is None and price_list.max_price is None:
        return ABSENT, ABSENT, ABSENT, ABSENT
    low, high = price_list.min_price or NO_LIMIT, price_list.max_price or NO_LIMIT
    low_excl, low_incl = _money(low.excl_vat), _money(low.incl_vat)
    high_excl, high_incl = _money(high.excl_vat) or ABSENT, _money(high.incl_vat) or ABSENT
    if basis == layout.NO_TAX:
        low_excl, low_incl = _either(low_excl, low_incl), _either(low_incl, low_excl)
        high_excl, high_incl = _either(high_excl, high_incl), _either(high_incl, high_excl)
    return low_excl, low_incl, high_excl, high_incl


def _contradict(price_list: List) -> bool:
    """Return whether the lowest price is above the highest one."""
    low, high = price_list.min_price, price_list.max_price
    return (
        low is not None
        and high is not None
        and (
            0 < _money(high.excl_vat) < _money(low.excl_vat)
            or 0 < _money(high.incl_vat) < _money(low.incl_vat)
        )
    )


def _money(amount: str | None) -> int:
    return ABSENT if amount is None else at_most(micro(amount), MOST_PRICE)


def _either(amount: int, other: int) -> int:
    return other if amount == ABSENT else amount


def _zero_warning(limit: Limit | None) -> int:
    """Return the warning of a highest price that is 0."""
    if limit is not None and 0 in (_money(limit.excl_vat), _money(limit.incl_vat)):
        return layout.MAX_PRICE_ZERO
    return 0
