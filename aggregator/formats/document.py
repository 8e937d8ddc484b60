"""A document's bytes -> its records, wherever they stand in it.

Five envelopes are met in the field: a bare array, {"data"}, full OCPI, a foreign wrapper and two
modules in one document. So records are found by their shape; an OCPI error status is an error.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from aggregator.domain.problem import ObjectType
from aggregator.domain.text import one_line
from aggregator.errors import BrokenAnswer, FormatError, Refused
from aggregator.feeds import OcpiVersion
from aggregator.formats.reading import items

GZIP_MAGIC = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FIRST_OCPI_ERROR = 2000
OCPI_STATUS = re.compile(r"[0-9]{4}")
MAX_DEPTH = 6
EXCERPT = 80
SAMPLE = 20
MOST_GZIP_MEMBERS = 1_000


@dataclass(frozen=True, slots=True)
class RecordList:
    """Records of one kind and where they stand: `$.data` of the document."""

    object_type: ObjectType
    json_path: str
    records: list[Any]


def decode(content: bytes, max_bytes: int) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON value of a document, plain or gzipped, with or without byte order mark.

    Raises:
        BrokenAnswer: it is not JSON, is cut off, or is larger than allowed when inflated.
    """
    if content.startswith(GZIP_MAGIC):
        content = _inflate(content, max_bytes)
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        return from_json(content, allow_inf_nan=False, cache_strings="keys")
    except ValueError as error:
        raise BrokenAnswer(_not_json(content, error)) from error


def _inflate(content: bytes, max_bytes: int) -> bytes:
    """Return what a gzip file of one or more members holds, within the limit."""
    parts: list[bytes] = []
    room = max_bytes
    while content.startswith(GZIP_MAGIC):
        if len(parts) == MOST_GZIP_MEMBERS:
            message = f"the gzip file has more than {MOST_GZIP_MEMBERS} members"
            raise BrokenAnswer(message)
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            parts.append(inflater.decompress(content, room + 1))
        except zlib.error as error:
            message = f"the gzip file is damaged: {error}"
            raise BrokenAnswer(message) from error
        room -= len(parts[-1])
        if room < 0:
            message = f"the document is larger than {max_bytes // 1_000_000} MB when inflated"
            raise BrokenAnswer(message)
        if not inflater.eof:
            message = "the gzip file is cut off"
            raise BrokenAnswer(message)
        content = inflater.unused_data
    return b"".join(parts)


def _not_json(content: bytes, error: ValueError) -> str:
    start = content[:EXCERPT].decode("utf-8", "replace").strip()
    if start[:1] == "<":
        return f"the answer is a web page or XML, not JSON: {start!r}"
    if not start:
        return "the answer is empty"
    if "EOF" in str(error):
        return f"the answer breaks off in the middle of the JSON ({error})"
    return f"the answer is not JSON ({error}): {start!r}"


def refuse_ocpi_error(document: Any) -> None:  # noqa: ANN401 - any JSON
    """Raise Refused when an OCPI envelope reports an error, whatever the HTTP status said."""
    if not isinstance(document, dict):
        return
    status = document.get("status_code")
    if isinstance(status, str) and OCPI_STATUS.fullmatch(status.strip()):
        status = int(status)
    if isinstance(status, int) and status >= FIRST_OCPI_ERROR:
        said = one_line(str(document.get("status_message") or "no message"), 200)
        message = f"the OCPI server reports error {status}: {said}"
        raise Refused(message)


def record_lists(document: Any) -> list[RecordList]:  # noqa: ANN401 - any JSON
    """Return the lists of locations and of tariffs in a document.

    Raises:
        FormatError: nothing in it looks like a location or a tariff, and it is not an empty list.
    """
    refuse_ocpi_error(document)
    lists = list(_find(document, "$", MAX_DEPTH))
    if not lists and not _is_empty(document):
        message = "no OCPI locations or tariffs were found in the document"
        raise FormatError(message)
    return lists


def module_records(document: Any, object_type: ObjectType) -> list[RecordList]:  # noqa: ANN401 - any JSON
    """Return one module's records: those of its kind, else whatever stands where they belong.

    Records that are nothing at all must still be counted, so an unknown list is not skipped.

    Raises:
        FormatError: the document has no place for records.
    """
    lists = [found for found in _find(document, "$", MAX_DEPTH) if found.object_type is object_type]
    if lists:
        return lists
    data = document.get("data") if isinstance(document, dict) else document
    if isinstance(data, list):
        return [RecordList(object_type, "$" if data is document else "$.data", data)]
    message = f"the answer holds no list of {object_type}s"
    raise FormatError(message)


def _find(value: Any, path: str, depth: int) -> Iterator[RecordList]:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        if kind := next((k for k in map(object_type_of, value[:SAMPLE]) if k), None):
            yield RecordList(kind, path, value)
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


def _is_empty(document: Any) -> bool:  # noqa: ANN401 - any JSON
    data = document.get("data") if isinstance(document, dict) else document
    return isinstance(data, list) and not data


def object_type_of(record: object) -> ObjectType | None:
    """Return what a record is, by its shape: a location has a place, a tariff has elements."""
    if not isinstance(record, dict):
        return None
    if "elements" in record or ("currency" in record and "coordinates" not in record):
        return ObjectType.TARIFF
    if "evses" in record or "coordinates" in record:
        return ObjectType.LOCATION
    return None


def guess_version(lists: list[RecordList]) -> OcpiVersion:
    """Return the OCPI version whose words the records use; 2.2.1 where nothing decides."""
    for found in lists:
        for record in found.records[:50]:
            if not isinstance(record, dict):
                continue
            if "tax_included" in record or "help_phone" in record:
                return OcpiVersion.V2_3_0
            if found.object_type is ObjectType.LOCATION and _speaks_2_1_1(record):
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
