"""Asking an application in this process, without sockets."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from starlette.types import ASGIApp

ClientOf = Callable[..., httpx.Client]


class _AppTransport(httpx.BaseTransport):
    """Hand requests of an ordinary client to an ASGI application."""

    def __init__(self, app: ASGIApp) -> None:
        self._transport = httpx.ASGITransport(app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run(self._ask(request))

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        content = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=content)


@pytest.fixture
def client_of() -> ClientOf:
    """Return a maker of clients: of an application, with headers to send."""

    def make(app: ASGIApp, headers: dict[str, str] | None = None) -> httpx.Client:
        return httpx.Client(
            transport=_AppTransport(app), base_url="http://testserver", headers=headers
        )

    return make
