"""A home in which an operator's own bytes are archived, read, published and traced back."""

import json
from datetime import timedelta

import duckdb

from aggregator.config import Settings
from aggregator.feeds import load_feeds
from aggregator.formats.defaults import Defaults
from aggregator.invoices.explaining import Sources, explained
from aggregator.publish import publish
from aggregator.sources.archive import Archive
from aggregator.store.connector_tariffs import Place
from aggregator.store.ledger import FeedFacts
from aggregator.store.pointer import current_snapshot
from aggregator.store.published_offers import published_offers
from aggregator.store.warehouse import open_warehouse
from tests.formats.raw_records import raw_tariff, read_as_tariff
from tests.receiving import Receiver
from tests.records import location
from tests.sources.archiving import NOW, put

FEED = "feed_f"
URL = "https://f.example/tariffs"
FILE = """
name = "F"
source = "ocpi_pull"
locations_url = "https://f.example/locations"
tariffs_url = "https://f.example/tariffs"
every = "12h"
licence = "CC0-1.0"
licence_url = "https://f.example/licence"
documentation_url = "https://f.example/docs"
verified = false
"""


def archive_of(home):
    return Archive(home / "archive", max_days=30, max_mb=100)


def keep(home, *documents, hour=0, feed=FEED, name="tariffs"):
    """Archive documents, values or bytes, as one run; return what was kept of them."""
    with archive_of(home).run(feed, f"run{hour}", NOW + timedelta(hours=hour)) as run:
        return [
            put(run, one if isinstance(one, bytes) else json.dumps(one).encode(), name, URL)
            for one in documents
        ]


def write_feed(home, said="", feed=FEED):
    folder = home / "feeds"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{feed}.toml").write_text(said + FILE)


def settings_of(home):
    return Settings(home=home, feeds=home / "feeds")


def publish_read(home, *raws, locations=(), defaults=None):
    """Publish tariffs as a harvest reads them, with places that have them."""
    tariffs = [read_as_tariff(raw, defaults or Defaults())[0] for raw in raws]
    with open_warehouse(None) as warehouse:
        facts = FeedFacts(FEED, "F", ocpi_version="2.2.1")
        Receiver(warehouse)(locations or [location()], tariffs, feed=facts)
        publish(warehouse, settings_of(home))


def traced(home, place=None, **asked):
    """Return the explanations of the offers of a place."""
    chosen = settings_of(home)
    published = published_offers(
        chosen.snapshots_folder, place or Place(), asked.get("to_currency"), most=10_000
    )
    feeds, _ = load_feeds(chosen.feeds_folder)
    return explained(published, Sources(chosen.archive_folder, feeds, 10_000_000, **asked))


def tampered(home, statement, *parameters):
    """Change values of the current snapshot, which nothing but a test does."""
    path = current_snapshot(settings_of(home).snapshots_folder).path
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement, parameters)


def one_tariff(home, **changes):
    """Archive and publish one tariff, read as its feed's file says; return it as it was sent."""
    raw = raw_tariff(**changes)
    feeds, _ = load_feeds(home / "feeds") if (home / "feeds").is_dir() else ({}, [])
    defaults = Defaults.of(feeds[FEED], Defaults().ocpi_version) if FEED in feeds else None
    keep(home, {"data": [raw]})
    publish_read(home, raw, defaults=defaults)
    return raw
