"""Tokens: from the environment into one header, and out of everything that is said."""

import base64
import os

from aggregator.domain.text import one_line
from aggregator.errors import ConfigError
from aggregator.feeds import Feed, OcpiVersion

LONGEST_MESSAGE = 1_000


def authorisation(feed: Feed) -> dict[str, str]:
    """Return the header with the feed's token: base64 since 2.2, as it is before."""
    if not feed.token_env:
        return {}
    token = os.environ.get(feed.token_env, "").strip()
    if not (token.isascii() and token.isprintable()):
        message = f"the token in {feed.token_env} holds characters that no header can carry"
        raise ConfigError(message)
    if not token:
        message = f"the token is missing: set {feed.token_env} in the environment"
        raise ConfigError(message)
    if feed.ocpi_version is not OcpiVersion.V2_1_1:
        token = base64.b64encode(token.encode()).decode()
    return {"Authorization": f"Token {token}"}


def without_secrets(text: str, feed: Feed | None) -> str:
    """Return what somebody said in one line, without the feed's token in any spelling."""
    token = os.environ.get(feed.token_env or "", "").strip() if feed else ""
    for secret in (token, base64.b64encode(token.encode()).decode()) if token else ():
        text = text.replace(secret, "***")
    return one_line(text, LONGEST_MESSAGE)
