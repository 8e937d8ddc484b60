"""The way of one feed's documents into the warehouse."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from hashlib import blake2b

import msgspec

from aggregator.domain.problem import ObjectType
from aggregator.errors import KlarprisError
from aggregator.feeds import Feed, OcpiVersion
from aggregator.formats.defaults import Defaults
from aggregator.formats.document import RecordBatch
from aggregator.formats.reading import Reader
from aggregator.formats.records import Noted
from aggregator.formats.shapes import guess_version
from aggregator.harvest.batches import Batches, Fresh
from aggregator.harvest.threads import in_thread
from aggregator.sources.page import MODULES, Page, Source, naming
from aggregator.stages import timed
from aggregator.store.ledger import Run
from aggregator.store.loading import keep_everything, load, record_failure
from aggregator.store.shrink import HOLDS_EMPTY, ShrinkGuard
from aggregator.store.stage import Stage
from aggregator.store.warehouse import Connection
from aggregator.workers.plain import Raw, uncollected

Advanced = Callable[[str, int, int | None], None]
DIGEST_BYTES, AT_ONCE = 16, 2_047
LARGE_BYTES, MANY_RECORDS = 4_000_000, 2_000
LOCATION, TARIFF = ObjectType.LOCATION, ObjectType.TARIFF
NOTED = msgspec.json.Decoder(tuple[Noted, ...])


class Reading:
    """Fetches, reads, stages and loads what one source delivers.

    is_whole: afterwards, whether every module came to its end and was loaded.
    """

    def __init__(
        self,
        connection: Connection,
        run: Run,
        feed: Feed | None,
        source: Source,
        advanced: Advanced,
        guard: ShrinkGuard = HOLDS_EMPTY,
    ) -> None:
        """Make room for what comes; nothing is asked yet."""
        self._run, self._feed, self._source, self._advanced = run, feed, source, advanced
        self._guard = guard
        self._stage = Stage(connection, run.facts.feed)
        self._known = {
            record: self._stage.known_records(record, run.facts.fingerprint or "")
            for record in MODULES.values()
        }
        self._takes_single_tariffs = bool(feed and feed.tariff_url)
        if self._takes_single_tariffs:
            self._known[ObjectType.LOCATION].clear()  # all are read, for the tariffs they name
        self._batches = Batches(self._stage, run, wants_names=self._takes_single_tariffs)
        self._asked: set[str] = set()
        self._complete: set[str] = set()
        self._broken: set[str] = set()
        self._version: OcpiVersion | None = None
        self._records = 0
        self.is_whole = False

    async def run_through(self) -> None:
        """Fetch and stage every module, then load what came; a broken module costs itself."""
        try:
            await self._run_through()
        finally:
            await in_thread(self._let_go)

    def _let_go(self) -> None:
        self._batches.close()
        self._stage.close()

    async def _run_through(self) -> None:
        modules = await self._source.modules()
        self._asked = {*modules, "tariffs"} if self._takes_single_tariffs else set(modules)
        self._version = await self._source.version()
        for module in modules:
            await self._attempt(module, self._source.pages)
        await self._fetch_again_what_is_not_alone()
        if self._takes_single_tariffs:
            await self._attempt("tariffs", self._single_tariffs)
            if "locations" not in self._complete or self._has_lost_locations():
                self._complete.discard("tariffs")  # not all that name tariffs came
        self._heed_remarks()
        with timed("history"):
            await self._load()

    async def _attempt(
        self, module: str, pages: Callable[[str], AsyncGenerator[Page, None]]
    ) -> None:
        with timed("read"):
            try:
                await self._pages(pages(module))
            except KlarprisError as error:
                self._broken.add(module)
                self._run.attend(str(error))
            await in_thread(self._batches.settle)

    def _single_tariffs(self, _: str) -> AsyncGenerator[Page, None]:
        return self._source.single_tariffs(self._batches.named)

    async def _fetch_again_what_is_not_alone(self) -> None:
        """Fetch unchanged documents after all where others changed: they are loaded together."""
        unchanged = self._source.remarks.unchanged
        if not unchanged or not self._run.documents:
            return
        self._source.forget_conditions()
        for module in sorted(unchanged):
            unchanged.discard(module)
            await self._attempt(module, self._source.pages)

    def _heed_remarks(self) -> None:
        remarks = self._source.remarks
        self._complete -= remarks.incomplete
        if any(module not in MODULES for module in remarks.incomplete):
            self._complete.clear()
        for text in remarks.attention:
            self._run.attend(text)
        for text in remarks.notes:
            self._run.say(text)

    async def _load(self) -> None:
        run = self._run
        came_whole = not self._broken and not self._source.remarks.incomplete
        run.is_whole = came_whole and self._source.complete
        is_inside = self._batches.holds_tariffs and "tariffs" not in self._asked
        if is_inside and "locations" in self._complete and not self._has_lost_locations():
            self._complete.add("tariffs")  # they came inside the locations, all of them
        if run.documents:
            complete = self._complete if self._source.complete else set()
            await in_thread(load, self._stage, run, complete, self._guard)
            self.is_whole = came_whole and run.outcome == "ok"
        elif self._source.remarks.unchanged:
            await in_thread(keep_everything, self._stage, run, self._unchanged())
            self.is_whole = came_whole
        else:
            await in_thread(record_failure, self._stage.connection, run)

    def _unchanged(self) -> set[str]:
        """Return the modules of the unchanged documents; some hold both."""
        unchanged = self._source.remarks.unchanged
        return unchanged if unchanged <= MODULES.keys() else set(MODULES)

    def _has_lost_locations(self) -> bool:
        """Tell whether a location was refused in part: what it names or holds was not read."""
        refused = (one.object_type for one in self._run.account.rejections)
        return bool(self._run.account.held) or any(kind is not TARIFF for kind in refused)

    async def _pages(self, pages: AsyncGenerator[Page, None]) -> None:
        found: set[str] = set()
        came, is_framed = False, True
        async with aclosing(pages) as delivered:
            async for page in delivered:
                came = True
                kinds = await in_thread(self._read, page)
                is_framed = is_framed and page.document.is_framed
                found |= {name for name, kind in MODULES.items() if kind in kinds}
                self._advanced(self._run.facts.feed, self._records, page.total)
        if came and not found:
            self._run.attend("the document holds no locations or tariffs")
        if is_framed:
            self._complete |= found
        else:
            self._run.say("JSON lines have no end of their own: what is missing is kept as it was")

    def _read(self, page: Page) -> set[ObjectType]:
        """Stage one document's records; return which kinds it had room for."""
        self._run.documents += 1
        self._run.bytes += page.body.size_bytes
        reader = Reader(self._run.account, page.url)
        if page.body.size_bytes > LARGE_BYTES or (page.total or 0) > MANY_RECORDS:
            self._batches.expect_many()
        with naming(page.url), uncollected():
            for batch in page.document.batches():
                self._read_batch(batch, self._defaults(batch), reader)
                self._records += len(batch.records)
        return page.document.kinds

    def _defaults(self, batch: RecordBatch) -> Defaults:
        if self._version is None:
            self._version = guess_version(batch.object_type, batch.sample())
        feed, version = self._feed, self._version
        return Defaults.of(feed, version) if feed else Defaults(ocpi_version=version)

    def _read_batch(self, batch: RecordBatch, defaults: Defaults, reader: Reader) -> None:
        """Recognise what came before as it is; have the rest read and staged."""
        known = self._known[batch.object_type]
        salt = defaults.ocpi_version.encode()  # the version decides what the same bytes mean
        fresh = Fresh(batch.object_type, defaults, reader, [], [], [])
        for position, content in enumerate(batch.records, start=batch.first):
            digest = _digest(content, salt)
            raw = Raw(self._stage.next_number(), f"{batch.json_path}[{position}]", content)
            if digest in known:
                fresh.again.extend(_noted(known.pop(digest)))  # once more they are a duplicate
                self._stage.recognise(batch.object_type, digest, raw.number, raw.json_path)
            else:
                fresh.digests.append(digest)
                fresh.records.append(raw)
        if fresh.records or fresh.again:
            self._batches.add(fresh)


def _noted(notes: str | None) -> tuple[Noted, ...]:
    """Return what was noted about a record when its bytes were read."""
    return NOTED.decode(notes) if notes else ()


def _digest(content: bytes, salt: bytes) -> bytes:
    """Return a record's digest; in parts, for which hashlib does not let go of the interpreter."""
    found = blake2b(content[:AT_ONCE], digest_size=DIGEST_BYTES, salt=salt)
    for start in range(AT_ONCE, len(content), AT_ONCE):
        found.update(content[start : start + AT_ONCE])
    return found.digest()
