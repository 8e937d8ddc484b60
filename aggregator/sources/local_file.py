"""Read recorded responses and documents from disk as feeds.

A file holding {"request", "response"} is a recorded response whose body is the document; any
other JSON file is the document itself. A folder's subfolders, else its files, are the feeds.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError, SourceError
from aggregator.feeds import OcpiVersion
from aggregator.formats.document import decode, refuse_ocpi_error
from aggregator.sources.address import shown
from aggregator.sources.page import Page

SUFFIXES = (".json", ".json.gz")


@dataclass(frozen=True, slots=True)
class LocalFeed:
    """Files that together are one feed, in the order in which they are read."""

    feed_id: str
    files: tuple[Path, ...]


def local_feeds(path: Path, known: Collection[str]) -> list[LocalFeed]:
    """Return the feeds in a file or folder, named after subfolders or files.

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
        groups = [LocalFeed(_stem(file), (file,)) for file in _files(path)]
    feeds = [group for group in groups if group.files]
    if not feeds:
        message = f"{path}: no {' or '.join(SUFFIXES)} files found to read"
        raise ConfigError(message)
    return feeds


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(f for f in folder.rglob("*") if f.is_file() and f.name.endswith(SUFFIXES)))


def _stem(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".json")


class LocalFiles:
    """The documents of one local feed; recordings do not prove that they are complete."""

    complete = False

    def __init__(
        self, local: LocalFeed, max_bytes: int, ocpi_version: OcpiVersion | None = None
    ) -> None:
        """Prepare to read; nothing is opened yet."""
        self._files = local.files
        self._max_bytes = max_bytes
        self._ocpi_version = ocpi_version

    async def version(self) -> OcpiVersion | None:
        """Return the version that a feed file of the same name states."""
        return self._ocpi_version

    async def modules(self) -> list[str]:
        """Return the files; each may hold both modules, told apart by shape."""
        return [str(file) for file in self._files]

    async def pages(self, module: str) -> AsyncIterator[Page]:
        """Yield the document of one file."""
        path = Path(module)
        try:
            content = await asyncio.to_thread(path.read_bytes)
            document = decode(content, self._max_bytes)
            url, body = recorded_body(document, path)
            refuse_ocpi_error(body)
        except OSError as error:
            message = f"{path}: cannot be read: {error.strerror}"
            raise SourceError(message) from error
        except SourceError as error:
            message = f"{path}: {error}"
            raise type(error)(message) from error
        yield Page(url, body, len(content))


def recorded_body(document: Any, path: Path) -> tuple[str, Any]:  # noqa: ANN401 - any JSON
    """Return the address and body of a recorded response, else the file's own."""
    if isinstance(document, dict) and {"request", "response"} <= document.keys():
        request, response = document["request"], document["response"]
        if isinstance(request, dict) and isinstance(response, dict):
            return shown(str(request.get("url") or path.name)), response.get("body")
    return path.name, document
