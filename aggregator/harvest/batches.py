"""Records that were not recognised -> rows on the stage, in the order in which they came.

Plain locations are read wherever there is time; what is unusual is read here, one after the
other, because the account is kept here.
"""

from collections import deque
from concurrent.futures import Future
from typing import NamedTuple, TypeVar

import msgspec

from aggregator.domain.location import Location
from aggregator.domain.problem import ObjectType
from aggregator.domain.tariff import Tariff
from aggregator.formats.defaults import Defaults
from aggregator.formats.reading import Reader
from aggregator.formats.records import Found, Noted, ReadRecord, read_unusual
from aggregator.store.ledger import Run
from aggregator.store.location_rows import LocationRows, location_rows, named_tariffs
from aggregator.store.stage import Arrived, Stage
from aggregator.workers.plain import Plain, Raw, Task
from aggregator.workers.pool import Workers, done

MOST_WAITING = 8
NOTES = msgspec.json.Encoder()
Record = TypeVar("Record", Location, Tariff)
Numbered = list[tuple[int, str, Record]]


class Fresh(NamedTuple):
    """Records of one batch that were not recognised.

    digests: of their bytes, one each. again: what is to be noted about those that were recognised.
    """

    object_type: ObjectType
    defaults: Defaults
    reader: Reader
    digests: list[bytes]
    records: list[Raw]
    again: list[Noted]


class Batches:
    """Reads and stages batches.

    named: the tariffs that connectors name, where they are wanted. holds_tariffs: whether tariffs
    stood inside locations.
    """

    def __init__(self, stage: Stage, run: Run, *, wants_names: bool) -> None:
        """Wait for the first batch."""
        self._stage, self._run, self._wants_names = stage, run, wants_names
        self._workers = Workers()
        self._expects_many = False
        self._waiting: deque[tuple[Fresh, Future[Plain] | None]] = deque()
        self.named: dict[str, None] = {}
        self.holds_tariffs = False

    def expect_many(self) -> None:
        """Call for workers, if anything is to be read: it is too much for one process."""
        self._expects_many = True

    def add(self, fresh: Fresh) -> None:
        """Have a batch read; stage those that are ready."""
        plain: Future[Plain] | None = None
        is_location = fresh.object_type is ObjectType.LOCATION
        if is_location and fresh.records and not fresh.defaults.aliases:
            if self._expects_many:
                self._workers.come()
            plain = self._workers.read(self._task(fresh))
        self._waiting.append((fresh, plain))
        while self._waiting and (len(self._waiting) > MOST_WAITING or self._is_ready()):
            self._stage_next()

    def settle(self) -> None:
        """Stage everything that was added; what no worker has begun yet is read here."""
        for place, (fresh, plain) in enumerate(self._waiting):
            if plain and plain.cancel():
                self._waiting[place] = fresh, done(self._task(fresh))
        while self._waiting:
            self._stage_next()

    def close(self) -> None:
        """Let go of all workers, whatever they are doing."""
        self._workers.close()

    def _task(self, fresh: Fresh) -> Task:
        return Task(self._run.facts.feed, fresh.defaults, fresh.records)

    def _is_ready(self) -> bool:
        _, plain = self._waiting[0]
        return plain is None or plain.done()

    def _stage_next(self) -> None:
        fresh, plain = self._waiting.popleft()
        for kind, example in fresh.again:
            self._run.account.note(kind, example)
        left = list(range(len(fresh.records)))
        if plain is not None:
            rows, left = plain.result()
            self._add_plain(fresh, rows, set(left))
        if left:
            self._add_unusual(fresh, left)

    def _add_plain(self, fresh: Fresh, rows: LocationRows, left: set[int]) -> None:
        for table, added in rows.tables.items():
            fresh.reader.account.received[ObjectType(table)] += added.num_rows
        came = zip(fresh.digests, fresh.records, strict=True)
        arrived = [Arrived(d, raw.number) for n, (d, raw) in enumerate(came) if n not in left]
        self._add_locations(rows, arrived)

    def _add_unusual(self, fresh: Fresh, left: list[int]) -> None:
        locations: Numbered[Location] = []
        tariffs: Numbered[Tariff] = []
        arrived: dict[ObjectType, list[Arrived]] = {kind: [] for kind in ObjectType}
        for place in left:
            raw = fresh.records[place]
            found = self._found(fresh, raw)
            if one := found.location:
                locations.append((raw.number, one.json_path, one.record))
                arrived[ObjectType.LOCATION] += self._arrived(one, fresh.digests[place], raw)
            for tariff in found.tariffs:
                tariffs.append((raw.number, tariff.json_path, tariff.record))
                arrived[ObjectType.TARIFF] += self._arrived(tariff, fresh.digests[place], raw)
        if locations:
            rows = location_rows(self._run.facts.feed, locations)
            self._add_locations(rows, arrived[ObjectType.LOCATION])
        if tariffs:
            self._stage.add_tariffs(tariffs, arrived[ObjectType.TARIFF])
            is_inside = fresh.object_type is ObjectType.LOCATION
            self.holds_tariffs = self.holds_tariffs or is_inside

    @staticmethod
    def _found(fresh: Fresh, raw: Raw) -> Found:
        return read_unusual(
            fresh.object_type, raw.content, raw.json_path, fresh.defaults, fresh.reader
        )

    def _add_locations(self, rows: LocationRows, arrived: list[Arrived]) -> None:
        self._stage.add_locations(rows, arrived)
        if self._wants_names:
            self.named |= dict.fromkeys(named_tariffs(rows))

    def _arrived(self, read: ReadRecord[Record], digest: bytes, raw: Raw) -> list[Arrived]:
        """Return what is remembered of a record; nothing when its bytes alone did not make it."""
        if not read.is_whole:
            return []
        notes = [(kind, self._run.clean(example)) for kind, example in read.notes]
        return [Arrived(digest, raw.number, NOTES.encode(notes).decode() if notes else None)]
