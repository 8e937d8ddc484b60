"""Which snapshot is current: a small file, replaced atomically when a new one is published."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from aggregator.errors import StoreError

POINTER = "current.json"
READABLE = 0o644  # by a dashboard that runs as another user


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published, read-only snapshot file. rows: table name -> number of rows."""

    snapshot_id: str
    path: Path
    published_at: datetime
    schema_version: int
    rows: dict[str, int]


def current_snapshot(folder: Path) -> Snapshot | None:
    """Return the snapshot to read now, or None when none has been published yet.

    Raises:
        StoreError: the pointer is damaged.
    """
    path = folder / POINTER
    try:
        pointer = json.loads(path.read_text(encoding="utf-8"))
        return Snapshot(
            snapshot_id=pointer["snapshot_id"],
            path=folder / pointer["file"],
            published_at=datetime.fromisoformat(pointer["published_at"]),
            schema_version=pointer["schema_version"],
            rows=pointer["rows"],
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} cannot be read ({error}); `klarpris publish` writes it anew"
        raise StoreError(message) from error


def point_to(snapshot: Snapshot) -> None:
    """Make this snapshot the current one for every reader."""
    content = {
        "snapshot_id": snapshot.snapshot_id,
        "file": snapshot.path.name,
        "published_at": snapshot.published_at.isoformat(),
        "schema_version": snapshot.schema_version,
        "rows": snapshot.rows,
    }
    replace_file(snapshot.path.parent / POINTER, json.dumps(content, indent=2))


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new content, never a part."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).chmod(READABLE)
    Path(file.name).replace(path)
