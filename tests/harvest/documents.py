"""Documents straight from bytes as one run of a feed; no server is needed."""

import asyncio
import json
from datetime import UTC, datetime
from uuid import uuid4

from aggregator.errors import BrokenAnswer
from aggregator.feeds import Feed
from aggregator.formats.document import Document
from aggregator.harvest.feed_run import Job, _facts
from aggregator.harvest.reading import Reading
from aggregator.sources.body import Body
from aggregator.sources.page import BOTH, MODULES, Page, Remarks
from aggregator.store.ledger import Run
from aggregator.store.warehouse import cursor

LIMIT = 100_000_000
TABLES = ("location", "evse", "evse_status", "connector", "tariff")


def feed_of(**values):
    facts = {"feed_id": "one", "name": "Test", "source": "ocpi_file", "licence": "CC0-1.0"}
    return Feed(**(facts | {"url": "http://127.0.0.1/all"} | values))


def written(*records):
    """Return a document; what is bytes already stands in it as it is."""
    texts = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
    return b'{"data":[' + b",".join(texts) + b"]}"


class Documents:
    """A source of documents by module; those of a broken one stop before the last."""

    def __init__(self, modules, *, complete=True, broken=()):
        self.remarks, self.complete = Remarks(), complete
        self._modules, self._broken = modules, broken

    async def modules(self):
        return list(self._modules)

    async def version(self):
        return None

    async def pages(self, module):
        *firsts, last = self._modules[module]
        for content in firsts:
            yield page(module, content)
        if module in self._broken:
            message = "cut"
            raise BrokenAnswer(message)
        yield page(module, last)

    def forget_conditions(self):
        pass

    def loaded(self):
        pass

    async def single_tariffs(self, _):
        for _ in ():
            yield _


def page(module, content):
    document = Document(lambda: iter([content]), max_bytes=LIMIT, wanted=MODULES.get(module))
    return Page("https://a.example", document, Body.of(content))


def read(warehouse, source, feed=None):
    """Read what a source delivers into a warehouse and return the run."""
    feed = feed or feed_of()
    run = Run(uuid4().hex, _facts(Job(feed.feed_id, feed)), datetime.now(UTC))
    own = cursor(warehouse)
    try:
        asyncio.run(Reading(own, run, feed, source, lambda *_: None).run_through())
    finally:
        own.close()
    return run


def read_both(warehouse, content, feed=None):
    """Read one document that holds both modules."""
    return read(warehouse, Documents({BOTH: [json.dumps(content).encode()]}), feed)


def read_modules(warehouse, locations=(), tariffs=(), feed=None):
    """Read one document of locations and one of tariffs."""
    modules = {"locations": [written(*locations)], "tariffs": [written(*tariffs)]}
    return read(warehouse, Documents(modules), feed)


def current(warehouse, table, columns):
    """Return columns of a table's current versions, in order."""
    query = f"select {columns} from core.{table} where valid_to is null order by all"  # noqa: S608 - made in tests
    return warehouse.execute(query).fetchall()


def four(count):
    """Return a count as (received, kept, rejected, duplicates)."""
    return count.received, count.kept, count.rejected, count.duplicates
