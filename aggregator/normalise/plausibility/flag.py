"""What can be implausible about a price: stable codes, each with one sentence for readers."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Flag(StrEnum):
    """Why a price may not be what the operator meant; a flag never changes a value."""

    # Of a price list.
    UNIT_SLIP = "unit_slip"
    """A thousandth or the thousandfold of a price per kWh: 490 EUR, 0.00049 EUR."""
    CENTS_FOR_EUROS = "cents_for_euros"
    """The hundredfold of a price per kWh: 49 EUR."""
    MINUTE_PRICE_IN_HOUR_FIELD = "minute_price_in_hour_field"
    """An hour for what a minute usually costs: PARKING_TIME 0.10 EUR."""
    HOUR_PRICE_IN_MINUTE_FIELD = "hour_price_in_minute_field"
    """Sixty times what an hour usually costs: PARKING_TIME 360 EUR."""
    TAX_TAKEN_TWICE = "tax_taken_twice"
    """A price of 0.49 EUR said to be without 19 % tax, with which it were 0.5831 EUR."""
    FOREIGN_CURRENCY = "foreign_currency"
    """EUR at a charger in Great Britain."""
    ZERO_WITH_AMOUNT = "zero_with_amount"
    """Every price is 0, and the text says "0.49 EUR/kWh"."""
    TEXT_CONTRADICTS = "text_contradicts"
    """A price of 0.59 EUR per kWh, and the text says "0.49 EUR/kWh"."""

    # Of dates and places.
    EXPIRED = "expired"
    """The tariff's last day has passed, and it is still named by the charger."""
    STALE = "stale"
    """The feed failed when it was last due."""
    COUNTRY_DISAGREES = "country_disagrees"
    """A charger in Great Britain, and a position in Somalia."""

    # Of a price among others.
    OUTLIER = "outlier"
    """Far from what others in its group cost."""


MEANINGS: Mapping[Flag, str] = MappingProxyType(
    {
        Flag.UNIT_SLIP: "The price per kWh looks like the price of a Wh or of a MWh.",
        Flag.CENTS_FOR_EUROS: (
            "The price per kWh looks as if it were in hundredths of the currency, such as cents."
        ),
        Flag.MINUTE_PRICE_IN_HOUR_FIELD: (
            "A price per hour is so low that it looks like the price of a minute."
        ),
        Flag.HOUR_PRICE_IN_MINUTE_FIELD: (
            "A price per hour is so high that it looks like one already per hour, "
            "multiplied by 60 once more."
        ),
        Flag.TAX_TAKEN_TWICE: (
            "The price is said to be without tax, but it is a round amount only as it stands, "
            "so it probably includes the tax already."
        ),
        Flag.FOREIGN_CURRENCY: (
            "The currency was not legal tender in the charger's country on that day."
        ),
        Flag.ZERO_WITH_AMOUNT: (
            "Every price is 0, but the operator's own text names an amount of money."
        ),
        Flag.TEXT_CONTRADICTS: (
            "The operator's own text names a price per kWh that differs from the one in the data."
        ),
        Flag.EXPIRED: "The tariff is still published although it has ended.",
        Flag.STALE: (
            "The feed could not be read whole when it was last due: the price may have changed."
        ),
        Flag.COUNTRY_DISAGREES: "The stated country is not the one in which the position lies.",
        Flag.OUTLIER: "The price is far from what comparable offers cost.",
    }
)
"""What a flag says, in English, for readers."""
