"""What a benchmark ran on, and what a child process used."""

import os
import platform
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KILOBYTES_PER_MB = 1024


@dataclass(frozen=True, slots=True)
class Use:
    """What one process used. peak_rss_mb: the most memory it had at once."""

    seconds: float
    cpu_seconds: float
    peak_rss_mb: float


def machine() -> dict[str, object]:
    """Return what figures depend on."""
    return {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def measured(command: Sequence[str], environment: Mapping[str, str]) -> tuple[Use, bytes]:
    """Run a command to its end; return what it used and what it printed.

    Raises:
        RuntimeError: it did not end well.
    """
    begun = time.monotonic()
    with subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE) as process:
        printed = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = f"{' '.join(command)} ended with {process.returncode}"
        raise RuntimeError(message)
    seconds = time.monotonic() - begun
    return Use(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / KILOBYTES_PER_MB), printed
