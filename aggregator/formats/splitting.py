"""A stream of JSON -> the elements of its outermost lists, as bytes, and what stands around them.

A list of records may be hundreds of megabytes long; only what was not handed out yet is in memory.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from msgspec import DecodeError, Raw, json

from aggregator.errors import BrokenAnswer, FormatError
from aggregator.formats.structure import Brackets, brackets

KEY = re.compile(rb'"((?:[^"\\]|\\.)*)"\s*:\s*$')
FIRST_KEY = re.compile(rb'\s*"(?:[^"\\]|\\.)*"\s*:')
RAW = json.Decoder(list[Raw])
MOST_MISSES = 3
LIST, OBJECT = ord("["), ord("{")
BLANK = b" \t\r\n"
MOST_AROUND = 4_000_000
LONGEST_BEGIN = 1_000_000
LESSON = 65_536
LARGEST_ELEMENT = 32_000_000
MOST_DEPTH = 64
NOTHING_BETWEEN = {b"", b","}


class NotSplittable(FormatError):
    """The document is not made of lists; it can only be read as a whole."""


@dataclass(frozen=True, slots=True)
class Elements:
    """Some elements of one list. first: the position of the first of them in the list."""

    path: str
    first: int
    items: list[bytes]


@dataclass(slots=True)
class Splitter:
    """Splits one document.

    around: the document with its lists emptied; complete when the document was read to its end.
    """

    around: bytearray = field(default_factory=bytearray)
    _keys: list[str] = field(default_factory=list)
    _rest: bytes = b""
    _depth: int = 0
    _list_depth: int | None = None
    _position: int = 0
    _is_over: bool = False
    _is_lines: bool = False
    _seam: bytes = b""
    _misses: int = 0

    def split(self, chunks: Iterable[bytes]) -> Iterator[Elements]:
        """Yield the elements of every outermost list, in order.

        An empty list yields once, without elements. JSON lines are the list `$`.

        Raises:
            BrokenAnswer: the document breaks off, or goes on after its end.
            NotSplittable: it holds too much beside its lists.
        """
        for number, chunk in enumerate(_well_begun(chunks)):
            self._rest += chunk
            if number == 0 and _are_lines(self._rest):
                self._is_lines, self._list_depth = True, 0
            quick = self._quickly()
            if quick:
                yield quick
            else:
                yield from self._advance()
            if len(self._rest) > LARGEST_ELEMENT:
                message = f"one record is larger than {LARGEST_ELEMENT // 1_000_000} MB"
                raise BrokenAnswer(message)
        yield from self._advance()
        yield from self._finish()

    @property
    def _path(self) -> str:
        return ".".join(["$", *self._keys])

    def _advance(self) -> Iterator[Elements]:
        """Hand out what is complete in the rest."""
        found = brackets(self._rest, self._depth)
        done = taken = 0
        while True:
            if self._list_depth is None:
                done, taken = self._around_lists(found, done, taken)
                if self._list_depth is None:
                    break
            inside, done, taken = self._inside_list(found, done, taken)
            yield inside
            if self._list_depth is not None:
                break
        self._rest = self._rest[taken:]

    def _quickly(self) -> Elements | None:
        """Hand out all up to the last place that looks like the seam between two elements.

        That all of it decodes as elements proves that it was one. Where it does not, the brackets
        are counted instead.
        """
        cut = self._rest.rfind(self._seam) if self._seam else -1
        if cut < 0:
            return None
        complete = self._rest[: cut + 1].lstrip(BLANK + b",")
        try:
            items = [bytes(raw) for raw in RAW.decode(b"[" + complete + b"]")]
        except (DecodeError, RecursionError):
            self._misses += 1
            if self._misses >= MOST_MISSES:
                self._seam = b""
            return None
        self._rest = self._rest[cut + 1 :]
        elements = Elements(self._path, self._position, items)
        self._position += len(items)
        return elements

    def _learn_seam(self, end: int, begin: int) -> None:
        """Remember what stands between two elements, and the first key behind."""
        if self._is_lines or self._misses or not (key := FIRST_KEY.match(self._rest, begin + 1)):
            return
        self._seam = self._rest[end - 1 : key.end()]

    def _around_lists(self, found: Brackets, done: int, taken: int) -> tuple[int, int]:
        """Go on to the next outermost list; return the brackets and bytes that are done."""
        for number in range(done, len(found.at)):
            at = int(found.at[number])
            letter = self._rest[at]
            self._keep_around(self._rest[taken : at + 1])
            taken, self._depth = at + 1, int(found.depth[number])
            if letter in {OBJECT, LIST}:
                self._enter()
            elif self._keys and self._depth:
                self._keys.pop()
            if letter == LIST:
                self._list_depth, self._position = self._depth, 0
                return number + 1, taken
            if self._depth <= 0:
                self._is_over = True
        return len(found.at), taken

    def _enter(self) -> None:
        """Note under which key an object or list begins; the outermost has none."""
        if self._depth > 1:
            key = KEY.search(self.around, max(0, len(self.around) - 2_000), len(self.around) - 1)
            self._keys.append(key[1].decode("utf-8", "replace") if key else "")

    def _keep_around(self, part: bytes) -> None:
        if self._is_over and part.strip(BLANK):
            message = "something follows the end of the JSON"
            raise BrokenAnswer(message)
        self.around += part
        if len(self.around) > MOST_AROUND or len(self._keys) > MOST_DEPTH:
            message = "the document holds more than lists of records"
            raise NotSplittable(message)

    def _inside_list(self, found: Brackets, done: int, taken: int) -> tuple[Elements, int, int]:
        """Take the complete elements; leave the list when it ends in what is there."""
        depth = self._list_depth or 0
        steps, depths = found.steps[done:], found.depth[done:]
        ends_list = np.flatnonzero(depths < depth)
        last = int(ends_list[0]) if len(ends_list) else len(depths)
        opens = found.at[done:][:last][(depths[:last] == depth + 1) & (steps[:last] > 0)]
        closes = found.at[done:][:last][(depths[:last] == depth) & (steps[:last] < 0)] + 1
        items, taken = self._cut(opens.tolist(), closes.tolist(), taken)
        if len(opens) > 1 and not self._seam:
            self._learn_seam(int(closes[0]), int(opens[1]))
        if len(ends_list):
            at = int(found.at[done + last])
            items += _scalars(self._rest[taken:at])
            elements = Elements(self._path, self._position, items)
            self._leave(at, depth)
            return elements, done + last + 1, at + 1
        elements = Elements(self._path, self._position, items)
        self._position += len(items)
        self._depth = depth
        return elements, done, taken

    def _cut(self, opens: list[int], closes: list[int], taken: int) -> tuple[list[bytes], int]:
        rest, items = self._rest, []
        for begin, end in zip(opens, closes, strict=False):
            if rest[taken:begin] not in NOTHING_BETWEEN:
                items += _scalars(rest[taken:begin])
            items.append(rest[begin:end])
            taken = end
        return items, taken

    def _leave(self, at: int, depth: int) -> None:
        if self._keys and depth > 1:
            self._keys.pop()
        self.around += self._rest[at : at + 1]
        self._list_depth, self._depth = None, depth - 1
        self._seam, self._misses = b"", 0
        self._is_over = self._depth <= 0

    def _finish(self) -> Iterator[Elements]:
        rest = self._rest.strip(BLANK)
        if self._is_lines:
            if b"{" in rest or b"[" in rest:
                raise BrokenAnswer(_breaks_off(self._position))
            yield Elements("$", self._position, _scalars(rest))
            return
        if not self._is_over and (self._depth or self.around):
            raise BrokenAnswer(_breaks_off(self._position))
        self._keep_around(self._rest)


def _well_begun(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks, the first of them long enough to tell one document from JSON lines."""
    rest, begin = iter(chunks), b""
    try:
        for chunk in rest:
            begin += chunk
            if begin.strip(BLANK).count(b"\n") or len(begin) > LONGEST_BEGIN:
                break
    except BrokenAnswer:
        yield begin
        raise
    # The first few elements teach what stands between two of them; the rest is then cut quickly.
    lesson = max(LESSON, begin.find(b"\n") + LESSON)
    yield begin[:lesson]
    yield begin[lesson:]
    yield from rest


def _breaks_off(records: int) -> str:
    behind = f" behind {records:,} records" if records else ""
    return f"the answer breaks off in the middle of the JSON{behind}"


def _are_lines(text: bytes) -> bool:
    """Tell whether the document is one JSON object a line."""
    first, _, behind = text.lstrip(BLANK).partition(b"\n")
    if not (first.startswith(b"{") and behind.lstrip(BLANK)[:1] == b"{"):
        return False
    try:
        json.decode(first, type=Raw)
    except DecodeError:
        return False
    return True


def _scalars(text: bytes) -> list[bytes]:
    """Return the elements between two others that are neither objects nor lists."""
    text = text.strip(BLANK + b",")
    if not text:
        return []
    try:
        return [bytes(raw) for raw in json.decode(b"[" + text + b"]", type=list[Raw])]
    except DecodeError:
        return [text]
