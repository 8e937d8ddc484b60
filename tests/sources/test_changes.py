"""Only what changed, tokens in the other spelling, modules read again."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.pulling import URL, at, following, page_of, pull, read
from tests.sources.serving import Says, Server

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (datetime(2026, 10, 1, 12, 30, 15, 999, tzinfo=UTC), "2026-10-01T12%3A30%3A15Z"),
        (
            datetime(2026, 10, 1, 1, tzinfo=timezone(timedelta(hours=2))),
            "2026-09-30T23%3A00%3A00Z",
        ),
    ],
)
async def test_changes_are_asked_for_by_their_date_in_utc(client_of, since, said):
    url = f"{at(0)}&date_from={said}"
    pulled = await pull(client_of, {url: page_of(1, x_total_count="1")}, since=since)
    assert pulled.server.asked == [url]
    assert pulled.pages == [["1"]]


async def test_next_pages_of_changes_are_asked_for_by_date_too(client_of):
    since = datetime(2026, 10, 1, tzinfo=UTC)
    said = "&date_from=2026-10-01T00%3A00%3A00Z"
    answers = {
        f"{at(0)}{said}": page_of(1, 2, link=following(at(2)), x_total_count="5"),
        f"{at(2)}{said}": page_of(3, 4, x_total_count="5"),
        f"{at(4)}{said}": page_of(5, x_total_count="5"),
    }
    pulled = await pull(client_of, answers, since=since)
    assert pulled.pages == [["1", "2"], ["3", "4"], ["5"]]


async def test_changes_alone_prove_no_end(client_of):
    async with client_of(Server({}), locations_url=URL) as client:
        assert OcpiPull(client).complete is True
        assert OcpiPull(client, datetime(2026, 10, 1, tzinfo=UTC)).complete is False


async def test_token_in_the_wrong_spelling_behind_http_200_is_written_the_other_way(client_of):
    refused = Says(b'{"status_code": 2001, "status_message": "Unknown token", "data": []}')
    server = Server({at(0): [refused, page_of(1, x_total_count="1")]})
    pulled = await pull(client_of, server)
    assert pulled.pages == [["1"]]
    first, second = (request.headers["authorization"] for request in server.requests)
    assert first != second


async def test_pages_of_one_module_can_be_read_again(client_of):
    server = Server({at(0): page_of(1, x_total_count="1")})
    async with client_of(server, locations_url=URL) as client:
        source, pulled = OcpiPull(client), await pull(client_of, server)
        await read(source.pages("locations"), pulled)
        await read(source.pages("locations"), pulled)
    assert pulled.pages == [["1"], ["1"], ["1"]]
