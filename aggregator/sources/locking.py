"""Keep two processes from writing into one folder at once, as far as the system can."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

LONGEST_WAIT_SECONDS = 0.5  # who holds it writes one small file
PAUSE_SECONDS = 0.005


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let no other process that asks for the same into the folder meanwhile.

    Whoever holds it longer than `LONGEST_WAIT_SECONDS` hangs; then, and where a folder cannot be
    locked, the work is done all the same. The lock leaves no file and ends with its process.

    Raises:
        OSError: there is no such folder.
    """
    if sys.platform == "win32":
        yield
        return
    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _lock(held)
        yield
    finally:
        os.close(held)


def _lock(held: int) -> None:
    give_up_at = time.monotonic() + LONGEST_WAIT_SECONDS
    while time.monotonic() < give_up_at:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE_SECONDS)
        except OSError:  # this file system has no locks
            return
        else:
            return
