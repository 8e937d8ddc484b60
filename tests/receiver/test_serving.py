"""Listening on a real port while something else runs."""

import asyncio
import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from aggregator.errors import ConfigError
from aggregator.receiver.serving import listening

pytestmark = pytest.mark.anyio
HOST = "127.0.0.1"


async def hello(_):
    return PlainTextResponse("hello")


APP = Starlette(routes=[Route("/", hello)])


async def test_the_server_answers_inside_the_block_and_no_longer_after_it():
    async with httpx.AsyncClient(trust_env=False) as client:
        async with listening(APP, HOST, 0) as port:
            assert (await client.get(f"http://{HOST}:{port}/")).text == "hello"
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://{HOST}:{port}/")


async def test_the_port_is_free_again_when_the_block_fails():
    with pytest.raises(ZeroDivisionError):
        async with listening(APP, HOST, 0) as port:
            _ = 1 / 0
    async with listening(APP, HOST, port) as again:
        assert again == port


async def test_a_taken_port_is_said_with_what_to_set():
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"cannot listen on {HOST}:{port}.*RECEIVER_PORT"):
            async with listening(APP, HOST, port):
                pass


async def test_ending_the_task_ends_the_server():
    started = asyncio.Event()

    async def forever():
        async with listening(APP, HOST, 0):
            started.set()
            await asyncio.sleep(100)

    task = asyncio.create_task(forever())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
