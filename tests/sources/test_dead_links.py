"""Links that lead nowhere: the way round them, and where there is none."""

import httpx
import pytest

from aggregator.errors import NotOurs, Refused, Unreachable
from tests.sources.pulling import URL, at, following, page_of, pull
from tests.sources.serving import Says

pytestmark = pytest.mark.anyio


DEAD = {
    "path that does not exist": f"{URL}/no/such?offset=2",
    "another host": "https://b.example/locations?offset=2",
    "https hard-coded for a port that speaks none": "https://a.example:8080/locations?offset=2",
    "itself": at(0),
    "a limit of 0": f"{URL}?offset=0&limit=0",
    "an address that is none": "https://a.example:x/",
}


@pytest.mark.parametrize("link", DEAD.values(), ids=DEAD)
async def test_pages_behind_a_dead_link_are_counted_as_far_as_the_total_goes(client_of, link):
    answers = {
        at(0): page_of(1, 2, link=following(link), x_total_count="3"),
        at(2): page_of(3, link=following(link), x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.is_proven
    assert pulled.attention == []


@pytest.mark.parametrize("link", DEAD.values(), ids=DEAD)
async def test_pages_behind_a_dead_link_without_a_total_end_at_an_empty_one(client_of, link):
    answers = {
        at(0): page_of(1, 2, link=following(link)),
        at(2): page_of(3, link=following(link)),
        at(3): page_of(),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.is_proven


async def test_dead_link_is_noted_and_not_tried_again(client_of):
    dead = f"{URL}/no/such?offset=2"
    answers = {
        at(n): page_of(n, n + 1, link=following(f"{dead}&n={n}"), x_total_count="6")
        for n in (0, 2, 4)
    }
    pulled = await pull(client_of, answers)
    assert [url for url in pulled.server.asked if url.startswith(dead)] == [f"{dead}&n=0&limit=2"]
    [note] = pulled.notes
    assert note.startswith(
        f"{URL}: the next page that the server names cannot be had, so pages are counted ("
    )


async def test_link_that_answers_an_ocpi_error_is_gone_round(client_of):
    link = f"{URL}?offset=2&limit=2&x=1"
    answers = {
        at(0): page_of(1, 2, link=following(link), x_total_count="3"),
        link: Says(b'{"status_code": 2001, "status_message": "date_from", "data": []}'),
        at(2): page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3"]]


async def test_dead_link_whose_way_round_brings_nothing_new_proves_no_end(client_of):
    answers = {at(0): page_of(1, link=following(at(0))), at(1): page_of(1)}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"]]
    assert pulled.error is None
    assert pulled.incomplete == {"locations"}
    assert len(pulled.attention) == 1


async def test_superfluous_dead_link_on_the_last_page_costs_nothing(client_of):
    link = following(f"{URL}/no/such")
    answers = {at(0, 9): page_of(1, 2, link=link, x_total_count="2")}
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.pages == [["1", "2"]]
    assert pulled.is_proven


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_server_that_wants_no_more_requests_gets_no_more(client_of, status):
    link = f"{URL}?page=2"
    answers = {at(0): page_of(1, 2, link=following(link), x_total_count="3")}
    refusal = Says(status=status, headers={"Retry-After": "0"})
    pulled = await pull(client_of, {**answers, link: refusal}, token_encoding="plain")
    assert isinstance(pulled.error, Refused)
    assert at(2) not in pulled.server.asked
    assert pulled.pages == [["1", "2"]]


async def test_link_that_makes_the_server_fail_is_gone_round(client_of):
    link = f"{URL}?page=2"
    answers = {
        at(0): page_of(1, 2, link=following(link), x_total_count="3"),
        link: Says(status=500),
        at(2): page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.is_proven


SERVER_FAILS = {
    "500": Says(status=500),
    "OCPI 3000": Says(b'{"status_code": 3000, "status_message": "Generic", "data": []}'),
}


@pytest.mark.parametrize("failure", SERVER_FAILS.values(), ids=SERVER_FAILS)
@pytest.mark.parametrize("link", [f"{URL}?limit=2&offset=2", f"{URL}/?offset=2&limit=1"])
async def test_page_that_makes_the_server_fail_is_not_asked_for_by_its_number_too(
    client_of, link, failure
):
    answers = {
        at(0): page_of(1, 2, link=following(link), x_total_count="3"),
        link: failure,
        at(2): page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert isinstance(pulled.error, Refused)
    assert set(pulled.server.asked) == {at(0), link}
    assert pulled.pages == [["1", "2"]]


async def test_link_with_another_path_that_makes_the_server_fail_is_gone_round(client_of):
    link = "https://a.example/internal/locations?offset=2&limit=2"
    answers = {
        at(0): page_of(1, 2, link=following(link), x_total_count="3"),
        link: Says(status=503),
        at(2): page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.is_proven


async def test_network_that_is_gone_ends_the_module(client_of):
    link = f"{URL}?page=2"
    answers = {
        at(0): page_of(1, 2, link=following(link), x_total_count="3"),
        link: httpx.ConnectError("gone"),
        at(2): page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert isinstance(pulled.error, Unreachable)
    assert at(2) not in pulled.server.asked


async def test_feed_that_follows_links_only_ends_at_a_dead_one(client_of):
    answers = {at(0): page_of(1, 2, link=following(at(0)), x_total_count="3")}
    pulled = await pull(client_of, answers, paging="link")
    assert str(pulled.error) == f"{URL}: the pages do not end; stopped after 1"
    other = following("https://b.example/")
    pulled = await pull(client_of, {at(0): page_of(1, link=other)}, paging="link")
    assert isinstance(pulled.error, NotOurs)
    assert pulled.pages == [["1"]]


async def test_feed_that_follows_links_only_ends_where_there_is_none(client_of):
    pulled = await pull(client_of, {at(0): page_of(1, 2)}, paging="link")
    assert pulled.server.asked == [at(0)]
    assert pulled.is_proven


async def test_link_to_the_host_of_another_module_is_not_followed_with_the_token(client_of):
    elsewhere = "https://b.example/locations?offset=2"
    answers = {
        at(0): page_of(1, 2, link=following(elsewhere), x_total_count="3"),
        at(2): page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers, tariffs_url="https://b.example/tariffs")
    assert pulled.pages == [["1", "2"], ["3"]]
    assert elsewhere not in pulled.server.asked
