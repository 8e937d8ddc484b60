"""A process that reads locations beside the harvest: tasks come in, rows go out, through a socket.

It is started by the harvest alone, and ends with it: when nothing more can come in.
"""

import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec

from aggregator.workers.code import code_digest
from aggregator.workers.frames import Gone, receive, send


class _Without(MetaPathFinder):
    """Lets a module be missing: Arrow would take pandas along, which needs 0.3 s and 45 MB."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        """Refuse the module; leave all others to the usual finders."""
        del path, target
        if fullname == self._name:
            raise ModuleNotFoundError(name=fullname)
        return None


def main() -> None:
    """Read task after task, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts, interrupts the harvest
    sys.meta_path.insert(0, _Without("pandas"))
    from aggregator.workers.plain import Task, read_plain  # noqa: PLC0415 - not before pandas is out

    channel = socket.socket(fileno=sys.stdin.fileno())
    with suppress(Gone, OSError):
        send(channel, code_digest())
        while True:
            task = receive(channel)
            assert isinstance(task, Task)  # noqa: S101 - we are asked nothing else
            send(channel, read_plain(task))
    os._exit(0)  # at once: there is nothing to put in order, and the harvest waits


if __name__ == "__main__":
    main()
