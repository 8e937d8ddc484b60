"""Read recorded responses and documents from disk as feeds.

A file holding {"request", "response"} is a recorded response whose body is the document; any
other JSON file is the document itself. A folder's subfolders, else its files, are the feeds.
"""

import asyncio
from collections.abc import AsyncGenerator, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from aggregator.errors import ConfigError, SourceError
from aggregator.feeds import Layout, OcpiVersion
from aggregator.formats.document import Document
from aggregator.formats.unpacking import unpacked
from aggregator.formats.whole import decode, refuse_ocpi_error
from aggregator.sources.address import shown
from aggregator.sources.body import CHUNK, Body
from aggregator.sources.page import Page, Remarks

SUFFIXES = (".json", ".json.gz", ".json.zip", ".geojson", ".ndjson", ".jsonl")
RECORDED = (b'"request"', b'"response"')
SNIFFED = 4_096
LARGEST_RECORDING = 64_000_000


@dataclass(frozen=True, slots=True)
class LocalFeed:
    """Files that together are one feed, in the order in which they are read."""

    feed_id: str
    files: tuple[Path, ...]


def local_feeds(path: Path, known: Collection[str]) -> list[LocalFeed]:
    """Return the feeds in a file or folder, named after subfolders or files; each name is one feed.

    A folder named like a known feed is that feed, whatever it holds.

    Raises:
        ConfigError: there is nothing to read.
    """
    if path.is_file():
        return [LocalFeed(_stem(path), (path,))]
    folders = [entry for entry in sorted(path.glob("*")) if entry.is_dir()]
    if path.resolve().name in known:
        groups = [LocalFeed(path.resolve().name, _files(path))]
    elif folders:
        groups = [LocalFeed(folder.name, _files(folder)) for folder in folders]
    else:
        groups = _by_stem(_files(path))
    feeds = [group for group in groups if group.files]
    if not feeds:
        message = f"{path}: no files of documents found to read ({', '.join(SUFFIXES)})"
        raise ConfigError(message)
    return feeds


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(f for f in folder.rglob("*") if f.is_file() and f.name.endswith(SUFFIXES)))


def _by_stem(files: Collection[Path]) -> list[LocalFeed]:
    """Return a feed for each name; `acme.json` and `acme.ndjson` are of one."""
    stems = dict.fromkeys(_stem(file) for file in files)
    return [LocalFeed(stem, tuple(f for f in files if _stem(f) == stem)) for stem in stems]


def _stem(path: Path) -> str:
    suffix = next(
        (one for one in sorted(SUFFIXES, key=len, reverse=True) if path.name.endswith(one)), ""
    )
    return path.name.removesuffix(suffix)


class LocalFiles:
    """The documents of one local feed; recordings do not prove that they are complete."""

    complete = False

    def __init__(
        self,
        local: LocalFeed,
        max_bytes: int,
        ocpi_version: OcpiVersion | None = None,
        layout: Layout | None = None,
    ) -> None:
        """Prepare to read; nothing is opened yet."""
        self.remarks = Remarks()
        self._files = local.files
        self._max_bytes, self._layout = max_bytes, layout or Layout()
        self._ocpi_version = ocpi_version

    async def version(self) -> OcpiVersion | None:
        """Return the version that a feed file of the same name states."""
        return self._ocpi_version

    async def modules(self) -> list[str]:
        """Return the files; each may hold both modules, told apart by shape."""
        return [str(file) for file in self._files]

    async def pages(self, module: str) -> AsyncGenerator[Page, None]:
        """Yield the document of one file."""
        path = Path(module)
        yield await asyncio.to_thread(self._page, path)

    def _page(self, path: Path) -> Page:
        try:
            size = path.stat().st_size
            head = next(unpacked(_chunks(path), self._max_bytes), b"")
            url, chunks = path.name, partial(_chunks, path)
            if all(key in head[:SNIFFED] for key in RECORDED) and size <= LARGEST_RECORDING:
                recorded = decode(path.read_bytes(), self._max_bytes)
                url, body = recorded_body(recorded, path)
                refuse_ocpi_error(body)
                content = to_json(body)
                chunks = partial(iter, [content])
        except OSError as error:
            message = f"{path}: cannot be read: {error.strerror}"
            raise SourceError(message) from error
        except SourceError as error:
            message = f"{path}: {error}"
            raise type(error)(message) from error
        document = Document(chunks, max_bytes=self._max_bytes, layout=self._layout)
        return Page(url, document, Body(url, 200, size, "", path))

    def forget_conditions(self) -> None:
        """Do nothing: files are always read."""

    def loaded(self) -> None:
        """Do nothing: files are always read."""

    async def single_tariffs(
        self,
        tariff_ids: Collection[str],  # noqa: ARG002 - every source has it
    ) -> AsyncGenerator[Page, None]:
        """Yield nothing: whatever is recorded stands in the files."""
        for _ in ():
            yield _


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise SourceError(message) from error


def recorded_body(document: Any, path: Path) -> tuple[str, Any]:  # noqa: ANN401 - any JSON
    """Return the address and body of a recorded response, else the file's own."""
    if isinstance(document, dict) and {"request", "response"} <= document.keys():
        request, response = document["request"], document["response"]
        if isinstance(request, dict) and isinstance(response, dict):
            return shown(str(request.get("url") or path.name)), response.get("body")
    return path.name, document
