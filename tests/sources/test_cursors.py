"""Pages that the body names: a whole address, or a word that goes into a parameter."""

import json

import pytest

from tests.sources.pulling import URL, at, pull, sites
from tests.sources.serving import Says

pytestmark = pytest.mark.anyio

BY_CURSOR = {"paging": "cursor", "cursor_at": "next", "layout": {"locations_at": "items"}}


def items(*ids, **around):
    return Says(json.dumps({**around, "items": sites(*ids)}).encode())


async def test_word_in_the_body_goes_into_the_parameter_that_the_feed_file_names(client_of):
    answers = {
        f"{URL}?limit=9": items(1, 2, next="a+b/="),
        f"{URL}?limit=9&from=a%2Bb%2F%3D": items(3, next=None),
    }
    pulled = await pull(
        client_of,
        answers,
        locations_url=f"{URL}?limit=9",
        cursor_parameter="from",
        **BY_CURSOR,
    )
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.is_proven


async def test_parameter_is_called_cursor_where_the_feed_file_names_none(client_of):
    answers = {URL: items(1, next="w"), f"{URL}?cursor=w": items(2, next="")}
    pulled = await pull(client_of, answers, **BY_CURSOR)
    assert pulled.pages == [["1"], ["2"]]


async def test_number_in_the_body_goes_into_a_parameter_too(client_of):
    answers = {
        URL: items(1, meta={"next_offset": 1}),
        f"{URL}?offset=1": items(2, meta={"next_offset": None}),
    }
    at_number = {"cursor_at": "meta.next_offset", "cursor_parameter": "offset"}
    pulled = await pull(client_of, answers, **(BY_CURSOR | at_number))
    assert pulled.pages == [["1"], ["2"]]
    assert pulled.is_proven


async def test_empty_page_in_the_middle_is_followed_by_its_cursor(client_of):
    answers = {
        URL: items(1, next="b"),
        f"{URL}?cursor=b": items(next="c"),
        f"{URL}?cursor=c": items(2, next=None),
    }
    pulled = await pull(client_of, answers, **BY_CURSOR)
    assert pulled.pages == [["1"], [], ["2"]]


async def test_cursor_that_comes_again_is_an_error_after_its_page_was_read(client_of):
    answers = {URL: items(1, next="b"), f"{URL}?cursor=b": items(2, next="b")}
    pulled = await pull(client_of, answers, **BY_CURSOR)
    assert pulled.pages == [["1"], ["2"]]
    assert str(pulled.error) == f"{URL}: the pages do not end; stopped after 2"


async def test_server_that_ignores_the_cursor_is_found_out(client_of):
    answers = {URL: items(1, 2, next="b"), f"{URL}?cursor=b": items(1, 2, next="c")}
    pulled = await pull(client_of, answers, **BY_CURSOR)
    assert str(pulled.error) == f"{URL}: the same page came again; stopped after 2"


@pytest.mark.parametrize("named", [f"{URL}?page=2", "/locations?page=2", "?page=2"])
async def test_address_in_the_body_is_followed_without_a_word_in_the_feed_file(client_of, named):
    answers = {at(0): items(1, next=named), f"{URL}?page=2": items(2, next=None)}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"], ["2"]]
    assert pulled.server.asked == [at(0), f"{URL}?page=2"]
    assert pulled.is_proven


async def test_address_of_another_host_in_the_body_is_not_asked(client_of):
    answers = {at(0): items(1, next="https://b.example/2"), at(1): items(2), at(2): items()}
    pulled = await pull(client_of, answers, layout={"locations_at": "items"})
    assert pulled.pages == [["1"], ["2"]]
    assert all(url.startswith(URL) for url in pulled.server.asked)


async def test_body_that_has_a_place_for_the_next_page_and_names_none_ends_the_module(client_of):
    pulled = await pull(client_of, {at(0): items(1, 2, next=None)})
    assert pulled.server.asked == [at(0)]
    assert pulled.is_proven


async def test_word_that_nobody_knows_the_parameter_of_proves_no_end(client_of):
    answers = {at(0): items(1, next="opaque"), at(1): items(1, next="opaque")}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"]]
    assert pulled.incomplete == {"locations"}


async def test_cursor_that_is_nowhere_in_the_body_falls_back_to_counting(client_of):
    answers = {URL: items(1), f"{URL}?offset=1": items(2), f"{URL}?offset=2": items()}
    pulled = await pull(client_of, answers, **BY_CURSOR)
    assert pulled.pages == [["1"], ["2"]]
    assert pulled.is_proven


PLACES = {
    "Laravel resource": lambda url: {"links": {"next": url}, "meta": {"total": 3}},
    "Laravel paginator": lambda url: {"next_page_url": url, "total": 3},
    "meta": lambda url: {"meta": {"next": url}},
    "pagination": lambda url: {"pagination": {"next": url}},
    "HAL": lambda url: {"_links": {"next": {"href": url}}} if url else {"_links": {"next": None}},
}


@pytest.mark.parametrize("around", PLACES.values(), ids=PLACES)
async def test_next_page_is_found_wherever_frameworks_name_it(client_of, around):
    second = f"{URL}?page=2"
    answers = {at(0, 9): items(1, 2, **around(second)), second: items(3, **around(None))}
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.server.asked == [at(0, 9), second]
    assert pulled.is_proven


async def test_total_in_the_body_is_as_good_as_one_in_a_header(client_of):
    answers = {at(0): items(1, 2, meta={"total": "3"}), at(2): items(3, meta={"total": 3})}
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), at(2)]
    assert pulled.is_proven


async def test_total_in_the_body_that_is_not_reached_proves_no_end(client_of):
    around = {"links": {"next": None}, "meta": {"total": 40}}
    pulled = await pull(client_of, {at(0): items(1, **around)})
    assert pulled.incomplete == {"locations"}
