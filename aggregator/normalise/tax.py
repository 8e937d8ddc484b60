"""What tax there is in a published price, or on top of it, and how that is known.

The feed's setting comes first, for it has evidence; then the record. The rate that is law is used
in one case only: the feed's prices are proven to be net, and the record states no rate. Whatever
comes of it is marked as derived. What is not known stays so: a rate is never guessed because a
price looks odd without it. Source: ruling 9.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Self

from aggregator.domain.tariff import PriceBasis, PriceList
from aggregator.feeds import Feed, StatedPrices
from aggregator.normalise.vat_rates import VatRates

PROVEN = MappingProxyType({StatedPrices.NET: PriceBasis.NET, StatedPrices.GROSS: PriceBasis.GROSS})
NO_RATE = Decimal(0)


class RateBasis(StrEnum):
    """Where the rate comes from."""

    STATED = "stated"  # the record
    DERIVED = "derived"  # the law of the country, on that day
    NO_TAX = "no_tax"  # the record says that none applies
    UNKNOWN = "unknown"


class GrossBasis(StrEnum):
    """How the price with tax is known: the words of `mart.offer.tax_basis`."""

    GROSS = "gross"  # by what the operator publishes
    DERIVED = "derived"  # with the rate that is law
    NET = "net"  # not at all: the price is without tax, its rate unknown
    UNKNOWN = "unknown"  # not at all: whether tax is included is unknown too


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax of one price component.

    price_basis: what the stated price includes. vat_rate: 0.2 for 20 %; None where unknown.
    source: where a derived rate stands.
    """

    price_basis: PriceBasis
    vat_rate: Decimal | None
    rate_basis: RateBasis
    source: str | None = None

    @property
    def gross_basis(self) -> GrossBasis:
        """How the price with tax is known."""
        if self.price_basis in {PriceBasis.GROSS, PriceBasis.NO_TAX}:
            return GrossBasis.GROSS
        if self.price_basis is PriceBasis.UNKNOWN:
            return GrossBasis.UNKNOWN
        if self.vat_rate is None:
            return GrossBasis.NET
        return GrossBasis.DERIVED if self.rate_basis is RateBasis.DERIVED else GrossBasis.GROSS

    def gross(self, price: Decimal) -> Fraction | None:
        """Return a stated price with tax, exact; None where unknown. Both in one currency."""
        if self.price_basis in {PriceBasis.GROSS, PriceBasis.NO_TAX}:
            return Fraction(price)
        if self.price_basis is PriceBasis.UNKNOWN or self.vat_rate is None:
            return None
        return Fraction(price) * (1 + Fraction(self.vat_rate))

    def net(self, price: Decimal) -> Fraction | None:
        """Return a stated price without tax, exact; None where unknown. Both in one currency."""
        if self.price_basis in {PriceBasis.NET, PriceBasis.NO_TAX}:
            return Fraction(price)
        if self.price_basis is PriceBasis.UNKNOWN or self.vat_rate is None:
            return None
        return Fraction(price) / (1 + Fraction(self.vat_rate))


NOTHING_KNOWN = Tax(PriceBasis.UNKNOWN, None, RateBasis.UNKNOWN)
NO_TAX = Tax(PriceBasis.NO_TAX, NO_RATE, RateBasis.NO_TAX)


@dataclass(frozen=True, slots=True)
class TaxRule:
    """What is known about tax in a feed's prices. evidence: how a setting other than as_stated is.

    Raises:
        ValueError: there is such a setting without evidence.
    """

    prices: StatedPrices
    vat_rates: VatRates
    evidence: str | None = None

    def __post_init__(self) -> None:
        if self.prices is not StatedPrices.AS_STATED and not self.evidence:
            message = f"prices {self.prices.value!r} need evidence: say how it is known"
            raise ValueError(message)

    @classmethod
    def of(cls, feed: Feed, vat_rates: VatRates) -> Self:
        """Return the rule of a feed."""
        return cls(feed.prices, vat_rates, feed.prices_evidence)

    def tax_of(
        self,
        price_basis: PriceBasis,
        stated_vat_rate: Decimal | None,
        country: str | None,
        on: date,
        operator: str | None = None,
    ) -> Tax:
        """Return the tax of one price component.

        Args:
            price_basis: what the record's prices include, as it was read.
            stated_vat_rate: 0.2 for 20 %; None where the component states none, which is not 0.
            country: where the charger is: ISO 3166-1, alpha-2 or alpha-3; None where unknown.
            on: the day of the charging.
            operator: party of whoever runs the charger, as GB*CLE.
        """
        if self.prices is StatedPrices.UNCLEAR:
            return NOTHING_KNOWN
        if price_basis is PriceBasis.NO_TAX:
            return NO_TAX
        basis = PROVEN.get(self.prices, price_basis)
        if basis is PriceBasis.UNKNOWN:
            return NOTHING_KNOWN
        if stated_vat_rate is not None:
            return Tax(basis, stated_vat_rate, RateBasis.STATED)
        if self.prices is StatedPrices.NET:
            return self._by_law(country, on, operator)
        return Tax(basis, None, RateBasis.UNKNOWN)

    def _by_law(self, country: str | None, on: date, operator: str | None) -> Tax:
        """Return the tax on prices that are proven to be net and state no rate."""
        law = self.vat_rates.charging_rate(country, on, operator)
        if law is None:
            return Tax(PriceBasis.NET, None, RateBasis.UNKNOWN)
        return Tax(PriceBasis.NET, law.rate, RateBasis.DERIVED, law.source)


def with_rate_by_law(price_list: PriceList, vat_rate: Decimal) -> PriceList:
    """Return a price list whose components that state no rate of VAT have this one; 0.2 is 20 %."""
    elements = tuple(
        replace(
            element,
            price_components=tuple(
                replace(one, vat_rate=vat_rate) if one.vat_rate is None else one
                for one in element.price_components
            ),
        )
        for element in price_list.elements
    )
    return replace(price_list, elements=elements)


def charges_without_rate(price_list: PriceList) -> bool:
    """Tell whether anything but a reservation has a price and states no rate of VAT."""
    return any(
        one.price and one.vat_rate is None
        for element in price_list.elements
        if element.restrictions.reservation is None
        for one in element.price_components
    )
