"""One record's JSON -> its value; text that is not quite JSON is mended where that is safe."""

import json
import re
from typing import Any

import msgspec

from aggregator.domain.problem import ObjectType
from aggregator.formats.reading import Reader, Unreadable
from aggregator.formats.structure import brackets

MOST_DEPTH = 64
ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')


def parsed(raw: bytes, object_type: ObjectType, path: str, reader: Reader) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of a record.

    Bytes that are no UTF-8, control characters in texts and unknown escapes are read around, and
    noted (met in the field: invalid escapes, mojibake).

    Raises:
        Unreadable: it is no JSON, or nested without end.
    """
    value, is_mended = _value(raw)
    if is_mended:
        text = "letters or escapes that are no JSON, or numbers beyond all measure, are read around"
        example = raw[:200].decode("utf-8", "replace")
        reader.note(object_type, path, "mended_text", text, example)
    return value


def loosely(raw: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of a record, None where it cannot be read; nothing is noted."""
    try:
        return _value(raw)[0]
    except Unreadable:
        return None


def _value(raw: bytes) -> tuple[Any, bool]:
    """Return the value of a record, and whether its text had to be mended."""
    if _may_be_deep(raw) and brackets(raw, 0).depth.max(initial=0) > MOST_DEPTH:
        reason = f"it is nested more than {MOST_DEPTH} deep"
        raise Unreadable("nested_too_deep", reason)
    try:
        return msgspec.json.decode(raw), False
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _mended(raw, error), True


def _may_be_deep(raw: bytes) -> bool:
    """Tell whether there are brackets enough for too many to stand in each other."""
    return raw.count(b"{") + raw.count(b"[") > MOST_DEPTH


def _mended(raw: bytes, error: Exception) -> Any:  # noqa: ANN401 - any JSON
    text = ESCAPE.sub(_mended_escape, raw.decode("utf-8", "replace"))
    try:
        return json.loads(text, strict=False, parse_constant=_refuse)
    except ValueError:
        reason = f"it is not JSON: {error}"
        raise Unreadable("not_json", reason) from error


def _mended_escape(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else r"\\"


def _refuse(constant: str) -> None:
    message = f"{constant} is no number"
    raise ValueError(message)
