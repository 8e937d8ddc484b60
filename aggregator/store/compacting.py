"""Give back room: DuckDB reuses what was freed in a file, but never makes the file smaller.

A compact copy is written beside the warehouse, proven, and put into its place in one step. After a
crash at any instant the old or the new file stands there, whole.
"""

from pathlib import Path
from typing import NamedTuple

from aggregator.errors import InUse, StoreError
from aggregator.store.at_rest import bring_to_disk, held, log_of
from aggregator.store.copying import copy_at_rest, remove, verify

COMPACTING = ".compacting"
Signature = tuple[int, int, int]


class Sizes(NamedTuple):
    """Of the warehouse file, in bytes."""

    before_bytes: int
    after_bytes: int


def compact(path: Path) -> Sizes:
    """Replace a warehouse file by a compact one that holds the same.

    Raises:
        InUse: another process has it, or had it meanwhile; it stays as it is.
        StoreError: it is damaged, or there is no room for the copy; it stays as it is.
    """
    beside = path.with_name(path.name + COMPACTING)
    before = _signature(path)
    try:
        verify(beside, copy_at_rest(path, beside))
        _put_in_place(beside, path, before)
    except OSError as error:
        message = f"{path} could not be replaced by a smaller file: {error.strerror}"
        raise StoreError(message) from error
    finally:
        remove(beside)
    return Sizes(before[1], path.stat().st_size)


def _put_in_place(beside: Path, path: Path, before: Signature) -> None:
    """Replace the warehouse, unless it is no longer what was copied."""
    with held(path):
        if log_of(path).exists() or _signature(path) != before:
            message = f"another process has written {path} meanwhile; it stays as it is"
            raise InUse(message)
        beside.replace(path)
    bring_to_disk(path)


def _signature(path: Path) -> Signature:
    """Return what tells whether a file was written or replaced."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        message = f"there is no warehouse at {path}; `klarpris harvest` makes one"
        raise StoreError(message) from error
    return found.st_ino, found.st_size, found.st_mtime_ns
