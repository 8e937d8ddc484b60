"""All simulated operators in one process: one socket each on loopback, one event loop."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from aggregator.demo.description import Operator, Transport
from aggregator.demo.feed_files import write_feed_file
from aggregator.demo.file_server import file_app
from aggregator.demo.ocpi_server import ocpi_app
from aggregator.demo.simulation import Simulation
from aggregator.errors import ConfigError

LOOPBACK = "127.0.0.1"
BACKLOG = 128
CLOSING_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Running:
    """Servers that answer. feed_files / urls: by operator id."""

    simulation: Simulation
    feed_files: Mapping[str, Path]
    urls: Mapping[str, str]


async def serve(
    simulation: Simulation,
    feeds_folder: Path,
    *,
    host: str = LOOPBACK,
    base_port: int = 0,
    ready: Callable[[Running], None] | None = None,
) -> None:
    """Serve all operators until cancelled, and write a feed file for each into `feeds_folder`.

    Args:
        simulation: what to serve.
        feeds_folder: made when missing; files of earlier runs are replaced.
        host: the address to listen on.
        base_port: port of the first operator, the others follow; 0 takes free ones.
        ready: called once all servers answer and all feed files are written.

    Raises:
        ConfigError: a port is taken.
    """
    with ExitStack() as stack:
        sockets = {
            operator: stack.enter_context(closing(_listen(host, base_port and base_port + n)))
            for n, operator in enumerate(simulation.world.operators)
        }
        server = uvicorn.Server(_configuration(_app(simulation, sockets)))
        running = _announce(simulation, sockets, feeds_folder)
        task = asyncio.create_task(server.serve(list(sockets.values())))
        try:
            if ready:  # the sockets take connections already
                ready(running)
            await asyncio.shield(task)
        finally:
            server.should_exit = True
            await task


def _listen(host: str, port: int) -> socket.socket:
    try:
        bound = socket.create_server((host, port), backlog=BACKLOG)
    except OSError as error:
        message = f"cannot listen on {host}:{port}: {error.strerror}; choose another port"
        raise ConfigError(message) from error
    # asyncio does this only for sockets that name their protocol; else small answers take 40 ms
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


def _configuration(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )


def _app(simulation: Simulation, sockets: Mapping[Operator, socket.socket]) -> ASGIApp:
    """Return an application that hands a request to the operator whose port it came in on."""
    apps = {
        bound.getsockname()[1]: _operator_app(simulation, operator)
        for operator, bound in sockets.items()
    }

    async def by_port(scope: Scope, receive: Receive, send: Send) -> None:
        await apps[scope["server"][1]](scope, receive, send)

    return by_port


def _operator_app(simulation: Simulation, operator: Operator) -> ASGIApp:
    if operator.transport is Transport.GZIP_FILE:
        return file_app(simulation, operator)
    return ocpi_app(simulation, operator)


def _announce(
    simulation: Simulation, sockets: Mapping[Operator, socket.socket], feeds_folder: Path
) -> Running:
    files, urls = {}, {}
    for operator, bound in sockets.items():
        host, port = bound.getsockname()[:2]
        url = f"http://{host}:{port}"
        urls[operator.operator_id] = url
        files[operator.operator_id] = write_feed_file(feeds_folder, operator, url)
    return Running(simulation, files, urls)
