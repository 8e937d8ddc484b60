"""A warehouse in memory, and runs into it."""

import pytest

from aggregator.store.warehouse import open_warehouse
from tests.receiving import Receiver


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def receive(warehouse):
    """Return a function that loads records as one run of a feed, and returns the run."""
    return Receiver(warehouse)
