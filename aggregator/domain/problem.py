"""What was refused or read differently, and why: every record received is accounted for."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class ObjectType(StrEnum):
    """Kinds of records that the ledger counts."""

    LOCATION = "location"
    EVSE = "evse"
    CONNECTOR = "connector"
    TARIFF = "tariff"


@dataclass(frozen=True, slots=True)
class Rejection:
    """One record, or part of a record, that is not used.

    record_id: id of the location or tariff it stands in; None when that has none. Such a record
        is never ended by the same answer: what is unreadable now was readable before.
    json_path: where it stood in the document, as `$.data[3].evses[0]`.
    reason_code: stable, for grouping; reason: one sentence for people.
    raw_fragment: the record as received; None after very many in one run, to bound memory.
    lost: how many records of each type are refused with it, itself included.
    """

    object_type: ObjectType
    object_id: str | None
    record_id: str | None
    json_path: str
    reason_code: str
    reason: str
    raw_fragment: str | None
    document_url: str
    lost: tuple[tuple[ObjectType, int], ...]


@dataclass(frozen=True, slots=True)
class NoteKind:
    """A value that was ignored or read differently from how it was written.

    json_path: with `[*]` for positions, so that the same slip counts as one kind.
    """

    object_type: ObjectType
    json_path: str
    note_code: str
    note: str


@dataclass(slots=True)
class Account:
    """What one run received from one feed, and what became of it."""

    received: Counter[ObjectType] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    notes: Counter[NoteKind] = field(default_factory=Counter)
    examples: dict[NoteKind, str] = field(default_factory=dict)
    just_noted: list[tuple[NoteKind, str]] = field(default_factory=list)
    """Kinds and examples noted since whoever reads record by record last emptied this list."""
    inline_contents: dict[str, str] = field(default_factory=dict)
    """Digest of the first tariff that stood inside a location under each id."""
    held: set[str] = field(default_factory=set)
    """Ids of locations and tariffs that were read only in part: nothing of them is ended."""

    def note(self, kind: NoteKind, example: str) -> None:
        """Count one more value of this kind and keep the first as example."""
        self.just_noted.append((kind, example))
        self.notes[kind] += 1
        self.examples.setdefault(kind, example)

    def rejected(self, object_type: ObjectType) -> int:
        """Return how many records of this type were refused."""
        return sum(n for r in self.rejections for kind, n in r.lost if kind is object_type)
