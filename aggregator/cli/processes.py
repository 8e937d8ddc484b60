"""Run several processes as one: start, watch, stop together."""

import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from aggregator.cli.output import errors
from aggregator.errors import ConfigError

STOP_SECONDS = 15
WATCH_SECONDS = 0.25
MOST_RESTARTS = 5
STEADY_SECONDS = 60  # a process that ran this long may be restarted as if it were new
PORTS_TO_TRY = 50


class Process:
    """One child process that can be started again."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it. It gets no Ctrl-C from the terminal: its parent stops it in order."""
        self.name, self._command, self._environment = name, command, environment
        self.restarts = 0
        self.start()

    def start(self) -> None:
        """Start, or start again."""
        self.started_at = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own modules in our own interpreter
            self._command,
            env=dict(self._environment),
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def exit_code(self) -> int | None:
        """The exit code, None while it runs."""
        return self._process.poll()

    def stop(self) -> None:
        """Ask it to stop, wait, and at last insist."""
        if self.exit_code is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()


class Processes:
    """Children that live and end together."""

    def __init__(self) -> None:
        """Begin with none."""
        self._running: list[Process] = []

    def __enter__(self) -> Self:
        """Return the processes."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all, the last started first."""
        for process in reversed(self._running):
            process.stop()

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Process:
        """Start one more."""
        process = Process(name, command, environment)
        self._running.append(process)
        return process

    def watch(self) -> None:
        """Return only by an exception: Ctrl-C, or a process that will not stay up."""
        while True:
            time.sleep(WATCH_SECONDS)
            for process in self._running:
                if process.exit_code is not None:
                    self._start_again(process)

    def _start_again(self, process: Process) -> None:
        if time.monotonic() - process.started_at > STEADY_SECONDS:
            process.restarts = 0
        process.restarts += 1
        if process.restarts > MOST_RESTARTS:
            message = (
                f"the {process.name} ended {MOST_RESTARTS} times in a row; see its lines above"
            )
            raise ConfigError(message)
        errors.print(f"klarpris: the {process.name} ended ({process.exit_code}); starting it again")
        time.sleep(process.restarts)
        process.start()


def is_free(port: int) -> bool:
    """Tell whether nobody listens on a port of this machine."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(wanted: int) -> int:
    """Return the wanted port, or the next one that nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        if is_free(port):
            return port
    message = f"no free port from {wanted} on"
    raise ConfigError(message)


def wait_until_it_answers(url: str, process: Process, seconds: float) -> bool:
    """Tell whether an address answers before the process ends or the time is over."""
    directly = build_opener(ProxyHandler({}))  # our own loopback address, past any proxy
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.exit_code is None:
        try:
            with directly.open(url, timeout=2):
                return True
        except (URLError, OSError):
            time.sleep(0.2)
    return False
