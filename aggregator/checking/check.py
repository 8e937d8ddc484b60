"""One check: find out, read as a harvest does, say what was found; nothing of it is kept."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from aggregator.checking.assembling import assembled
from aggregator.checking.examination import Advanced, Examination
from aggregator.checking.finding import Found, find
from aggregator.checking.kit import Kit, Listening, opened
from aggregator.checking.report import CheckReport
from aggregator.checking.subject import Subject
from aggregator.checking.tally import Tally
from aggregator.feeds import SourceKind
from aggregator.sources.archive import Archive
from aggregator.sources.local_file import LocalFiles
from aggregator.sources.ocpi_file import OcpiFile
from aggregator.sources.ocpi_pull import OcpiPull
from aggregator.sources.page import Source


async def check(
    subject: Subject, kit: Kit, *, most_pages: int | None, advanced: Advanced
) -> CheckReport:
    """Return what was found.

    Args:
        subject: what to look at.
        kit: what to look with.
        most_pages: of each module; None for all. A document is always read whole.
        advanced: is told how far it is.

    Raises:
        KlarprisError: it cannot be had at all. What fails later is part of the report.
    """
    now = datetime.now(UTC)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="klarpris-check-")))
        run = stack.enter_context(Archive(folder, 0, 0).run("check", "check", now))
        listening = Listening(run)
        examination = await _begun(subject, kit, listening, most_pages, stack)
        await examination.run_through(advanced)
    return assembled(subject, kit, examination, now)


async def _begun(
    subject: Subject,
    kit: Kit,
    listening: Listening,
    most_pages: int | None,
    stack: AsyncExitStack,
) -> Examination:
    source: Source
    if subject.local:
        source = LocalFiles(subject.local, kit.max_bytes)
        return Examination(source, Tally(None))
    if subject.given:
        found = await find(subject.given, kit, listening)
    else:
        assert subject.feed  # noqa: S101 - one of the three is there
        found = Found(subject.feed)
    feed = found.feed
    if most_pages is not None:  # so that no page is asked for ahead that nobody will read
        feed = feed.model_copy(update={"max_pages": min(most_pages, feed.max_pages)})
    client = await stack.enter_async_context(opened(feed, kit, listening, found.answers))
    if feed.source is SourceKind.OCPI_FILE:
        source = OcpiFile(client, conditional=False)
        return Examination(source, Tally(found.feed), found.feed, client, listening.heard)
    source = OcpiPull(client)
    return Examination(source, Tally(found.feed), found.feed, client, listening.heard, most_pages)
