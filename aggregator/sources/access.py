"""How a feed's server lets us in: headers and query parameters that nobody else may see."""

import base64
from collections.abc import Mapping
from urllib.parse import quote, unquote_plus, urlencode, urlsplit, urlunsplit
from uuid import uuid4

import httpx

from aggregator import __version__
from aggregator.errors import ConfigError
from aggregator.feeds import Feed, OcpiVersion, TokenEncoding
from aggregator.sources.address import Origin, origin_of
from aggregator.sources.memory import FeedMemory
from aggregator.sources.secrets import Credentials, Secrets

OTHER = {
    TokenEncoding.PLAIN: TokenEncoding.BASE64,
    TokenEncoding.BASE64: TokenEncoding.PLAIN,
}
VERSIONS, DETAILS, MODULES = "versions", "version_details", "modules"
PLAIN = "".join(chr(code) for code in range(0x20, 0x7F))  # what every header can carry
Kind = tuple[Origin, str]


def user_agent(contact: str = "") -> str:
    """Return who we say we are: operators can reach whoever harvests, where that is set.

    >>> user_agent("Jörg <j@x.example>").partition(" ")[2]
    '(+J%C3%B6rg <j@x.example>)'
    """
    sendable = quote(contact, safe=PLAIN, errors="replace")
    return f"klarpris/{__version__}" + (f" (+{sendable})" if contact else "")


class Access:
    """Puts what a feed's server wants to see into requests to it."""

    def __init__(
        self,
        feed: Feed,
        secrets: Secrets,
        memory: FeedMemory,
        credentials: Credentials | None = None,
    ) -> None:
        """Look the secrets up; nothing is sent yet.

        Raises:
            ConfigError: one is missing or cannot be sent, or the handshake has not been done.
        """
        self._feed, self._memory = feed, memory
        self._token = _token(feed, secrets, credentials)
        self._stated = _stated_encoding(feed, credentials)
        self._headers = _headers(feed, secrets)
        self._query = {name: secrets.get(at) for name, at in feed.secret_query.items()}
        self._proven: dict[Kind, TokenEncoding] = {}
        self._turned: dict[Kind, TokenEncoding] = {}
        self._in_vain: set[Kind] = set()
        if self._token and "authorization" in self._headers:
            message = f"{feed.feed_id}: a token and a second Authorization; keep one of them"
            raise ConfigError(message)

    def headers(self, url: str, name: str = "") -> dict[str, str]:
        """Return the headers that open an address. name: of the document in the archive."""
        if not self._token:
            return dict(self._headers)
        value = self._token
        if self._encoding(url, name) is TokenEncoding.BASE64:
            value = base64.b64encode(value.encode()).decode()
        return {**self._headers, "authorization": f"Token {value}"}

    def opened(self, url: str) -> str:
        """Return an address with the secret parameters, which take the place of any it has."""
        return _with_parameters(self.closed(url), self._query) if self._query else url

    def closed(self, url: str) -> str:
        """Return an address without the secret parameters."""
        parts = urlsplit(url)
        pairs = [pair for pair in parts.query.split("&") if pair]
        kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) not in self._query]
        return urlunsplit(parts._replace(query="&".join(kept))) if len(kept) < len(pairs) else url

    def proven(self, url: str, name: str) -> None:
        """Note that the server gave what was asked for, so the token is written as it wants."""
        if not self._may_differ:
            return
        encoding = self._encoding(url, name)
        self._proven[self._kind(url, name)] = encoding
        if self._memory.encoding(url) is not encoding:
            self._memory.remember_encoding(url, encoding)

    def turn_round(self, url: str, name: str, *, may_be_the_servers: bool) -> bool:
        """Write the token the other way for what was refused; False: that cannot help.

        may_be_the_servers: the refusal may tell of the server's own failure. Then a token that
        opened the version is right; but versions may be open to all, so a plain no is looked into.
        """
        kind = self._kind(url, name)
        versions_too = {kind, (kind[0], DETAILS)} if may_be_the_servers else {kind}
        is_known = kind in self._turned or kind in self._in_vain
        if not self._may_differ or is_known or not versions_too.isdisjoint(self._proven):
            return False
        self._turned[kind] = OTHER[self._encoding(url, name)]
        return True

    def turn_back(self, url: str, name: str) -> None:
        """Write the token as before: the other way was refused as well."""
        kind = self._kind(url, name)
        if self._turned.pop(kind, None):
            self._in_vain.add(kind)

    @property
    def _may_differ(self) -> bool:
        return bool(self._token) and self._feed.token_encoding is TokenEncoding.AUTO

    def _encoding(self, url: str, name: str) -> TokenEncoding:
        origin, _ = kind = self._kind(url, name)
        return (
            self._proven.get(kind)
            or self._turned.get(kind)
            or (self._memory.encoding(url) if self._may_differ else None)
            or self._proven.get((origin, DETAILS if kind[1] == MODULES else kind[1]))
            or self._stated
        )

    def _kind(self, url: str, name: str) -> Kind:
        """Return for what, and where, one way of writing the token is right."""
        if self._feed.versions_url and _path(url) == _path(self._feed.versions_url):
            return origin_of(url), VERSIONS
        return origin_of(url), DETAILS if name == DETAILS else MODULES


def request_headers(feed: Feed, contact: str, correlation_id: str) -> dict[str, str]:
    """Return the headers of one request that are no secret."""
    return {
        "user-agent": user_agent(contact),
        "accept": "application/json",
        "accept-encoding": "gzip",
        **{name.lower(): value for name, value in feed.headers.items()},
        **_parties(feed),
        "x-request-id": str(uuid4()),
        "x-correlation-id": correlation_id,
    }


def _parties(feed: Feed) -> dict[str, str]:
    named = {"from": feed.ocpi_from, "to": feed.ocpi_to}
    headers = {}
    for side, party in named.items():
        if party:
            country_code, party_id = party.split("*")
            headers[f"ocpi-{side}-country-code"] = country_code
            headers[f"ocpi-{side}-party-id"] = party_id
    return headers


def _token(feed: Feed, secrets: Secrets, credentials: Credentials | None) -> str:
    if credentials:
        secrets.remember(f"{feed.feed_id}/token", credentials.token)
        secrets.remember(f"{feed.feed_id}/our_token", credentials.our_token)
        return _sendable(credentials.token, f"the credentials of {feed.feed_id}")
    if feed.handshake:
        message = (
            f"{feed.feed_id}: not registered yet; klarpris feeds register {feed.feed_id} first"
        )
        raise ConfigError(message)
    return _secret(secrets, feed.token_env) if feed.token_env else ""


def _stated_encoding(feed: Feed, credentials: Credentials | None) -> TokenEncoding:
    if feed.token_encoding is not TokenEncoding.AUTO:
        return feed.token_encoding
    if credentials and credentials.encoding in OTHER:
        return TokenEncoding(credentials.encoding)
    is_old = feed.ocpi_version is OcpiVersion.V2_1_1
    return TokenEncoding.PLAIN if is_old else TokenEncoding.BASE64


def _headers(feed: Feed, secrets: Secrets) -> dict[str, str]:
    headers = {name.lower(): _secret(secrets, at) for name, at in feed.secret_headers.items()}
    if feed.basic:
        login = f"{secrets.get(feed.basic.user_env)}:{secrets.get(feed.basic.password_env)}"
        secrets.remember(f"{feed.feed_id}/basic", login)
        headers["authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
    return headers


def _secret(secrets: Secrets, name: str) -> str:
    return _sendable(secrets.get(name), name)


def _sendable(value: str, name: str) -> str:
    if not (value.isascii() and value.isprintable()):
        message = f"the token in {name} holds characters that no header can carry"
        raise ConfigError(message)
    return value


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")


def _with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    return urlunsplit(parts._replace(query=query))


def redacted(headers: httpx.Headers, secrets: Secrets) -> httpx.Headers:
    """Return an answer's headers without the secrets it may echo.

    Link stays as it is: what it points to is asked for, and whoever shows it redacts it.
    """
    harmless = [
        (name, value if name.lower() == "link" else secrets.redact(value))
        for name, value in headers.multi_items()
    ]
    return httpx.Headers(harmless, encoding=headers.encoding)
