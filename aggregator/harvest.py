"""One feed, one run: fetch -> read -> stage -> load -> account. Feeds never disturb each other."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar
from uuid import uuid4

import structlog

from aggregator.domain.problem import ObjectType
from aggregator.errors import ConfigError, KlarprisError
from aggregator.feeds import Feed, OcpiVersion, SourceKind
from aggregator.formats.defaults import Defaults
from aggregator.formats.document import RecordList, guess_version, module_records, record_lists
from aggregator.formats.locations import read_location
from aggregator.formats.reading import Reader
from aggregator.formats.tariffs import read_tariff
from aggregator.sources.address import shown
from aggregator.sources.http import FeedClient
from aggregator.sources.local_file import LocalFeed, LocalFiles
from aggregator.sources.ocpi_file import OcpiFile
from aggregator.sources.ocpi_pull import OcpiPull
from aggregator.sources.page import MODULES, Page, Source, naming
from aggregator.sources.tokens import without_secrets
from aggregator.store.ledger import FeedFacts, Run
from aggregator.store.loading import load, record_failure
from aggregator.store.stage import Stage
from aggregator.store.warehouse import Connection, cursor

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


class Progress(Protocol):
    """Who wants to know how far the harvest is."""

    def started(self, feed: str) -> None:
        """Note that a feed's run has begun."""

    def advanced(self, feed: str, records: int, total: int | None) -> None:
        """Note how many records have come, of how many where the server says so."""

    def finished(self, feed: str, run: Run) -> None:
        """Note that a feed's run is over."""


@dataclass(frozen=True, slots=True)
class Job:
    """One feed to harvest: from its server, or from local files in its stead."""

    feed_id: str
    feed: Feed | None
    local: LocalFeed | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a harvest: feeds at once, bytes of one document."""

    concurrency: int
    max_document_bytes: int
    contact: str = ""


async def harvest(
    connection: Connection, jobs: Iterable[Job], limits: Limits, progress: Progress
) -> dict[str, Run]:
    """Harvest feeds side by side; return each feed's run, failed ones included."""
    places = asyncio.Semaphore(limits.concurrency)

    async def one(job: Job) -> tuple[str, Run]:
        async with places:
            return job.feed_id, await harvest_feed(connection, job, limits, progress)

    ended = await asyncio.gather(*(one(job) for job in jobs), return_exceptions=True)
    failures = [result for result in ended if isinstance(result, BaseException)]
    if failures:
        message = "a harvest ended in an error of ours; the other feeds were finished first"
        raise BaseExceptionGroup(message, failures)
    return dict(result for result in ended if not isinstance(result, BaseException))


async def _in_thread(work: Callable[..., Result], *arguments: object) -> Result:
    """Do work beside the event loop; when cancelled, wait until it has let go of its connection."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def harvest_feed(connection: Connection, job: Job, limits: Limits, progress: Progress) -> Run:
    """Harvest one feed and return its run; a failure is part of the run, not an exception."""
    run = Run(uuid4().hex, _facts(job), datetime.now(UTC))
    progress.started(job.feed_id)
    own = cursor(connection)
    try:
        async with AsyncExitStack() as stack:
            source = await _source(job, limits, stack)
            await _Reading(own, job, run, source, progress).run_through()
    except KlarprisError as error:
        run.messages.append(without_secrets(str(error), job.feed))
        await _in_thread(record_failure, own, run)
    finally:
        own.close()
    log.info("harvested", feed=job.feed_id, outcome=run.outcome, message=run.message)
    progress.finished(job.feed_id, run)
    return run


async def _source(job: Job, limits: Limits, stack: AsyncExitStack) -> Source:
    version = job.feed.ocpi_version if job.feed else None
    if job.local:
        return LocalFiles(job.local, limits.max_document_bytes, version)
    if job.feed is None:
        message = f"{job.feed_id}: there is neither a feed file nor a recording"
        raise ConfigError(message)
    client = await stack.enter_async_context(
        FeedClient.open(job.feed, max_bytes=limits.max_document_bytes, contact=limits.contact)
    )
    return OcpiPull(client) if job.feed.source is SourceKind.OCPI_PULL else OcpiFile(client)


def _facts(job: Job) -> FeedFacts:
    feed = job.feed
    if feed is None:
        return FeedFacts(job.feed_id, job.feed_id, licence="not stated (local files)")
    return FeedFacts(
        feed=job.feed_id,
        name=feed.name,
        ocpi_version=feed.ocpi_version,
        licence=feed.licence,
        attribution=feed.attribution,
        source_url=shown(feed.source_url),
        every_seconds=int(feed.every.total_seconds()),
        verified=feed.verified,
        synthetic=feed.synthetic,
    )


class _Reading:
    """The way of one feed's documents into the warehouse."""

    def __init__(
        self, connection: Connection, job: Job, run: Run, source: Source, progress: Progress
    ) -> None:
        self._job, self._run, self._source, self._progress = job, run, source, progress
        self._stage = Stage(connection, job.feed_id)
        self._complete: set[str] = set()
        self._version: OcpiVersion | None = None
        self._records = 0

    async def run_through(self) -> None:
        """Fetch and stage every module, then load what came; a broken module costs itself."""
        modules = await self._source.modules()
        self._version = await self._source.version()
        for module in modules:
            try:
                await self._module(module)
            except KlarprisError as error:
                self._run.outcome = "attention"
                self._run.messages.append(without_secrets(str(error), self._job.feed))
        if self._run.documents == 0:
            await _in_thread(record_failure, self._stage.connection, self._run)
            return
        complete = self._complete if self._source.complete else set()
        await _in_thread(load, self._stage, self._run, complete)

    async def _module(self, module: str) -> None:
        found: set[str] = set()
        async for page in self._source.pages(module):
            lists = await _in_thread(self._read, page, module)
            found |= {kind for kind, wanted in MODULES.items() if wanted in lists}
            self._progress.advanced(self._job.feed_id, self._records, page.total)
        self._complete |= found
        if not found:
            self._run.outcome = "attention"
            self._run.messages.append("the document holds no locations or tariffs")

    def _read(self, page: Page, module: str) -> set[ObjectType]:
        """Stage one document's records; return which kinds it had room for."""
        with naming(page.url):
            if module in MODULES:
                lists = module_records(page.document, MODULES[module])
            else:
                lists = record_lists(page.document)
        self._run.documents += 1
        self._run.bytes += page.bytes
        reader = Reader(self._run.account, page.url)
        defaults = self._defaults(lists)
        for found in lists:
            self._stage_records(found, defaults, reader)
            self._records += len(found.records)
        return {found.object_type for found in lists}

    def _defaults(self, lists: list[RecordList]) -> Defaults:
        if self._version is None:
            self._version = guess_version(lists)  # the first document decides
        feed = self._job.feed
        return Defaults.of(feed, self._version) if feed else Defaults(ocpi_version=self._version)

    def _stage_records(self, found: RecordList, defaults: Defaults, reader: Reader) -> None:
        paths = (f"{found.json_path}[{position}]" for position in range(len(found.records)))
        numbered = zip(paths, found.records, strict=True)
        if found.object_type is ObjectType.LOCATION:
            locations = ((p, read_location(r, p, defaults, reader)) for p, r in numbered)
            self._stage.add_locations([(p, one) for p, one in locations if one is not None])
        else:
            tariffs = ((p, read_tariff(r, p, defaults, reader)) for p, r in numbered)
            self._stage.add_tariffs([(p, one) for p, one in tariffs if one is not None])


def outcome_of(runs: Mapping[str, Run]) -> int:
    """Return the exit code of a harvest: 0 when every feed went well, else 1."""
    return 0 if all(run.outcome == "ok" for run in runs.values()) else 1
