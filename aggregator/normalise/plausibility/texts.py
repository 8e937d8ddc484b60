"""What an operator's own text says against its figures; each text is judged by itself."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from babel.numbers import get_currency_precision

from aggregator.domain.tariff import DisplayText, PriceBasis, PriceComponent, PriceList
from aggregator.normalise.plausibility.amounts import amounts
from aggregator.normalise.plausibility.charges import HIGHEST_RATE, energy_prices, known_rate
from aggregator.normalise.plausibility.flag import Flag

LONGEST_TEXT = 600
MOST_TEXTS = 12
NO_PRICE = re.compile(
    r"deposit|pre-?auth|\bhold\b|\bheld\b|kaution|vorautor|reserv|empreinte|caution|deposition",
    re.IGNORECASE,
)
"""Words beside amounts that are given back."""

OTHER_PRICE = re.compile(
    r"discount|\boff\b|\bsav(?:e|ing)|member|subscri|rabatt|mitglied|medlem|\babo|remise|réduction",
    re.IGNORECASE,
)
"""Words beside prices that are not everybody's."""

Span = tuple[Fraction, Fraction]


def text_flags(price_list: PriceList, alt_text: Sequence[DisplayText]) -> Iterator[Flag]:
    """Yield what texts say against the prices; nothing where a part of these was not readable."""
    if price_list.unreadable_parts:
        return
    texts = [one.text[:LONGEST_TEXT] for one in alt_text[:MOST_TEXTS]]
    if _is_all_zero(price_list):
        if any(map(_names_money, texts)):
            yield Flag.ZERO_WITH_AMOUNT
    elif any(_contradicts(text, price_list) for text in texts):
        yield Flag.TEXT_CONTRADICTS


def _is_all_zero(price_list: PriceList) -> bool:
    prices = [one.price for element in price_list.elements for one in element.price_components]
    least = price_list.min_price
    has_minimum = least is not None and bool(least.excl_vat or least.incl_vat)
    return bool(prices) and not any(prices) and not has_minimum


def _names_money(text: str) -> bool:
    if NO_PRICE.search(text):
        return False
    return any(one.value and one.currencies for one in amounts(text))


def _contradicts(text: str, price_list: PriceList) -> bool:
    """Tell whether a text names one price per kWh, and it is none of the price list's."""
    named = _price_per_kwh(text, price_list.currency)
    if named is None:
        return False
    minor_unit = Fraction(1, 10 ** get_currency_precision(price_list.currency))
    if _names_another_amount(text, named):
        return False
    meant = [
        span
        for component in energy_prices(price_list)
        for span in _spans(component, price_list.price_basis)
    ]
    return bool(meant) and all(
        named < least - minor_unit or named > most + minor_unit for least, most in meant
    )


@lru_cache(maxsize=256)
def _names_another_amount(text: str, named: Fraction) -> bool:
    """Tell whether a text names more money than that, such as another price for other hours."""
    return any(Fraction(one.value) != named and one.currencies for one in amounts(text))


@lru_cache(maxsize=256)
def _price_per_kwh(text: str, currency: str) -> Fraction | None:
    """Return everybody's one price per kWh that a text names; None where it names several."""
    if OTHER_PRICE.search(text):
        return None
    found = [one for one in amounts(text) if one.is_per_kwh]
    values = {one.value for one in found}
    is_sure = all(
        not one.is_limit and (not one.currencies or currency in one.currencies) for one in found
    )
    return Fraction(values.pop()) if len(values) == 1 and is_sure else None


def _spans(component: PriceComponent, basis: PriceBasis) -> Iterator[Span]:
    """Yield what a price is without and with tax; where no rate is known, what it could be."""
    price, rate = Fraction(component.price), known_rate(component)
    yield price, price
    if basis is PriceBasis.NO_TAX:
        return
    factor = 1 + Fraction(HIGHEST_RATE if rate is None else rate)
    net, gross = price / factor, price * factor
    if basis is not PriceBasis.GROSS:
        yield (price if rate is None else gross), gross
    if basis is not PriceBasis.NET:
        yield net, (price if rate is None else net)
