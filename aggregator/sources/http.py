"""Fetch documents politely and safely: named hosts only, bounded in size, time and tries.

The token travels in one header to the origins that the feed file names, and nowhere else.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self
from uuid import uuid4

import httpx
import stamina
import structlog
from aiolimiter import AsyncLimiter

from aggregator import __version__
from aggregator.domain.text import one_line
from aggregator.errors import BrokenAnswer, Refused, SourceError, Unreachable
from aggregator.feeds import Feed
from aggregator.sources.address import is_private, joined, may_follow, origin_of, shown
from aggregator.sources.tokens import authorisation

log = structlog.get_logger(__name__)
TRIES = 3
LONGEST_WAIT_SECONDS = 60.0
CONNECT_SECONDS = 10.0
DEADLINE_FACTOR = 5  # a large file may take this many times the time-out of one read
MAX_REDIRECTS = 5
ENCODINGS = {
    "identity": 0,
    "gzip": zlib.MAX_WBITS | 16,
    "x-gzip": zlib.MAX_WBITS | 16,
    "deflate": zlib.MAX_WBITS,
}
REDIRECTS = {301, 302, 303, 307, 308}
PASSING = {429, 500, 502, 503, 504}
WHAT_TO_DO = {
    401: "check the token",
    403: "the server refuses us; check the token or ask less often (pace_seconds)",
    404: "check the address in the feed file",
    406: "the server wants other headers; see `headers` in the feed file",
    429: "ask less often (pace_seconds or every)",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer. url: where it finally came from."""

    url: str
    headers: httpx.Headers
    content: bytes


def _log_retry(details: stamina.instrumentation.RetryDetails) -> None:
    log.debug("asked again", because=str(details.caused_by), wait_seconds=details.wait_for)


stamina.instrumentation.set_on_retry_hooks([_log_retry])


class _TryAgain(Exception):
    def __init__(self, error: SourceError, wait_seconds: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait_seconds = wait_seconds


def _may_try_again(error: Exception) -> bool | float:
    if not isinstance(error, _TryAgain):
        return False
    return True if error.wait_seconds is None else error.wait_seconds


class FeedClient:
    """Asks one feed's server, at its pace, with its token."""

    def __init__(
        self, feed: Feed, http: httpx.AsyncClient, *, max_bytes: int, contact: str = ""
    ) -> None:
        """Prepare to ask; nothing is sent yet.

        Raises:
            ConfigError: the token that the feed file names is not in the environment.
        """
        self.feed = feed
        self.max_bytes = max_bytes
        self._http = http
        self._origins = {origin_of(url) for url in _named_urls(feed)}
        self._limiter = AsyncLimiter(1, feed.pace_seconds) if feed.pace_seconds else None
        self._headers = {
            "User-Agent": user_agent(contact),
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            **feed.headers,
            **authorisation(feed),
        }

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        feed: Feed,
        *,
        max_bytes: int,
        contact: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> AsyncIterator[Self]:
        """Yield a client whose connections are closed at the end."""
        timeout = httpx.Timeout(
            feed.timeout_seconds, connect=min(CONNECT_SECONDS, feed.timeout_seconds)
        )
        # A feed on this machine or network is asked directly, whatever proxy the environment names.
        async with httpx.AsyncClient(
            timeout=timeout, transport=transport, trust_env=not feed.allow_private
        ) as http:
            yield cls(feed, http, max_bytes=max_bytes, contact=contact)

    async def get(self, url: str) -> Answer:
        """Return the answer; passing failures are tried again, with growing waits.

        Raises:
            SourceError: one line with the address, what happened and what to do.
        """
        try:
            async for attempt in stamina.retry_context(
                on=_may_try_again, attempts=TRIES, timeout=None, wait_initial=0.2, wait_max=10
            ):
                with attempt:
                    return await self._follow(url)
        except _TryAgain as last:
            raise last.error from None
        raise AssertionError  # pragma: no cover - the loop returns or raises

    async def _follow(self, url: str) -> Answer:
        for _ in range(MAX_REDIRECTS + 1):
            answer, location = await self._get_once(url)
            if answer is not None:
                return answer
            url = joined(url, location)
        message = f"{shown(url)}: more than {MAX_REDIRECTS} redirects"
        raise BrokenAnswer(message)

    async def _get_once(self, url: str) -> tuple[Answer | None, str]:
        self.check_origin(url)
        if self._limiter:
            await self._limiter.acquire()
        deadline = self.feed.timeout_seconds * DEADLINE_FACTOR
        try:
            async with (
                asyncio.timeout(deadline),
                self._http.stream("GET", url, headers=self._headers | _request_ids()) as response,
            ):
                if response.status_code in REDIRECTS and "location" in response.headers:
                    return None, response.headers["location"]
                self._refuse_status(url, response)
                content = await self._read(url, response)
        except TimeoutError as error:
            message = f"{shown(url)}: not complete after {deadline:.0f} s; it is tried again later"
            raise Unreachable(message) from error
        except httpx.TransportError as error:
            raise _TryAgain(Unreachable(_no_answer(url, error))) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            message = f"{shown(url)}: {error}"
            raise BrokenAnswer(message) from error
        return Answer(url, response.headers, content), ""

    def _refuse_status(self, url: str, response: httpx.Response) -> None:
        status = response.status_code
        if response.is_success:
            return
        advice = WHAT_TO_DO.get(status, "it may pass; the feed is tried again later")
        if status == httpx.codes.UNAUTHORIZED and self.feed.token_env:
            advice = f"check the token in {self.feed.token_env}"
        error = Refused(f"{shown(url)}: the server answers {status}; {advice}")
        if status in PASSING:
            raise _TryAgain(error, _retry_after(response))
        raise error

    async def _read(self, url: str, response: httpx.Response) -> bytes:
        """Return the body, inflated here so that no answer can grow past the limit."""
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ENCODINGS:
            message = f"{shown(url)}: sent as {one_line(encoding, 40)!r}, which was not asked for"
            raise BrokenAnswer(message)
        inflater = None if encoding == "identity" else zlib.decompressobj(ENCODINGS[encoding])
        parts, room = [], self.max_bytes
        async for raw in response.aiter_raw():
            try:
                part = inflater.decompress(raw, room + 1) if inflater else raw
            except zlib.error as error:
                message = f"{shown(url)}: the compressed answer is damaged: {error}"
                raise BrokenAnswer(message) from error
            room -= len(part)
            if room < 0:
                message = (
                    f"{shown(url)}: larger than {self.max_bytes // 1_000_000} MB; "
                    "raise KLARPRIS_MAX_DOCUMENT_MB if that is expected"
                )
                raise BrokenAnswer(message)
            parts.append(part)
        if inflater and not inflater.eof:
            message = f"{shown(url)}: the compressed answer is cut off"
            raise BrokenAnswer(message)
        return b"".join(parts)

    def check_origin(self, url: str) -> None:
        """Raise Refused unless the feed file names this address's origin."""
        origin = origin_of(url)
        if not any(may_follow(named, origin) for named in self._origins):
            message = (
                f"{shown(url)}: not asked, because the feed file does not name this host; "
                "add it there if it belongs to the feed"
            )
            raise Refused(message)
        if not self.feed.allow_private and is_private(origin.host):
            message = f"{shown(url)}: a private address; set allow_private = true to allow it"
            raise Refused(message)


def user_agent(contact: str = "") -> str:
    """Return who we say we are: operators can reach whoever harvests, where that is set."""
    return f"klarpris/{__version__}" + (f" (+{contact})" if contact else "")


def _named_urls(feed: Feed) -> list[str]:
    urls = (feed.versions_url, feed.locations_url, feed.tariffs_url, feed.url)
    return [url for url in urls if url]


def _request_ids() -> dict[str, str]:
    return {"X-Request-ID": str(uuid4()), "X-Correlation-ID": str(uuid4())}


def _retry_after(response: httpx.Response) -> float | None:
    seconds = response.headers.get("retry-after", "")
    return min(float(seconds), LONGEST_WAIT_SECONDS) if seconds.isdecimal() else None


def _no_answer(url: str, error: Exception) -> str:
    reason = "no answer in time" if isinstance(error, httpx.TimeoutException) else ""
    reason = reason or str(error) or type(error).__name__
    return f"{shown(url)}: cannot be reached ({reason}); it is tried again later"
