"""Snapshots made by the real pipeline, and readers of them."""

import shutil

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.queries import Reader, current_reader
from aggregator.store.warehouse import open_warehouse
from tests.dashboard.market import fill
from tests.receiving import Receiver


@pytest.fixture(scope="session")
def market_home(tmp_path_factory) -> Settings:
    """Return the settings of a home in which the whole market is published; only read it."""
    chosen = Settings(home=tmp_path_factory.mktemp("market"))
    with open_warehouse(None) as warehouse:
        fill(Receiver(warehouse))
        publish(warehouse, chosen)
    return chosen


@pytest.fixture(scope="session")
def market(market_home) -> Reader:
    """Return a reader of the whole market."""
    return current_reader(market_home.snapshots_folder)


@pytest.fixture
def market_at_home(home, market_home):
    """Publish the market in this test's own home and return that."""
    shutil.copytree(market_home.snapshots_folder, home / "snapshots")
    return home


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def receive(warehouse):
    """Return a function that loads records as one run of a feed."""
    return Receiver(warehouse)


@pytest.fixture
def publish_now(warehouse, tmp_path):
    """Return a function that publishes what was received and returns the snapshot's reader."""

    def run():
        chosen = Settings(home=tmp_path)
        publish(warehouse, chosen)
        return current_reader(chosen.snapshots_folder)

    return run
