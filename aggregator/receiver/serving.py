"""Listen while something else runs in the same event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

import uvicorn
from starlette.types import ASGIApp

from aggregator.errors import ConfigError

BACKLOG = 32
CLOSING_SECONDS = 1


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave Ctrl-C to whoever started us: it must end the handshake, not only the server."""
        yield


@asynccontextmanager
async def listening(app: ASGIApp, host: str, port: int) -> AsyncIterator[int]:
    """Serve an application until the block ends; yield the port, a free one for 0.

    Raises:
        ConfigError: the port is taken, or the host is not ours.
    """
    with closing(_bound(host, port)) as place:  # it takes connections from here on
        server = _Server(_configuration(app))
        task = asyncio.create_task(server.serve([place]))
        try:
            yield place.getsockname()[1]
        finally:
            server.should_exit = True
            await task


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        message = (
            f"cannot listen on {host}:{port}: {error.strerror or error}; "
            "set KLARPRIS_RECEIVER_HOST and KLARPRIS_RECEIVER_PORT"
        )
        raise ConfigError(message) from error


def _configuration(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )
