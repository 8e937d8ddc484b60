"""The simulated operators in a process of their own, which never outlives this one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from aggregator.demo.world import DEFAULT_EVSES, World, build_world
from aggregator.errors import ConfigError

STOP_SECONDS = 5
IMPORT_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Options:
    """What a child process is told. Fields as in `build_world`, `Simulation` and `serve`."""

    feeds_folder: str
    evses: int = DEFAULT_EVSES
    seed: int = 1
    revision: int = 0
    slow_seconds: float = 1.0
    base_port: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A process that serves. feed_files / urls: by operator id."""

    process: subprocess.Popen[str]
    world: World
    feed_files: Mapping[str, Path]
    urls: Mapping[str, str]

    def set_revision(self, revision: int) -> None:
        """Move on to the prices of this day."""
        assert self.process.stdin  # noqa: S101 - opened by `running`
        self.process.stdin.write(f"{revision}\n")
        self.process.stdin.flush()


@contextmanager
def running(
    feeds_folder: Path,
    *,
    evses: int = DEFAULT_EVSES,
    seed: int = 1,
    revision: int = 0,
    slow_seconds: float = 1.0,
    base_port: int = 0,
) -> Iterator[Child]:
    """Serve all operators from a child process as long as the block lasts.

    The child waits on a pipe that this process holds open, so it ends with this process in
    whatever way that happens. A harvester also needs the variables of `demo_environment()`.

    Raises:
        ConfigError: the servers did not start; their own words are on standard error.
    """
    options = Options(str(feeds_folder), evses, seed, revision, slow_seconds, base_port)
    with _start(options) as process:
        try:
            answer = _first_answer(process)
            files = {key: Path(path) for key, path in answer["feed_files"].items()}
            world = build_world(evses, seed=seed, revision=revision)
            yield Child(process, world, files, answer["urls"])
        finally:
            _stop(process)


def _start(options: Options) -> subprocess.Popen[str]:
    paths = [str(IMPORT_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
        [sys.executable, "-m", "aggregator.demo", json.dumps(asdict(options))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the parent, which then closes the pipe
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _first_answer(process: subprocess.Popen[str]) -> dict[str, dict[str, str]]:
    assert process.stdout  # noqa: S101 - opened by `_start`
    line = process.stdout.readline()
    if not line:
        message = "the simulated operators did not start: see above"
        raise ConfigError(message)
    answer: dict[str, dict[str, str]] = json.loads(line)
    return answer


def _stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin  # noqa: S101 - opened by `_start`
    process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
