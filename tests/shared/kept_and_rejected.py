"""Count what is kept and rejected of every real feed, and why; write it down as the snapshot.

After a change that is meant to read more or otherwise:

    KLARPRIS_SHARED_DATA=<folder> .venv/bin/python -m tests.shared.kept_and_rejected

writes kept_and_rejected.json beside this file; `git diff` shows what the change did.
"""

import json
import os
from collections import Counter
from pathlib import Path

from aggregator.domain.problem import ObjectType
from tests.formats.counting import read_file

SNAPSHOT = Path(__file__).with_suffix(".json")


def counted(folder):
    """Return for every file: kept and received by type, rejections and notes by type and code."""
    files = sorted(path for path in folder.rglob("*") if path.suffix == ".json")
    return {path.relative_to(folder).as_posix(): _of(path) for path in files}


def _of(path):
    account, kept = read_file(path)
    reasons = Counter(f"{one.object_type}: {one.reason_code}" for one in account.rejections)
    notes = Counter()
    for kind, number in account.notes.items():
        notes[f"{kind.object_type}: {kind.note_code}"] += number
    return {
        "kept": {kind.value: kept[kind] for kind in ObjectType if account.received[kind]},
        "received": {kind.value: n for kind in ObjectType if (n := account.received[kind])},
        "rejections": dict(sorted(reasons.items())),
        "notes": dict(sorted(notes.items())),
    }


if __name__ == "__main__":
    found = counted(Path(os.environ["KLARPRIS_SHARED_DATA"]))
    SNAPSHOT.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{SNAPSHOT}: {len(found)} files")
