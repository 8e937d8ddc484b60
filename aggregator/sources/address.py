"""Addresses: who is asked, what may be followed, what may be shown."""

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from aggregator.errors import BrokenAnswer

DEFAULT_PORTS = {"https": 443, "http": 80}


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
    host = (parts.hostname or "").lower().rstrip(".")
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
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    try:
        return not ipaddress.ip_address(socket.inet_aton(host)).is_global
    except OSError:
        return False


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
