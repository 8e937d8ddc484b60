"""The file of a backup: a tar of checksums, a description, files of the home and the warehouse.

`sha256sum --check SHA256SUMS` checks it by hand, once it is unpacked.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import AwareDatetime, BaseModel

from aggregator import __version__
from aggregator.care.own_files import IN_A_BACKUP
from aggregator.errors import StoreError
from aggregator.store.copying import Contents

FORMAT = 1
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
STATUS, WAREHOUSE = "status.json", "warehouse.duckdb"
LARGEST_TEXT_BYTES = 500_000_000
AT_ONCE = 1 << 20


class Writer(BaseModel):
    """What wrote a backup: this much is said by every version, newer ones included."""

    format: int = FORMAT
    klarpris_version: str = __version__


class Manifest(Writer):
    """What a backup is. demo: of simulated operators."""

    made_at: AwareDatetime
    demo: bool
    holds: Contents


@dataclass(frozen=True, slots=True)
class About:
    """What a copy is. holds: its contents; made_at: UTC; demo: of simulated operators."""

    holds: Contents
    made_at: datetime
    demo: bool


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a backup gave.

    status: the status file, None where there was none. own: people's own files by their names
    in the backup (`care/own_files.py`).
    """

    manifest: Manifest
    status: bytes | None
    own: Mapping[str, bytes]


def pack(target: Path, copy: Path, files: Mapping[str, bytes], about: About) -> None:
    """Write a backup.

    Args:
        target: the file to write; it must not exist.
        copy: a verified copy of the warehouse.
        files: the status file, where there is one, and people's own files, by name.
        about: what the copy is.

    Raises:
        OSError: there is no room, or no right to write.
    """
    manifest = Manifest(made_at=about.made_at, demo=about.demo, holds=about.holds)
    texts = {MANIFEST: manifest.model_dump_json(indent=2).encode(), **files}
    digests = {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()}
    with copy.open("rb") as file:
        digests[WAREHOUSE] = hashlib.file_digest(file, "sha256").hexdigest()
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    with tarfile.open(target, "x", format=tarfile.PAX_FORMAT) as tar:
        for name, text in ({SUMS: sums.encode()} | texts).items():
            tar.addfile(_entry(name, len(text), about.made_at), io.BytesIO(text))
        with copy.open("rb") as file:
            tar.addfile(_entry(WAREHOUSE, copy.stat().st_size, about.made_at), file)


def _entry(name: str, size_bytes: int, now: datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = size_bytes, int(now.timestamp())
    return entry


def unpack(backup: Path, into: Path | None = None) -> Unpacked:
    """Read a backup to its end and check every byte of it.

    Args:
        backup: the file.
        into: where its warehouse is written; None: nowhere, it is only checked.

    Raises:
        StoreError: it is damaged, cut off, no backup, or of a newer Klarpris.
    """
    with _understandable(backup), tarfile.open(backup, "r:") as tar:
        sums = _sums(tar)
        manifest = _manifest(backup, _checked(tar, MANIFEST, sums))
        status = _checked(tar, STATUS, sums) if STATUS in sums else None
        own = {name: _checked(tar, name, sums) for name in sums if IN_A_BACKUP.fullmatch(name)}
        _compare(WAREHOUSE, _write_out(_member(tar, WAREHOUSE), into), sums)
    return Unpacked(manifest, status, own)


@contextmanager
def _understandable(backup: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, KeyError, EOFError, ValueError) as error:
        message = f"{backup} is damaged, cut off, or no backup of Klarpris"
        raise StoreError(message) from error
    except OSError as error:
        message = f"{backup} cannot be read: {error.strerror or error}"
        raise StoreError(message) from error


def _sums(tar: tarfile.TarFile) -> dict[str, str]:
    """Return the SHA-256 that each file must have, by name."""
    lines = _member(tar, SUMS).read(LARGEST_TEXT_BYTES).decode().splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _checked(tar: tarfile.TarFile, name: str, sums: Mapping[str, str]) -> bytes:
    text = _member(tar, name).read(LARGEST_TEXT_BYTES)
    _compare(name, hashlib.sha256(text).hexdigest(), sums)
    return text


def _compare(name: str, digest: str, sums: Mapping[str, str]) -> None:
    if sums[name] != digest:
        message = f"{name} is not what was written"
        raise tarfile.ReadError(message)


def _manifest(backup: Path, text: bytes) -> Manifest:
    writer = Writer.model_validate_json(text)
    if writer.format > FORMAT:
        message = (
            f"{backup} was written by a newer Klarpris ({writer.klarpris_version}); "
            "upgrade Klarpris to use it"
        )
        raise StoreError(message)
    return Manifest.model_validate_json(text)


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    file = tar.extractfile(name)
    if file is None:  # a folder or a link bears the name
        raise KeyError(name)
    return file


def _write_out(file: IO[bytes], into: Path | None) -> str:
    """Write a member where it is wanted; return its SHA-256."""
    digest = hashlib.sha256()
    with into.open("wb") if into else nullcontext(io.BytesIO()) as out:
        while part := file.read(AT_ONCE):
            digest.update(part)
            if into:
                out.write(part)
    return digest.hexdigest()
