"""A warehouse in memory, and runs into it."""

from datetime import UTC, datetime
from itertools import count

import pytest

from aggregator.domain.problem import ObjectType
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.loading import load
from aggregator.store.stage import Stage
from aggregator.store.warehouse import cursor, open_warehouse

BOTH = ("locations", "tariffs")


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def receive(warehouse):
    """Return a function that loads records as one run of a feed, and returns the run."""
    numbers = count(1)

    def run_with(
        locations=(), tariffs=(), *, feed="f", complete=BOTH, rejections=(), received=None
    ):
        run = Run(f"run{next(numbers)}", FeedFacts(feed, feed.title()), datetime.now(UTC))
        run.documents = 1
        own = cursor(warehouse)
        stage = Stage(own, feed)
        stage.add_locations([(f"$[{n}]", one) for n, one in enumerate(locations)])
        stage.add_tariffs([(f"$[{n}]", one) for n, one in enumerate(tariffs)])
        run.account.received.update(received or _received(locations, tariffs))
        run.account.rejections.extend(rejections)
        load(stage, run, complete)
        own.close()
        return run

    return run_with


def _received(locations, tariffs):
    evses = [evse for location in locations for evse in location.evses]
    return {
        ObjectType.LOCATION: len(locations),
        ObjectType.EVSE: len(evses),
        ObjectType.CONNECTOR: sum(len(evse.connectors) for evse in evses),
        ObjectType.TARIFF: len(tariffs),
    }
