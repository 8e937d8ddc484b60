"""A name may lead anywhere: what is connected to has been looked at, and is public."""

import socket
from ipaddress import ip_address

import httpcore
import httpx
import pytest

from aggregator.errors import Refused
from aggregator.sources.address import is_public
from aggregator.sources.http import FeedClient
from aggregator.sources.memory import FeedMemory
from aggregator.sources.resolving import CheckedBackend, CheckedTransport, addresses_of, http_client
from aggregator.sources.secrets import Secrets

pytestmark = pytest.mark.anyio

URL = "http://innocent.example/locations"
PUBLIC, SECOND = "93.184.215.14", "2606:2800:21f:cb07::1"


def opening(feed_of, transport):
    means = {"secrets": Secrets({}), "memory": FeedMemory(), "transport": transport}
    return FeedClient.open(feed_of(locations_url=URL), max_bytes=1_000, **means)


class Network(httpcore.AsyncMockBackend):
    """Answers whoever connects, and remembers to which address."""

    def __init__(self, silent=()):
        super().__init__([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"])
        self.silent, self.connected = silent, []

    async def connect_tcp(self, host, *arguments, **more):
        self.connected.append(host)
        if host in self.silent:
            message = f"{host} is silent"
            raise httpcore.ConnectError(message)
        return await super().connect_tcp(host, *arguments, **more)


def leading_to(*addresses):
    async def resolve(host, port):
        return list(addresses)

    return resolve


def transport_of(resolve, network):
    transport = CheckedTransport(resolve)
    transport._pool._network_backend = CheckedBackend(resolve, network)
    return transport


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - nothing listens
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
async def test_name_that_leads_to_no_public_address_is_not_asked(feed_of, address):
    network = Network()
    transport = transport_of(leading_to(address), network)
    async with opening(feed_of, transport) as client:
        with pytest.raises(Refused) as caught:
            await client.get(URL)
    assert str(caught.value) == (
        f"innocent.example: not asked, because its name leads to the private address {address}; "
        "set allow_private = true to allow it"
    )
    assert network.connected == []


@pytest.mark.parametrize(
    "address", [PUBLIC, SECOND, f"::ffff:{PUBLIC}", f"64:ff9b::{PUBLIC}", "2002:5db8:d70e::1"]
)
async def test_public_address_stays_public_however_it_is_wrapped(address):
    assert is_public(ip_address(address))


async def test_one_private_address_among_public_ones_is_enough_to_refuse(feed_of):
    network = Network()
    transport = transport_of(leading_to(PUBLIC, "10.0.0.1"), network)
    async with opening(feed_of, transport) as client:
        with pytest.raises(Refused, match=r"private address 10\.0\.0\.1"):
            await client.get(URL)
    assert network.connected == []


async def test_connection_goes_to_the_address_that_was_looked_at():
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    async def rebinding(host, port):
        return next(answers)

    network = Network()
    async with httpx.AsyncClient(transport=transport_of(rebinding, network)) as http:
        await http.get(URL)
    assert network.connected == [PUBLIC]


async def test_second_address_is_asked_when_the_first_is_silent():
    network = Network(silent=[SECOND])
    transport = transport_of(leading_to(SECOND, PUBLIC), network)
    async with httpx.AsyncClient(transport=transport) as http:
        assert (await http.get(URL)).status_code == 200
    assert network.connected == [SECOND, PUBLIC]


async def test_silence_of_every_address_is_no_connection():
    network = Network(silent=[PUBLIC, SECOND])
    transport = transport_of(leading_to(PUBLIC, SECOND), network)
    async with httpx.AsyncClient(transport=transport) as http:
        with pytest.raises(httpx.ConnectError, match=f"{SECOND} is silent"):
            await http.get(URL)


async def test_name_without_an_address_is_no_connection():
    async with httpx.AsyncClient(transport=transport_of(leading_to(), Network())) as http:
        with pytest.raises(httpx.ConnectError, match="the name has no address"):
            await http.get(URL)


async def test_unknown_name_is_no_connection():
    async def unknown(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    async with httpx.AsyncClient(transport=transport_of(unknown, Network())) as http:
        with pytest.raises(httpx.ConnectError, match="Name or service not known"):
            await http.get(URL)


async def test_name_that_cannot_be_written_for_the_resolver_is_no_connection():
    async with httpx.AsyncClient(transport=transport_of(addresses_of, Network())) as http:
        with pytest.raises(httpx.ConnectError, match="no host can be called that"):
            await http.get("http://a..example/x")


async def test_name_that_takes_too_long_is_no_connection():
    async def slow(host, port):
        raise TimeoutError

    async with httpx.AsyncClient(transport=transport_of(slow, Network())) as http:
        with pytest.raises(httpx.ConnectTimeout):
            await http.get(URL)


async def test_addresses_are_each_named_once():
    assert await addresses_of("127.0.0.1", 80) == ["127.0.0.1"]


async def test_tls_still_checks_the_name_not_the_address():
    seen = {}

    class Stream(httpcore.AsyncMockStream):
        async def start_tls(self, ssl_context, server_hostname=None, timeout=None):  # noqa: ASYNC109, ARG002 - httpcore's signature
            seen.update(name=server_hostname, verifies=ssl_context.check_hostname)
            return self

    class Tls(Network):
        async def connect_tcp(self, *_, **__):
            return Stream([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"])

    async with httpx.AsyncClient(transport=transport_of(leading_to(PUBLIC), Tls())) as http:
        await http.get("https://innocent.example/")
    assert seen == {"name": "innocent.example", "verifies": True}


async def test_feeds_are_asked_over_checked_connections_unless_they_may_be_private(feed_of):
    async with http_client(feed_of(locations_url=URL), httpx.Timeout(1)) as http:
        transport = http._transport_for_url(httpx.URL(URL))
        connection = transport._pool.create_connection(httpcore.Origin(b"http", b"a", 80))
        assert isinstance(transport, CheckedTransport)
        assert isinstance(connection._network_backend, CheckedBackend)
    async with http_client(
        feed_of(locations_url=URL, allow_private=True), httpx.Timeout(1)
    ) as http:
        assert not isinstance(http._transport_for_url(httpx.URL(URL)), CheckedTransport)


@pytest.fixture
def _proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("https_proxy", "proxy.example:3128")
    monkeypatch.setenv("no_proxy", "direct.example")


def way_to(http, url):
    return type(http._transport_for_url(httpx.URL(url))._pool).__name__


@pytest.mark.usefixtures("_proxy")
async def test_proxy_of_the_environment_is_used_but_for_the_hosts_it_excepts(feed_of):
    feed = feed_of(locations_url="http://a.example/l", tariffs_url="https://direct.example/t")
    async with http_client(feed, httpx.Timeout(1)) as http:
        assert way_to(http, "https://a.example/l") == "AsyncHTTPProxy"
        assert way_to(http, "http://a.example/l") == "AsyncConnectionPool"
        assert way_to(http, "https://direct.example/t") == "AsyncConnectionPool"


@pytest.mark.usefixtures("_proxy")
async def test_feed_on_this_machine_is_asked_past_the_proxy(feed_of):
    feed = feed_of(locations_url="https://a.example/l", allow_private=True)
    async with http_client(feed, httpx.Timeout(1)) as http:
        assert way_to(http, "https://a.example/l") == "AsyncConnectionPool"
