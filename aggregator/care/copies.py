"""Ask the harvester for a copy of the warehouse while it runs: only it may read the file then.

Whoever wants a copy leaves a request in a folder of the home and shows by its time that somebody
still waits. The harvester answers beside it: working, shown by the answer's time; done, with what
the copy holds; failed, with the reason. The asker takes the copy and clears everything away.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from aggregator.store.copying import Contents
from aggregator.store.pointer import replace_file

FOLDER = "copies"
REQUEST, ANSWER = ".request", ".answer"
SILENT_SECONDS = 30  # who has not moved for so long is gone


class Answer(BaseModel):
    """What the harvester says. holds: of a finished copy. message: why there is none."""

    state: Literal["working", "done", "failed"]
    message: str = ""
    holds: Contents | None = None


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """One request for a copy, with the files that belong to it."""

    folder: Path
    request_id: str

    @property
    def copy(self) -> Path:
        """Where the harvester writes the copy."""
        return self.folder / f"{self.request_id}.duckdb"

    @property
    def own_copy(self) -> Path:
        """Where the asker writes one itself, as soon as the warehouse is free."""
        return self.folder / f"{self.request_id}.own.duckdb"

    @property
    def _request(self) -> Path:
        return self.folder / f"{self.request_id}{REQUEST}"

    @property
    def _answer(self) -> Path:
        return self.folder / f"{self.request_id}{ANSWER}"

    @classmethod
    @contextmanager
    def made(cls, home: Path) -> Iterator[Self]:
        """Yield a new request; afterwards nothing of it is left."""
        request = cls(folder_of(home), uuid4().hex)
        request.folder.mkdir(parents=True, exist_ok=True)
        request._request.touch()
        try:
            yield request
        finally:
            request.clear()

    def still_wanted(self) -> None:
        """Show that somebody waits for the copy."""
        self._request.touch()

    def still_working(self) -> None:
        """Show that the copy is being made."""
        with suppress(FileNotFoundError):
            os.utime(self._answer)

    def answer(self, answer: Answer) -> None:
        """Say what became of the request."""
        replace_file(self._answer, answer.model_dump_json())

    def answered(self) -> Answer | None:
        """Return what the harvester said; None before, and when it has fallen silent."""
        try:
            answer = Answer.model_validate_json(self._answer.read_bytes())
            is_silent = _age_seconds(self._answer) > SILENT_SECONDS
        except (FileNotFoundError, ValidationError):
            return None
        return None if is_silent and answer.state == "working" else answer

    @property
    def is_answered(self) -> bool:
        """Tell whether the harvester has said anything."""
        return self._answer.exists()

    @property
    def is_forsaken(self) -> bool:
        """Tell whether nobody waits any more."""
        try:
            return _age_seconds(self._request) > SILENT_SECONDS
        except FileNotFoundError:
            return True

    def clear(self) -> None:
        """Remove everything that belongs to the request."""
        for path in self.folder.glob(f"{self.request_id}.*"):
            path.unlink(missing_ok=True)


def folder_of(home: Path) -> Path:
    """Return where requests are left."""
    return home / FOLDER


def requests(home: Path) -> list[CopyRequest]:
    """Return every request of which anything is there, the forsaken ones included."""
    folder = folder_of(home)
    names = {path.name.partition(".")[0] for path in folder.glob("*.*")}
    return [CopyRequest(folder, name) for name in sorted(names)]


def _age_seconds(path: Path) -> float:
    return time.time() - path.stat().st_mtime
