"""Read one object's fields: what cannot be read is left out and noted, never raised.

A field that may be absent costs only itself; a field that must be there costs the object.
"""

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar

from pydantic import BaseModel, ValidationError

from aggregator.domain.problem import Account, NoteKind, ObjectType, Rejection
from aggregator.domain.text import one_line
from aggregator.formats.keys import renamed, respelled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pydantic_core import ErrorDetails

Fields = TypeVar("Fields", bound=BaseModel)
MAX_FRAGMENT = 2_000
MOST_FRAGMENTS = 10_000
MAX_EXAMPLE = 200
POSITION = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):
    """An object lacks what it cannot be without."""

    reason_code: str
    reason: str


@dataclass(slots=True)
class Reader:
    """Where the reading of one document's records stands: its address, ledger and record."""

    account: Account
    document_url: str = ""
    record_id: str | None = None
    losses: list[str] = field(default_factory=list)

    def note(
        self, object_type: ObjectType, path: str, code: str, text: str, example: object
    ) -> None:
        """Count a value that was ignored or read differently from how it was written."""
        kind = NoteKind(object_type, POSITION.sub("[*]", path), code, text)
        self.account.note(kind, fragment(example, MAX_EXAMPLE))

    def reject(
        self,
        object_type: ObjectType,
        object_id: str | None,
        path: str,
        why: Unreadable,
        raw: object,
        lost: "Iterable[tuple[ObjectType, int]]",
    ) -> None:
        """Put an object that is not used into quarantine; only so many keep their fragment."""
        room = MAX_FRAGMENT if len(self.account.rejections) < MOST_FRAGMENTS else 0
        self.account.rejections.append(
            Rejection(
                object_type=object_type,
                object_id=object_id,
                record_id=self.record_id,
                json_path=path,
                reason_code=why.reason_code,
                reason=why.reason,
                raw_fragment=fragment(raw, room) if room else None,
                document_url=self.document_url,
                lost=tuple(lost),
            )
        )

    def read_fields(
        self, model: type[Fields], object_type: ObjectType, path: str, raw: object
    ) -> Fields:
        """Return the object's fields; unreadable optional ones are left out and noted.

        Raises:
            Unreadable: a field that must be there is missing or makes no sense.
        """
        raw = self.in_ocpi_words(object_type, path, raw)
        if not isinstance(raw, dict):
            reason = f"an object is needed here, not {kind_of(raw)}"
            raise Unreadable("not_an_object", reason)
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False)
        rest = dict(raw)
        for key, problem in {str(problem["loc"][0]): problem for problem in problems}.items():
            if key not in rest or model.model_fields[key].is_required():
                raise Unreadable(*in_words(key, problem))
            code, text = in_words(key, problem)
            self.note(object_type, f"{path}.{key}", code, f"{text}; left out", rest.pop(key))
            self.losses.append(f"{path}.{key}")
        return model.model_validate(rest)

    def in_ocpi_words(
        self,
        object_type: ObjectType,
        path: str,
        raw: object,
        aliases: "Mapping[str, str] | None" = None,
    ) -> object:
        """Return the object with its fields under OCPI's names; another spelling is noted."""
        named = renamed(raw, aliases)
        if not isinstance(named, dict) or (spelled := respelled(named)) is named:
            return named
        text = "keys in capitals and small letters are read as OCPI spells them"
        self.note(
            object_type, path, "key_spelling", text, [key for key in named if key not in spelled]
        )
        return spelled

    def objects(
        self,
        object_type: ObjectType,
        path: str,
        raw: dict[str, Any],
        key: str,
        own: "Collection[str]",
    ) -> list[Any]:
        """Return the list of objects under a key; one object in its stead is read and noted.

        Such an object is known by keys of its `own`, as objects may also be keyed by their ids.
        """
        value = raw.get(key)
        if not is_one(value, own):
            return self.listed(object_type, path, raw, key)
        text = f"'{key}' is one object where a list is needed; read as a list of one"
        self.note(object_type, f"{path}.{key}", f"single_{key}", text, value)
        return [value]

    def listed(
        self, object_type: ObjectType, path: str, raw: dict[str, Any], key: str
    ) -> list[Any]:
        """Return the list under a key; silence is empty, anything else is left out and noted.

        What is left out belongs to a record that is known to hold more, so nothing of it is ended.
        """
        value = raw.get(key)
        if value is not None and not isinstance(value, list) and not _is_keyed(value):
            text = f"'{key}' cannot be read: a list is needed, not {kind_of(value)}; left out"
            self.note(object_type, f"{path}.{key}", f"unreadable_{key}", text, value)
            self.losses.append(f"{path}.{key}")
            if self.record_id:
                self.account.held.add(self.record_id)
        return items(raw, key)


def in_words(key: str, problem: "ErrorDetails") -> tuple[str, str]:
    """Return a stable code and a sentence for one of pydantic's findings."""
    if problem["type"] == "missing":
        return f"missing_{key}", f"'{key}' is missing"
    if problem["input"] is None:
        return f"missing_{key}", f"'{key}' is null"
    said = problem["msg"].removeprefix("Value error, ")
    said = said[:1].lower() + said[1:]
    return f"unreadable_{key}", f"'{key}' cannot be read: {said}"


def items(raw: dict[str, Any], key: str) -> list[Any]:
    """Return the list under a key; objects keyed by position or id are read as one.

    A missing, null or misplaced value is empty.
    """
    value = raw.get(key)
    if _is_keyed(value):
        return list(value.values())
    return value if isinstance(value, list) else []


def is_one(value: object, own: "Collection[str]") -> bool:
    """Tell whether a value is one object that has keys of its own, not objects keyed by id."""
    return isinstance(value, dict) and any(key in own for key in respelled(value))


def objects(raw: dict[str, Any], key: str, own: "Collection[str]") -> list[Any]:
    """Return what `Reader.objects` returns, without a note."""
    return [raw[key]] if is_one(raw.get(key), own) else items(raw, key)


def _is_keyed(value: Any) -> TypeGuard[dict[str, Any]]:  # noqa: ANN401 - any JSON
    is_object = isinstance(value, dict) and bool(value)
    return is_object and all(isinstance(inner, dict) for inner in value.values())


def id_of(raw: object) -> str | None:
    """Return the id of an object that is refused, written as the ids of kept ones are."""
    value = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return one_line(str(value)) or None


def fragment(raw: object, length: int) -> str:
    """Return what was received, cut to a length that can be kept and shown."""
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)
    text = text if len(text) <= length else text[: length - 1] + "…"
    return text if text.isascii() else text.encode("utf-8", "replace").decode()  # half a surrogate


def kind_of(raw: object) -> str:
    """Return JSON's own word for a value."""
    if raw is None:
        return "null"
    names = {bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(raw), "a number")
