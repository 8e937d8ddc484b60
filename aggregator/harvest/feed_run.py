"""The run of one feed, from the first request to the ledger."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol
from uuid import uuid4

import structlog

from aggregator.errors import ConfigError, KlarprisError
from aggregator.feeds import Feed, SourceKind
from aggregator.harvest.equipment import Equipment
from aggregator.harvest.fingerprint import fingerprint
from aggregator.harvest.reading import Reading
from aggregator.harvest.threads import in_thread
from aggregator.sources.address import shown
from aggregator.sources.http import FeedClient
from aggregator.sources.local_file import LocalFeed, LocalFiles
from aggregator.sources.memory import FeedMemory
from aggregator.sources.ocpi_file import OcpiFile
from aggregator.sources.ocpi_pull import OcpiPull
from aggregator.sources.page import Source
from aggregator.store.ledger import FeedFacts, Run, knows
from aggregator.store.loading import record_failure
from aggregator.store.shrink import ACCEPTS_ALL, ShrinkGuard
from aggregator.store.warehouse import Connection, cursor, trouble_of

log = structlog.get_logger(__name__)
OVERLAP = timedelta(minutes=5)  # clocks differ: an incremental pull begins before the last one


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
    """One feed to harvest: from its server, or from local files in its stead.

    full: fetch everything, whatever the feed's rhythm. by_hand: a person asks, so a feed that is
    left alone after many failures is asked nevertheless. accept_shrink: a person says that what an
    answer lacks is really gone.
    """

    feed_id: str
    feed: Feed | None
    local: LocalFeed | None = None
    full: bool = False
    by_hand: bool = False
    accept_shrink: bool = False


async def harvest_feed(
    connection: Connection, job: Job, equipment: Equipment, progress: Progress
) -> Run:
    """Harvest one feed and return its run; a failure is part of the run, not an exception."""
    run, begun = Run(uuid4().hex, _facts(job), datetime.now(UTC)), monotonic()
    progress.started(job.feed_id)
    own = cursor(connection)
    try:
        async with AsyncExitStack() as stack:
            await _run_through(own, job, run, equipment, progress, stack)
    except KlarprisError as error:
        await _fail(own, run, str(error))
    except Exception as error:  # a fault of ours must not stop the other feeds
        told = await in_thread(trouble_of, own, error)
        if told is None:
            log.exception("fault", feed=job.feed_id)
        fault = f"a fault of Klarpris ({type(error).__name__}); please report it with the log"
        await _fail(own, run, str(told or fault))
    finally:
        own.close()
        run.seconds = monotonic() - begun
    log.info("harvested", feed=job.feed_id, outcome=run.outcome, message=run.message)
    progress.finished(job.feed_id, run)
    return run


async def _fail(own: Connection, run: Run, because: str) -> None:
    """Write down that a run brought nothing; a warehouse that cannot take even that is told of."""
    run.say(because)
    try:
        await in_thread(record_failure, own, run)
    except Exception as error:
        told = await in_thread(trouble_of, own, error)
        if told is None:
            raise
        if str(told) != because:
            run.say(str(told))


async def _run_through(
    own: Connection,
    job: Job,
    run: Run,
    equipment: Equipment,
    progress: Progress,
    stack: AsyncExitStack,
) -> None:
    run.clean = equipment.secrets.redact
    if job.local:
        version = job.feed.ocpi_version if job.feed else None
        layout = job.feed.layout if job.feed else None
        source: Source = LocalFiles(job.local, equipment.max_document_bytes, version, layout)
        guard = _guard(job, equipment)
        await Reading(own, run, job.feed, source, progress.advanced, guard).run_through()
        return
    if job.feed is None:
        message = f"{job.feed_id}: there is neither a feed file nor a recording"
        raise ConfigError(message)
    memory = equipment.memory(job.feed_id)
    client = await _client(job, job.feed, run, equipment, memory, stack)
    is_known = await in_thread(knows, own, job.feed_id, run.facts.fingerprint)
    source = _source(job, job.feed, client, run.started_at, is_known=is_known)
    guard = _guard(job, equipment)
    reading = Reading(own, run, job.feed, source, progress.advanced, guard)
    await reading.run_through()
    if reading.is_whole:
        source.loaded()
        memory.last_pull_at = run.started_at
        if source.complete:
            memory.last_full_at = run.started_at


def _guard(job: Job, equipment: Equipment) -> ShrinkGuard:
    return ACCEPTS_ALL if job.accept_shrink else equipment.guard


async def _client(
    job: Job,
    feed: Feed,
    run: Run,
    equipment: Equipment,
    memory: FeedMemory,
    stack: AsyncExitStack,
) -> FeedClient:
    run_archive = None
    if equipment.archive:
        kept = equipment.archive.run(job.feed_id, run.run_id, run.started_at)
        run_archive = await asyncio.to_thread(stack.enter_context, kept)
    opening = FeedClient.open(
        feed,
        max_bytes=equipment.max_document_bytes,
        run_archive=run_archive,
        secrets=equipment.secrets,
        memory=memory,
        credentials=equipment.credentials_of(job.feed_id),
        contact=equipment.contact,
        obey_breaker=not job.by_hand,
    )
    return await stack.enter_async_context(opening)


def _source(
    job: Job, feed: Feed, client: FeedClient, now: datetime, *, is_known: bool
) -> OcpiFile | OcpiPull:
    """Return the source; only what is known already may be asked for by its changes."""
    if feed.source is SourceKind.OCPI_FILE:
        # Locations must be read where they name the tariffs to ask for, or tell the version.
        needs_all = job.full or feed.tariff_url or feed.ocpi_version is None
        is_conditional = is_known and not needs_all
        return OcpiFile(client, conditional=is_conditional)
    memory, since = client.memory, None
    if feed.incremental and is_known and not job.full and memory.last_full_at:
        is_fresh = timedelta(0) <= now - memory.last_full_at < feed.full_every  # clocks go astray
        since = memory.last_pull_at - OVERLAP if is_fresh and memory.last_pull_at else None
    return OcpiPull(client, since)


def _facts(job: Job) -> FeedFacts:
    feed, print_ = job.feed, fingerprint(job.feed)
    if feed is None:
        return FeedFacts(
            job.feed_id, job.feed_id, licence="not stated (local files)", fingerprint=print_
        )
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
        tariffs_from=feed.tariffs_from,
        priority=feed.priority,
        fingerprint=print_,
    )
