"""What a process that did not end well left lying about in the home."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from aggregator.care.backup import PART
from aggregator.care.copies import requests
from aggregator.care.restoring import INCOMING
from aggregator.config import Settings
from aggregator.store.compacting import COMPACTING

UNDER_WAY_SECONDS = 3_600  # what was touched in the last hour may still be in use


def strays(settings: Settings) -> list[Path]:
    """Return files that nobody has touched for an hour and that nothing will ever need."""
    return sorted(path for path in _unfinished(settings) if _is_old(path))


def _unfinished(settings: Settings) -> Iterator[Path]:
    home = settings.home
    yield from home.glob(f"*{COMPACTING}*")
    yield from home.glob(f"*{INCOMING}*")
    yield from settings.backups_folder.glob(f".*{PART}")
    yield from (home / "spill").glob("*")
    for request in requests(home):
        if request.is_forsaken:
            yield from request.folder.glob(f"{request.request_id}.*")


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > UNDER_WAY_SECONDS
    except FileNotFoundError:
        return False


def remove_strays(settings: Settings) -> int:
    """Remove them; return how many bytes they held."""
    freed_bytes = 0
    for path in strays(settings):
        with suppress(OSError):
            size = path.stat().st_size
            path.unlink()
            freed_bytes += size
    return freed_bytes
