"""The body of one answer: kept in a file while it comes in, read from the front as often as needed.

Files are Zstandard streams that `zstd -d` opens. Small bodies stay in memory besides, so that
nobody waits for a disk to read them again; of a large one never more than a part is in memory.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

import pyarrow as pa

from aggregator.domain.text import one_line
from aggregator.errors import StoreError
from aggregator.sources.address import shown

CHUNK = 1 << 20
IN_MEMORY_BYTES = 4 << 20
CODEC = "zstd"


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """Turn what a disk refuses into one line that names the folder."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else one_line(str(error), 200)
        message = f"{folder}: the archive cannot be written: {reason}; make room or mend the folder"
        raise StoreError(message) from error


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one answer. sha256: of the bytes as they came, transfer encoding undone.

    url: without user, password and query. path: the compressed file, None where none is kept.
    """

    url: str
    status: int
    size_bytes: int
    sha256: str
    path: Path | None = None
    _content: bytes | None = field(default=None, repr=False, compare=False)
    _verified: bool = field(default=False, repr=False, compare=False)

    @classmethod
    def of(cls, content: bytes, url: str = "") -> Self:
        """Return a body that is in memory only."""
        digest = hashlib.sha256(content).hexdigest()
        return cls(shown(url), 200, len(content), digest, None, content)

    @classmethod
    def archived(
        cls, path: Path | None, *, url: str, status: int, size_bytes: int, sha256: str
    ) -> Self:
        """Return a body that was archived; reading it to its end checks that it is still whole."""
        return cls(url, status, size_bytes, sha256, path, None, _verified=True)

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes from the front, about `CHUNK` each.

        Raises:
            StoreError: the kept file is gone or damaged.
        """
        if self._content is None:
            yield from self._kept_chunks()
        elif len(self._content) <= CHUNK:
            yield self._content
        else:
            for start in range(0, len(self._content), CHUNK):
                yield self._content[start : start + CHUNK]

    def read(self) -> bytes:
        """Return all bytes at once: for small answers.

        Raises:
            StoreError: the kept file is gone or damaged.
        """
        return b"".join(self.chunks()) if self._content is None else self._content

    def _kept_chunks(self) -> Iterator[bytes]:
        if self.path is None:
            message = f"{self.url}: the body of this answer was not kept"
            raise StoreError(message)
        size, digest = 0, hashlib.sha256()
        try:
            with (
                pa.OSFile(str(self.path), "rb") as file,
                pa.CompressedInputStream(file, CODEC) as stream,
            ):
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    if self._verified:
                        digest.update(chunk)
                    yield chunk
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else one_line(str(error), 200)
            message = f"{self.path}: cannot be read: {reason}"
            raise StoreError(message) from error
        if size != self.size_bytes or (self._verified and digest.hexdigest() != self.sha256):
            message = f"{self.path}: damaged: it no longer holds the bytes that came"
            raise StoreError(message)


@dataclass(frozen=True, slots=True)
class Received:
    """What is known of an answer when all of it is here. url: as asked, with its query."""

    name: str
    url: str
    status: int
    headers: Mapping[str, str]
    asked_at: datetime
    size_bytes: int
    sha256: str
    error: str


class Shelf(Protocol):
    """Where the bodies of one run are put."""

    @property
    def folder(self) -> Path:
        """The folder that the shelf fills."""

    def part(self) -> Path:
        """Return where the next large body is written while it comes in."""

    def keep(self, received: Received, part: Path | None, content: bytes | None) -> Path | None:
        """Keep a body, which is in `part` or is `content`; return the file it is read from."""

    def release(self, spool: "Spool") -> None:
        """Note that a spool is finished or discarded."""


class Spool:
    """Takes in one body: in memory while it is small, else compressed into a file."""

    def __init__(self, shelf: Shelf, name: str) -> None:
        self._shelf, self._name = shelf, name
        self._digest, self._size_bytes = hashlib.sha256(), 0
        self._parts: list[bytes] = []
        self._path: Path | None = None
        self._stream: pa.NativeFile | None = None

    def write(self, part: bytes) -> None:
        """Take in the next bytes.

        Raises:
            StoreError: the disk is full or refuses; what had come is discarded.
        """
        self._digest.update(part)
        self._size_bytes += len(part)
        if self._stream is None:
            self._parts.append(part)
            if self._size_bytes <= IN_MEMORY_BYTES:
                return
            part = b"".join(self._parts)
            self._parts.clear()
        try:
            with storing(self._shelf.folder):
                if self._stream is None:
                    self._path = self._shelf.part()
                    self._stream = compressed(self._path)
                self._stream.write(part)
        except StoreError:
            self.discard()
            raise

    def finish(
        self,
        *,
        url: str,
        status: int,
        headers: Mapping[str, str],
        asked_at: datetime,
        error: str = "",
    ) -> Body:
        """Keep the body and return it; with an error, or a status of 400 up, only a small one.

        Args:
            url: as it was asked; what may be secret in it is not kept.
            status: of HTTP.
            headers: of the answer.
            asked_at: when it was asked for, with a time zone.
            error: why the answer is of no use, without secrets.

        Raises:
            StoreError: the disk is full or refuses; the body is discarded.
        """
        content = None if self._path else b"".join(self._parts)
        digest, size_bytes = self._digest.hexdigest(), self._size_bytes
        received = Received(self._name, url, status, headers, asked_at, size_bytes, digest, error)
        try:
            with storing(self._shelf.folder):
                if self._stream:
                    self._stream.close()
                path = self._shelf.keep(received, self._path, content)
        except StoreError:
            self.discard()
            raise
        self._stream = self._path = None  # from here on, discarding takes nothing away
        self._shelf.release(self)
        return Body(shown(url), status, size_bytes, digest, path, content)

    def discard(self) -> None:
        """Forget what has come, unless it is finished: nothing of it stays."""
        with suppress(OSError):
            if self._stream:
                self._stream.close()
        with suppress(OSError):
            if self._path:
                self._path.unlink(missing_ok=True)
        self._parts.clear()
        self._shelf.release(self)


def compressed(path: Path) -> pa.NativeFile:
    """Return a stream that compresses into a new file, which the owner alone can read."""
    path.touch(mode=0o600)
    return pa.CompressedOutputStream(pa.OSFile(str(path), "wb"), CODEC)
