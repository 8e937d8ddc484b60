"""What one check found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check went, from fine to bad."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for a person. todo: what to do about it, empty where nothing is to be done."""

    check: str
    state: State
    text: str
    todo: str = ""


def fine(check: str, text: str) -> Finding:
    """Return what was found to be in order."""
    return Finding(check, State.OK, text)


def warning(check: str, text: str, todo: str) -> Finding:
    """Return what somebody should look at."""
    return Finding(check, State.WARNING, text, todo)


def failed(check: str, text: str, todo: str) -> Finding:
    """Return what does not work."""
    return Finding(check, State.FAILED, text, todo)


def worst(findings: Iterable[Finding]) -> State:
    """Return the worst state of all."""
    return max((one.state for one in findings), key=list(State).index, default=State.OK)
