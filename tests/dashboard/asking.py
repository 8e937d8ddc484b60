"""Ask an ASGI application without a server."""

import asyncio

import httpx


class Client:
    """A browser for one application; every question is a loop of its own."""

    def __init__(self, app):
        self.app = app

    def get(self, path, headers=None):
        return asyncio.run(self._get(path, headers))

    async def _get(self, path, headers):
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, headers=headers)
