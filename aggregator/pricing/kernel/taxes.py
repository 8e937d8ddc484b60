"""Tax factors of a price list over one denominator."""

from functools import lru_cache
from math import gcd, lcm

from aggregator.pricing.kernel.layout import ABSENT, GROSS, MOST_VAT, NET, VAT_SCALE
from aggregator.pricing.kernel.scaled import REMEMBERED, at_most

MOST_DENOMINATOR = 1 << 40


@lru_cache(REMEMBERED)
def tax_terms(basis: int, rates: tuple[int, ...]) -> tuple[int, tuple[int, ...], tuple[float, ...]]:
    """Return the denominator, each rate's numerator over it, and each rate's factor.

    The factor leads from the price as stated to the one with tax added (NET) or taken out (GROSS).

    Args:
        basis: of the prices, a number of `layout`.
        rates: in hundred thousandths, ABSENT where not stated.

    Returns:
        The denominator is 0 where it is too large. A rate that is not stated has the numerator
        ABSENT and the factor 0.
    """
    if basis not in {NET, GROSS}:
        return 1, (1,) * len(rates), (1.0,) * len(rates)
    terms = [None if rate == ABSENT else _term(basis, at_most(rate, MOST_VAT)) for rate in rates]
    denominator = lcm(*(term[1] for term in terms if term))
    factors = tuple(term[0] / term[1] if term else 0.0 for term in terms)
    if denominator > MOST_DENOMINATOR:
        return 0, tuple(1 if term else ABSENT for term in terms), factors
    numerators = (term[0] * (denominator // term[1]) if term else ABSENT for term in terms)
    return denominator, tuple(numerators), factors


def _term(basis: int, rate: int) -> tuple[int, int]:
    """Return the factor of one rate as a reduced fraction."""
    with_tax, without = VAT_SCALE + rate, VAT_SCALE
    shared = gcd(with_tax, without)
    with_tax, without = with_tax // shared, without // shared
    return (with_tax, without) if basis == NET else (without, with_tax)
