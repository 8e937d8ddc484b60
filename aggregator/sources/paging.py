"""A module's pages, one after the other, and never without an end.

The next page is where the Link header or the body says; else it is counted, as far as
X-Total-Count goes; else it is asked for until nothing new comes. What leads nowhere costs itself.
An end is proven by the server only: by what it names, or by an empty list where more might be.

Source: OCPI 2.1.1, 2.2.1 and 2.3.0, "Transport and format, Pagination".
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime

from aggregator.errors import BrokenAnswer, FormatError, NotNow, Refused, SourceError
from aggregator.feeds import Feed, Paging
from aggregator.sources.address import shown
from aggregator.sources.ahead import Ahead
from aggregator.sources.answer import OcpiRefused
from aggregator.sources.body_paging import total_in
from aggregator.sources.fingerprint import KnownDocument
from aggregator.sources.http import Answer, FeedClient
from aggregator.sources.links import NextLink, count_in, next_link
from aggregator.sources.page import MODULES, Page, Remarks
from aggregator.sources.small_answers import fetched
from aggregator.sources.trail import BY_COUNT, NAMED_ONLY, PageFacts, Step, Trail, Way

BY_LINK = {Paging.AUTO, Paging.LINK}
OF_THE_SERVER = {401, 403, 429}  # another address will not change its mind
NOTHING_THERE, NO_CONTENT = {400, 404}, 204  # as some servers answer behind the last record
NOT_FOUND = 404
FIRST_SERVER_ERROR = 500
KEPT = "what is missing is kept as it was"
NO_LINK = NextLink(is_there=False, url=None)


class ModulePages:
    """The pages of one module behind one endpoint. delivered: how many there were so far."""

    def __init__(
        self,
        client: FeedClient,
        module: str,
        endpoint: str,
        remarks: Remarks,
        since: datetime | None = None,
    ) -> None:
        """Prepare to ask. since: only records that changed after it are wanted."""
        self._client, self._feed = client, client.feed
        self._module, self._remarks = module, remarks
        self._trail = Trail(self._feed, endpoint, _wishes(self._feed, since))
        self._ahead = Ahead(self._fetch)
        self._where = shown(endpoint)
        self._led_by: str | None = None
        self.delivered = 0

    async def pages(self) -> AsyncGenerator[Page, None]:
        """Yield the pages.

        Raises:
            SourceError: a page did not come, or they do not end; what came before is good.
        """
        step: Step | None = self._trail.first()
        try:
            while step:
                try:
                    answer = await self._answer(step)
                except (Refused, BrokenAnswer) as error:
                    step = self._round(step, error)
                    continue
                self._led_by = answer.url
                if step.way is Way.FIRST and answer.url != step.url:
                    self._trail.moved(answer.url)
                document = self._document(answer)
                if step.way is Way.GUESSED and await self._is_nothing_new(answer, document):
                    break
                self.delivered += 1
                link = self._link(answer)
                if link.url and not self._trail.named_pages_are_dead:
                    self._prefetch(link.url)
                total = count_in(answer.headers, "x-total-count")
                yield Page(shown(answer.url), document, answer.body, total)
                step = self._trail.next(_facts(step, answer, document, link, total))
            else:
                self._doubt_promises()
        finally:
            await self._ahead.forget()
        self._account()

    async def _answer(self, step: Step) -> Answer:
        self._trail.go(step.url)
        return await self._ahead.take(step.url)

    async def _fetch(self, url: str) -> Answer:
        return await fetched(self._client, url, self._module, led_by=self._led_by)

    def _document(self, answer: Answer) -> KnownDocument:
        return KnownDocument(
            answer.body.chunks,
            max_bytes=self._client.max_bytes,
            layout=self._feed.layout,
            wanted=MODULES[self._module],
        )

    def _link(self, answer: Answer) -> NextLink:
        if self._feed.paging not in BY_LINK:
            return NO_LINK
        link = next_link(answer.headers, answer.url, self._trail.wishes)
        note = f"{self._where}: Link names addresses of http; their https is asked instead"
        if link.was_plain and note not in self._remarks.notes:
            self._remarks.notes.append(note)
        return link

    def _prefetch(self, url: str) -> None:
        """Ask for the next page while this one is read, where the headers name it."""
        if self._trail.may_go(url):
            self._ahead.begin(url)

    async def _is_nothing_new(self, answer: Answer, document: KnownDocument) -> bool:
        """Tell whether a page that was only guessed at is none, is empty or came before."""
        if answer.status == NO_CONTENT:
            return True
        try:
            records = await asyncio.to_thread(document.peek)
        except (SourceError, FormatError) as error:
            self._doubt(f"whether there is more cannot be known: {error}")
            return True
        if not records:
            return True
        if self._trail.knows(answer.body.sha256, records):
            if not self._trail.knows_no_pages:
                self._doubt("the server sends the same page whatever offset is asked for")
            return True
        return False

    def _round(self, step: Step, error: SourceError) -> Step | None:
        """Return the way round a page that cannot be had; raise where there is none."""
        is_final = isinstance(error, Refused) and error.status in OF_THE_SERVER
        if is_final or isinstance(error, NotNow):
            raise error
        if _is_the_servers(error) and self._trail.is_counted_next(step.url):
            return self._skipped(step, error)
        if step.way is Way.GUESSED:
            self._guessed_in_vain(error)
            return None
        if step.way is Way.COUNTED and _status(error) == NOT_FOUND:
            self._leave_open(self._remarks.notes, f"nothing is at offset {self._trail.offset}")
            return None
        if step.way is not Way.NAMED or self._feed.paging in NAMED_ONLY:
            raise error
        further = self._trail.named_page_failed()
        if further is None and not self._trail.has_all:
            raise error
        self._remarks.notes.append(
            f"{self._where}: the next page that the server names cannot be had, "
            f"so pages are counted ({error})"
        )
        return further

    def _skipped(self, step: Step, error: SourceError) -> Step | None:
        """Return the page behind one that makes the server fail, which it will do once more."""
        offset, further = self._trail.offset, None
        if step.way is not Way.FIRST and self._feed.paging not in NAMED_ONLY:
            further = self._trail.skipped()
        if further:
            reason = (
                f"the page at offset {offset} cannot be had and is passed over; {KEPT} ({error})"
            )
            self._leave_open(self._remarks.attention, reason)
        elif step.way is Way.GUESSED:
            self._guessed_in_vain(error)
        else:
            raise error
        return further

    def _guessed_in_vain(self, error: SourceError) -> None:
        if not (_status(error) in NOTHING_THERE and self._trail.is_behind_a_short_page):
            self._doubt(f"whether there is more cannot be known: {error}")

    def _doubt(self, reason: str) -> None:
        """Note that somebody should look at why nothing proves the end."""
        came = f"{self._trail.census.received} records came"
        self._leave_open(self._remarks.attention, f"{reason}; {came}, {KEPT}")

    def _leave_open(self, lines: list[str], reason: str) -> None:
        """Note that nothing proves the end, so nothing may be ended."""
        self._remarks.incomplete.add(self._module)
        lines.append(f"{self._where}: {reason}")

    def _doubt_promises(self) -> None:
        """Note where a next page was named, but none could be had."""
        is_noted = self._module in self._remarks.incomplete
        if self._trail.more_was_promised and not (self._trail.has_all or is_noted):
            self._doubt("the server names a next page that leads nowhere")

    def _account(self) -> None:
        for gap in self._trail.census.gaps():
            self._leave_open(self._remarks.notes, f"{gap}; {KEPT}")


def _status(error: SourceError) -> int | None:
    return error.status if isinstance(error, Refused) else None


def _is_the_servers(error: SourceError) -> bool:
    """Tell whether a server failed over what it was asked for, not at finding it."""
    if isinstance(error, OcpiRefused):
        return error.may_be_the_servers
    return isinstance(error, Refused) and (error.status or 0) >= FIRST_SERVER_ERROR


def _facts(
    step: Step, answer: Answer, document: KnownDocument, link: NextLink, total: int | None
) -> PageFacts:
    return PageFacts(
        url=answer.url,
        way=step.way,
        received=document.received,
        ids=document.ids,
        sha256=answer.body.sha256,
        records=document.first_records,
        head=document.head,
        link=link,
        total=total_in(document.head) if total is None else total,
        server_limit=count_in(answer.headers, "x-limit"),
    )


def _wishes(feed: Feed, since: datetime | None) -> Mapping[str, object]:
    """Return the parameters that go with every request of a module."""
    wishes: dict[str, object] = {"limit": feed.page_limit} if feed.paging in BY_COUNT else {}
    if since:
        moment = since.astimezone(UTC).isoformat(timespec="seconds")
        wishes["date_from"] = moment.replace("+00:00", "Z")
    return wishes
