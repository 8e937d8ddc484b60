"""What is to be checked: a feed with its file, a local document, or an address and how to get in.

Whatever could be a key is kept as a secret under a name of its own, so that neither the report nor
the proposed feed file shows it.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from aggregator.errors import SettingsError
from aggregator.feeds import Feed
from aggregator.sources.address import origin_of
from aggregator.sources.local_file import LocalFeed
from aggregator.sources.secrets import Secrets

HARMLESS_HEADERS = {
    "accept",
    "accept-encoding",
    "accept-language",
    "content-type",
    "digitraffic-user",
    "origin",
    "referer",
    "user-agent",
    "x-requested-with",
}
SECRET_PARAMETER = re.compile(
    r"key|token|secret|passw|pwd|auth|sig|credential|session", re.IGNORECASE
)
OPAQUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_~.+/=-]{16,}")
NO_NAME = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Given:
    """An address without its keys, and what a feed file must say to ask it all the same."""

    url: str
    keys: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        url: str,
        secrets: Secrets,
        *,
        tariffs_url: str | None = None,
        headers: Mapping[str, str] | None = None,
        token_env: str | None = None,
        allow_private: bool = False,
    ) -> Self:
        """Return what was given; secrets are remembered under a name and go by it from here on.

        Raises:
            SettingsError: an address holds a user or a password, or makes no sense.
        """
        in_query: dict[str, str] = {}
        clean = _without_keys(url, secrets, in_query)
        tariffs_url = _without_keys(tariffs_url, secrets, in_query) if tariffs_url else None
        said = headers or {}
        in_headers = {
            name: _hidden(secrets, url, name, value)
            for name, value in said.items()
            if name.lower() not in HARMLESS_HEADERS
        }
        keys = {
            "tariffs_url": tariffs_url,
            "allow_private": allow_private,
            "token_env": token_env,
            "headers": {name: value for name, value in said.items() if name not in in_headers},
            "secret_headers": in_headers,
            "secret_query": in_query,
        }
        return cls(clean, {key: value for key, value in keys.items() if value})


def _without_keys(url: str, secrets: Secrets, in_query: dict[str, str]) -> str:
    """Return an address without what could be a key; note each parameter and its variable."""
    try:
        parts = urlsplit(url)
        _ = origin_of(url)
    except ValueError:
        message = "the address makes no sense"
        raise SettingsError(message) from None
    if parts.username or parts.password:
        message = "no user or password in an address: name them with `basic` in a feed file"
        raise SettingsError(message)
    kept = []
    for parameter in filter(None, parts.query.split("&")):
        name, _, value = map(unquote_plus, parameter.partition("="))
        if value and (SECRET_PARAMETER.search(name) or OPAQUE.fullmatch(value)):
            in_query[name] = _hidden(secrets, url, name, value)
        else:
            kept.append(parameter)
    return urlunsplit(parts._replace(query="&".join(kept), fragment=""))


def _hidden(secrets: Secrets, url: str, name: str, value: str) -> str:
    """Remember a secret; return the name of the variable that the feed file asks for."""
    host = origin_of(url).host
    words = NO_NAME.sub("_", f"{host} {name}".upper()).strip("_")
    variable = words if words[:1].isalpha() else f"KEY_{words}"
    while os.environ.get(variable, value) != value:  # the environment's value would go first
        variable += "_2"
    secrets.remember(variable, value)
    return variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is checked: a feed, a local document, or an address; one of them is there.

    label: what it is called in the report. is_known: the feed is one of those that are harvested.
    """

    label: str
    feed: Feed | None = None
    local: LocalFeed | None = None
    given: Given | None = None
    is_known: bool = False
