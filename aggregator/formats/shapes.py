"""Records by their shape: a location has a place, a tariff has elements."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aggregator.domain.problem import ObjectType
from aggregator.feeds import OcpiVersion
from aggregator.formats.reading import items

MAX_DEPTH = 6
SAMPLE = 20
DIMENSIONS = 2


@dataclass(frozen=True, slots=True)
class RecordList:
    """Records of one kind and where they stand: `$.data` of the document."""

    object_type: ObjectType
    json_path: str
    records: list[Any]


def object_type_of(record: object) -> ObjectType | None:
    """Return what a record is; one in GeoJSON is what its properties are."""
    if not isinstance(record, dict):
        return None
    record = unwrapped(record)
    if "elements" in record or ("currency" in record and "coordinates" not in record):
        return ObjectType.TARIFF
    if "evses" in record or "coordinates" in record:
        return ObjectType.LOCATION
    return None


def unwrapped(record: dict[str, Any]) -> dict[str, Any]:
    """Return the object inside a GeoJSON feature, with its position; any other as it is.

    >>> point = {"type": "Point", "coordinates": [24.9, 60.2]}
    >>> unwrapped({"type": "Feature", "geometry": point, "properties": {"id": "L1"}})
    {'id': 'L1', 'coordinates': {'longitude': 24.9, 'latitude': 60.2}}
    """
    inner = record.get("properties")
    if record.get("type") != "Feature" or not isinstance(inner, dict):
        return record
    position = _point(record.get("geometry"))
    if "coordinates" in inner or "elements" in inner or position is None:
        return inner
    return {**inner, "coordinates": {"longitude": position[0], "latitude": position[1]}}


def _point(geometry: object) -> list[Any] | None:
    at = geometry.get("coordinates") if isinstance(geometry, dict) else None
    return at if isinstance(at, list) and len(at) >= DIMENSIONS else None


def find_lists(document: Any) -> list[RecordList]:  # noqa: ANN401 - any JSON
    """Return the lists of locations and of tariffs in a document that was read as a whole."""
    return list(_find(document, "$", MAX_DEPTH))


def records_at(document: Any, path: str, kind: ObjectType) -> list[RecordList]:  # noqa: ANN401 - any JSON
    """Return the records under a path, whether they stand in a list or keyed by their ids."""
    value = document
    for key in path.split(".")[1:]:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, dict):
        inner = list(value.values())
        is_keyed = bool(inner) and all(isinstance(one, dict) for one in inner)
        value = inner if is_keyed and not object_type_of(value) else [value]
    return [RecordList(kind, path, value)] if isinstance(value, list) else []


def _find(value: Any, path: str, depth: int) -> Iterator[RecordList]:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        if kind := next((k for k in map(object_type_of, value[:SAMPLE]) if k), None):
            yield RecordList(kind, path, value)
        elif len(value) == 1 and depth:
            yield from _find(value[0], f"{path}[0]", depth - 1)
    elif isinstance(value, dict) and (kind := object_type_of(value)):
        yield RecordList(kind, path, [value])
    elif isinstance(value, dict) and (kind := _kind_of_most(list(value.values()))):
        yield RecordList(kind, path, list(value.values()))  # keyed by position or id
    elif isinstance(value, dict) and depth:
        for key, inner in value.items():
            yield from _find(inner, f"{path}.{key}", depth - 1)


def _kind_of_most(values: list[Any]) -> ObjectType | None:
    """Return what most of the first values are; None when they are no records."""
    kinds = [object_type_of(value) for value in values[:SAMPLE]]
    found = [kind for kind in kinds if kind]
    return found[0] if found and 2 * len(found) > len(kinds) else None


def guess_version(object_type: ObjectType, records: list[Any]) -> OcpiVersion:
    """Return the OCPI version whose words the records use; 2.2.1 where nothing decides."""
    for record in records:
        if not isinstance(record, dict):
            continue
        if "tax_included" in record or "help_phone" in record:
            return OcpiVersion.V2_3_0
        if object_type is ObjectType.LOCATION and _speaks_2_1_1(record):
            return OcpiVersion.V2_1_1
    return OcpiVersion.V2_2_1


def _speaks_2_1_1(location: dict[str, Any]) -> bool:
    connectors = [
        connector
        for evse in items(location, "evses")
        if isinstance(evse, dict)
        for connector in items(evse, "connectors")
        if isinstance(connector, dict)
    ]
    return "party_id" not in location and any(
        "voltage" in connector and "max_voltage" not in connector for connector in connectors
    )
