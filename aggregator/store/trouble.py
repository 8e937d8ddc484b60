"""What the disk or DuckDB refuses, in one line: which file, what is wrong with it, what to do.

DuckDB puts what the system said into its text, so the text decides; whatever none of the words
fit is a fault of ours and stays the error that it is.
"""

import os
import re
from pathlib import Path

import duckdb

from aggregator.domain.text import one_line
from aggregator.errors import InUse, StoreError

LONGEST_REASON = 300
QUOTED = re.compile(r'"[^"]*"')  # names of files, which may hold any word
IN_USE = ("conflicting lock", "could not set lock", "used by another process", "already open")
NO_ROOM = (
    "no space left",
    "file too large",
    "quota exceeded",
    "max_temp_directory_size",
    "not enough space",
)
NO_RIGHT = ("permission denied", "read-only", "not permitted", "access is denied")
NO_MEMORY = ("out of memory",)
DAMAGED = (
    "corrupt",
    "checksum",
    "not a valid duckdb",
    "could not read enough bytes",
    "replaying wal",
    "serialization error",
    "database has been invalidated",
    "input/output error",
    "is a directory",
    "extension",  # DuckDB wants one to open what another program wrote
)


def reason(error: Exception) -> str:
    """Return what an error says, on one line.

    >>> reason(OSError(28, "No space left on device", "/home/someone/secret"))
    'No space left on device'
    """
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return one_line((str(error).splitlines() or [""])[0], LONGEST_REASON)


def _told(error: Exception, words: tuple[str, ...]) -> str | None:
    """Return which of these words an error is told in, whatever the names in it are.

    >>> _told(OSError('Cannot open "/corrupt/x": Permission denied'), NO_RIGHT)
    'permission denied'
    >>> _told(OSError('Cannot open "/corrupt/x": Permission denied'), DAMAGED)
    """
    text = QUOTED.sub("", str(error)).lower()
    return next((word for word in words if word in text), None)


def warehouse_trouble(path: Path | None, error: Exception) -> StoreError | None:
    """Return what a person is told about the warehouse; None for an error that is our own fault.

    path: None for a warehouse in memory.
    """
    if not isinstance(error, OSError | duckdb.Error):
        return None
    name = f"the warehouse {path}" if path else "the warehouse"
    folder = path.parent if path else "its folder"
    if _told(error, IN_USE):
        return InUse(
            f"another klarpris process is writing {path}; wait for it or stop it. "
            "Reading is never blocked: snapshots are separate files."
        )
    if why := _told(error, NO_ROOM):
        return StoreError(
            f"{name} cannot be written: {why}; make room in {folder} and run it again. "
            "What was there before is kept."
        )
    if why := _told(error, NO_RIGHT):
        return StoreError(
            f"{name} cannot be written: {why}; give this user the right to write {folder} and "
            "what is in it, or set KLARPRIS_HOME to another folder. Nothing was changed."
        )
    return _other_trouble(name, error)


def _other_trouble(name: str, error: Exception) -> StoreError | None:
    if _told(error, NO_MEMORY):
        return StoreError(f"{name} needs more memory: {reason(error)}; see KLARPRIS_MEMORY_LIMIT")
    if _told(error, DAMAGED):
        return StoreError(
            f"{name} cannot be opened or read, it is damaged: {reason(error)}; it was left as it "
            "is, and the last snapshot is still shown. `klarpris restore FILE` puts a backup in "
            "its place."
        )
    return None


def snapshot_trouble(folder: Path, error: Exception) -> StoreError:
    """Return what a person is told when no snapshot could be written."""
    why, advice = reason(error), "the one before is still shown"
    if told := _told(error, NO_ROOM):
        why, advice = told, f"make room there and run `klarpris publish`; {advice}"
    elif told := _told(error, NO_RIGHT):
        why, advice = told, f"give this user the right to write there; {advice}"
    return StoreError(f"no snapshot could be written to {folder}: {why}; {advice}")


def file_trouble(path: Path, error: OSError) -> StoreError:
    """Return what a person is told when a small file could not be written."""
    return StoreError(f"{path} cannot be written: {reason(error)}; make room or mend the folder")
