"""A server that has been silent for many runs is left alone, ever longer, and never for good."""

from datetime import timedelta

import httpx
import pytest

from aggregator.errors import NotNow, SourceError
from aggregator.sources.breaker import Breaker
from tests.sources.serving import Says, Server, says
from tests.sources.waiting import NOON

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations"
SILENT = httpx.ConnectError("refused")


def failed(times):
    breaker = Breaker()
    for _ in range(times):
        breaker.failed(NOON)
    return breaker


def test_four_silent_runs_change_nothing():
    assert failed(4).may_ask(NOON) is None


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(5, 5), (6, 10), (7, 20), (8, 40), (9, 80), (10, 160), (11, 320), (12, 360), (99, 360)],
)
def test_break_grows_from_five_minutes_to_six_hours(failures, minutes):
    assert failed(failures).may_ask(NOON) == NOON + timedelta(minutes=minutes)


def test_one_run_is_let_through_when_the_break_is_over():
    breaker = failed(5)
    assert breaker.may_ask(NOON + timedelta(minutes=4, seconds=59)) == NOON + timedelta(minutes=5)
    assert breaker.may_ask(NOON + timedelta(minutes=5)) is None
    breaker.failed(NOON + timedelta(minutes=5))
    assert breaker.may_ask(NOON + timedelta(minutes=5)) == NOON + timedelta(minutes=15)


def test_one_answer_ends_the_break_and_starts_the_count_anew():
    breaker = failed(7)
    breaker.succeeded()
    assert breaker.may_ask(NOON) is None
    breaker.failed(NOON)
    assert breaker.may_ask(NOON) is None


async def runs(client_of, memory_of, said, times, **values):
    server = Server({URL: said})
    for _ in range(times):
        with pytest.raises(SourceError):
            async with client_of(
                server, locations_url=URL, token_env=None, memory=memory_of(), **values
            ) as client:
                await client.get(URL)
    return server


async def test_sixth_run_is_not_begun_and_says_when_and_how_to_ask_at_once(client_of, memory_of):
    server = await runs(client_of, memory_of, SILENT, 5)
    assert len(server.requests) == 15
    with pytest.raises(NotNow) as caught:
        async with client_of(server, locations_url=URL, memory=memory_of()):
            pass
    assert str(caught.value) == (
        "a_feed: left alone until 12:05 UTC, because its server did not answer in 5 runs; "
        "klarpris harvest a_feed asks at once"
    )
    assert caught.value.until == NOON + timedelta(minutes=5)
    assert len(server.requests) == 15


async def test_person_who_asks_passes(client_of, memory_of):
    server = await runs(client_of, memory_of, SILENT, 6, obey_breaker=False)
    assert len(server.requests) == 18


async def test_break_is_over_when_its_time_has_passed(client_of, memory_of, clock):
    await runs(client_of, memory_of, SILENT, 5)
    clock.later(minutes=5)
    server = Server({URL: says([])})
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        await client.get(URL)
    assert memory_of().breaker.failures == 0


async def test_break_that_brought_nothing_is_followed_by_a_longer_one(client_of, memory_of, clock):
    await runs(client_of, memory_of, SILENT, 5)
    clock.later(minutes=5)
    await runs(client_of, memory_of, SILENT, 1)
    assert memory_of().breaker.until == NOON + timedelta(minutes=15)


@pytest.mark.parametrize("status", [401, 404, 429, 500])
async def test_server_that_answers_anything_is_not_silent(client_of, memory_of, status):
    await runs(client_of, memory_of, Says(status=status), 6)
    assert memory_of().breaker.failures == 0


async def test_gateway_without_a_server_behind_it_is_silence(client_of, memory_of):
    await runs(client_of, memory_of, Says(status=502), 4)
    assert memory_of().breaker.failures == 4


async def test_answer_before_the_silence_counts(client_of, memory_of):
    other = "https://a.example/tariffs"
    server = Server({URL: says([]), other: SILENT})
    async with client_of(server, locations_url=URL, memory=memory_of()) as client:
        await client.get(URL)
        with pytest.raises(SourceError):
            await client.get(other)
    assert memory_of().breaker.failures == 0


async def test_run_that_asked_nothing_says_nothing_about_the_server(client_of, memory_of):
    await runs(client_of, memory_of, SILENT, 2)
    async with client_of(Server({}), locations_url=URL, memory=memory_of()):
        pass
    assert memory_of().breaker.failures == 2
