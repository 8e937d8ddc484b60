"""What a reader takes from a list of charges."""

from decimal import Decimal

from aggregator.pricing.restrictions import restrictions_hold


def price_told(found, subject, dimension, moment):
    """Return the price of the first charge that holds, by the hour where it is one of time."""
    for charge in found:
        if (charge.subject, charge.dimension) == (subject, dimension) and restrictions_hold(
            charge.restrictions, moment
        ):
            return charge.price * (60 if charge.per == "minute" else 1)
    return Decimal(0)
