"""The next page is asked for while the current one is read, where its Link is known."""

import asyncio
from contextlib import aclosing

import httpx
import pytest

from aggregator.errors import Refused
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.pulling import URL, at, following, ids_in, page_of
from tests.sources.serving import Says, Server

pytestmark = pytest.mark.anyio

SECOND = f"{URL}?page=2"


def reading(client):
    return aclosing(OcpiPull(client).pages("locations"))


async def let_others_work():
    for _ in range(50):
        await asyncio.sleep(0)


async def test_linked_page_is_asked_for_before_the_first_is_read(client_of):
    server = Server({at(0): page_of(1, link=following(SECOND)), SECOND: page_of(2, x_limit="0")})
    async with client_of(server, locations_url=URL) as client, reading(client) as pages:
        first = await anext(pages)
        await let_others_work()
        assert server.asked == [at(0), SECOND]
        assert ids_in(first) == ["1"]
        assert ids_in(await anext(pages)) == ["2"]
    assert server.asked == [at(0), SECOND]


async def test_counted_page_is_asked_for_only_after_the_one_before_was_read(client_of):
    server = Server({at(n): page_of(n, n + 1, x_total_count="4") for n in (0, 2)})
    async with client_of(server, locations_url=URL) as client, reading(client) as pages:
        await anext(pages)
        await let_others_work()
        assert server.asked == [at(0)]


async def test_request_under_way_is_cancelled_when_nobody_wants_more(client_of):
    ended = []

    class Slow(Server):
        def __init__(self, answers):
            super().__init__(answers)
            self.transport = httpx.MockTransport(self._slowly)

        async def _slowly(self, request):
            if str(request.url) == SECOND:
                try:
                    await asyncio.sleep(3600)
                finally:
                    ended.append(str(request.url))
            return self._answer(request)

    server = Slow({at(0): page_of(1, link=following(SECOND))})
    async with client_of(server, locations_url=URL) as client, reading(client) as pages:
        await anext(pages)
        await let_others_work()
    assert ended == [SECOND]


async def test_failure_ahead_shows_only_when_the_page_is_needed(client_of):
    answers = {at(0): page_of(1, link=following(SECOND)), SECOND: Says(status=403)}
    server = Server(answers)
    async with (
        client_of(server, locations_url=URL, token_encoding="plain") as client,
        reading(client) as pages,
    ):
        first = await anext(pages)
        await let_others_work()
        assert ids_in(first) == ["1"]
        with pytest.raises(Refused):
            await anext(pages)
