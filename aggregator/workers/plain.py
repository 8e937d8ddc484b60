"""The fast lane for a whole batch of locations: bytes -> rows, in whatever process has time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

from aggregator.domain.location import Location
from aggregator.formats.defaults import Defaults
from aggregator.formats.well_formed import read_well_formed
from aggregator.store.location_rows import LocationRows, location_rows


class Raw(NamedTuple):
    """One record as it came: its place in the run, its JSON path in the document, its bytes."""

    number: int
    json_path: str
    content: bytes


class Task(NamedTuple):
    """Locations to read. They hold all that decides what becomes of them."""

    feed: str
    defaults: Defaults
    records: list[Raw]


class Plain(NamedTuple):
    """What the fast lane made of a task.

    left: which of its records are unusual, and not among the rows.
    """

    rows: LocationRows
    left: list[int]


def read_plain(task: Task) -> Plain:
    """Return the rows of all locations about which nothing is unusual."""
    numbered: list[tuple[int, str, Location]] = []
    left = []
    with uncollected():
        for place, raw in enumerate(task.records):
            location = read_well_formed(raw.content, task.defaults)
            if location is None:
                left.append(place)
            else:
                numbered.append((raw.number, raw.json_path, location))
        return Plain(location_rows(task.feed, numbered), left)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles: reading makes millions of objects and hardly a cycle.

    The first who comes switches it off, the last who goes switches it on.
    """
    _inside(+1)
    try:
        yield
    finally:
        _inside(-1)


_COUNTING = Lock()
_readers = 0


def _inside(more: int) -> None:
    global _readers  # noqa: PLW0603 - Python's collector is one for all threads
    with _COUNTING:
        _readers += more
        if _readers:
            gc.disable()
        else:
            gc.enable()
