"""Feeds and clients for asking a server that answers from a list, without sockets or waiting."""

import pytest
import stamina

from aggregator.feeds import Feed
from aggregator.sources.http import FeedClient
from aggregator.sources.memory import FeedMemory
from aggregator.sources.secrets import Secrets
from tests.sources.waiting import Clock

TOKEN = "s3cret"
OF_A_RUN = ("run_archive", "secrets", "memory", "credentials", "contact", "obey_breaker")


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
    """Return a maker of clients of one server, by what is said about the feed and the run."""

    def make(server, max_bytes=1_000_000, **values):
        plain = {"secrets": Secrets({}), "memory": FeedMemory()}
        of_run = plain | {name: values.pop(name) for name in OF_A_RUN if name in values}
        return FeedClient.open(
            feed_of(**values), max_bytes=max_bytes, transport=server.transport, **of_run
        )

    return make


@pytest.fixture
def clock():
    """Return a clock that starts at noon."""
    return Clock()


@pytest.fixture
def memory_path(tmp_path):
    return tmp_path / "feeds" / "a_feed.json"


@pytest.fixture
def memory_of(memory_path, clock):
    """Return a maker of the feed's memory, as after a restart each time."""
    return lambda: FeedMemory(memory_path, now=clock)
