"""The rates of VAT that are law where prices are proven to be net and state none."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

import structlog

from aggregator.config import Settings
from aggregator.feeds import StatedPrices
from aggregator.feeds.files import load_feeds
from aggregator.normalise.vat_apart import load_vat_apart
from aggregator.normalise.vat_rates import VatRates
from aggregator.store import marts
from aggregator.store.warehouse import Connection

log = structlog.get_logger(__name__)


def tell_net_feeds(connection: Connection, settings: Settings) -> None:
    """Keep which feeds' prices are proven to be net; a file at fault costs only itself."""
    feeds, faults = load_feeds(settings.feeds_folder)
    for fault in faults:
        log.warning("feed file", error=str(fault))
    net = [name for name, feed in feeds.items() if feed.prices is StatedPrices.NET]
    marts.keep(connection, "net_feed", ((name,) for name in net))


def ask_the_law(connection: Connection, settings: Settings, today: date) -> None:
    """Keep the rates that hold where somebody has to know them."""
    keys = marts.vat_keys(connection)
    if keys:
        rates = VatRates.load(settings.reference_folder)
        apart = load_vat_apart(settings.reference_folder)
        marts.keep(connection, "vat_law", _found(keys, rates, apart, today))


def _found(
    keys: Iterable[marts.Row], rates: VatRates, apart: Collection[str], today: date
) -> Iterator[marts.Row]:
    for country, region_1, party in keys:
        if region_1 in apart:
            continue
        if law := rates.charging_rate(country, today, party):
            yield (country, region_1, party, law.rate, law.source)
