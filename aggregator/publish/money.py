"""What the currencies of a snapshot buy of each other, on the day it is made."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import structlog

from aggregator.config import Settings
from aggregator.errors import ReferenceFileError
from aggregator.normalise.currency import Missing, Rates
from aggregator.store import marts
from aggregator.store.warehouse import Connection

log = structlog.get_logger(__name__)
DIGITS = 15


def keep_rates(connection: Connection, settings: Settings, today: date) -> None:
    """Keep the rates from the currencies of the tariffs to every currency that has any."""
    try:
        rates = Rates.load(settings.rates_folder)
    except ReferenceFileError as error:
        log.warning("rates", error=str(error))
        rates = Rates.shipped()
    marts.keep(connection, "rate", _rows(marts.currencies(connection), rates, today))


def _rows(currencies: Iterable[str], rates: Rates, today: date) -> Iterator[marts.Row]:
    for currency in currencies:
        for to_currency in sorted({*rates.currencies, currency}):
            found = rates.rate(currency, to_currency, today)
            if isinstance(found, Missing):
                yield (currency, to_currency, None, found.rate_date, found.reason)
            else:
                yield (currency, to_currency, _decimal(found.value), found.rate_date, None)


def _decimal(value: Fraction) -> Decimal:
    """Return the rate to fifteen digits behind the point, half up."""
    scaled = (value * 10**DIGITS + Fraction(1, 2)).__floor__()
    return Decimal(scaled).scaleb(-DIGITS)
