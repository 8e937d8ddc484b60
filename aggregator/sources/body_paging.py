"""What the body of a page says about paging: the next page, the end, how many records there are."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from aggregator.errors import BrokenAnswer
from aggregator.feeds import Feed, Paging
from aggregator.sources.address import joined, origin_of
from aggregator.sources.links import COUNT, raised, with_query

NEXT, CURSOR_PARAMETER = "next", "cursor"
BY_BODY = {Paging.AUTO, Paging.CURSOR}
PLACES = (
    NEXT,
    "links.next",
    "_links.next",
    "meta.next",
    "meta.next_page_url",
    "next_page_url",
    "pagination.next",
)
"""Where a next page is named: Django REST, Laravel, HAL and others."""
TOTALS = "total", "meta.total"
ADDRESS = "http://", "https://", "/", "?"


class InBody(NamedTuple):
    """What a body says about the next page.

    url: its address, None where it is unknown. names_one: there is one. is_end: there is none.
    """

    url: str | None = None
    names_one: bool = False
    is_end: bool = False


class BodyPaging:
    """Reads what bodies say. wishes: parameters that go with every request."""

    def __init__(self, feed: Feed, wishes: Mapping[str, object]) -> None:
        """Prepare to read bodies of this feed."""
        self._feed, self._wishes = feed, wishes
        self._places = (feed.cursor_at,) if feed.cursor_at else PLACES

    def next(self, head: Mapping[str, Any], base: str, endpoint: str) -> InBody:
        """Return what a body says. base: the address of its page. endpoint: of the first."""
        if self._feed.paging not in BY_BODY:
            return InBody()
        said = [said for place in self._places if (said := _said_at(head, place)) is not None]
        named = [self._named(one, base, endpoint) for one in said if one]
        if named:
            return InBody(next(filter(None, named), None), names_one=True)
        return InBody(is_end=any(_is_place_in(head, place) for place in self._places))

    def _named(self, said: str, base: str, endpoint: str) -> str | None:
        if said.startswith(ADDRESS):
            return self._safe(said, base)
        if self._feed.cursor_at is None:
            return None  # an opaque word, and nobody said where it belongs
        parameter = self._feed.cursor_parameter or CURSOR_PARAMETER
        return with_query(endpoint, {**self._wishes, parameter: said})

    def _safe(self, said: str, base: str) -> str | None:
        """Return an address, but of another host only where the feed file says what to read."""
        try:
            url = raised(joined(base, said), base)
        except BrokenAnswer:
            return None
        is_ours = self._feed.cursor_at or origin_of(url) == origin_of(base)
        return url if is_ours else None


def total_in(head: Mapping[str, Any]) -> int | None:
    """Return how many records the body says there are, None where it does not."""
    for place in TOTALS:
        value = value_at(head, place)
        said = "" if isinstance(value, bool) or not isinstance(value, str | int) else str(value)
        if COUNT.fullmatch(said.strip()):
            return int(said)
    return None


def _said_at(head: Mapping[str, Any], place: str) -> str | None:
    value = value_at(head, place)
    if isinstance(value, Mapping):
        value = value.get("href")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip()


def _is_place_in(head: Mapping[str, Any], place: str) -> bool:
    outer, _, last = place.rpartition(".")
    around = value_at(head, outer) if outer else head
    return isinstance(around, Mapping) and last in around


def value_at(head: Mapping[str, Any], path: str) -> object:
    """Return what stands under keys from the outside in; None where nothing does."""
    value: object = head
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
