"""What a server answers: a document, or a refusal in words that tell what to do."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

import httpx

from aggregator.domain.text import one_line
from aggregator.errors import Refused
from aggregator.feeds import Feed
from aggregator.sources.address import shown
from aggregator.sources.body import Body

LONGEST_REASON = 200
FIRST_SERVER_ERROR = 3000  # of OCPI: what is wrong is not the request
WHAT_TO_DO = {
    401: "check the token{where}",
    403: "the server refuses us; check the token{where} or ask less often (pace_seconds)",
    404: "check the address in the feed file",
    406: "the server wants other headers; see `headers` in the feed file",
    429: "ask less often (pace_seconds or every)",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer.

    url: where it finally came from, without the feed's secret parameters; whoever wants to show
    or keep an address takes `body.url`, which has been searched for secrets in every place.
    """

    url: str = field(repr=False)
    status: int
    headers: httpx.Headers = field(repr=False)
    body: Body

    @property
    def content(self) -> bytes:
        """The whole body at once: for small documents."""
        return self.body.read()

    @property
    def not_modified(self) -> bool:
        """Whether the document is still the one that was loaded before."""
        return self.status == httpx.codes.NOT_MODIFIED


class OcpiRefused(Refused):
    """An answer of HTTP 200 that holds an OCPI error and nothing else. ocpi_status: its code."""

    ocpi_status: int = 0

    @property
    def may_be_the_servers(self) -> bool:
        """Whether the server speaks of a failure of its own."""
        return self.ocpi_status >= FIRST_SERVER_ERROR


class TakesBody(Protocol):
    """Takes in one body, part by part."""

    def write(self, part: bytes) -> None:
        """Take in the next bytes."""

    def finish(
        self,
        *,
        url: str,
        status: int,
        headers: Mapping[str, str],
        asked_at: datetime,
        error: str = "",
    ) -> Body:
        """Return the body. error: why the answer is of no use, without secrets."""

    def discard(self) -> None:
        """Forget what came."""


class Archive(Protocol):
    """Where the bodies of a run are kept."""

    def spool(self, name: str) -> TakesBody:
        """Return what takes in the next body."""


class InMemory:
    """Takes in a body that is kept nowhere."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        """Take in the next bytes."""
        self._parts.append(part)

    def finish(
        self,
        *,
        url: str,
        status: int,  # noqa: ARG002 - as an archive wants it
        headers: Mapping[str, str],  # noqa: ARG002 - the same
        asked_at: datetime,  # noqa: ARG002 - the same
        error: str = "",  # noqa: ARG002 - the same
    ) -> Body:
        """Return the body."""
        return Body.of(b"".join(self._parts), url)

    def discard(self) -> None:
        """Forget what came."""
        self._parts.clear()


def refusal(url: str, status: int, said: bytes, feed: Feed) -> Refused:
    """Return in words that a server answered this status. said: the beginning of its body."""
    advice = WHAT_TO_DO.get(status, "it may pass; the feed is tried again later")
    advice = advice.replace("{where}", f" in {feed.token_env}" if feed.token_env else "")
    reason = _reason(said)
    error = Refused(
        f"{shown(url)}: the server answers {status}{f' ({reason})' if reason else ''}; {advice}"
    )
    error.status = status
    return error


def _reason(said: bytes) -> str:
    """Return what an OCPI server says about a refusal, if it is one that says something."""
    try:
        document = json.loads(said)
    except (ValueError, RecursionError):
        return ""
    reason = document.get("status_message") if isinstance(document, dict) else None
    return one_line(reason, LONGEST_REASON) if isinstance(reason, str) else ""


def unreachable(url: str, error: Exception) -> str:
    """Return in words that no answer came."""
    reason = "no answer in time" if isinstance(error, httpx.TimeoutException) else ""
    reason = reason or one_line(str(error), LONGEST_REASON) or type(error).__name__
    return f"{shown(url)}: cannot be reached ({reason}); it is tried again later"


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return how long a server asks us to wait, None where it does not say so legibly."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
