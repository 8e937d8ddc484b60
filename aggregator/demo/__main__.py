"""`python -m aggregator.demo OPTIONS`: the simulated operators as somebody's child process.

OPTIONS is a JSON object, see `child.Options`. One line of JSON on standard output says that all
is ready. A number on standard input moves on to that revision; the end of standard input - the
parent closed it or died - ends the process. People use `klarpris demo` instead.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread

from aggregator.demo.child import Options
from aggregator.demo.serving import Running, serve
from aggregator.demo.simulation import Simulation
from aggregator.demo.world import build_world

STANDARD_INPUT = 0
CHUNK_BYTES = 4096


def _lines(descriptor: int) -> Iterator[str]:
    """Yield lines until the other end is closed, with no buffer that a dying thread could lock."""
    rest = b""
    while chunk := os.read(descriptor, CHUNK_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode() for line in lines)


def _announce(running: Running) -> None:
    files = {key: str(path) for key, path in running.feed_files.items()}
    sys.stdout.write(json.dumps({"feed_files": files, "urls": dict(running.urls)}) + "\n")
    sys.stdout.flush()


def _obey(simulation: Simulation, stop: Callable[[], object]) -> None:
    """Follow the parent's orders; whatever ends them ends the servers."""
    try:
        for line in _lines(STANDARD_INPUT):
            simulation.set_revision(int(line))
    finally:
        stop()


async def _run(options: Options) -> None:
    world = build_world(options.evses, seed=options.seed, revision=options.revision)
    simulation = Simulation(world, options.slow_seconds)
    loop = asyncio.get_running_loop()
    serving = asyncio.create_task(
        serve(
            simulation,
            Path(options.feeds_folder),
            base_port=options.base_port,
            ready=_announce,
        )
    )
    stop = partial(loop.call_soon_threadsafe, serving.cancel)
    Thread(target=_obey, args=(simulation, stop), daemon=True).start()
    await asyncio.wait([serving])
    if not serving.cancelled():
        serving.result()


if __name__ == "__main__":
    asyncio.run(_run(Options(**json.loads(sys.argv[1]))))
