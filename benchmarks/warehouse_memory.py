"""The memory of a program together with the processes that it starts."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BYTES_PER_MB = 1024 * 1024
EVERY_SECONDS = 0.1
PROC = Path("/proc")


class Peak:
    """The most memory that all processes below this one had at once. megabytes: 0 if unknown."""

    megabytes = 0.0

    def look(self) -> None:
        """Take in what they have now; nothing where the system does not tell it."""
        pages = sum(_pages(pid) for pid in below(os.getpid(), parents(PROC)))
        self.megabytes = max(self.megabytes, pages * os.sysconf("SC_PAGE_SIZE") / BYTES_PER_MB)


@contextmanager
def peak_of_children() -> Iterator[Peak]:
    """Yield what is kept up to date until the block ends."""
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(EVERY_SECONDS):
            peak.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def below(pid: int, parent_of: dict[int, int]) -> set[int]:
    """Return the processes that one has started, and those that they have started.

    >>> sorted(below(1, {2: 1, 3: 2, 4: 9}))
    [2, 3]
    """
    found: set[int] = set()
    nearest = {pid}
    while nearest:
        nearest = {child for child, parent in parent_of.items() if parent in nearest} - found
        found |= nearest
    return found


def parents(proc: Path) -> dict[int, int]:
    """Return who started each process, as Linux tells it in /proc."""
    found = {}
    for stat in proc.glob("[0-9]*/stat"):
        try:
            behind_name = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        found[int(stat.parent.name)] = int(behind_name[1])
    return found


def _pages(pid: int) -> int:
    """Return how many pages of a process are in memory."""
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
