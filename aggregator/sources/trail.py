"""Where a module's pages have led so far, and where they go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from aggregator.errors import BrokenAnswer
from aggregator.feeds import Feed, Paging
from aggregator.sources.address import joined, shown
from aggregator.sources.fingerprint import Fingerprint
from aggregator.sources.links import NextLink, parameter_in, with_query, without

MOST_EMPTY = 10
MOST_EMPTY_COUNTED = 100
"""So many empty pages in a row end a module; more where a total says that records follow."""

NEXT, CURSOR_PARAMETER = "next", "cursor"
BY_BODY = {Paging.AUTO, Paging.CURSOR}
NAMED_ONLY = {Paging.LINK, Paging.CURSOR}
BY_COUNT = {Paging.AUTO, Paging.LINK, Paging.OFFSET}


class Way(Enum):
    """Why an address is asked for."""

    FIRST = auto()
    NAMED = auto()  # the Link header or the body named it
    COUNTED = auto()  # X-Total-Count says that there is more
    GUESSED = auto()  # nothing says that there is more, or that there is not


class Step(NamedTuple):
    """The next address, and why it is asked for."""

    url: str
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the trail must know of a page that was read.

    url: its address. way: why it was asked for. head: see Document.
    """

    url: str
    way: Way
    received: int
    sha256: str
    records: Fingerprint
    head: Mapping[str, Any]
    link: NextLink
    total: int | None
    server_limit: int | None


@dataclass(slots=True)
class Trail:
    """The pages of one module. wishes: parameters that go with every request."""

    feed: Feed
    endpoint: str
    wishes: Mapping[str, object]
    received: int = 0
    asked: int = 0
    total: int | None = None
    named_pages_are_dead: bool = False
    _largest: int = 0
    _empty_in_a_row: int = 0
    _offset: int = 0
    _is_full: bool = False
    _may_be_full: bool = False
    more_was_promised: bool = False
    _urls: set[str] = field(default_factory=set)
    _pages: set[str | Fingerprint] = field(default_factory=set)

    def first(self) -> Step:
        """Return the first page."""
        counts = {"offset": 0} if self.feed.paging in BY_COUNT else {}
        return Step(with_query(self.endpoint, {**counts, **self.wishes}), Way.FIRST)

    def moved(self, url: str) -> None:
        """Note where the first page came from: pages are counted on from there."""
        self.endpoint = without(url, {"offset", *self.wishes})

    def is_counted_next(self, url: str) -> bool:
        """Tell whether an address is that of the next counted page, whatever else it asks for."""
        here, there = urlsplit(self.endpoint), urlsplit(url)
        is_here = (here.netloc, here.path.rstrip("/")) == (there.netloc, there.path.rstrip("/"))
        return is_here and parameter_in(url, "offset") == str(self._offset)

    def go(self, url: str) -> None:
        """Note that an address is asked now.

        Raises:
            BrokenAnswer: it was asked before, or there are too many.
        """
        if not self.may_go(url):
            raise self._endless()
        self._urls.add(url)
        self.asked += 1

    def may_go(self, url: str) -> bool:
        """Tell whether an address is new and there may be one more."""
        return url not in self._urls and self.asked < self.feed.max_pages

    def knows(self, sha256: str, records: Fingerprint) -> bool:
        """Tell whether a page with this body or these first records came before."""
        return sha256 in self._pages or (bool(records) and records in self._pages)

    @property
    def has_all(self) -> bool:
        """Whether as many records came as were announced; a total of 0 announces nothing."""
        return bool(self.total) and self.received >= (self.total or 0)

    @property
    def may_have_more(self) -> bool:
        """Whether the last page was full, or a next one was named that could not be had."""
        return self._is_full or self.more_was_promised

    def next(self, page: PageFacts) -> Step | None:
        """Return where to go on behind a page, None at the end.

        Raises:
            BrokenAnswer: the pages do not end, or the way that the feed file forces leads nowhere.
        """
        if page.received and self.knows(page.sha256, page.records):
            message = f"{self._where}: the same page came again; stopped after {self.asked}"
            raise BrokenAnswer(message)
        self._note(page)
        if self.feed.paging is Paging.NONE:
            return None
        if named := self._named(page):
            if self._empty_in_a_row >= MOST_EMPTY:
                message = f"{self._where}: one empty page after the other; stopped"
                raise BrokenAnswer(message)
            return named
        if self.feed.paging is Paging.LINK or self._body_says_the_end(page.head):
            return None
        return self.counted_or_guessed()

    def _note(self, page: PageFacts) -> None:
        came, limit, caps_in_silence = page.received, self.feed.page_limit, True
        if page.server_limit is not None and page.server_limit <= limit:
            limit, caps_in_silence = page.server_limit or limit, False
        self.received += came
        self.total = page.total
        self._largest = max(self._largest, came)
        self._empty_in_a_row = 0 if came else self._empty_in_a_row + 1
        # By what came, not by what was asked for: servers cap pages below the limit we ask for.
        self._offset += came or (self._largest or limit if caps_in_silence else limit)
        self._is_full = came >= limit
        # A server that names its limit or next pages may be believed; one that sends more than
        # was asked for or names 0 knows no pages. The others may cap their pages in silence.
        knows_no_pages = page.server_limit == 0 or came > limit
        is_believed = page.way is Way.NAMED or (not caps_in_silence and came < limit)
        self._may_be_full = not (knows_no_pages or is_believed)
        if came:
            self._pages |= {page.sha256, page.records}

    def _named(self, page: PageFacts) -> Step | None:
        """Return the page that the Link header or the body names, if it can be asked for."""
        in_body, body_names_one = self._in_body(page)
        self.more_was_promised = page.link.is_there or body_names_one
        if self.named_pages_are_dead or not self.more_was_promised:
            return None
        for url in page.link.url, in_body:
            if url and self.may_go(url):
                return Step(url, Way.NAMED)
        if self.feed.paging in NAMED_ONLY or self.asked >= self.feed.max_pages:
            raise self._endless()
        return None

    def _in_body(self, page: PageFacts) -> tuple[str | None, bool]:
        """Return the address of the next page that the body names, and whether it names one."""
        if self.feed.paging not in BY_BODY:
            return None, False
        cursor = value_at(page.head, self.feed.cursor_at or NEXT)
        if isinstance(cursor, bool) or not isinstance(cursor, str | int) or cursor == "":
            return None, False
        said = str(cursor).strip()
        if said.startswith(("http://", "https://", "/", "?")):
            return joined(page.url, said), True
        if self.feed.cursor_at is None:
            return None, True  # an opaque word, and nobody said where it belongs
        parameter = self.feed.cursor_parameter or CURSOR_PARAMETER
        return with_query(self.endpoint, {**self.wishes, parameter: said}), True

    def _body_says_the_end(self, head: Mapping[str, Any]) -> bool:
        """Tell whether the body has a place for the next page and names none."""
        if self.feed.paging not in BY_BODY or self.more_was_promised:
            return False
        outer, _, last = (self.feed.cursor_at or NEXT).rpartition(".")
        around = value_at(head, outer) if outer else head
        return isinstance(around, Mapping) and last in around

    def named_page_failed(self) -> Step | None:
        """Return the way round a named page that cannot be had, None where there is none."""
        self.named_pages_are_dead = self.more_was_promised = True
        return self.counted_or_guessed()

    def counted_or_guessed(self) -> Step | None:
        """Return the next page by offset: as far as the total goes, else while something comes."""
        url = with_query(self.endpoint, {"offset": self._offset, **self.wishes})
        if self.total and self.total >= self.received:
            goes_on = self._offset < self.total and self._empty_in_a_row < MOST_EMPTY_COUNTED
            return Step(url, Way.COUNTED) if goes_on else None
        came_last = self.received and not self._empty_in_a_row
        if came_last and (self._may_be_full or self.more_was_promised):
            return Step(url, Way.GUESSED)
        return None

    def _endless(self) -> BrokenAnswer:
        return BrokenAnswer(f"{self._where}: the pages do not end; stopped after {self.asked}")

    @property
    def _where(self) -> str:
        return shown(self.endpoint)


def value_at(head: Mapping[str, Any], path: str) -> object:
    """Return what stands under keys from the outside in; None where nothing does."""
    value: object = head
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
