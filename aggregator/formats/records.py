"""Batches of raw records -> locations and tariffs; each record the fast way, else the tolerant."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aggregator.domain.location import Location
from aggregator.domain.problem import NoteKind, ObjectType
from aggregator.domain.tariff import Tariff
from aggregator.formats.defaults import Defaults
from aggregator.formats.inline_tariffs import inline_tariffs
from aggregator.formats.locations import read_location
from aggregator.formats.parsing import parsed
from aggregator.formats.reading import Reader, Unreadable, fragment
from aggregator.formats.shapes import unwrapped
from aggregator.formats.tariffs import read_tariff
from aggregator.formats.well_formed import read_well_formed

Record = TypeVar("Record", Location, Tariff)
Noted = tuple[NoteKind, str]
LONGEST_UNPARSED = 4_000


@dataclass(frozen=True, slots=True)
class ReadRecord(Generic[Record]):
    """A record and what was noted about it.

    is_whole: nothing of it was refused or found inside it, so that its bytes alone made it.
    """

    json_path: str
    record: Record
    is_whole: bool = True
    notes: tuple[Noted, ...] = ()


@dataclass(slots=True)
class Found:
    """What one record turned out to be: itself, and the tariffs that stood inside a location."""

    location: ReadRecord[Location] | None = None
    tariffs: tuple[ReadRecord[Tariff], ...] = ()


def read_record(
    object_type: ObjectType, raw: bytes, path: str, defaults: Defaults, reader: Reader
) -> Found:
    """Return what one record holds; what is refused is in the reader's account."""
    if object_type is ObjectType.LOCATION and (plain := read_well_formed(raw, defaults)):
        count_whole([plain], reader)
        return Found(ReadRecord(path, plain))
    return read_unusual(object_type, raw, path, defaults, reader)


def read_unusual(
    object_type: ObjectType, raw: bytes, path: str, defaults: Defaults, reader: Reader
) -> Found:
    """Return what a record holds that the fast lane left, or that is a tariff."""
    reader.account.just_noted.clear()
    refused = len(reader.account.rejections)
    try:
        value = parsed(raw, object_type, path, reader)
    except Unreadable as why:
        _refuse(object_type, raw, path, why, reader)
        return Found()
    value = unwrapped(value) if isinstance(value, dict) else value
    if object_type is ObjectType.TARIFF:
        tariff = read_tariff(value, path, defaults, reader)
        noted = tuple(reader.account.just_noted)
        return Found(tariffs=(ReadRecord(path, tariff, notes=noted),) if tariff else ())
    location = read_location(value, path, defaults, reader)
    noted = tuple(reader.account.just_noted)
    tariffs = tuple(_inside(value, path, defaults, reader))
    if location is None:
        return Found(tariffs=tariffs)
    is_whole = not tariffs and len(reader.account.rejections) == refused
    return Found(ReadRecord(path, location, is_whole, noted), tariffs)


def count_whole(locations: Collection[Location], reader: Reader) -> None:
    """Note that these locations came, and all that is in them."""
    evses = [evse for location in locations for evse in location.evses]
    received = reader.account.received
    received[ObjectType.LOCATION] += len(locations)
    received[ObjectType.EVSE] += len(evses)
    received[ObjectType.CONNECTOR] += sum([len(evse.connectors) for evse in evses])


def _inside(
    value: Any,  # noqa: ANN401 - any JSON
    path: str,
    defaults: Defaults,
    reader: Reader,
) -> Iterator[ReadRecord[Tariff]]:
    """Yield the tariffs inside a location; the bytes are not theirs alone."""
    known = reader.account.inline_contents
    for here, raw in inline_tariffs(value, path, defaults.aliases, known):
        if tariff := read_tariff(raw, here, defaults, reader):
            yield ReadRecord(here, tariff, is_whole=False)


def _refuse(
    object_type: ObjectType, raw: bytes, path: str, why: Unreadable, reader: Reader
) -> None:
    reader.account.received[object_type] += 1
    reader.record_id = None
    text = fragment(raw.decode("utf-8", "replace"), LONGEST_UNPARSED)
    reader.reject(object_type, None, path, why, text, [(object_type, 1)])
