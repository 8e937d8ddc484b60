"""All servers in this process, over real sockets."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from aggregator.demo.feed_files import demo_environment
from aggregator.demo.operators import OPERATORS
from aggregator.demo.serving import Running, serve
from aggregator.demo.simulation import Simulation
from aggregator.demo.world import build_world
from aggregator.errors import ConfigError
from aggregator.feeds import load_feeds

Visit = Callable[[Running, httpx.AsyncClient], Awaitable[None]]


def during(folder: Path, visit: Visit, *, slow_seconds: float = 0, base_port: int = 0) -> Running:
    """Serve a small world, visit it, stop the servers; return what was running."""

    async def whole() -> Running:
        ready: asyncio.Future[Running] = asyncio.get_running_loop().create_future()
        simulation = Simulation(build_world(200), slow_seconds)
        serving = asyncio.create_task(
            serve(simulation, folder, base_port=base_port, ready=ready.set_result)
        )
        pending: list[asyncio.Future[Any]] = [serving, ready]
        await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            await serving
        running = await ready
        try:
            async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
                await visit(running, client)
        finally:
            serving.cancel()
            await asyncio.wait([serving])
        assert serving.cancelled()
        return running

    return asyncio.run(whole())


def test_every_operator_answers_at_the_address_in_its_feed_file(tmp_path: Path) -> None:
    """One port each, told apart by the operator that answers."""

    async def visit(running: Running, client: httpx.AsyncClient) -> None:
        feeds, errors = load_feeds(tmp_path)
        assert not errors
        assert set(feeds) == {operator.feed_id for operator in OPERATORS}
        for feed in feeds.values():
            assert feed.source_url.startswith(running.urls[feed.feed_id.removeprefix("demo_")])
            token = demo_environment().get(feed.token_env or "")
            response = await client.get(feed.source_url)
            assert response.status_code == (401 if token else 200)

    running = during(tmp_path, visit)
    assert len(set(running.urls.values())) == len(OPERATORS)


def test_slow_operator_takes_its_time(tmp_path: Path) -> None:
    """And only that one."""

    async def visit(running: Running, client: httpx.AsyncClient) -> None:
        took = {}
        for operator_id in ("wisla", "thames"):
            start = time.perf_counter()
            await client.get(f"{running.urls[operator_id]}/ocpi/versions")
            took[operator_id] = time.perf_counter() - start
        assert took["wisla"] >= 0.3 > took["thames"]

    during(tmp_path, visit, slow_seconds=0.3)


def test_ports_are_free_again_after_the_end(tmp_path: Path) -> None:
    """A cancelled server leaves nothing behind."""

    async def visit(running: Running, client: httpx.AsyncClient) -> None:
        await client.get(f"{running.urls['thames']}/ocpi/versions")

    running = during(tmp_path, visit)
    for url in running.urls.values():
        with pytest.raises(httpx.ConnectError):
            httpx.get(url, trust_env=False)


def test_taken_port_is_a_mistake_with_a_hint(tmp_path: Path) -> None:
    """The message names the port."""

    async def visit(_running: Running, _client: httpx.AsyncClient) -> None:
        pytest.fail("must not start")

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1:{port}"):
            during(tmp_path, visit, base_port=port)
