"""Write one large feed as two documents, and the same feed after a change.

2 % of the locations and tariffs change, 0.5 % of the locations are gone, and as many are new.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import msgspec

from benchmarks.warehouse_locations import PARTIES, Record, location
from benchmarks.warehouse_tariffs import tariff

EVSES_PER_LOCATION = 2.75
TARIFFS_PER_EVSE = 0.015
PORTION = 2_000
CHANGED_EVERY, GONE_EVERY = 50, 200
AFTER = 1
Numbers = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Size:
    """How many locations there are, tariffs of each party, and tariffs that a connector names.

    named: 0 for one, or two.
    """

    locations: int
    tariffs_of_party: int
    named: int = 0

    @classmethod
    def of(cls, evses: int, tariffs_per_evse: float = TARIFFS_PER_EVSE, named: int = 0) -> "Size":
        """Return the size of a feed of about so many EVSEs."""
        tariffs = round(evses * tariffs_per_evse / len(PARTIES))
        return cls(max(1, round(evses / EVSES_PER_LOCATION)), max(1, tariffs), named)

    @property
    def tariffs(self) -> int:
        """How many tariffs all parties have."""
        return self.tariffs_of_party * len(PARTIES)


def write_feed(folder: Path, size: Size) -> int:
    """Write the feed's documents; return their size in bytes."""
    locations = [(number, 0) for number in range(size.locations)]
    return write_records(folder, size, locations, [(number, 0) for number in range(size.tariffs)])


def write_changed_feed(folder: Path, size: Size) -> int:
    """Write the feed's documents as they are some time later; return their size in bytes."""
    return write_records(folder, size, changed_locations(size.locations), changed(size.tariffs))


def changed(count: int) -> Numbers:
    """Return (number, edition) of so many records of which some have changed.

    >>> changed(51)[48:]
    [(48, 0), (49, 1), (50, 0)]
    """
    return [(n, AFTER if n % CHANGED_EVERY == CHANGED_EVERY - 1 else 0) for n in range(count)]


def changed_locations(count: int) -> Numbers:
    """Return (number, edition) of the locations there are later: some are gone, others are new."""
    kept = [one for one in changed(count) if one[0] % GONE_EVERY]
    return kept + [(number, 0) for number in range(count, count + count - len(kept))]


def write_records(folder: Path, size: Size, locations: Numbers, tariffs: Numbers) -> int:
    """Write documents of these (number, edition); return their size in bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    of_location = partial(_locations, size.tariffs_of_party, size.named)
    return _write(folder / "locations.json", of_location, locations) + _write(
        folder / "tariffs.json", _tariffs, tariffs
    )


def _write(path: Path, encode: Callable[[Numbers], bytes], numbers: Numbers) -> int:
    portions = [numbers[start : start + PORTION] for start in range(0, len(numbers), PORTION)]
    with path.open("wb") as file:
        file.write(b"[")
        for place, portion in enumerate(_encoded(encode, portions)):
            file.write(b"," * bool(place) + portion)
        file.write(b"]")
        return file.tell()


def _encoded(encode: Callable[[Numbers], bytes], portions: list[Numbers]) -> Iterator[bytes]:
    """Yield each portion as JSON, in order; many of them are worked out by all processors."""
    if len(portions) < 4:
        yield from map(encode, portions)
        return
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        yield from workers.map(encode, portions)


def _locations(tariffs_of_party: int, named: int, numbers: Numbers) -> bytes:
    return _inner(location(number, tariffs_of_party, edition, named) for number, edition in numbers)


def _tariffs(numbers: Numbers) -> bytes:
    return _inner(tariff(number, edition) for number, edition in numbers)


def _inner(records: Iterable[Record]) -> bytes:
    """Return records as JSON without the brackets around them."""
    return msgspec.json.encode(list(records))[1:-1]
