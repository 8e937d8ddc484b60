"""Addresses: who is asked, what may be followed, what may be shown."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from aggregator.domain.host_name import is_host_name
from aggregator.errors import BrokenAnswer

DEFAULT_PORTS = {"https": 443, "http": 80}
PUBLIC_IPV6 = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")


class Origin(NamedTuple):
    """Scheme, host and port: what a token is for."""

    scheme: str
    host: str
    port: int


def origin_of(url: str) -> Origin:
    """Return an address's origin.

    Raises:
        ValueError: the address makes no sense.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    name = parts.hostname or ""
    if name and not is_host_name(name):
        message = "no host can be called that"
        raise ValueError(message)
    host = name.lower().rstrip(".")
    return Origin(scheme, host, parts.port or DEFAULT_PORTS.get(scheme, 0))


def may_follow(named: Origin, origin: Origin) -> bool:
    """Tell whether what is meant for a named origin may go to this one: the same, or its https."""
    safer = Origin("https", named.host, DEFAULT_PORTS["https"])
    was_plain = named.scheme == "http" and named.port == DEFAULT_PORTS["http"]
    return origin == named or (was_plain and origin == safer)


def is_private(host: str) -> bool:
    """Tell whether a host is this machine or a private network, however its number is written."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(ip_address(host))
    except ValueError:
        pass
    try:
        return not is_public(IPv4Address(socket.inet_aton(host)))
    except OSError:
        return False


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the public network, also when it wraps an older one.

    >>> is_public(ip_address("::ffff:10.0.0.1")), is_public(ip_address("64:ff9b::10.0.0.1"))
    (False, False)
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved)
    wrapped = address.ipv4_mapped or address.sixtofour
    if address in NAT64:
        wrapped = IPv4Address(int(address) & 0xFFFF_FFFF)
    if wrapped is not None:
        return is_public(wrapped)
    # Teredo, 2001::/32, is none of the global ones; neither is what lies outside 2000::/3.
    return address.is_global and address in PUBLIC_IPV6


def shown(url: str) -> str:
    """Return an address as it may be shown and logged: without user, password and query."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an address that makes no sense"
    host = parts.hostname or ""
    return urlunsplit(
        (parts.scheme, (f"[{host}]" if ":" in host else host) + port, parts.path, "", "")
    )


def joined(base: str, reference: str) -> str:
    """Return the address that an answer from `base` points to.

    Raises:
        BrokenAnswer: it is none; its port is no number, for example.
    """
    try:
        url = urljoin(base, reference)
        origin_of(url)
    except ValueError as error:
        message = f"{shown(base)}: the answer points to an address that makes no sense"
        raise BrokenAnswer(message) from error
    return url
