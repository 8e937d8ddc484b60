"""Which runs of the archive must go: too old, or too much in all."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from os import DirEntry, scandir
from pathlib import Path

RUN = re.compile(r"([0-9]{8}T[0-9]{6}Z)_(.+)")
STARTED = "%Y%m%dT%H%M%SZ"
DOCUMENT = ".json.zst"
COMPRESSED = ".zst"
File = tuple[int, int]  # device and inode: the same for every link to a file


@dataclass(frozen=True, slots=True)
class StoredRun:
    """One run's folder. files: the size in bytes of each file there.

    documents_bytes: the size of the bodies alone, without the manifest.
    """

    folder: Path
    started_at: datetime
    files: dict[File, int]
    documents_bytes: int
    holds_documents: bool


def run_folders(feed_folder: Path) -> list[Path]:
    """Return the folders of a feed's runs, newest first."""
    return [Path(entry.path) for entry in sorted(_runs(feed_folder), key=_name, reverse=True)]


def run_id_of(folder: Path) -> str:
    """Return the id of the run that a folder was made for."""
    return folder.name.partition("_")[2]


def stored_runs(archive_folder: Path) -> list[StoredRun]:
    """Return the runs of all feeds, oldest first."""
    feeds = (entry for entry in _entries(archive_folder) if entry.is_dir(follow_symlinks=False))
    runs = [_stored(run) for feed in feeds for run in _runs(feed.path)]
    return sorted(runs, key=lambda run: (run.started_at, run.folder))


def total_bytes(runs: Collection[StoredRun]) -> int:
    """Return the size of runs together; a file that several of them link to counts once."""
    files: dict[File, int] = {}
    for run in runs:
        files |= run.files
    return sum(files.values())


def to_remove(
    runs: list[StoredRun], oldest: datetime, max_bytes: int, active: Collection[Path]
) -> list[StoredRun]:
    """Return the runs that must go, of runs that are oldest first.

    Those from before `oldest` and those that alone exceed the bound go, then the oldest of all
    feeds until the rest fits. A feed keeps its newest run and its newest with documents, unless
    that alone exceeds the bound; an active run stays whatever it is.
    """
    huge = [run for run in runs if run.folder not in active and _is_huge(run, max_bytes)]
    stay = _newest(runs) | set(active)
    going = [run for run in runs if run.started_at < oldest and run.folder not in stay]
    gone = {run.folder: run for run in huge + going}
    rest = [run for run in runs if run.folder not in gone]
    links = Counter(file for run in rest for file in run.files)
    excess = total_bytes(rest) - max_bytes
    for run in rest:
        if excess <= 0:
            break
        if run.folder in stay:
            continue
        gone[run.folder] = run
        links.subtract(run.files.keys())
        excess -= sum(size for file, size in run.files.items() if links[file] == 0)
    return list(gone.values())


def _is_huge(run: StoredRun, max_bytes: int) -> bool:
    return run.documents_bytes > max_bytes or not max_bytes


def _newest(runs: list[StoredRun]) -> set[Path]:
    newest = {run.folder.parent: run.folder for run in runs}
    with_documents = {run.folder.parent: run.folder for run in runs if run.holds_documents}
    return {*newest.values(), *with_documents.values()}


def _stored(run: DirEntry[str]) -> StoredRun:
    files: dict[File, int] = {}
    documents_bytes, holds_documents = 0, False
    for entry in _entries(run.path):
        known = entry.stat(follow_symlinks=False)
        files[known.st_dev, known.st_ino] = known.st_size
        documents_bytes += known.st_size if entry.name.endswith(COMPRESSED) else 0
        holds_documents |= entry.name.endswith(DOCUMENT)
    started_at = _started_at(run.name)
    return StoredRun(Path(run.path), started_at, files, documents_bytes, holds_documents)


def _started_at(name: str) -> datetime:
    try:
        return datetime.strptime(name.partition("_")[0], STARTED).replace(tzinfo=UTC)
    except ValueError:  # digits that are no date
        return datetime.now(UTC) + timedelta(days=1)


def _runs(feed_folder: Path | str) -> Iterator[DirEntry[str]]:
    return (
        entry
        for entry in _entries(feed_folder)
        if RUN.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
    )


def _entries(folder: Path | str) -> list[DirEntry[str]]:
    try:
        with scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:  # removed meanwhile, or never there
        return []


def _name(entry: DirEntry[str]) -> str:
    return entry.name
