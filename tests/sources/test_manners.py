"""How often a host is asked: by all its feeds together, and across restarts. Nobody waits here."""

import asyncio

import httpx
import pytest
import stamina

from aggregator.errors import NotNow, Refused
from tests.sources.serving import Says, Server, says
from tests.sources.waiting import NO_WAITING, NOON

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations"
OTHER = "https://a.example/others"
ELSEWHERE = "https://b.example/locations"


@pytest.fixture
def anyio_backend():
    return NO_WAITING


class Watch(Server):
    """Notes when it was asked, and how many requests it had at once."""

    def __init__(self, answers, seconds=0):
        super().__init__(answers)
        self.at, self.at_once, self.most_at_once = [], 0, 0
        self._seconds = seconds
        answer = self.transport.handler
        self.transport = httpx.MockTransport(self._watched(answer))

    def _watched(self, answer):
        async def handle(request):
            self.at.append(asyncio.get_running_loop().time())
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            await asyncio.sleep(self._seconds)
            self.at_once -= 1
            return answer(request)

        return handle


async def ask(client, url, times):
    await asyncio.gather(*(client.get(url) for _ in range(times)))


async def test_requests_keep_the_pace_of_the_feed_file(client_of):
    server = Watch({URL: says([])})
    async with client_of(server, locations_url=URL, pace_seconds=6) as client:
        await ask(client, URL, 3)
    assert server.at == pytest.approx([0, 6, 12])


async def test_feeds_of_one_host_keep_the_strictest_pace_together(client_of):
    server = Watch({URL: says([]), OTHER: says([])})
    async with (
        client_of(server, locations_url=URL, pace_seconds=2) as hasty,
        client_of(server, feed_id="calm", locations_url=OTHER, pace_seconds=10) as calm,
    ):
        await asyncio.gather(ask(hasty, URL, 2), ask(calm, OTHER, 2))
    gaps = [later - earlier for earlier, later in zip(server.at, server.at[1:], strict=False)]
    assert gaps == pytest.approx([10, 10, 10])


async def test_feed_that_joins_later_does_not_get_ahead_of_the_pace(client_of):
    server = Watch({URL: says([]), OTHER: says([])})
    async with client_of(server, locations_url=URL, pace_seconds=2) as hasty:
        await hasty.get(URL)
        async with client_of(server, feed_id="calm", locations_url=OTHER, pace_seconds=10) as calm:
            await calm.get(OTHER)
    assert server.at == pytest.approx([0, 10])


async def test_other_hosts_are_not_slowed_down(client_of):
    server = Watch({URL: says([]), ELSEWHERE: says([])})
    async with (
        client_of(server, locations_url=URL, pace_seconds=60) as slow,
        client_of(server, feed_id="other", locations_url=ELSEWHERE) as fast,
    ):
        await asyncio.gather(ask(slow, URL, 1), ask(fast, ELSEWHERE, 3))
    assert server.at == pytest.approx([0, 0, 0, 0])


async def test_second_tries_and_redirects_keep_the_pace_too(client_of):
    server = Watch({URL: [Says(status=503), says([])]})
    async with client_of(server, locations_url=URL, pace_seconds=6) as client:
        await client.get(URL)
    assert server.at == pytest.approx([0, 6])


async def test_no_more_requests_are_under_way_than_the_feed_file_allows(client_of):
    server = Watch({URL: says([])}, seconds=1)
    async with client_of(server, locations_url=URL, concurrency=3) as client:
        await ask(client, URL, 7)
    assert server.most_at_once == 3
    assert server.at == pytest.approx([0, 0, 0, 1, 1, 1, 2])


async def test_feeds_of_one_host_share_the_smallest_number_of_places(client_of):
    server = Watch({URL: says([]), OTHER: says([])}, seconds=1)
    async with (
        client_of(server, locations_url=URL, concurrency=5) as wide,
        client_of(server, feed_id="calm", locations_url=OTHER, concurrency=1) as narrow,
    ):
        await asyncio.gather(ask(wide, URL, 3), ask(narrow, OTHER, 2))
    assert server.most_at_once == 1


async def test_place_is_free_again_after_a_failure(client_of):
    server = Watch({URL: [Says(status=404), says([])]})
    async with client_of(server, locations_url=URL, concurrency=1) as client:
        with pytest.raises(Refused):
            await client.get(URL)
        await client.get(URL)
    assert len(server.at) == 2


async def test_place_is_free_again_when_whoever_waited_gave_up(client_of):
    server = Watch({URL: says([])})
    async with client_of(server, locations_url=URL, concurrency=1, pace_seconds=60) as client:
        await client.get(URL)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await client.get(URL)
        await client.get(URL)
    assert server.at == pytest.approx([0, 60])


async def test_rest_of_the_pace_is_waited_for_after_a_restart(client_of, memory_of, clock):
    server = Watch({URL: says([])})
    async with client_of(server, locations_url=URL, memory=memory_of(), pace_seconds=60) as client:
        await client.get(URL)
    clock.later(seconds=25)
    fresh = {"locations_url": "https://A.example./locations"}  # as if the process were new
    async with client_of(server, memory=memory_of(), pace_seconds=60, **fresh):
        assert asyncio.get_running_loop().time() == pytest.approx(35)


async def test_back_off_grows_and_is_not_the_same_every_time(client_of):
    stamina.set_testing(False)
    server = Watch({URL: Says(status=503)})
    async with client_of(server, locations_url=URL) as client:
        for _ in range(5):
            with pytest.raises(Refused):
                await client.get(URL)
    rounds = [server.at[n : n + 3] for n in range(0, 15, 3)]
    waits = [(second - first, third - second) for first, second, third in rounds]
    assert all(0 < first <= 1.2 and 0 < second <= 1.4 for first, second in waits)
    assert len(set(waits)) > 1


@pytest.mark.parametrize("header", ["59", "Wed, 21 Oct 2026 12:00:59 GMT"])
async def test_retry_after_of_less_than_a_minute_is_waited_for(client_of, memory_of, header):
    stamina.set_testing(False)
    server = Watch({URL: [Says(status=429, headers={"Retry-After": header}), says([])]})
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        await client.get(URL)
    assert server.at == pytest.approx([0, 59])


async def test_refusal_of_any_kind_that_names_a_time_is_waited_out(client_of, memory_of):
    stamina.set_testing(False)
    server = Watch({URL: [Says(status=403, headers={"Retry-After": "59"}), says([])]})
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        await client.get(URL)
    assert server.at == pytest.approx([0, 59])


async def test_refusal_of_any_kind_that_names_a_long_time_is_obeyed_by_the_next_run(
    client_of, memory_of
):
    server = Server({URL: Says(status=403, headers={"Retry-After": "5400"})})
    for _ in range(2):
        with pytest.raises(NotNow, match="to be left alone until 13:30 UTC"):
            async with client_of(server, locations_url=URL, memory=memory_of()) as client:
                await client.get(URL)
    assert len(server.requests) == 1


async def test_refusal_that_names_no_time_to_wait_is_final(client_of):
    server = Server({URL: Says(status=404, headers={"Retry-After": "0"})})
    async with client_of(server, locations_url=URL) as client:
        with pytest.raises(Refused, match="the server answers 404"):
            await client.get(URL)
    assert len(server.requests) == 1


@pytest.mark.parametrize("header", ["5400", "Wed, 21 Oct 2026 13:30:00 GMT"])
async def test_longer_retry_after_ends_the_run_and_is_obeyed_by_the_next(
    client_of, memory_of, clock, header
):
    server = Server({URL: [Says(status=503, headers={"Retry-After": header}), says([])]})
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        with pytest.raises(NotNow) as caught:
            await client.get(URL)
    assert str(caught.value) == (
        f"{URL}: the server answers 503 and asks to be left alone until 13:30 UTC"
    )
    assert caught.value.until == NOON.replace(hour=13, minute=30)
    clock.later(minutes=89)
    with pytest.raises(NotNow) as caught:
        async with client_of(server, locations_url=URL, memory=memory_of(), obey_breaker=False):
            pass
    assert str(caught.value) == "a_feed: the server asked to be left alone until 13:30 UTC"
    assert len(server.requests) == 1
    clock.later(minutes=1)
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        await client.get(URL)


async def test_server_that_wants_to_be_left_alone_for_years_is_asked_the_next_day(
    client_of, memory_of
):
    server = Server({URL: Says(status=429, headers={"Retry-After": "999999999999999"})})
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        with pytest.raises(NotNow, match="until 2026-10-22 12:00 UTC"):
            await client.get(URL)
