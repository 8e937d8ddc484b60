"""One file that holds the warehouse, what is known of the feeds and people's own files.

Nothing secret is in it.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aggregator.care.copies import CopyRequest
from aggregator.care.own_files import own_files
from aggregator.care.packing import About, pack, unpack
from aggregator.config import Settings
from aggregator.errors import InUse, StoreError
from aggregator.store.at_rest import bring_to_disk
from aggregator.store.copying import Contents, copy_at_rest, verify
from aggregator.store.status import STATUS

PART = ".part"
WORKING = "the harvester is running; it is copying the warehouse"
WAITING = "another klarpris process is writing the warehouse; waiting for it"


def _sleep() -> None:
    time.sleep(1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How to wait for a warehouse that another process has open.

    seconds: at most. told: what a person should know meanwhile. pause: between two looks.
    """

    seconds: float
    told: Callable[[str], None]
    pause: Callable[[], None] = _sleep


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished and verified backup. holds: the warehouse in it."""

    path: Path
    size_bytes: int
    holds: Contents


def default_path(settings: Settings, now: datetime) -> Path:
    """Return where a backup goes when no file is named. now: UTC."""
    return settings.backups_folder / f"klarpris-{now:%Y%m%dT%H%M%SZ}.tar"


def back_up(settings: Settings, target: Path, waiting: Waiting, now: datetime) -> Backup:
    """Write a backup and prove it; the file bears its name only when all of it is there.

    Args:
        settings: of the home to back up.
        target: the file to write; one that exists is left alone.
        waiting: for another process that has the warehouse.
        now: UTC.

    Raises:
        InUse: another process had the warehouse all the time.
        StoreError: there is no warehouse, no room, or a file of that name.
    """
    if not settings.warehouse_path.is_file():
        message = f"there is no warehouse at {settings.warehouse_path} to back up"
        raise StoreError(message)
    part = target.with_name(f".{target.name}{PART}")
    try:
        with CopyRequest.made(settings.home) as request:
            copy, holds = _take_copy(settings.warehouse_path, request, waiting)
            verify(copy, holds)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            files = {**_status(settings.home), **own_files(settings)}
            pack(part, copy, files, About(holds, now, settings.demo))
        unpack(part)
        _give_name(part, target)
    except OSError as error:
        message = f"no backup could be written to {target}: {error.strerror or error}"
        raise StoreError(message) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Backup(target, target.stat().st_size, holds)


def _take_copy(warehouse: Path, request: CopyRequest, waiting: Waiting) -> tuple[Path, Contents]:
    """Return a copy and what it holds: our own when the warehouse is free, else the harvester's."""
    until, told = time.monotonic() + waiting.seconds, ""
    while True:
        with suppress(InUse):
            return request.own_copy, copy_at_rest(warehouse, request.own_copy)
        answer = request.answered()
        if answer and answer.holds:
            return request.copy, answer.holds
        if answer and answer.state == "failed":
            raise StoreError(answer.message)
        if (now_told := WORKING if answer else WAITING) != told:
            told = now_told
            waiting.told(told)
        if time.monotonic() >= until:
            message = (
                f"after {waiting.seconds:.0f} s {warehouse} is still in use; --wait waits longer"
            )
            raise InUse(message)
        request.still_wanted()
        waiting.pause()


def _status(home: Path) -> dict[str, bytes]:
    try:
        return {STATUS: (home / STATUS).read_bytes()}
    except FileNotFoundError:
        return {}


def _give_name(part: Path, target: Path) -> None:
    """Give a finished file its name; never in place of another one."""
    if target.exists():
        message = f"{target} is there already; it is left as it is"
        raise StoreError(message)
    bring_to_disk(part)
    part.rename(target)
    bring_to_disk(target)
