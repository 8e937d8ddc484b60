"""Where a module's pages have led so far, and where they go on."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from aggregator.errors import BrokenAnswer
from aggregator.feeds import Feed, Paging
from aggregator.sources.address import shown
from aggregator.sources.body_paging import NEXT, BodyPaging, InBody, value_at
from aggregator.sources.census import Census, may_be_a_cap
from aggregator.sources.fingerprint import Fingerprint
from aggregator.sources.links import NextLink, parameter_in, with_query, without

__all__ = ["NEXT", "value_at"]

MOST_EMPTY = 10
MOST_EMPTY_COUNTED = 100
"""So many empty pages in a row end a module; more where a total says that records follow."""

MOST_SKIPS, MOST_GUESSED_SKIPS = 5, 1
"""So many pages that make the server fail are passed over; fewer where none may follow."""
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

    url: its address. way: why it was asked for. head: see Document. ids: see KnownDocument.
    """

    url: str
    way: Way
    received: int
    ids: AbstractSet[int]
    sha256: str
    records: Fingerprint
    head: Mapping[str, Any]
    link: NextLink
    total: int | None
    server_limit: int | None


@dataclass(slots=True)
class Trail:
    """The pages of one module. wishes: parameters that go with every request.

    more_was_promised: the last page named a next one. named_pages_are_dead: such a one could
    not be had, so none is followed any more.
    """

    feed: Feed
    endpoint: str
    wishes: Mapping[str, object]
    census: Census = field(default_factory=Census)
    asked: int = 0
    more_was_promised: bool = False
    named_pages_are_dead: bool = False
    offset: int = 0
    _came_last: int = 0
    _largest: int = 0
    _page_size: int = 0
    _limit_named: int | None = None
    _believed_limit: int = 0
    _empty_in_a_row: int = 0
    _skips: int = 0
    _may_be_full: bool = False
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
        return is_here and parameter_in(url, "offset") == str(self.offset)

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
        """Whether as many records came as were announced, and the total may be believed."""
        census, limits = self.census, (self.feed.page_limit, self._limit_named)
        return census.distinct == census.total and not census.may_be_of_a_page(*limits)

    @property
    def knows_no_pages(self) -> bool:
        """Whether the one page that came may be everything, if it came again at an offset."""
        limits = self.feed.page_limit, self._limit_named
        is_cut = may_be_a_cap(self.census.received, *limits) or self.more_was_promised
        return self.census.pages == 1 and not is_cut

    @property
    def is_behind_a_short_page(self) -> bool:
        """Whether the last page was shorter than one before, and promised none."""
        return 0 < self._came_last < self._largest and not self.more_was_promised

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
        in_body = BodyPaging(self.feed, self.wishes).next(page.head, page.url, self.endpoint)
        if named := self._named(page, in_body):
            if self._empty_in_a_row >= MOST_EMPTY:
                message = f"{self._where}: one empty page after the other; stopped"
                raise BrokenAnswer(message)
            return named
        if self.feed.paging is Paging.LINK or (in_body.is_end and not self.more_was_promised):
            return None
        return self.counted_or_guessed()

    def _note(self, page: PageFacts) -> None:
        came, limit = page.received, page.server_limit
        self._came_last, self._limit_named = came, limit
        self.census.add(page.ids, came, page.total)
        if limit and limit <= self.feed.page_limit and came >= limit:
            self._believed_limit = limit  # before, it may be an echo of what we asked for
        if came and came in {self._largest, self._believed_limit}:
            self._page_size = came
        self._largest = max(self._largest, came)
        self._empty_in_a_row = 0 if came else self._empty_in_a_row + 1
        # By what came, not by what was asked for: servers cap pages below the limit we ask for.
        self.offset += came or self._usual_size()
        self._may_be_full = self._is_perhaps_full(page)
        if came:
            self._pages |= {page.sha256, page.records}

    def _usual_size(self) -> int:
        """Return how many records a page may hold that did not tell."""
        asked = min(self._limit_named or self.feed.page_limit, self.feed.page_limit)
        return self._believed_limit or self._largest or asked

    def _is_perhaps_full(self, page: PageFacts) -> bool:
        """Tell whether records may follow a page, although nothing names a next one."""
        came, asked = page.received, self.feed.page_limit
        if page.server_limit == 0 or (came > asked and not may_be_a_cap(came)):
            return False  # who does so knows no pages; who names them, below, names them all
        return page.way is not Way.NAMED and came >= self._believed_limit

    def _named(self, page: PageFacts, in_body: InBody) -> Step | None:
        """Return the page that the Link header or the body names, if it can be asked for."""
        self.more_was_promised = page.link.is_there or in_body.names_one
        if self.named_pages_are_dead or not self.more_was_promised:
            return None
        for url in page.link.url, in_body.url:
            if url and self.may_go(url):
                return Step(url, Way.NAMED)
        if self.feed.paging in NAMED_ONLY or self.asked >= self.feed.max_pages:
            raise self._endless()
        return None

    def named_page_failed(self) -> Step | None:
        """Return the way round a named page that cannot be had, None where there is none."""
        self.named_pages_are_dead = self.more_was_promised = True
        return self.counted_or_guessed()

    def skipped(self) -> Step | None:
        """Return the page behind one that makes the server fail, None where nobody knows it."""
        size = self._page_size or (self._largest if self.census.total else 0)
        total, behind = self.census.total, self.offset + size
        is_over = bool(total) and behind >= (total or 0)
        most = MOST_SKIPS if total else MOST_GUESSED_SKIPS
        if not size or is_over or self._skips >= most:
            return None
        self.offset, self._skips = behind, self._skips + 1
        return Step(self._at_offset(), Way.COUNTED if total else Way.GUESSED)

    def counted_or_guessed(self) -> Step | None:
        """Return the next page by offset: as far as the total goes, else while something comes."""
        if total := self.census.total:
            if self.offset < total:
                goes_on = self._empty_in_a_row < MOST_EMPTY_COUNTED
                return Step(self._at_offset(), Way.COUNTED) if goes_on else None
            is_doubtful = self.census.may_be_of_a_page(self.feed.page_limit, self._limit_named)
            return Step(self._at_offset(), Way.GUESSED) if is_doubtful else None
        came_last = self.census.received and not self._empty_in_a_row
        if came_last and (self._may_be_full or self.more_was_promised):
            return Step(self._at_offset(), Way.GUESSED)
        return None

    def _at_offset(self) -> str:
        return with_query(self.endpoint, {"offset": self.offset, **self.wishes})

    def _endless(self) -> BrokenAnswer:
        return BrokenAnswer(f"{self._where}: the pages do not end; stopped after {self.asked}")

    @property
    def _where(self) -> str:
        return shown(self.endpoint)
