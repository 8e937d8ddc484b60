"""Harvests of OCPI servers that nobody here wrote, over loopback, into a warehouse in memory."""

import asyncio
from pathlib import Path

import pytest

from aggregator.feeds import Feed
from aggregator.harvest import Equipment, Job, harvest_feed
from aggregator.store.warehouse import open_warehouse
from tests.interop.serving import TOKEN_C, running

LIMITS = Equipment(concurrency=1, max_document_bytes=50_000_000)
HERE = Path(__file__).parent
collect_ignore = ["servers"]  # they run in environments of their own


def pytest_collection_modifyitems(items):
    """Give these tests the time that making an environment takes."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(300))


class Unwatched:
    """A progress that nobody looks at."""

    def started(self, feed): ...

    def advanced(self, feed, records, total): ...

    def finished(self, feed, run): ...


@pytest.fixture(scope="session")
def extrawest(tmp_path_factory):
    """Return a server of the package extrawest-ocpi that speaks 2.1.1 and 2.2.1."""
    with running("extrawest", tmp_path_factory.mktemp("extrawest"), "2.1.1", "2.2.1") as server:
        yield server


@pytest.fixture(scope="session")
def old_extrawest(tmp_path_factory):
    """Return a server of the package extrawest-ocpi that speaks 2.1.1 only."""
    with running("extrawest", tmp_path_factory.mktemp("old_extrawest"), "2.1.1") as server:
        yield server


@pytest.fixture(scope="session")
def python_ocpi(tmp_path_factory):
    """Return a server of the package python-ocpi, which speaks 2.2 only."""
    with running("python_ocpi", tmp_path_factory.mktemp("python_ocpi"), "2.2") as server:
        yield server


@pytest.fixture
def warehouse():
    with open_warehouse(None) as connection:
        yield connection


@pytest.fixture
def feed_of(monkeypatch):
    """Return a maker of feeds of a server, in pages of 25, with a token that is valid there."""
    monkeypatch.setenv("INTEROP_TOKEN", TOKEN_C)

    def make(server, **values):
        facts = {
            "feed_id": "interop",
            "name": "Interop",
            "source": "ocpi_pull",
            "versions_url": server.versions_url,
            "token_env": "INTEROP_TOKEN",
            "page_limit": 25,
            "licence": "CC0-1.0",
            "allow_private": True,
        }
        return Feed.model_validate(facts | values)

    return make


@pytest.fixture
def harvested(warehouse):
    """Return a function that harvests a feed once and returns its run."""

    def harvest(feed):
        job = Job(feed.feed_id, feed)
        return asyncio.run(harvest_feed(warehouse, job, LIMITS, Unwatched()))

    return harvest


@pytest.fixture
def read_directly(httpserver, harvested):
    """Return a function that harvests a feed's contents from one plain document, as `document`."""

    def read(contents, version, **values):
        httpserver.expect_request("/document").respond_with_json(contents)
        facts = {
            "feed_id": "document",
            "name": "Document",
            "source": "ocpi_file",
            "url": httpserver.url_for("/document"),
            "ocpi_version": version,
            "licence": "CC0-1.0",
            "allow_private": True,
        }
        run = harvested(Feed.model_validate(facts | values))
        assert run.outcome == "ok", run.message

    return read
