"""What a run's manifest says about each document: one line of JSON, added when the file is there.

A line that a crash cut off is passed over: the file it was to name is named by nothing.
"""

import errno
import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from aggregator.domain.text import one_line
from aggregator.errors import StoreError
from aggregator.sources.address import shown
from aggregator.sources.body import Body, Received
from aggregator.sources.retention import run_folders, run_id_of

MANIFEST = "manifest.jsonl"
LONGEST_NOTE = 1_000
REFUSALS_FROM = 400  # statuses of HTTP
PAGING = {"cursor", "date_from", "date_to", "limit", "offset", "page", "page_size", "per_page"}
UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a manifest. file: None where no body is kept; stored_bytes: its size there."""

    number: int
    file: str | None
    url: str
    asked_at: datetime
    status: int
    size_bytes: int
    stored_bytes: int
    sha256: str
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    error: str | None = None

    @property
    def is_usable(self) -> bool:
        """Whether this is a document, not an answer kept for the record."""
        return self.error is None and self.status < REFUSALS_FROM

    @classmethod
    def of(cls, number: int, path: Path | None, received: Received) -> "Entry":
        """Return the line for a document that lies at `path`."""
        headers = {name.lower(): value for name, value in received.headers.items()}

        def note(text: str | None) -> str | None:
            return one_line(text, LONGEST_NOTE) or None if text else None

        return Entry(
            number=number,
            file=path.name if path else None,
            url=traced(received.url),
            asked_at=received.asked_at.astimezone(UTC),
            status=received.status,
            size_bytes=received.size_bytes,
            stored_bytes=path.stat().st_size if path else 0,
            sha256=received.sha256,
            content_type=note(headers.get("content-type")),
            etag=note(headers.get("etag")),
            last_modified=note(headers.get("last-modified")),
            error=note(received.error),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedDocument(Entry):
    """One document of a run. path: the compressed file, None where none is kept or it is gone."""

    path: Path | None

    @property
    def is_whole(self) -> bool:
        """Whether the file is still as large as it was written."""
        try:
            return self.path is not None and self.path.stat().st_size == self.stored_bytes
        except FileNotFoundError:  # removed meanwhile
            return False

    def body(self) -> Body:
        """Return the bytes; reading them to the end checks that they are the ones that came."""
        return Body.archived(
            self.path,
            url=shown(self.url),
            status=self.status,
            size_bytes=self.size_bytes,
            sha256=self.sha256,
        )


def add(folder: Path, entry: Entry) -> int:
    """Add a line to a run's manifest, all of it or nothing; return its length in bytes."""
    line = msgspec.json.encode(entry) + b"\n"
    with open(folder / MANIFEST, "ab", buffering=0, opener=_private) as manifest:
        end = manifest.seek(0, os.SEEK_END)
        if manifest.write(line) != len(line):
            manifest.truncate(end)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return len(line)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def documents(folder: Path) -> list[ArchivedDocument]:
    """Return the documents of the run in a folder, in the order in which they came."""
    try:
        lines = (folder / MANIFEST).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except msgspec.MsgspecError:
            continue
        path = folder / Path(entry.file).name if entry.file else None
        path = path if path and path.is_file() else None
        found.append(ArchivedDocument(**asdict(entry), path=path))
    return found


def find(archive_folder: Path, feed_id: str, run_id: str) -> list[ArchivedDocument]:
    """Return the documents of one run, in the order in which they came; none where none are kept.

    Raises:
        StoreError: the archive cannot be read.
    """
    try:
        for folder in run_folders(archive_folder / file_name(feed_id)):
            if run_id_of(folder) == file_name(run_id):
                return documents(folder)
    except OSError as error:
        message = f"{archive_folder}: the archive cannot be read: {error.strerror}"
        raise StoreError(message) from error
    return []


def archived_runs(
    archive_folder: Path, feed_id: str, most: int
) -> list[tuple[str, list[ArchivedDocument]]]:
    """Return the ids and documents of a feed's last runs, newest first.

    Raises:
        StoreError: the archive cannot be read.
    """
    try:
        folders = run_folders(archive_folder / file_name(feed_id))[:most]
        return [(run_id_of(folder), documents(folder)) for folder in folders]
    except OSError as error:
        message = f"{archive_folder}: the archive cannot be read: {error.strerror}"
        raise StoreError(message) from error


def file_name(text: str) -> str:
    """Return a name that is a file's name everywhere and nothing else.

    >>> file_name("locations and tariffs"), file_name("../..")
    ('locations_and_tariffs', '_..')
    """
    return UNFIT.sub("_", text).lstrip(".")[:100] or "_"


def traced(url: str) -> str:
    """Return an address without user, password and query, but with what says which page it is.

    >>> traced("https://me:pw@a.example/tariffs?key=s3cret&offset=50&limit=25")
    'https://a.example/tariffs?offset=50&limit=25'
    """
    try:
        query = parse_qsl(urlsplit(url).query)
    except ValueError:
        return shown(url)
    kept = urlencode([(key, value) for key, value in query if key.lower() in PAGING])
    return f"{shown(url)}?{kept}" if kept else shown(url)
