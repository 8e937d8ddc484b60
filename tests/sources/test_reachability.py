"""Whether anything can be reached at all; over loopback, for only sockets can tell."""

import socket

import pytest

from aggregator.sources.reachability import any_reachable

pytestmark = pytest.mark.anyio


@pytest.fixture
def closed_url():
    """Return an address on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"http://127.0.0.1:{port}/"


async def test_server_that_answers_an_error_is_reachable(httpserver, feed_of, closed_url):
    feeds = [
        feed_of(locations_url=closed_url, allow_private=True),
        feed_of(locations_url=httpserver.url_for("/no-such-page"), allow_private=True),
    ]
    assert await any_reachable(feeds) is True


async def test_nothing_is_reachable_where_nothing_listens(feed_of, closed_url):
    assert await any_reachable([feed_of(locations_url=closed_url, allow_private=True)]) is False


async def test_no_feeds_are_not_reachable():
    assert await any_reachable([]) is False


async def test_private_address_that_the_feed_file_does_not_allow_is_not_asked(httpserver, feed_of):
    assert await any_reachable([feed_of(locations_url=httpserver.url_for("/"))]) is False
    assert httpserver.log == []
