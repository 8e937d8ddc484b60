"""Requests with bodies are read as far as is allowed, whatever they announce."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from aggregator.receiver.bodies import BoundedBodies

pytestmark = pytest.mark.anyio
ALLOWED = 10


@pytest.fixture
def client():
    async def size(request):
        return PlainTextResponse(str(len(await request.body())))

    app = Starlette(routes=[Route("/", size, methods=["POST"])])
    transport = httpx.ASGITransport(BoundedBodies(app, ALLOWED))
    return httpx.AsyncClient(transport=transport, base_url="http://receiver")


async def in_parts(count):
    for _ in range(count):
        yield b"1234"


@pytest.mark.parametrize(("parts", "size"), [(0, "0"), (2, "8")])
async def test_a_body_within_the_limit_arrives(client, parts, size):
    async with client:
        assert (await client.post("/", content=in_parts(parts))).text == size


async def test_a_body_that_announces_too_much_is_refused_unread(client):
    async with client:
        refused = await client.post("/", content=b"x" * (ALLOWED + 1))
    assert refused.status_code == 413
    assert refused.json()["status_message"] == "a body may have 10 bytes"


async def test_a_body_that_grows_too_large_is_refused_on_the_way(client):
    async with client:
        assert (await client.post("/", content=in_parts(3))).status_code == 413
