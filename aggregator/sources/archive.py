"""Each run's documents as they came, compressed, so that any price can be traced to its bytes.

<folder>/<feed_id>/<YYYYMMDDTHHMMSSZ>_<run_id>/0001_locations.json.zst, and manifest.jsonl beside
it with one line for each document. A document that has not changed since the run before is a hard
link to the file there. A file is renamed into place before the manifest names it, so that a crash
leaves at worst a file that nothing names. When a run has filled the archive by itself, what else
it receives is noted there without a file.
"""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock

from aggregator.sources.body import Received, Spool, compressed, storing
from aggregator.sources.manifest import (
    REFUSALS_FROM,
    ArchivedDocument,
    Entry,
    add,
    archived_runs,
    documents,
    file_name,
    find,
)
from aggregator.sources.retention import (
    DOCUMENT,
    STARTED,
    run_folders,
    stored_runs,
    to_remove,
    total_bytes,
)

__all__ = ["Archive", "ArchivedDocument", "RunArchive", "archived_runs", "find"]
PART = ".part"
FAILED = ".failed.zst"
SMALL_BYTES = 1 << 16  # the body of an answer of no use is kept up to this size
SCAN_AFTER = timedelta(hours=1)  # or as soon as the bound may be exceeded
SCAN_AGAIN_SHARE = 0.05  # of the bound, that came since a look that could not make room
NOT_KEPT = "not kept: the run has filled the archive by itself; see archive_mb"


class Archive:
    """The documents of all feeds below one folder, bounded by age and size. max_mb 0: none."""

    def __init__(self, folder: Path, max_days: int, max_mb: int) -> None:
        self.folder = folder
        self._max_age, self._max_bytes = timedelta(days=max_days), max_mb * 1_000_000
        self._lock = Lock()
        self._active: set[Path] = set()
        self._scanned_at: datetime | None = None
        self._bytes = self._bytes_left = 0

    @contextmanager
    def run(self, feed_id: str, run_id: str, started_at: datetime) -> Iterator["RunArchive"]:
        """Yield where one run puts its documents, after old runs have made room.

        Raises:
            StoreError: the disk refuses.
        """
        name = f"{started_at.astimezone(UTC).strftime(STARTED)}_{file_name(run_id)}"
        run = RunArchive(
            self.folder / file_name(feed_id) / name,
            max_bytes=self._max_bytes,
            grew=partial(self._grew, started_at),
        )
        with self._lock:
            self._active.add(run.folder)
        try:
            if self._is_due(started_at):
                self.prune(started_at)
            yield run
        finally:
            run.close()
            with self._lock:
                self._active.discard(run.folder)

    def prune(self, now: datetime) -> None:
        """Remove what is older than allowed, then the oldest runs until the rest fits.

        Raises:
            StoreError: the disk refuses.
        """
        with self._lock, storing(self.folder):
            runs = stored_runs(self.folder)
            gone = to_remove(runs, now - self._max_age, self._max_bytes, self._active)
            for run in gone:
                with suppress(FileNotFoundError):
                    shutil.rmtree(run.folder)
            self._bytes = total_bytes([run for run in runs if run not in gone])
            self._bytes_left = self._bytes
            self._scanned_at = now

    def _is_due(self, now: datetime) -> bool:
        if self._scanned_at is None or self._bytes > self._max_bytes:
            return True
        return abs(now - self._scanned_at) >= SCAN_AFTER

    def _grew(self, now: datetime, stored_bytes: int) -> None:
        """Count what a run has stored; older runs make room for it."""
        with self._lock:
            self._bytes += stored_bytes
            came = self._bytes - self._bytes_left
            must_go = self._bytes > self._max_bytes and came > self._max_bytes * SCAN_AGAIN_SHARE
        if must_go:
            self.prune(now)


class RunArchive:
    """Where one run puts its documents. The folder is made when the first one comes."""

    def __init__(self, folder: Path, *, max_bytes: int, grew: Callable[[int], None]) -> None:
        self.folder = folder
        self._max_bytes, self._grew = max_bytes, grew
        self._bytes, self._is_full = 0, False
        self._lock = Lock()
        self._open: set[Spool] = set()
        self._part_numbers, self._numbers = itertools.count(1), itertools.count(1)
        self._known: dict[str, Path] | None = None

    def spool(self, name: str) -> Spool:
        """Return what takes in one body; name: the module, or what else the file is called."""
        spool = Spool(self, name)
        self._open.add(spool)
        return spool

    def release(self, spool: Spool) -> None:
        """Note that a spool is finished or discarded."""
        self._open.discard(spool)

    def part(self) -> Path:
        """Return where the next body is written before it is whole."""
        for folder in (self.folder.parent.parent, self.folder.parent, self.folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / f"{next(self._part_numbers):04}{PART}"

    def keep(self, received: Received, part: Path | None, content: bytes | None) -> Path | None:
        """Put a body in its place and note it in the manifest; return its file.

        A body that has no place is read from where it is until the run is over.
        """
        if not self._max_bytes:
            return part
        failed = bool(received.error) or received.status >= REFUSALS_FROM
        with self._lock:
            number = next(self._numbers)
            name = f"{number:04}_{file_name(received.name)}{FAILED if failed else DOCUMENT}"
            path: Path | None = self.folder / name
            if failed and received.size_bytes > SMALL_BYTES:
                (part or self.part()).unlink(missing_ok=True)
                path = part = None
            elif not self._placed(self.folder / name, received.sha256, part, content):
                received = replace(received, error=received.error or NOT_KEPT)
                path = None
            self._grew(add(self.folder, Entry.of(number, path, received)))
        return path or part

    def _placed(self, path: Path, sha256: str, part: Path | None, content: bytes | None) -> bool:
        """Put a body in its place; return False, now and from now on, where there is no room."""
        if self._is_full:
            return False
        known, whole = self._known_files(), part or self.part()
        is_known = sha256 in known and _linked(known[sha256], path)
        if not is_known:
            if part is None:
                with compressed(whole) as stream:
                    stream.write(content)
            whole.replace(path)
        self._bytes += path.stat().st_size
        self._is_full = self._bytes > self._max_bytes
        if self._is_full:
            self._give_back(path, part, is_known=is_known)
            return False
        if is_known:
            whole.unlink(missing_ok=True)
        else:
            known[sha256] = path
            self._grew(path.stat().st_size)
        return True

    def _give_back(self, path: Path, part: Path | None, *, is_known: bool) -> None:
        """Take a body that has no place out again; one that is in a file stays to be read."""
        if part and not is_known:
            path.replace(part)
        else:
            path.unlink()

    def _known_files(self) -> dict[str, Path]:
        """Return the documents of the feed's last run that brought some, by their digest."""
        if self._known is None:
            self._known = {}
            for folder in run_folders(self.folder.parent):
                if folder == self.folder:
                    continue
                _remove_parts(folder)  # of a run that crashed
                whole = (one for one in documents(folder) if one.is_usable and one.is_whole)
                self._known = {one.sha256: one.path for one in whole if one.path}
                if self._known:
                    break
        return self._known

    def close(self) -> None:
        """Discard what was not finished; where nothing is kept, remove all of it."""
        for spool in list(self._open):
            spool.discard()
        _remove_parts(self.folder)
        if not self._max_bytes:
            shutil.rmtree(self.folder, ignore_errors=True)
            with suppress(OSError):
                self.folder.parent.rmdir()


def _remove_parts(folder: Path) -> None:
    for part in folder.glob(f"*{PART}"):
        with suppress(OSError):
            part.unlink()


def _linked(known: Path, path: Path) -> bool:
    try:
        os.link(known, path)
        path.chmod(0o600)  # those of older versions can be read by others
    except OSError:  # another file system, too many links, removed meanwhile
        return False
    return True
