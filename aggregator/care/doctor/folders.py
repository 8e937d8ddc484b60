"""Whether there is room and right to write, and what was left lying about."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from aggregator.care.doctor.finding import Finding, failed, fine, warning
from aggregator.care.strays import strays
from aggregator.config import Settings
from aggregator.store.status import HarvestStatus

LEAST_FREE_BYTES = 100_000_000
MB = 1_000_000


def folders(settings: Settings, *, is_used: bool) -> Iterator[Finding]:
    """Yield what is found of the disk and of leftovers. is_used: a process has the warehouse."""
    free_bytes = shutil.disk_usage(_existing(settings.home)).free
    snapshots = settings.snapshots_folder.glob("*.duckdb")
    snapshot_bytes = max((_size(one) for one in snapshots), default=0)
    yield room(free_bytes, _size(settings.warehouse_path), snapshot_bytes)
    places = (settings.home, settings.snapshots_folder, settings.warehouse_path)
    yield rights([one for one in places if not os.access(_existing(one), os.W_OK)])
    yield _leftovers(settings, is_used=is_used)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def room(free_bytes: int, warehouse_bytes: int, snapshot_bytes: int) -> Finding:
    """Compare what is free with what publishing and compacting write beside what is there."""
    both_bytes = warehouse_bytes + snapshot_bytes
    text = f"{free_bytes / MB:,.0f} MB free; warehouse and snapshot have {both_bytes / MB:,.1f} MB"
    todo = "make room, or keep less: KLARPRIS_KEEP_STATUS_DAYS, KLARPRIS_ARCHIVE_MB"
    if free_bytes < snapshot_bytes + LEAST_FREE_BYTES:
        return failed("disk", f"{text}: too little for the next snapshot", todo)
    if free_bytes < both_bytes + LEAST_FREE_BYTES:
        return warning("disk", f"{text}: too little for a backup or `klarpris vacuum`", todo)
    return fine("disk", text)


def rights(refused: Sequence[Path]) -> Finding:
    """Return whether this user may write. refused: where not."""
    if refused:
        names = ", ".join(str(one) for one in refused)
        return failed("folder", f"not writable for this user: {names}", "give the user the right")
    return fine("folder", "warehouse and snapshots are writable")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _leftovers(settings: Settings, *, is_used: bool) -> Finding:
    found = strays(settings)
    if found:
        size = sum(_size(one) for one in found) / MB
        text = f"{len(found)} unfinished files of {size:,.1f} MB, such as {found[0]}"
        return warning("leftovers", text, "`klarpris vacuum` removes them")
    status = HarvestStatus.read(settings.home)
    running = [name for name, one in status.feeds.items() if one.running_since] if status else []
    if running and not is_used and settings.warehouse_path.exists():
        names = ", ".join(running)
        text = f"status.json says that a run is under way, but no process is harvesting: {names}"
        return warning("leftovers", text, "the next harvest sets it right")
    return fine("leftovers", "no unfinished files, no locks")
