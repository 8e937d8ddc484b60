"""One request and its answer: to a host that the feed file names, within bounds, politely."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import structlog

from aggregator.errors import BrokenAnswer, NotOurs, Refused, SourceError, Unreachable
from aggregator.sources.access import request_headers
from aggregator.sources.address import Origin, is_private, may_follow, origin_of, shown
from aggregator.sources.answer import (
    Answer,
    refusal,
    retry_after_seconds,
    unreachable,
)
from aggregator.sources.budget import RunBudget, at, not_before
from aggregator.sources.intake import Asked, Intake, Means
from aggregator.sources.manners import shared_manners
from aggregator.sources.retrying import TryAgain

log = structlog.get_logger(__name__)
DEADLINE_FACTOR = 5  # a large file may take this many times the time-out of one read
LONGEST_WAIT_SECONDS = 60.0
LONGEST_ABSENCE_SECONDS = 86_400.0
REDIRECTS = {301, 302, 303, 307, 308}
KEEP_METHOD = {307, 308}
PASSING = {429, 500, 502, 503, 504}
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Moved:
    """A redirect. to: as the server wrote it."""

    to: str


class Exchange:
    """Makes the requests of one run, each once."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._feed = means.feed
        self._origins = {origin_of(url) for url in means.feed.urls}
        self._over_tls = set[str]()
        self._correlation_id = str(uuid4())
        self._budget = RunBudget(means.feed, means.memory)
        self._intake = Intake(means, self._budget)

    async def prepare(self) -> None:
        """Take over the feed's manners; wait for what is left of its pace from the run before.

        Raises:
            NotNow: the server is to be left alone for now.
        """
        self._budget.refuse_if_too_early()
        for origin in self._origins:
            await shared_manners().towards(origin.host).respect(self._feed)
        if self._means.memory.asked_at:
            passed = self._means.memory.now() - self._means.memory.asked_at[-1]
            rest = timedelta(seconds=self._feed.pace_seconds) - max(passed, timedelta())
            await asyncio.sleep(max(0.0, rest.total_seconds()))

    def check_origin(self, url: str) -> None:
        """Raise NotOurs unless the feed file names this address's origin; Refused if private."""
        origin = _origin(url)
        if not any(may_follow(named, origin) for named in self._origins):
            message = (
                f"{shown(url)}: not asked, because the feed file does not name this host; "
                "add it there if it belongs to the feed"
            )
            raise NotOurs(message)
        if not self._feed.allow_private and is_private(origin.host):
            message = f"{shown(url)}: a private address; set allow_private = true to allow it"
            raise Refused(message)

    def check_lead(self, leads: str, url: str) -> None:
        """Raise NotOurs unless a page may name this address: of its origin, or of its https."""
        if not may_follow(_origin(leads), _origin(url)):
            message = (
                f"{shown(leads)}: not followed to {shown(url)}, another origin; "
                "give that address in the feed file"
            )
            raise NotOurs(message)

    def moved(self, url: str, to: str) -> None:
        """Note a redirect; a host that leads to https is not asked in the clear any more."""
        if origin_of(url).scheme == "http" and origin_of(to).scheme == "https":
            self._over_tls.add(origin_of(to).host)

    def safest(self, url: str) -> str:
        """Return the address, with https where the host has led there before."""
        origin = _origin(url)
        if origin.host not in self._over_tls or origin != origin._replace(scheme="http", port=80):
            return url
        parts = urlsplit(url)
        user, at_sign, _ = parts.netloc.rpartition("@")
        host = f"[{origin.host}]" if ":" in origin.host else origin.host
        return urlunsplit(parts._replace(scheme="https", netloc=user + at_sign + host))

    async def ask(self, asked: Asked) -> Answer | Moved:
        """Send one request and return its answer.

        Raises:
            TryAgain: the failure may pass.
            SourceError: it does not.
        """
        self.check_origin(asked.url)
        self._budget.refuse_if_too_long()
        async with shared_manners().towards(origin_of(asked.url).host).turn():
            self._budget.spend_request()
            seconds = self._feed.timeout_seconds * DEADLINE_FACTOR
            try:
                async with asyncio.timeout(min(seconds, self._budget.seconds_left)):
                    return await self._sent(replace(asked, sent_at=self._means.memory.now()))
            except TimeoutError:
                self._budget.refuse_if_too_long()
                message = (
                    f"{shown(asked.url)}: not complete after {seconds:.0f} s; "
                    "it is tried again later"
                )
                raise Unreachable(message) from None

    async def _sent(self, asked: Asked) -> Answer | Moved:
        url = self._means.access.opened(asked.url)
        headers = {
            **request_headers(self._feed, self._means.contact, self._correlation_id),
            **self._means.access.headers(asked.url, asked.name),
            **asked.validators,
        }
        try:
            async with self._means.http.stream(
                asked.method, url, headers=headers, json=asked.json, auth=_as_it_is
            ) as response:
                return await self._received(asked, response)
        except httpx.TransportError as error:
            raise TryAgain(
                Unreachable(unreachable(asked.url, error)), was_sent=not isinstance(error, NOT_SENT)
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            message = f"{shown(asked.url)}: {error}"
            raise BrokenAnswer(message) from None

    async def _received(self, asked: Asked, response: httpx.Response) -> Answer | Moved:
        status = response.status_code
        log.debug("answered", url=self._means.secrets.redact(shown(asked.url)), status=status)
        follow = REDIRECTS if asked.method == "GET" else KEEP_METHOD
        if status in follow and "location" in response.headers:
            return Moved(response.headers["location"])
        is_unchanged = status == httpx.codes.NOT_MODIFIED and bool(asked.validators)
        if not (response.is_success or is_unchanged):
            raise await self._refusal(asked, response)
        return await self._intake.read(asked, response, is_kept=not is_unchanged)

    async def _refusal(self, asked: Asked, response: httpx.Response) -> SourceError | TryAgain:
        status = response.status_code
        said = await self._intake.beginning(response)
        error = refusal(asked.url, status, said, self._feed)
        self._intake.keep_refusal(asked, response, said, error)
        now = self._means.memory.now()
        wait = retry_after_seconds(response.headers, now)
        if status not in PASSING and not wait:
            return error
        if wait is None or wait <= LONGEST_WAIT_SECONDS:
            return TryAgain(error, wait)
        until = now + timedelta(seconds=min(wait, LONGEST_ABSENCE_SECONDS))
        self._means.memory.not_before = until
        message = (
            f"{shown(asked.url)}: the server answers {status} and asks to be left alone "
            f"until {at(until, now)}"
        )
        return not_before(until, message)


def _origin(url: str) -> Origin:
    try:
        return origin_of(url)
    except ValueError as error:
        message = f"{shown(url)}: not asked, because the address makes no sense"
        raise BrokenAnswer(message) from error


def _as_it_is(request: httpx.Request) -> httpx.Request:
    """Keep httpx from taking a user and a password out of an address."""
    return request
