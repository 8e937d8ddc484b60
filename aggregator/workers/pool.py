"""The processes that help to read: Python does one thing at a time in each of them.

They are few in all, whatever number of feeds is read; a run that gets none, or loses one, reads
by itself.
"""

import os
import socket
import subprocess
import sys
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import BoundedSemaphore

import structlog

from aggregator.workers.code import code_digest
from aggregator.workers.frames import receive, send
from aggregator.workers.plain import Plain, Task, read_plain

log = structlog.get_logger(__name__)
MOST = 3  # splitting a document into records keeps no more of them busy
MOST_IN_ALL = 4  # each needs up to 100 MB


def _processors() -> int:
    """Return on how many processors this process may run."""
    may_run_on = getattr(os, "sched_getaffinity", None)
    return len(may_run_on(0)) if may_run_on else os.cpu_count() or 1


PLACES = BoundedSemaphore(min(MOST_IN_ALL, max(1, _processors() - 1)))
IS_OF_USE = _processors() > 1
TASKS_AHEAD = 2
PATIENCE_SECONDS = 60.0
COMMAND = [sys.executable, "-P", "-m", "aggregator.workers.process"]


class Workers:
    """The workers of one run."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._workers: list[_Worker] = []

    def come(self) -> None:
        """Start as many workers as there are places for."""
        while IS_OF_USE and len(self._workers) < MOST and PLACES.acquire(blocking=False):
            try:
                self._workers.append(_Worker())
            except RuntimeError:  # no thread can be started
                PLACES.release()
                return

    def read(self, task: Task) -> "Future[Plain]":
        """Return a task's result to come; when everybody is busy, it is read here and now."""
        free = min(self._workers, key=lambda one: one.waiting(), default=None)
        return free.read(task) if free and free.waiting() < TASKS_AHEAD else done(task)

    def close(self) -> None:
        """Send the workers home."""
        while self._workers:
            self._workers.pop().close()


def done(task: Task) -> "Future[Plain]":
    """Return the result of a task that was read here and now."""
    future: Future[Plain] = Future()
    future.set_result(read_plain(task))
    return future


class _Worker:
    """One process, and the thread that speaks with it."""

    def __init__(self) -> None:
        self._tasks: list[Future[Plain]] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._is_closing = False
        self._speaker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._started = self._speaker.submit(self._start)

    def read(self, task: Task) -> "Future[Plain]":
        """Return the result to come."""
        future = self._speaker.submit(self._ask, task)
        self._tasks.append(future)
        return future

    def waiting(self) -> int:
        """Return how many tasks it has still to do; too many until it is ready for the first."""
        if not self._started.done():
            return TASKS_AHEAD
        self._tasks = [task for task in self._tasks if not task.done()]
        return len(self._tasks)

    def close(self) -> None:
        """End the process at once; what it still had to do is not done."""
        self._is_closing = True
        if process := self._process:
            process.kill()
        try:
            self._speaker.shutdown(wait=True, cancel_futures=True)
            self._let_go()
        finally:
            PLACES.release()

    def _start(self) -> None:
        """Start the process and wait until it is ready; without it, all is read here."""
        try:
            self._channel, theirs = socket.socketpair()
            self._channel.settimeout(PATIENCE_SECONDS)
            with theirs:
                self._process = subprocess.Popen(COMMAND, stdin=theirs.fileno())  # noqa: S603 - our own module
            if self._is_closing or receive(self._channel) != code_digest():
                self._let_go()
        except Exception as error:  # noqa: BLE001 - whatever it is, the harvest goes on
            self._lose(error)

    def _ask(self, task: Task) -> Plain:
        """Return what the process answers; without an answer, read here."""
        answer: object = None
        if self._channel:
            try:
                send(self._channel, task)
                answer = receive(self._channel)
            except Exception as error:  # noqa: BLE001 - whatever it is, the harvest goes on
                self._lose(error)
        if isinstance(answer, Plain):
            return answer
        if self._is_closing:
            raise CancelledError
        return read_plain(task)

    def _lose(self, error: Exception) -> None:
        if not self._is_closing:
            log.warning("worker lost", error=type(error).__name__)
        self._let_go()

    def _let_go(self) -> None:
        """Leave the process, which has nothing to lose."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
        channel, self._channel = self._channel, None
        if channel:
            channel.close()
