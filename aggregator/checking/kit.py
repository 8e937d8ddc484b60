"""What a check works with: bounds, secrets, and clients that remember what they were answered."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from aggregator.feeds import Feed
from aggregator.sources.answer import Answer, Archive, TakesBody
from aggregator.sources.body import Body
from aggregator.sources.http import FeedClient
from aggregator.sources.intake import Means
from aggregator.sources.memory import FeedMemory
from aggregator.sources.secrets import Credentials, Secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the settings give to a check. memory, credentials: of a feed that is known already."""

    max_bytes: int
    contact: str = ""
    secrets: Secrets = field(default_factory=lambda: Secrets({}))
    memory: FeedMemory = field(default_factory=FeedMemory)
    credentials: Credentials | None = None

    def for_feed(self, memory: FeedMemory, credentials: Credentials | None) -> Self:
        """Return the same for a known feed, whose limits hold for checks as well."""
        return replace(self, memory=memory, credentials=credentials)


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of any status, without secrets. name: what was asked for."""

    name: str
    url: str
    status: int
    headers: Mapping[str, str]


class Listening:
    """Hands bodies on to an archive and notes with what they came, refusals included."""

    def __init__(self, archive: Archive) -> None:
        self.heard: list[Heard] = []
        self._archive = archive

    def spool(self, name: str) -> TakesBody:
        """Return what takes in the next body."""
        return _Noting(self._archive.spool(name), name, self.heard)


class _Noting:
    """Takes in one body."""

    def __init__(self, inner: TakesBody, name: str, heard: list[Heard]) -> None:
        self._inner, self._name, self._heard = inner, name, heard

    def write(self, part: bytes) -> None:
        """Take in the next bytes."""
        self._inner.write(part)

    def finish(
        self,
        *,
        url: str,
        status: int,
        headers: Mapping[str, str],
        asked_at: datetime,
        error: str = "",
    ) -> Body:
        """Return the body."""
        self._heard.append(Heard(self._name, url, status, dict(headers)))
        return self._inner.finish(
            url=url, status=status, headers=headers, asked_at=asked_at, error=error
        )

    def discard(self) -> None:
        """Forget what came."""
        self._inner.discard()


class CheckClient(FeedClient):
    """Asks for nothing twice: answers that are here already are given instead, each once.

    known: those answers by address. kept: what was asked since, by address, while `keeps`.
    answered: name and headers of each answer, in order.
    """

    def __init__(self, means: Means) -> None:
        super().__init__(means)
        self.known: dict[str, Answer] = {}
        self.kept: dict[str, Answer] = {}
        self.keeps = False
        self.answered: list[Heard] = []

    async def get(
        self,
        url: str,
        *,
        name: str = "document",
        conditional: bool = False,
        has_data: Callable[[Answer], bool] | None = None,
        led_by: str | None = None,
    ) -> Answer:
        """Return the answer, from the server where it is not here yet."""
        answer = self.known.pop(url, None) or await super().get(
            url, name=name, conditional=conditional, has_data=has_data, led_by=led_by
        )
        self.answered.append(Heard(name, answer.url, answer.status, answer.headers))
        if self.keeps:
            self.kept[url] = answer
        return answer


@asynccontextmanager
async def opened(
    feed: Feed, kit: Kit, archive: Archive, known: Mapping[str, Answer] | None = None
) -> AsyncIterator[CheckClient]:
    """Yield a client of a feed, as a person asks for it. known: answers that are here already."""
    opening = CheckClient.open(
        feed,
        max_bytes=kit.max_bytes,
        run_archive=archive,
        secrets=kit.secrets,
        memory=kit.memory,
        credentials=kit.credentials,
        contact=kit.contact,
        obey_breaker=False,
    )
    async with opening as client:
        client.known.update(known or {})
        yield client
