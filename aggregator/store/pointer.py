"""Which snapshot is current: a small file, replaced atomically when a new one is published."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aggregator.errors import StoreError
from aggregator.store.trouble import file_trouble
from aggregator.whole_file import whole_file

POINTER = "current.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published, read-only snapshot file.

    rows: table name -> number of rows. origin: digest of what it was made from; None when that is
    not known.
    """

    snapshot_id: str
    path: Path
    published_at: datetime
    schema_version: int
    rows: dict[str, int]
    origin: str | None = None


def current_snapshot(folder: Path) -> Snapshot | None:
    """Return the snapshot to read now, or None when none has been published yet.

    Raises:
        StoreError: the pointer is damaged.
    """
    path = folder / POINTER
    try:
        return _read(folder, path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is damaged"
        message = f"{path} cannot be read: {why}; `klarpris publish` writes it anew"
        raise StoreError(message) from error


def _read(folder: Path, text: bytes) -> Snapshot:
    pointer = json.loads(text)
    moment = datetime.fromisoformat(pointer["published_at"])
    return Snapshot(
        snapshot_id=str(pointer["snapshot_id"]),
        path=folder / Path(pointer["file"]).name,
        published_at=moment.astimezone(UTC),
        schema_version=int(pointer["schema_version"]),
        rows={str(name): int(number) for name, number in dict(pointer["rows"]).items()},
        origin=str(pointer["origin"]) if pointer.get("origin") else None,
    )


def point_to(snapshot: Snapshot) -> None:
    """Make this snapshot the current one for every reader."""
    content = {
        "snapshot_id": snapshot.snapshot_id,
        "file": snapshot.path.name,
        "published_at": snapshot.published_at.isoformat(),
        "schema_version": snapshot.schema_version,
        "rows": snapshot.rows,
        "origin": snapshot.origin,
    }
    replace_file(snapshot.path.parent / POINTER, json.dumps(content, indent=2))


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new content, never a part.

    Raises:
        StoreError: there is no room, or no right to write; the old content is still there.
    """
    try:
        with whole_file(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise file_trouble(path, error) from error
