"""Pages that nothing announces: what proves an end, and what does not."""

import pytest

from tests.sources.pulling import URL, at, page_of, pull
from tests.sources.serving import Says

pytestmark = pytest.mark.anyio


async def test_full_page_that_comes_again_whatever_the_offset_proves_no_end(client_of):
    pulled = await pull(client_of, {at(0): page_of(1, 2), at(2): page_of(1, 2)})
    assert pulled.pages == [["1", "2"]]
    assert pulled.incomplete == {"locations"}
    assert "; ".join(pulled.attention) == (
        f"{URL}: the server sends the same page whatever offset is asked for; 2 records came, "
        "what is missing is kept as it was"
    )


async def test_short_page_that_comes_again_whatever_the_offset_is_everything(client_of):
    answers = {at(0, 9): page_of(1, 2), at(2, 9): page_of(1, 2)}
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.pages == [["1", "2"]]
    assert pulled.is_proven
    assert not pulled.attention


async def test_page_that_comes_again_is_known_although_its_envelope_tells_another_time(client_of):
    def told(time):
        return Says(
            b'{"timestamp": "%d", "data": [{"id": "1", "evses": [], "last_updated": "%d"},'
            b' {"id": "2", "evses": []}]}' % (time, time)
        )

    pulled = await pull(client_of, {at(0): told(1), at(2): told(2)})
    assert pulled.pages == [["1", "2"]]
    assert pulled.server.asked == [at(0), at(2)]


async def test_empty_list_behind_a_short_page_ends_the_module(client_of):
    answers = {at(0, 9): page_of(1), at(1, 9): Says(b"[]")}
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.pages == [["1"]]
    assert pulled.is_proven
    assert not pulled.attention


async def test_refusal_behind_a_full_page_proves_no_end(client_of):
    pulled = await pull(client_of, {at(0): page_of(1, 2)})
    assert pulled.pages == [["1", "2"]]
    assert pulled.incomplete == {"locations"}
    [line] = pulled.attention
    assert line.startswith(f"{URL}: whether there is more cannot be known: {URL}: the server")


async def test_server_that_ignores_the_offset_of_counted_pages_is_found_out(client_of):
    answers = {at(n): page_of(1, 2, x_total_count="6") for n in (0, 2, 4)}
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), at(2)]
    assert str(pulled.error) == f"{URL}: the same page came again; stopped after 2"
