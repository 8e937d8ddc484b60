"""What a run may cost, and what an hour and a day may, whatever was restarted. Nobody waits."""

import asyncio
import gzip
from datetime import timedelta

import httpx
import pytest

from aggregator.errors import BrokenAnswer, NotNow, Unreachable
from tests.sources.serving import Says, Server, says
from tests.sources.waiting import NO_WAITING, NOON

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations"


@pytest.fixture
def anyio_backend():
    return NO_WAITING


async def run(client_of, memory, server, times, **values):
    async with client_of(server, locations_url=URL, memory=memory, **values) as client:
        for _ in range(times):
            await client.get(URL)


@pytest.mark.parametrize(
    ("key", "words", "window"),
    [
        ("requests_per_hour", "3 requests an hour (requests_per_hour); next at 13:00 UTC", 1),
        (
            "requests_per_day",
            "3 requests a day (requests_per_day); next at 2026-10-22 12:00 UTC",
            24,
        ),
    ],
)
async def test_requests_of_a_window_are_counted_across_restarts(
    client_of, memory_of, clock, key, words, window
):
    server = Server({URL: says([])})
    await run(client_of, memory_of(), server, 2, **{key: 3})
    clock.later(minutes=10)
    with pytest.raises(NotNow) as caught:
        await run(client_of, memory_of(), server, 2, **{key: 3})
    assert str(caught.value) == f"a_feed: has used up its {words}"
    assert caught.value.until == NOON + timedelta(hours=window, seconds=1)
    assert len(server.requests) == 3


async def test_used_up_hour_is_told_before_anything_is_asked(client_of, memory_of):
    server = Server({URL: says([])})
    await run(client_of, memory_of(), server, 2, requests_per_hour=2)
    with pytest.raises(NotNow, match="has used up its 2 requests an hour"):
        async with client_of(server, locations_url=URL, memory=memory_of(), requests_per_hour=2):
            pytest.fail("the run was begun")


async def test_hour_begins_anew_for_each_request(client_of, memory_of, clock):
    server = Server({URL: says([])})
    await run(client_of, memory_of(), server, 1, requests_per_hour=2)
    clock.later(minutes=30)
    await run(client_of, memory_of(), server, 1, requests_per_hour=2)
    clock.later(minutes=30)  # the server may have noted the first request a moment later
    with pytest.raises(NotNow, match="next at 13:00 UTC"):
        await run(client_of, memory_of(), server, 1, requests_per_hour=2)
    clock.later(seconds=1)
    await run(client_of, memory_of(), server, 1, requests_per_hour=2)
    with pytest.raises(NotNow, match="next at 13:30 UTC"):
        await run(client_of, memory_of(), server, 1, requests_per_hour=2)
    assert len(server.requests) == 3


async def test_second_tries_count_as_requests(client_of, memory_of):
    server = Server({URL: [Says(status=503), says([])]})
    await run(client_of, memory_of(), server, 1, requests_per_hour=2)
    assert len(memory_of().asked_at) == 2


async def test_requests_at_once_do_not_overrun_the_hour(client_of, memory_of):
    server = Server({URL: says([])})
    async with client_of(
        server, locations_url=URL, memory=memory_of(), requests_per_hour=3, concurrency=9
    ) as client:
        ended = await asyncio.gather(*(client.get(URL) for _ in range(9)), return_exceptions=True)
    assert sum(isinstance(one, NotNow) for one in ended) == 6
    assert len(server.requests) == 3


async def test_run_ends_when_its_time_is_over(client_of):
    server = Server({URL: says([])})
    async with client_of(server, locations_url=URL, run_minutes=1) as client:
        await client.get(URL)
        await asyncio.sleep(61)
        with pytest.raises(Unreachable) as caught:
            await client.get(URL)
    assert str(caught.value) == (
        "a_feed: not complete after 1 minutes (run_minutes); it is tried again later"
    )
    assert len(server.requests) == 1


async def test_answer_that_outlasts_the_run_is_given_up(client_of):
    async def slow(_):
        await asyncio.sleep(1_000)

    server = Server({})
    server.transport = httpx.MockTransport(slow)
    async with client_of(server, locations_url=URL, run_minutes=1, timeout_seconds=600) as client:
        with pytest.raises(Unreachable, match="after 1 minutes"):
            await client.get(URL)
    assert asyncio.get_running_loop().time() == pytest.approx(60)


async def test_run_brings_no_more_bytes_than_allowed(client_of):
    server = Server({URL: Says(b"x" * 600_000)})
    async with client_of(server, locations_url=URL, max_run_mb=1) as client:
        await client.get(URL)
        with pytest.raises(BrokenAnswer) as caught:
            await client.get(URL)
    assert str(caught.value) == (
        f"{URL}: the run brings more than 1 MB; "
        "raise max_run_mb in the feed file if that is expected"
    )


async def test_inflated_bytes_count_for_the_run(client_of):
    packed = gzip.compress(b"0123456789" * 60_000)
    server = Server({URL: Says(packed, headers={"Content-Encoding": "gzip"})})
    async with client_of(server, locations_url=URL, max_run_mb=1) as client:
        await client.get(URL)
        with pytest.raises(BrokenAnswer, match="more than 1 MB"):
            await client.get(URL)


async def test_run_asks_no_more_often_than_its_pages_can_need(client_of):
    server = Server({URL: says([])})
    async with client_of(server, locations_url=URL, max_pages=2) as client:
        for _ in range(8):
            await client.get(URL)
        with pytest.raises(BrokenAnswer) as caught:
            await client.get(URL)
    assert str(caught.value) == (
        "a_feed: stopped after 8 requests in one run; raise max_pages if that is expected"
    )
    assert len(server.requests) == 8
