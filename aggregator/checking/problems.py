"""Refused records and values read differently, by kind: refusals first, the most frequent first."""

from collections import Counter

from aggregator.checking.report import ProblemKind
from aggregator.domain.problem import Account, ObjectType, Rejection
from aggregator.domain.text import one_line

REJECTED, NOTED = "rejected", "noted"
MOST_OF_A_KIND = 10
LONGEST_EXAMPLE = 200


def problem_kinds(account: Account) -> list[ProblemKind]:
    """Return every kind of problem, with the first of each as example."""
    return [*_rejected(account), *_noted(account)]


def foremost(kinds: list[ProblemKind]) -> tuple[ProblemKind, ...]:
    """Return the most frequent refusals and the most frequent notes."""
    rejected = [kind for kind in kinds if kind.kind == REJECTED]
    noted = [kind for kind in kinds if kind.kind == NOTED]
    return (*rejected[:MOST_OF_A_KIND], *noted[:MOST_OF_A_KIND])


def _rejected(account: Account) -> list[ProblemKind]:
    first: dict[tuple[ObjectType, str], Rejection] = {}
    counts: Counter[tuple[ObjectType, str]] = Counter()
    for rejection in account.rejections:
        key = rejection.object_type, rejection.reason_code
        first.setdefault(key, rejection)
        counts[key] += 1
    return [
        ProblemKind(
            kind=REJECTED,
            object_type=key[0],
            code=key[1],
            reason=one_line(first[key].reason, LONGEST_EXAMPLE),
            count=count,
            json_path=one_line(first[key].json_path, LONGEST_EXAMPLE),
            example=one_line(first[key].raw_fragment or "", LONGEST_EXAMPLE),
        )
        for key, count in counts.most_common()
    ]


def _noted(account: Account) -> list[ProblemKind]:
    return [
        ProblemKind(
            kind=NOTED,
            object_type=kind.object_type,
            code=kind.note_code,
            reason=one_line(kind.note, LONGEST_EXAMPLE),
            count=count,
            json_path=one_line(kind.json_path, LONGEST_EXAMPLE),
            example=one_line(account.examples.get(kind, ""), LONGEST_EXAMPLE),
        )
        for kind, count in account.notes.most_common()
    ]
