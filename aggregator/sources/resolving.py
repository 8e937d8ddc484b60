"""Names to addresses: a connection goes to the very address that was looked at, or nowhere.

Between a look at a name's addresses and a connection to the name, its owner may change them; so
the name is resolved once, here, and what is connected to is one of the addresses that passed.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from aggregator.errors import Refused
from aggregator.feeds import Feed
from aggregator.sources.address import Origin, is_public, origin_of

MOST_CONNECTIONS = 16
KEEP_ALIVE_SECONDS = 30.0
LOUD = (
    "httpx",
    "httpcore",
    *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
)
Resolve = Callable[[str, int], Awaitable[list[str]]]
SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


def _say_nothing(_: logging.LogRecord) -> bool:
    """Drop the line: httpx and httpcore write whole addresses and headers into their logs."""
    return False


for _name in LOUD:
    logging.getLogger(_name).addFilter(_say_nothing)


async def addresses_of(host: str, port: int) -> list[str]:
    """Return a name's addresses, in the system's order of preference.

    Raises:
        OSError: the name is unknown.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only; TLS still sees the name."""

    def __init__(
        self, resolve: Resolve = addresses_of, backend: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._resolve = resolve
        self._backend = backend or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of a name's addresses that answers.

        Raises:
            Refused: one of them is private; mixed answers are a mark of deceit.
        """
        last: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in await self._checked(host, port, timeout):
            try:
                return await self._backend.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        message = "the name has no address"
        raise last or httpcore.ConnectError(message)

    async def _checked(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError(error.strerror or str(error)) from error
        except UnicodeError as error:
            message = "no host can be called that"
            raise httpcore.ConnectError(message) from error
        for address in addresses:
            if not is_public(ip_address(address)):
                message = (
                    f"{host}: not asked, because its name leads to the private address {address}; "
                    "set allow_private = true to allow it"
                )
                raise Refused(message)
        return addresses

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport, verified TLS included, above checked connections."""

    def __init__(self, resolve: Resolve = addresses_of) -> None:
        context = httpx.create_ssl_context()
        super().__init__(verify=context)
        # httpx 0.28 has no parameter for the network backend; its pool is replaced before use.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MOST_CONNECTIONS,
            max_keepalive_connections=MOST_CONNECTIONS,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            network_backend=CheckedBackend(resolve),
        )


def http_client(
    feed: Feed, timeout: httpx.Timeout, transport: httpx.AsyncBaseTransport | None = None
) -> httpx.AsyncClient:
    """Return a client for one feed's hosts, which refuses private addresses unless allowed.

    A feed on this machine or network is asked directly, whatever proxy the environment names. The
    others are asked through it; then the proxy resolves the names, and all that can be checked
    here are addresses that are written as numbers.
    """
    if transport or feed.allow_private:
        direct = transport or httpx.AsyncHTTPTransport(verify=httpx.create_ssl_context())
        return httpx.AsyncClient(timeout=timeout, transport=direct, trust_env=False)
    origins = {origin_of(url) for url in feed.urls}
    safer = {origin._replace(scheme="https") for origin in origins}
    return httpx.AsyncClient(
        timeout=timeout,
        transport=CheckedTransport(),
        mounts=_through_proxies(origins | safer),
        trust_env=False,
    )


def _through_proxies(origins: Iterable[Origin]) -> dict[str, httpx.AsyncBaseTransport]:
    proxies = getproxies()
    mounts: dict[str, httpx.AsyncBaseTransport] = {}
    for scheme, host, _ in origins:
        proxy = proxies.get(scheme) or proxies.get("all")
        if proxy and not proxy_bypass(host):
            name = f"[{host}]" if ":" in host else host
            address = proxy if "://" in proxy else f"http://{proxy}"
            mounts[f"{scheme}://{name}"] = httpx.AsyncHTTPTransport(proxy=address)
    return mounts
