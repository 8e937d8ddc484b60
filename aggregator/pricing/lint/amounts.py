"""Amounts that contradict each other, and what the figures include."""

from collections.abc import Iterator
from decimal import Decimal

from aggregator.domain.tariff import Dimension, PriceBasis, PriceLimit, PriceList
from aggregator.pricing.lint.finding import Finding, LintCode
from aggregator.pricing.lint.parts import counting, listed, parts, plain

LOWEST_VAT_RATE, HIGHEST_VAT_RATE = Decimal("0.02"), Decimal("0.3")
NO_LIMIT = PriceLimit()


def negative_amounts(price_list: PriceList) -> Iterator[Finding]:
    """Find prices, rates and limits below zero; such a price list is never priced."""
    for part in parts(price_list):
        price, rate = part.component.price, part.component.vat_rate
        if price < 0:
            message = f"The {part.dimension} price {plain(price)} is below zero."
            yield part.finding(LintCode.NEGATIVE_AMOUNT, message, f"{part.path}.price")
        if rate is not None and rate < 0:
            message = f"The VAT rate {_per_cent(rate)} is below zero."
            yield part.finding(LintCode.NEGATIVE_AMOUNT, message, f"{part.path}.vat")
    for key, limit in (("min_price", price_list.min_price), ("max_price", price_list.max_price)):
        for name, amount in _stated(limit or NO_LIMIT):
            if amount < 0:
                message = f"The {key} {plain(amount)} is below zero."
                yield Finding(LintCode.NEGATIVE_AMOUNT, f"{key}.{name}", None, message)


def contradictory_limits(price_list: PriceList) -> Iterator[Finding]:
    """Find limits that cannot both hold; a highest price of 0 is none."""
    lowest, highest = price_list.min_price or NO_LIMIT, price_list.max_price or NO_LIMIT
    most = {name: amount for name, amount in _stated(highest) if amount}
    for name, least in _stated(lowest):
        if name in most and least > most[name]:
            message = f"min_price {plain(least)} is more than max_price {plain(most[name])}."
            yield Finding(LintCode.CONTRADICTORY_LIMITS, f"min_price.{name}", None, message)
    for key, limit in (("min_price", lowest), ("max_price", highest)):
        net, gross = limit.excl_vat, limit.incl_vat
        if net is not None and gross and gross < net:
            message = f"{key} is {plain(gross)} with tax, but {plain(net)} without."
            yield Finding(LintCode.CONTRADICTORY_LIMITS, f"{key}.incl_vat", None, message)


def start_fees(price_list: PriceList) -> Iterator[Finding]:
    """Find a flat fee beyond the highest price, both as stated or both with tax."""
    limit = price_list.max_price or NO_LIMIT
    for part in counting(price_list, Dimension.FLAT):
        for most, fee in _compared(price_list.price_basis, limit, part.component.price):
            if most and fee > most:
                message = f"The fee of {plain(fee)} is more than the max_price of {plain(most)}."
                yield part.finding(LintCode.MAX_PRICE_BELOW_START_FEE, message)
                break


def _compared(
    basis: PriceBasis, limit: PriceLimit, fee: Decimal
) -> Iterator[tuple[Decimal | None, Decimal]]:
    """Yield the limit and the fee on the same side of tax."""
    if basis is not PriceBasis.GROSS:
        yield limit.excl_vat, fee
    if basis is not PriceBasis.NET or limit.excl_vat is None:
        yield limit.incl_vat, fee  # a fee without tax that is more is more with tax as well


def vat_rates(price_list: PriceList) -> Iterator[Finding]:
    """Find rates that differ, are missing for a part, or are like no country's."""
    costly = [part for part in parts(price_list) if part.component.price > 0]
    rates = list(dict.fromkeys(part.component.vat_rate for part in costly))
    known = [rate for rate in rates if rate is not None]
    if price_list.price_basis is not PriceBasis.NO_TAX:
        if len(known) > 1:
            message = f"Prices are taxed at {listed([_per_cent(rate) for rate in known])}."
            yield Finding(LintCode.MIXED_VAT_RATES, "elements", None, message)
        if known and None in rates:
            without = sum(part.component.vat_rate is None for part in costly)
            message = f"{without} of {len(costly)} prices state no VAT rate, others do."
            yield Finding(LintCode.VAT_PARTLY_STATED, "elements", None, message)
    for part in parts(price_list):
        rate = part.component.vat_rate
        if rate is not None and rate > 0 and not LOWEST_VAT_RATE <= rate <= HIGHEST_VAT_RATE:
            message = f"A VAT rate of {_per_cent(rate)} is unusual; is it a fraction or a factor?"
            yield part.finding(LintCode.UNUSUAL_VAT_RATE, message, f"{part.path}.vat")


def tax_basis(price_list: PriceList) -> Iterator[Finding]:
    """Find a price list of which nobody knows whether tax is included."""
    if price_list.price_basis is PriceBasis.UNKNOWN:
        message = "It is not stated whether prices include tax."
        yield Finding(LintCode.TAX_BASIS_UNKNOWN, "elements", None, message)


def _stated(limit: PriceLimit) -> Iterator[tuple[str, Decimal]]:
    for name, amount in (("excl_vat", limit.excl_vat), ("incl_vat", limit.incl_vat)):
        if amount is not None:
            yield name, amount


def _per_cent(rate: Decimal) -> str:
    return f"{plain((rate * 100).normalize())} %"
