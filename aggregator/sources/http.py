"""Fetch documents politely and safely: named hosts only, bounded in size, time and tries.

Tokens travel to the origins that the feed file names, and nowhere else.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Self

import httpx

from aggregator.errors import BrokenAnswer, Refused, SourceError, Unreachable
from aggregator.feeds import Feed
from aggregator.sources.access import Access, user_agent
from aggregator.sources.address import joined, shown
from aggregator.sources.answer import Answer, Archive, OcpiRefused
from aggregator.sources.budget import at, not_before
from aggregator.sources.exchange import Exchange
from aggregator.sources.intake import Asked, Means
from aggregator.sources.memory import FeedMemory
from aggregator.sources.resolving import http_client
from aggregator.sources.retrying import TryAgain, may_pass, persistently, was_not_sent
from aggregator.sources.second_try import SecondTry
from aggregator.sources.secrets import Credentials, Secrets

__all__ = ["Answer", "FeedClient", "user_agent"]

CONNECT_SECONDS = 10.0
MAX_REDIRECTS = 5
NOBODY_BEHIND = {502, 503, 504}  # a gateway says so


class FeedClient:
    """Asks one feed's server, at its pace, with its secrets, for one run."""

    def __init__(self, means: Means) -> None:
        """Prepare to ask; nothing is sent yet."""
        self.feed = means.feed
        self.max_bytes = means.max_bytes
        self.memory = means.memory
        self._secrets = means.secrets
        self._exchange = Exchange(means)
        self._second_try = SecondTry(self._exchange, means.access)
        self._has_answered = self._was_silent = False

    @classmethod
    @asynccontextmanager
    async def open(  # noqa: PLR0913 - what a run needs, each by its name
        cls,
        feed: Feed,
        *,
        max_bytes: int,
        secrets: Secrets,
        memory: FeedMemory,
        run_archive: Archive | None = None,
        credentials: Credentials | None = None,
        contact: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        obey_breaker: bool = True,
    ) -> AsyncIterator[Self]:
        """Yield a client whose connections are closed at the end.

        Args:
            feed: whom to ask. Registering asks for the feed with `handshake` switched off.
            max_bytes: how large one document may be, on the wire and inflated.
            secrets: where tokens are looked up.
            memory: what the runs before left.
            run_archive: where bodies are kept; None keeps them in memory.
            credentials: what a handshake brought; their token takes the place of the feed's.
            contact: how operators can reach whoever harvests.
            transport: answers in place of the network, in tests.
            obey_breaker: False when a person asks for this run.

        Raises:
            ConfigError: a secret is missing, or the feed has not been registered.
            NotNow: the server is to be left alone for now.
        """
        access = Access(feed, secrets, memory, credentials)
        if obey_breaker:
            _refuse_while_open(feed, memory)
        timeout = httpx.Timeout(
            feed.timeout_seconds, connect=min(CONNECT_SECONDS, feed.timeout_seconds)
        )
        async with http_client(feed, timeout, transport) as http:
            client = cls(
                Means(
                    feed=feed,
                    http=http,
                    access=access,
                    secrets=secrets,
                    memory=memory,
                    max_bytes=max_bytes,
                    archive=run_archive,
                    contact=contact,
                )
            )
            try:
                await client._exchange.prepare()
                yield client
            finally:
                client._note_outcome()

    async def get(
        self,
        url: str,
        *,
        name: str = "document",
        conditional: bool = False,
        has_data: Callable[[Answer], bool] | None = None,
        led_by: str | None = None,
    ) -> Answer:
        """Return the answer; passing failures are tried again, with growing waits.

        A token that is refused is written the other way, once, unless it has opened what is alike.

        Args:
            url: what to ask for.
            name: of the document in the archive.
            conditional: ask only for what has changed since `memory.remember_validators`; see
                `Answer.not_modified`.
            has_data: tells whether an answer holds what was asked for, and raises OcpiRefused where
                it holds an error; None where any answer will do.
            led_by: the address of the page that named this one; it may name those of its own
                origin, and of its https. None where the feed file names it, or we counted.

        Raises:
            NotOurs: the feed file does not name the host, or a redirect or a page leaves it.
            NotNow: the server wants to be left alone.
            SourceError: one line with the address, what happened and what to do.
        """
        validators = self.memory.validators(url) if conditional else {}
        asked = Asked("GET", url, name, validators=validators, has_data=has_data, led_by=led_by)
        return await persistently(partial(self._without_secrets, asked), may_pass)

    async def send(self, method: str, url: str, json: object = None) -> Answer:
        """Return the answer to POST, PUT or DELETE; sent once, unless it cannot have arrived.

        Raises:
            SourceError: as for `get`; `Refused.status` tells why the server does not want it.
        """
        asked = Asked(method, url, json=json)
        return await persistently(partial(self._without_secrets, asked), was_not_sent)

    def check_origin(self, url: str) -> None:
        """Raise NotOurs unless the feed file names this address's origin; Refused if private."""
        self._exchange.check_origin(url)

    async def _without_secrets(self, asked: Asked) -> Answer:
        """Return the answer; nothing that is raised says more than anybody may know."""
        failure: SourceError | TryAgain
        try:
            return await self._follow(asked)
        except SourceError as error:
            failure = self._redacted(error)
            self._note(error)
        except TryAgain as last:
            self._note(last.error)
            failure = TryAgain(
                self._redacted(last.error), last.wait_seconds, was_sent=last.was_sent
            )
        raise failure

    def _redacted(self, error: SourceError) -> SourceError:
        harmless = type(error)(self._secrets.redact(str(error)))
        vars(harmless).update(vars(error))
        return harmless

    async def _follow(self, asked: Asked) -> Answer:
        self.check_origin(asked.url)
        if asked.led_by is not None:
            self._exchange.check_lead(asked.led_by, asked.url)
        asked = replace(asked, url=self._exchange.safest(asked.url))
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._second_try.ask(asked)
            self._has_answered = True
            if isinstance(answer, Answer):
                return answer
            asked = replace(asked, url=self._target(asked.url, answer.to))
        message = f"{shown(asked.url)}: more than {MAX_REDIRECTS} redirects"
        raise BrokenAnswer(message)

    def _target(self, url: str, reference: str) -> str:
        """Return where a redirect leads to: the same origin, or its https."""
        target = joined(url, reference)
        self._exchange.check_origin(target)
        self._exchange.check_lead(url, target)
        self._exchange.moved(url, target)
        return target

    def _note(self, error: SourceError) -> None:
        """Note whether a failure was the server's word or its silence."""
        status = error.status if isinstance(error, Refused) else None
        self._was_silent |= isinstance(error, Unreachable) or status in NOBODY_BEHIND
        has_status = status is not None and status not in NOBODY_BEHIND
        self._has_answered |= has_status or isinstance(error, OcpiRefused)

    def _note_outcome(self) -> None:
        breaker = self.memory.breaker
        if self._has_answered:
            breaker.succeeded()
        elif self._was_silent:
            breaker.failed(self.memory.now())
        self.memory.save()


def _refuse_while_open(feed: Feed, memory: FeedMemory) -> None:
    now = memory.now()
    if until := memory.breaker.may_ask(now):
        message = (
            f"{feed.feed_id}: left alone until {at(until, now)}, because its server did not answer "
            f"in {memory.breaker.failures} runs; klarpris harvest {feed.feed_id} asks at once"
        )
        raise not_before(until, message)
