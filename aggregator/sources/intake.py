"""Bodies: inflated here, counted, and put where the run keeps them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from aggregator.errors import BrokenAnswer, Refused
from aggregator.feeds import Feed
from aggregator.sources.access import Access, redacted
from aggregator.sources.address import shown
from aggregator.sources.answer import Answer, Archive, InMemory, TakesBody
from aggregator.sources.body import Body
from aggregator.sources.budget import RunBudget
from aggregator.sources.inflating import Inflater
from aggregator.sources.memory import FeedMemory
from aggregator.sources.secrets import Secrets
from aggregator.sources.writing import WritingBeside

SMALL_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. validators: headers that ask whether the document has changed.

    has_data: tells whether an answer of HTTP 200 is one, and raises what it says where it holds an
    OCPI error; None where any is. sent_at: None before it is sent. led_by: address of the page that
    named this one; None where the feed file or we did.
    """

    method: str
    url: str
    name: str = "document"
    json: object = None
    validators: Mapping[str, str] = field(default_factory=dict)
    has_data: Callable[[Answer], bool] | None = None
    sent_at: datetime | None = None
    led_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the requests of one run are made with."""

    feed: Feed
    http: httpx.AsyncClient
    access: Access
    secrets: Secrets
    memory: FeedMemory
    max_bytes: int
    archive: Archive | None = None
    contact: str = ""


class Intake:
    """Takes in the bodies of one run's answers."""

    def __init__(self, means: Means, budget: RunBudget) -> None:
        self._means, self._budget = means, budget

    async def read(self, asked: Asked, response: httpx.Response, *, is_kept: bool) -> Answer:
        """Return the answer when its body is here.

        Raises:
            BrokenAnswer: it is too large, damaged or cut off.
        """
        archive = self._means.archive if is_kept else None
        spool = archive.spool(asked.name) if archive else InMemory()
        try:
            await self._take_in(response, spool)
        except BrokenAnswer as error:
            spool.discard()
            message = f"{shown(asked.url)}: {error}"
            raise BrokenAnswer(message) from None
        except BaseException:
            spool.discard()
            raise
        return Answer(
            url=self._means.access.closed(asked.url),
            status=response.status_code,
            headers=redacted(response.headers, self._means.secrets),
            body=self._finished(spool, asked, response),
        )

    async def _take_in(self, response: httpx.Response, spool: TakesBody) -> None:
        encoding = response.headers.get("content-encoding", "")
        inflater = Inflater(encoding, self._means.max_bytes)
        async with WritingBeside.of(spool) as writing:
            async for raw in response.aiter_raw():
                for part in inflater.parts(raw):
                    self._budget.spend_bytes(len(part))
                    await writing.add(part)
        inflater.finish()

    def _finished(
        self, spool: TakesBody, asked: Asked, response: httpx.Response, error: str = ""
    ) -> Body:
        redact = self._means.secrets.redact
        return spool.finish(
            url=redact(self._means.access.closed(asked.url)),
            status=response.status_code,
            headers={name: redact(value) for name, value in response.headers.items()},
            asked_at=asked.sent_at or self._means.memory.now(),
            error=error,
        )

    async def beginning(self, response: httpx.Response) -> bytes:
        """Return a body that is small, else nothing of it."""
        said = b""
        try:
            inflater = Inflater(response.headers.get("content-encoding", ""), SMALL_BYTES)
            async for raw in response.aiter_raw():
                said += b"".join(inflater.parts(raw))
        except (BrokenAnswer, httpx.HTTPError):
            return b""
        return said

    def keep_refusal(
        self, asked: Asked, response: httpx.Response, said: bytes, error: Refused
    ) -> None:
        """Keep what a server said when it refused, without the secrets that it may echo."""
        if self._means.archive:
            spool = self._means.archive.spool(asked.name)
            spool.write(self._means.secrets.redact(said.decode(errors="replace")).encode())
            self._finished(spool, asked, response, self._means.secrets.redact(str(error)))
