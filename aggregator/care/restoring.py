"""Put a backup into the warehouse's place; the present warehouse is kept beside it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from uuid import uuid4

from aggregator.care.own_files import PutBack, put_back
from aggregator.care.packing import Unpacked, unpack
from aggregator.config import Settings
from aggregator.errors import InUse, StoreError
from aggregator.sources.memory import FeedMemory
from aggregator.store.at_rest import bring_to_disk, held, log_of, settle
from aggregator.store.copying import Contents, copy_at_rest, remove, verify
from aggregator.store.pointer import replace_file
from aggregator.store.status import STATUS

INCOMING = ".incoming"
DATABASE = ".duckdb"


@dataclass(frozen=True, slots=True)
class Restoration:
    """A backup that was read and proven, ready to be put in place."""

    holds: Contents
    _found: Unpacked | None
    _incoming: Path
    _settings: Settings

    @property
    def made_at(self) -> datetime | None:
        """When it was made (UTC); None where the file does not say."""
        return self._found.manifest.made_at if self._found else None

    @classmethod
    @contextmanager
    def of(cls, file: Path, settings: Settings) -> Iterator[Self]:
        """Yield what a file holds: a backup, or a warehouse that was kept by a restore.

        Nothing is replaced yet.

        Raises:
            InUse: another process has the warehouse.
            StoreError: the file is damaged, cut off, no backup, or of a newer Klarpris.
        """
        warehouse = settings.warehouse_path
        _refuse_use(warehouse)
        incoming = warehouse.with_name(f"{uuid4().hex}{DATABASE}{INCOMING}")
        try:
            incoming.parent.mkdir(parents=True, exist_ok=True)
            found = _bring(file, incoming, demo=settings.demo)
            yield cls(verify(incoming), found, incoming, settings)
        except OSError as error:
            message = f"{file} could not be restored: {error.strerror or error}"
            raise StoreError(message) from error
        finally:
            remove(incoming)

    def put_in_place(self) -> Path | None:
        """Make it the warehouse, in one step; return where the one before is kept.

        What was remembered of documents is forgotten, so that the next harvest fetches everything:
        an older warehouse lacks what has changed since.

        Raises:
            InUse: another process has the warehouse; nothing was replaced.
            StoreError: there is no right to write; nothing was replaced.
        """
        warehouse = self._settings.warehouse_path
        bring_to_disk(self._incoming)
        try:
            settle(warehouse)
        except InUse:
            raise
        except StoreError:
            pass  # it is damaged: it is kept with its log, as it is
        with held(warehouse):
            self._forget_documents()
            kept = _keep(warehouse)
            self._incoming.replace(warehouse)
            self._write_status()
        bring_to_disk(warehouse)
        return kept

    def put_own_files_back(self) -> PutBack:
        """Write people's own files where there are none; those that are there stay as they are.

        Raises:
            OSError: there is no room, or no right to write.
        """
        return put_back(self._settings.home, self._found.own if self._found else {})

    def _forget_documents(self) -> None:
        for file in sorted(self._settings.memory_folder.glob("*.json")):
            FeedMemory(file).forget_documents()

    def _write_status(self) -> None:
        """Tell when each feed was asked last, as of the backup; without it, every feed is due."""
        status = self._found.status if self._found else None
        if status is None:
            (self._settings.home / STATUS).unlink(missing_ok=True)
        else:
            replace_file(self._settings.home / STATUS, status.decode())


def _refuse_use(warehouse: Path) -> None:
    """Raise InUse when another process has the warehouse, before anything long is begun."""
    with held(warehouse):
        pass


def _bring(file: Path, incoming: Path, *, demo: bool) -> Unpacked | None:
    """Write the warehouse of a file to its new place; return what else is in the file."""
    if not file.is_file():
        message = f"there is no file {file}"
        raise StoreError(message)
    if file.suffix == DATABASE:
        copy_at_rest(file, incoming)
        return None
    found = unpack(file, incoming)
    if found.manifest.demo != demo:
        message = f"{file} is of simulated operators: --demo restores it"
        if demo:
            message = f"{file} is not of simulated operators: it is restored without --demo"
        raise StoreError(message)
    verify(incoming, found.manifest.holds)
    return found


def _keep(warehouse: Path) -> Path | None:
    """Give the present warehouse a second name beside it; where links are unknown, another one."""
    if not warehouse.exists():
        return None
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    kept = warehouse.with_name(f"{warehouse.stem}.before-restore-{moment}{DATABASE}")
    try:
        os.link(warehouse, kept)
    except OSError:
        warehouse.rename(kept)
    with suppress(FileNotFoundError):
        log_of(warehouse).rename(log_of(kept))
    return kept
