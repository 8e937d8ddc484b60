"""Harvests over real sockets, into a warehouse in memory."""

import asyncio
from dataclasses import dataclass, field

import pytest

from aggregator.feeds import Feed
from aggregator.harvest import Equipment, Job, harvest
from aggregator.store.warehouse import open_warehouse

LIMITS = Equipment(concurrency=4, max_document_bytes=100_000_000)


@dataclass
class Watching:
    """A progress that remembers."""

    seen: list = field(default_factory=list)

    def started(self, feed):
        self.seen.append(("started", feed))

    def advanced(self, feed, records, total):
        self.seen.append(("advanced", feed, records, total))

    def finished(self, feed, run):
        self.seen.append(("finished", feed, run.outcome))


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def harvest_now(warehouse):
    """Return a function that harvests feeds and returns their runs."""

    def run(*feeds, progress=None):
        jobs = [Job(feed.feed_id, feed) for feed in feeds]
        return asyncio.run(harvest(warehouse, jobs, LIMITS, progress or Watching()))

    return run


@pytest.fixture
def feed_at(httpserver):
    """Return a function that makes a feed whose modules are on the test's own server."""

    def make(feed_id="one", **values):
        urls = {
            "locations_url": httpserver.url_for("/locations"),
            "tariffs_url": httpserver.url_for("/tariffs"),
        }
        facts = {"name": "Test", "source": "ocpi_pull", "licence": "CC0-1.0", "allow_private": True}
        return Feed(feed_id=feed_id, **(facts | urls | values))

    return make
