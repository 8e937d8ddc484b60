"""A document's bytes -> its records, wherever they stand in it, batch by batch.

Five envelopes are met in the field: a bare array, {"data"}, full OCPI, a foreign wrapper and two
modules in one document. So records are found by their shape, unless the feed file says where they
are; an OCPI error status is an error.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from pydantic_core import to_json

from aggregator.domain.problem import ObjectType
from aggregator.errors import BrokenAnswer, FormatError
from aggregator.feeds import Layout
from aggregator.formats.parsing import loosely
from aggregator.formats.shapes import find_lists, object_type_of, records_at
from aggregator.formats.splitting import Elements, NotSplittable, Splitter
from aggregator.formats.unpacking import unpacked
from aggregator.formats.whole import decode, not_json, refuse_ocpi_error, whole

SAMPLE = 20
LARGEST_WHOLE = 64_000_000
SHORT = 4_000_000
USUAL_PLACES = {"$", "$.data"}
NAMED = {"locations": ObjectType.LOCATION}  # `tariffs` may also stand inside a location
NO_LAYOUT = Layout()


@dataclass(frozen=True, slots=True)
class RecordBatch:
    """Records of one list, each as JSON. first: the position of the first of them in the list."""

    object_type: ObjectType
    json_path: str
    first: int
    records: list[bytes]

    def sample(self) -> list[Any]:
        """Return the values of the first records, as far as they are JSON."""
        return [loosely(record) for record in self.records[:SAMPLE]]


class Document:
    """The records of one document, and what stands around them.

    received: records handed out so far. kinds: the types of record that it has lists of; both
    grow while the batches are read. head: what stands around the lists, known at the end.
    is_framed: whether its end proves that there is no more; JSON lines may stop anywhere.
    """

    def __init__(
        self,
        chunks: Callable[[], Iterator[bytes]],
        *,
        max_bytes: int,
        layout: Layout = NO_LAYOUT,
        wanted: ObjectType | None = None,
    ) -> None:
        """Prepare to read; wanted: the records that the address promises, None where any may be."""
        self._chunks = chunks
        self._max_bytes = max_bytes
        self._layout = layout
        self._wanted = wanted
        self.received = 0
        self.kinds: set[ObjectType] = set()
        self.head: dict[str, Any] = {}
        self.is_framed = True

    def batches(self) -> Iterator[RecordBatch]:
        """Yield the records in the order in which they stand, from the front each time.

        Raises:
            BrokenAnswer: it is not JSON, breaks off or is too large; what came before is good.
            Refused: it reports an OCPI error.
            FormatError: it has no place for the records that are wanted.
        """
        self.received, self.kinds, self.head = 0, set(), {}
        try:
            yield from self._streamed()
        except NotSplittable:
            if self.received:
                raise
        if self.kinds:
            return
        document = whole(self._text(), min(self._max_bytes, LARGEST_WHOLE))
        yield from self._as_a_whole(document)
        if not self.kinds and (self._wanted or not _is_empty(document)):
            what = f"list of {self._wanted}s" if self._wanted else "OCPI locations or tariffs"
            message = f"the answer holds no {what}"
            raise FormatError(message)

    def _text(self) -> Iterator[bytes]:
        return unpacked(self._chunks(), self._max_bytes)

    def _streamed(self) -> Iterator[RecordBatch]:
        """Hand out the records of each list as soon as its first elements tell what they are."""
        kinds: dict[str, ObjectType | None] = {}
        unknown: dict[str, list[Elements]] = {}
        try:
            for elements in self._elements():
                path = elements.path
                if path not in kinds:
                    waiting = unknown.setdefault(path, [])
                    waiting.append(elements)
                    first = list(islice(chain.from_iterable(one.items for one in waiting), SAMPLE))
                    kind = self._kind(path, first)
                    if kind is None and len(first) < SAMPLE:
                        continue
                    kinds[path] = kind or self._usual(path)
                for one in unknown.pop(path, [elements]):
                    yield from self._handed_out(kinds[path], one)
        except BrokenAnswer:
            yield from self._unknown(unknown, {*kinds, *unknown})
            raise
        yield from self._unknown(unknown, {*kinds, *unknown})

    def _elements(self) -> Iterator[Elements]:
        """Yield what the document's lists hold; of a short one when its head is known."""
        splitter, held, size = Splitter(), list[Elements](), 0
        try:
            for elements in splitter.split(_checked(self._text())):
                held.append(elements)
                size += sum(map(len, elements.items))
                if size > SHORT:
                    yield from _joined(held)
                    held = []
        except BrokenAnswer:
            yield from _joined(held)
            raise
        self.is_framed = bool(splitter.around)
        if self.is_framed:
            self._settle(decode(bytes(splitter.around), self._max_bytes))
        yield from _joined(held)

    def _unknown(
        self, unknown: dict[str, list[Elements]], paths: Collection[str]
    ) -> Iterator[RecordBatch]:
        """Hand out the few elements of lists that none of them tells the kind of."""
        for path, waiting in unknown.items():
            is_empty = not any(elements.items for elements in waiting)
            kind = self._no_tariffs(path, paths) if is_empty else None
            for elements in waiting:
                yield from self._handed_out(kind or self._usual(path), elements)

    def _no_tariffs(self, path: str, paths: Collection[str]) -> ObjectType | None:
        """Return what an empty list says that there is none of: tariffs, beside the locations."""
        above, _, name = path.rpartition(".")
        beside = {f"{above}.{known}".lower() for known in NAMED}
        is_named = name.lower() == "tariffs" and beside & {one.lower() for one in paths}
        return ObjectType.TARIFF if is_named and self._place(ObjectType.TARIFF) is None else None

    def _usual(self, path: str) -> ObjectType | None:
        """Return what belongs at a path: what is nothing at all must still be counted there."""
        named = NAMED.get(path.rpartition(".")[2].lower())
        kind = self._wanted if path in USUAL_PLACES else named
        return kind if kind and self._place(kind) is None else None

    def _handed_out(self, kind: ObjectType | None, elements: Elements) -> Iterator[RecordBatch]:
        if kind is None or (self._wanted and kind is not self._wanted):
            return
        self.kinds.add(kind)
        self.received += len(elements.items)
        if elements.items:
            yield RecordBatch(kind, elements.path, elements.first, elements.items)

    def _kind(self, path: str, first: list[bytes]) -> ObjectType | None:
        """Return what a list holds: what the feed file says, else what its first elements are."""
        for kind in ObjectType.LOCATION, ObjectType.TARIFF:
            if path == self._place(kind):
                return kind
        if self._is_inside_location(path):
            return None
        looks = (object_type_of(loosely(item)) for item in first)
        found = next((kind for kind in looks if kind), None)
        return found if found and self._place(found) is None else None

    def _is_inside_location(self, path: str) -> bool:
        """Tell whether a list is part of a location that stands alone, or is keyed by its id."""
        *above, key = path.split(".")
        value: Any = self.head
        for step in above[1:]:
            value = value.get(step) if isinstance(value, dict) else None
        return key.lower() == "evses" or object_type_of(value) is ObjectType.LOCATION

    def _place(self, kind: ObjectType) -> str | None:
        layout = self._layout
        at = layout.locations_at if kind is ObjectType.LOCATION else layout.tariffs_at
        if at is None:
            return None
        return ".".join(part for part in ("$", layout.envelope, at) if part)

    def _as_a_whole(self, document: Any) -> Iterator[RecordBatch]:  # noqa: ANN401 - any JSON
        """Read what is not made of lists: one object, or records keyed by their ids."""
        self._settle(document)
        lists = []
        for kind in ObjectType.LOCATION, ObjectType.TARIFF:
            if place := self._place(kind):
                lists += records_at(document, place, kind)
        for found in lists or find_lists(document):
            items = [to_json(record) for record in found.records]
            yield from self._handed_out(found.object_type, Elements(found.json_path, 0, items))

    def _settle(self, document: Any) -> None:  # noqa: ANN401 - any JSON
        refuse_ocpi_error(document)
        self.head = document if isinstance(document, dict) else {}


def _joined(held: Iterable[Elements]) -> Iterator[Elements]:
    """Yield elements with those that follow them in the same list, whatever pieces they came in."""
    last: Elements | None = None
    for one in held:
        if last and one.path == last.path and one.first == last.first + len(last.items):
            last.items.extend(one.items)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _checked(text: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the text; refuse at once what does not begin like a JSON document of records."""
    begun = False
    for chunk in text:
        if not begun and chunk.strip():
            begun = True
            if chunk.lstrip()[:1] not in {b"{", b"["}:
                raise BrokenAnswer(not_json(chunk, ValueError("no object or list")))
        yield chunk
    if not begun:
        raise BrokenAnswer(not_json(b"", ValueError()))


def _is_empty(document: Any) -> bool:  # noqa: ANN401 - any JSON
    """Tell whether a document says that there is nothing, as an empty list does."""
    return (document.get("data") if isinstance(document, dict) else document) == []
