"""Page after page of a module: by Link, else by X-Total-Count, else by what came."""

import pytest

from aggregator.errors import BrokenAnswer, FormatError, Refused
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.pulling import URL, at, following, ids_in, page_of, pull, sites
from tests.sources.serving import Says, Server, says

pytestmark = pytest.mark.anyio


async def test_more_records_than_asked_for_without_paging_headers_are_everything(client_of):
    pulled = await pull(client_of, {at(0): page_of(1, 2, 3)})
    assert pulled.pages == [["1", "2", "3"]]
    assert pulled.server.asked == [at(0)]
    assert pulled.is_proven


async def test_everything_in_one_page_whose_limit_is_0_is_everything(client_of):
    pulled = await pull(client_of, {at(0): page_of(1, x_limit="0")})
    assert pulled.server.asked == [at(0)]
    assert pulled.is_proven


async def test_page_below_a_limit_that_no_page_has_reached_may_have_a_next(client_of):
    answers = {at(0): page_of(1, x_limit="2"), at(1): page_of(x_limit="2")}
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), at(1)]
    assert pulled.is_proven


async def test_page_below_a_limit_that_another_has_reached_is_the_last(client_of):
    answers = {
        at(0, 9): page_of(1, 2, x_limit="2"),
        at(2, 9): page_of(3, x_limit="2"),
    }
    pulled = await pull(client_of, answers, page_limit=9)
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.server.asked == [at(0, 9), at(2, 9)]
    assert pulled.is_proven


async def test_page_without_paging_headers_may_be_capped_so_one_more_is_asked_for(client_of):
    answers = {at(0): page_of(1), at(1): page_of(2), at(2): page_of()}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"], ["2"]]
    assert pulled.is_proven


async def test_pages_are_asked_for_until_an_empty_one_where_nothing_names_an_end(client_of):
    answers = {at(0): page_of(1, 2), at(2): page_of(3, 4), at(4): page_of()}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3", "4"]]
    assert pulled.server.asked == [at(0), at(2), at(4)]
    assert pulled.is_proven


async def test_empty_module_is_asked_for_once(client_of):
    pulled = await pull(client_of, {at(0): page_of()})
    assert pulled.pages == [[]]
    assert pulled.server.asked == [at(0)]
    assert pulled.is_proven


async def test_pages_without_link_are_asked_for_as_far_as_the_total_goes(client_of):
    pulled = await pull(
        client_of,
        {
            at(0): page_of(1, 2, x_total_count="5"),
            at(2): page_of(3, 4, x_total_count="5"),
            at(4): page_of(5, x_total_count="5"),
        },
    )
    assert pulled.pages == [["1", "2"], ["3", "4"], ["5"]]
    assert pulled.totals == [5, 5, 5]
    assert pulled.server.asked == [at(0), at(2), at(4)]
    assert pulled.is_proven


async def test_pages_shorter_than_asked_for_lose_nothing(client_of):
    answers = {at(n): page_of(n + 1, x_total_count="3", x_limit="1") for n in range(3)}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"], ["2"], ["3"]]


async def test_empty_page_in_the_middle_does_not_end_the_module(client_of):
    pulled = await pull(
        client_of,
        {
            at(0): page_of(1, 2, x_total_count="5"),
            at(2): page_of(x_total_count="5"),
            at(4): page_of(3, x_total_count="5"),
        },
    )
    assert pulled.pages == [["1", "2"], [], ["3"]]
    assert pulled.incomplete == {"locations"}


async def test_behind_an_empty_page_only_as_much_is_passed_over_as_pages_hold(client_of):
    pulled = await pull(
        client_of,
        {
            at(0, 9): page_of(1, 2, x_total_count="5"),
            at(2, 9): page_of(x_total_count="5"),
            at(4, 9): page_of(3, x_total_count="3"),
        },
        page_limit=9,
    )
    assert pulled.pages == [["1", "2"], [], ["3"]]


async def test_total_that_counts_unpublished_records_is_noted_and_proves_no_end(client_of):
    answers = {at(0): page_of(1, 2, x_total_count="3"), at(2): page_of(x_total_count="3")}
    pulled = await pull(client_of, answers)
    assert pulled.error is None
    assert pulled.incomplete == {"locations"}
    assert pulled.attention == []
    assert pulled.notes == [
        f"{URL}: only 2 of 3 announced records came; what is missing is kept as it was"
    ]


async def test_total_of_0_beside_records_is_not_believed(client_of):
    answers = {at(0): page_of(1, 2, x_total_count="0"), at(2): page_of(x_total_count="0")}
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), at(2)]
    assert pulled.is_proven


@pytest.mark.parametrize("total", ["many", "-1", "²", "9" * 5_000, ""])
async def test_total_that_is_no_number_is_ignored(client_of, total):
    answers = {at(0): page_of(1, x_total_count=total), at(1): page_of()}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"]]
    assert pulled.totals == [None]


async def test_page_names_its_address_without_query_and_its_bytes(client_of):
    server = Server({at(0): page_of(1, x_total_count="1")})
    async with client_of(server, locations_url=URL) as client:
        [page] = [(page, ids_in(page))[0] async for page in OcpiPull(client).pages("locations")]
    assert page.total == 1
    assert page.url == URL
    assert page.body.read() == b'{"status_code": 1000, "data": [{"id": "1", "evses": []}]}'


async def test_page_cut_off_in_the_middle_keeps_what_came_before(client_of):
    answers = {
        at(0): page_of(1, link=following(at(2))),
        at(2): Says(b'{"data": [{"id": "2", "ev'),
    }
    pulled = await pull(client_of, answers)
    assert isinstance(pulled.error, BrokenAnswer)
    assert str(pulled.error).startswith("the answer breaks off in the middle of the JSON")
    assert pulled.pages == [["1"]]


async def test_failing_page_in_the_middle_keeps_what_came_before(client_of):
    answers = {at(n): Says(status=500) for n in (2, 4)} | {at(0): page_of(1, 2, x_total_count="6")}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"]]
    assert isinstance(pulled.error, Refused)


@pytest.mark.parametrize("status", [2000, 2001, 3000, 3002, '"3001"'])
async def test_ocpi_error_behind_http_200_is_refused(client_of, status):
    said = b'{"status_code": %s, "status_message": "Unable", "data": []}' % str(status).encode()
    pulled = await pull(client_of, {at(0): Says(said)})
    assert isinstance(pulled.error, Refused)
    number = str(status).strip('"')
    assert str(pulled.error).startswith(f"{URL}: the OCPI server reports error {number}: Unable")
    assert pulled.pages == []


async def test_page_without_a_place_for_records_cannot_be_read(client_of):
    pulled = await pull(client_of, {at(0): Says(b'{"data": 5}')})
    assert isinstance(pulled.error, FormatError)


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        (f"{URL}?key=a+b&limit=9", f"{URL}?key=a+b&offset=0&limit=2"),
        (f"{URL}?status=A&status=B", f"{URL}?status=A&status=B&offset=0&limit=2"),
        (f"{URL}/?all", f"{URL}/?all&offset=0&limit=2"),
        (f"{URL}?a=%2F&b", f"{URL}?a=%2F&b&offset=0&limit=2"),
    ],
)
async def test_query_of_the_named_address_is_kept(client_of, named, asked):
    pulled = await pull(client_of, {asked: page_of(1, x_total_count="1")}, locations_url=named)
    assert pulled.server.asked == [asked]
    assert pulled.pages == [["1"]]


async def test_feed_with_one_page_is_asked_for_word_for_word_and_once(client_of):
    answers = {URL: says(sites(1, 2), link=following(at(2)), x_total_count="9")}
    pulled = await pull(client_of, answers, paging="none")
    assert pulled.server.asked == [URL]


async def test_feed_counted_by_offset_does_not_look_at_links(client_of):
    answers = {
        at(0): page_of(1, 2, x_total_count="3", link=following(f"{URL}?p=2")),
        at(2): page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers, paging="offset")
    assert pulled.server.asked == [at(0), at(2)]
    assert pulled.is_proven
