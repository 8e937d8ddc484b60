"""Records straight into a warehouse, as one run of a feed; no server is needed."""

from datetime import UTC, datetime
from itertools import count

from aggregator.domain.problem import ObjectType
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.loading import load
from aggregator.store.location_rows import location_rows
from aggregator.store.shrink import HOLDS_EMPTY
from aggregator.store.stage import Stage
from aggregator.store.warehouse import cursor

BOTH = ("locations", "tariffs")


class Receiver:
    """Loads records into one warehouse and returns the runs."""

    def __init__(self, warehouse):
        self._warehouse = warehouse
        self._numbers = count(1)

    def __call__(
        self,
        locations=(),
        tariffs=(),
        *,
        feed="f",
        complete=BOTH,
        rejections=(),
        received=None,
        held=(),
        guard=HOLDS_EMPTY,
    ):
        facts = feed if isinstance(feed, FeedFacts) else FeedFacts(feed, feed.title())
        run = Run(f"run{next(self._numbers)}", facts, datetime.now(UTC))
        run.documents = 1
        own = cursor(self._warehouse)
        stage = Stage(own, facts.feed)
        numbered = [(stage.next_number(), f"$[{n}]", one) for n, one in enumerate(locations)]
        stage.add_locations(location_rows(facts.feed, numbered), [])
        numbered = [(stage.next_number(), f"$[{n}]", one) for n, one in enumerate(tariffs)]
        stage.add_tariffs(numbered, [])
        run.account.received.update(received or received_of(locations, tariffs))
        run.account.rejections.extend(rejections)
        run.account.held.update(held)
        load(stage, run, complete, guard)
        stage.close()
        own.close()
        return run


def received_of(locations, tariffs):
    """Return the ledger's count of records that all arrived whole."""
    evses = [evse for location in locations for evse in location.evses]
    return {
        ObjectType.LOCATION: len(locations),
        ObjectType.EVSE: len(evses),
        ObjectType.CONNECTOR: sum(len(evse.connectors) for evse in evses),
        ObjectType.TARIFF: len(tariffs),
    }
