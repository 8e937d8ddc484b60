"""How tax comes into a published price: what is included, which rate, and how either is known."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aggregator.domain.tariff import PriceBasis, PriceList
from aggregator.feeds import Feed, ObjectKind, OcpiVersion, StatedPrices
from aggregator.formats.keys import in_ocpi_words
from aggregator.invoices.archived_tariffs import ReadTariff

INCLUDES = {
    PriceBasis.NET: "the stated prices are without tax",
    PriceBasis.GROSS: "the stated prices include tax",
    PriceBasis.NO_TAX: "no tax applies",
    PriceBasis.UNKNOWN: "whether the stated prices include tax is not told",
}
NET_BY_VERSION = {OcpiVersion.V2_1_1, OcpiVersion.V2_3_0}
BY_LAW, STATED, NOT_STATED = "by law", "stated", "not stated"


@dataclass(frozen=True, slots=True)
class TaxStep:
    """The tax in a price.

    known_by: how it is known what the prices include; None where the document is not kept.
    vat_rates: 0.2 for 20 %, as the components state them and, last, the one by law.
    rate_basis: stated, by law or not stated. rate_source: where a rate by law stands.
    """

    price_basis: PriceBasis
    known_by: str | None
    vat_rates: tuple[Decimal, ...]
    rate_basis: str
    rate_source: str | None = None


def tax_step(
    price_list: PriceList,
    vat_rate: Decimal | None,
    vat_source: str | None,
    read: ReadTariff | None,
    feed: Feed | None,
) -> TaxStep:
    """Return the tax step of a price.

    Args:
        price_list: as published, without a rate by law.
        vat_rate: the rate that was added by law, 0.2 for 20 %; None: none was.
        vat_source: where that rate stands.
        read: the tariff in the archived document; None where that is not kept.
        feed: the file of the tariff's feed; None where there is none.
    """
    stated = stated_rates(price_list)
    known_by = how_known(price_list, read, feed) if read else None
    if vat_rate is None:
        basis = STATED if stated else NOT_STATED
        return TaxStep(price_list.price_basis, known_by, stated, basis)
    rates = tuple(dict.fromkeys((*stated, vat_rate)))
    return TaxStep(price_list.price_basis, known_by, rates, BY_LAW, vat_source)


def stated_rates(price_list: PriceList) -> tuple[Decimal, ...]:
    """Return the rates of VAT that the components state, 0.2 for 20 %, each once, in order."""
    components = (one for element in price_list.elements for one in element.price_components)
    return tuple(dict.fromkeys(one.vat_rate for one in components if one.vat_rate is not None))


def how_known(price_list: PriceList, read: ReadTariff, feed: Feed | None) -> str:
    """Return how it is known what the stated prices include; see `formats.tariffs`, ruling 9."""
    if read.prices is not StatedPrices.AS_STATED:
        return _by_the_feed_file(read.prices, feed)
    if said := _tax_included(read.raw, feed):
        return f"by the record: tax_included is {said!r}"
    if read.ocpi_version in NET_BY_VERSION:
        return f"by OCPI {read.ocpi_version}, whose prices are without tax"
    if price_list.price_basis is PriceBasis.NET:
        return "by the record: a rate of VAT stands beside a price, which then is without it"
    return "neither the record nor the feed's file says it"


def _by_the_feed_file(prices: StatedPrices, feed: Feed | None) -> str:
    if feed is None or feed.prices is not prices:
        return f"by the setting prices = {prices.value!r} that the feed's file had then"
    evidence = feed.prices_evidence or "no evidence is given"
    return f"by the feed's file: prices = {prices.value!r}; {evidence}"


def _tax_included(raw: dict[str, Any], feed: Feed | None) -> object:
    aliases = feed.layout.aliases.get(ObjectKind.TARIFF) if feed else None
    named = in_ocpi_words(raw, aliases)
    return named.get("tax_included") if isinstance(named, dict) else None
