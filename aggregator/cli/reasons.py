"""Codes of a snapshot in plain words: why an offer has no price, why there is no exchange rate."""

from types import MappingProxyType

NO_PRICE = MappingProxyType(
    {
        "no_tariff_id": "the connector names no tariff",
        "tariff_not_in_feed": "the connector names a tariff that the operator does not publish",
        "tariff_refused": "its tariff could not be read: see `klarpris quarantine`",
        "tariff_not_yet_valid": "its tariff is not valid yet",
        "tariff_expired": "its tariff has expired",
        "ambiguous_tariff": "it names a tariff that several operators of the source publish",
        "no_elements": "its tariff holds no prices",
        "no_price_component": "its tariff holds no prices",
        "no_price_applies": "its tariff names no price for the time of charging",
        "unreadable_part": "a part of its tariff cannot be read",
        "negative_price": "its tariff holds a negative price",
        "negative_vat_rate": "its tariff holds a negative tax rate",
        "not_a_number": "its tariff has a price that is no number",
        "time_zone_unknown": "its prices depend on local time, and the time zone is unknown",
        "current_unknown": "its price depends on the current, which is not known",
        "limit_tax_unknown": "its price limit depends on a tax that is not stated",
        "impossible_restriction": "its tariff has an element that can never apply",
        "contradictory_limits": "its lowest price is above its highest",
        "absurd_step_size": "its tariff bills in absurdly large steps",
        "absurd_price": "its tariff asks absurd amounts",
        "too_complex": "its tariff has too many elements",
    }
)
"""By mart.offer.state_reason."""

NO_RATE = MappingProxyType(
    {
        "unknown_currency": "the European Central Bank publishes no rate of it",
        "no_rate": "no rate was published up to that day",
        "too_old": "the last rate is too old; `klarpris rates update` fetches newer ones",
    }
)
"""By mart.rate.missing_because."""


def why_no_price(code: str | None) -> str:
    """Return why an offer has no price; a code that is not known stands for itself."""
    return NO_PRICE.get(code or "", code or "the price is not known")


def why_no_rate(code: str | None) -> str:
    """Return why there is no exchange rate; a code that is not known stands for itself."""
    return NO_RATE.get(code or "", code or "there is none")
