"""How a module came: its documents one after the other, and the words for how they follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aggregator.checking.kit import Heard
from aggregator.checking.report import ModuleFound
from aggregator.feeds import Feed, SourceKind
from aggregator.sources.links import count_in, next_link
from aggregator.sources.page import Page
from aggregator.sources.trail import NEXT, value_at

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
TOO_MANY = 429


@dataclass(slots=True)
class Delivery:
    """The documents of one module. pages: records in each."""

    module: str
    address: str = ""
    pages: list[int] = field(default_factory=list)
    total: int | None = None
    size_bytes: int = 0
    packed: str | None = None
    body_names_next: bool = False
    was_stopped: bool = False

    def note(self, page: Page, records: int, feed: Feed | None) -> None:
        """Note one document that was read."""
        self.address = self.address or page.url
        self.pages.append(records)
        self.total = page.total if page.total is not None else self.total
        self.size_bytes += page.body.size_bytes
        self.body_names_next = _names_next(page.document.head, feed)

    def found(self, feed: Feed | None, answered: list[Heard]) -> ModuleFound:
        """Return what is known of the module. answered: what the server gave, in order."""
        ours = [heard for heard in answered if heard.name == self.module]
        links = [next_link(heard.headers, heard.url, {}).is_there for heard in ours]
        limits = [count_in(heard.headers, "x-limit") for heard in ours]
        received, largest = sum(self.pages), max(self.pages, default=0)
        return ModuleFound(
            module=self.module if feed else Path(self.module).name,
            address=self.address,
            way=self._way(feed, has_links=any(links)),
            documents=len(self.pages),
            records=received,
            largest_page=largest,
            total=self.total,
            server_limit=next((limit for limit in limits if limit is not None), None),
            is_partial=self.was_stopped and self._may_go_on(is_linked=any(links[-1:])),
        )

    def _way(self, feed: Feed | None, *, has_links: bool) -> str:
        if feed is None or feed.source is SourceKind.OCPI_FILE:
            return "none: one document"
        if has_links:
            return "Link header"
        if self.body_names_next or feed.cursor_at:
            return "cursor in the body"
        if self.total is not None:
            return "offset, as far as X-Total-Count goes"
        return "offset, without a total" if len(self.pages) > 1 else "none"

    def _may_go_on(self, *, is_linked: bool) -> bool:
        """Tell whether something may follow the page at which the check stopped."""
        if is_linked or self.body_names_next:
            return True
        if self.total:
            return self.total > sum(self.pages)
        return self.pages[-1:] != [0]


def _names_next(head: Mapping[str, Any], feed: Feed | None) -> bool:
    said = value_at(head, (feed.cursor_at if feed else None) or NEXT)
    return isinstance(said, str | int) and not isinstance(said, bool) and said != ""


def packed_as(head: bytes) -> str | None:
    """Return how a document is packed, by its first bytes."""
    return "gzip" if head.startswith(GZIP) else "zip" if head.startswith(ZIP) else None


def rate_limits(heard: list[Heard]) -> dict[str, str]:
    """Return headers that speak of a rate limit, as last seen, and how often it was met."""
    limits = {
        name: value
        for one in heard
        for name, value in one.headers.items()
        if "ratelimit" in name.lower().replace("-", "") or name.lower() == "retry-after"
    }
    if refused := sum(one.status == TOO_MANY for one in heard):
        limits["answers of status 429"] = str(refused)
    return limits
