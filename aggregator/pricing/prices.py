"""The four prices of a quote: as stated, without tax and with it. Source: ruling 9."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from aggregator.domain.tariff import PriceBasis
from aggregator.pricing.components import Candidate
from aggregator.pricing.headline import Headline
from aggregator.pricing.money import decimal_from

MINUTES_PER_HOUR = 60
Factor = Callable[[Candidate], Fraction | None]


@dataclass(frozen=True, slots=True)
class Prices:
    """The four prices of a quote; None where not charged for, or where the tax is not known."""

    per_kwh: Decimal | None = None
    per_minute: Decimal | None = None
    parking_per_minute: Decimal | None = None
    start_fee: Decimal | None = None


NO_PRICES = Prices()


def prices_as_stated(found: Headline) -> Prices:
    """Return the prices, whatever they include; exact."""
    return _prices(found, lambda _: Fraction(1))


def prices_excl_vat(found: Headline, basis: PriceBasis) -> Prices:
    """Return the prices without tax; exact."""
    return _prices(found, partial(_factor, basis, with_tax=False))


def prices_incl_vat(found: Headline, basis: PriceBasis) -> Prices:
    """Return the prices with tax; exact."""
    return _prices(found, partial(_factor, basis, with_tax=True))


def _prices(prices: Headline, factor: Factor) -> Prices:
    """Return the prices times what changes them from how they are stated."""
    return Prices(
        per_kwh=_price(prices.energy, factor),
        per_minute=_price(prices.time, factor, parts=MINUTES_PER_HOUR),
        parking_per_minute=_price(prices.parking_time, factor, parts=MINUTES_PER_HOUR),
        start_fee=_price(prices.flat, factor),
    )


def _price(candidate: Candidate | None, factor: Factor, parts: int = 1) -> Decimal | None:
    """Return the price of one of so many parts of the unit."""
    times = None if candidate is None else factor(candidate)
    if candidate is None or times is None:
        return None
    return decimal_from(candidate.price * times / parts)


def _factor(basis: PriceBasis, candidate: Candidate, *, with_tax: bool) -> Fraction | None:
    """Return what makes the stated price one with tax, or without; None where unknown."""
    stated_as_wanted = PriceBasis.GROSS if with_tax else PriceBasis.NET
    if basis in {stated_as_wanted, PriceBasis.NO_TAX}:
        return Fraction(1)
    rate = candidate.component.vat_rate
    if basis is PriceBasis.UNKNOWN or rate is None:
        return None
    return 1 + Fraction(rate) if with_tax else 1 / (1 + Fraction(rate))
