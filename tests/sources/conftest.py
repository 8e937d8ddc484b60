"""Feeds and clients for asking a server that answers from a list, without sockets or waiting."""

import pytest
import stamina

from aggregator.feeds import Feed
from aggregator.sources.http import FeedClient

TOKEN = "s3cret"


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture(autouse=True)
def _tries_without_waiting():
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


@pytest.fixture
def feed_of(monkeypatch):
    """Return a maker of feeds; the token that they name is in the environment."""
    monkeypatch.setenv("A_TOKEN", TOKEN)

    def make(**values):
        plain = {
            "feed_id": "a_feed",
            "name": "A feed",
            "source": "ocpi_pull",
            "licence": "CC0-1.0",
            "token_env": "A_TOKEN",
            "page_limit": 2,
        }
        return Feed.model_validate(plain | values)

    return make


@pytest.fixture
def client_of(feed_of):
    """Return a maker of clients of one server, by what is said about the feed."""

    def make(server, max_bytes=1_000_000, **values):
        return FeedClient.open(feed_of(**values), max_bytes=max_bytes, transport=server.transport)

    return make
