"""A warehouse in memory whose records are published and asked about."""

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.warehouse import open_warehouse
from tests.receiving import Receiver

FEED = "feed_f"


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def receive(warehouse):
    """Return a function that loads records as one run of a feed, and returns the run."""
    return Receiver(warehouse)


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path)


@pytest.fixture
def published(warehouse, receive, settings):
    """Return a function that loads locations and tariffs, publishes and asks the snapshot.

    Without any, what is there is published once more.
    """

    def published(query, locations=(), tariffs=(), settings=settings):
        if locations or tariffs:
            receive(locations, tariffs, feed=FEED)
        snapshot = publish(warehouse, settings)
        with duckdb.connect(str(snapshot.path), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return published
