"""Page after page of a module: by Link, else by X-Total-Count, and never without an end."""

import pytest

from aggregator.errors import BrokenAnswer, FormatError, Refused
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.serving import Says, Server, says

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations"


def at(offset):
    return f"{URL}?offset={offset}&limit=2"


def following(url):
    return f'<{url}>; rel="next"'


def sites(*ids):
    return [{"id": str(i), "evses": []} for i in ids]


async def ids_of(client):
    pages = [page async for page in OcpiPull(client).pages("locations")]
    return [[row["id"] for row in page.document["data"]] for page in pages]


async def pulled(client_of, answers, **values):
    server = Server(answers)
    async with client_of(server, **({"locations_url": URL} | values)) as client:
        return await ids_of(client), server


async def collect(client, pages):
    """Put every page into the list, so that those before an error are seen too."""
    async for page in OcpiPull(client).pages("locations"):
        pages.append(page)


async def why_stopped(client_of, answers, kind, **values):
    server = Server(answers)
    pages = []
    async with client_of(server, **({"locations_url": URL} | values)) as client:
        with pytest.raises(kind) as caught:
            await collect(client, pages)
    return str(caught.value), pages


async def test_one_page_without_paging_headers_is_everything(client_of):
    ids, server = await pulled(client_of, {at(0): says(sites(1, 2, 3))})
    assert ids == [["1", "2", "3"]]
    assert server.asked == [at(0)]


async def test_pages_are_followed_by_link(client_of):
    ids, _ = await pulled(
        client_of,
        {
            at(0): says(sites(1, 2), link=following(at(2))),
            at(2): says(sites(3), link=""),
        },
    )
    assert ids == [["1", "2"], ["3"]]


@pytest.mark.parametrize(
    "link",
    [
        f'<{URL}?page=b,c>; rel="next"',
        f"<{URL}?page=b,c>; rel=next",
        f"<{URL}?page=b,c>;REL='next'",
        f'<{URL}?page=b,c>; title="more"; rel="next last"',
        f'<{URL}?page=a>; rel="prev", <{URL}?page=b,c>; rel="next"',
        f'<{URL}?page=b,c>; rel=next, <{URL}?page=z>; rel="last"',
        f'<https://a.example/wp-json/>; rel="https://api.w.org/", <{URL}?page=b,c>; rel="next"',
        '<?page=b,c>; rel="next"',
        '</locations?page=b,c>; rel="next"',
    ],
)
async def test_next_link_is_found_in_every_legal_form(client_of, link):
    answers = {at(0): says(sites(1), link=link), f"{URL}?page=b,c": says(sites(2))}
    ids, _ = await pulled(client_of, answers)
    assert ids == [["1"], ["2"]]


@pytest.mark.parametrize(
    "link",
    [
        "",
        "<>; rel=next",
        '<https://uk.mer.eco/wp-json/>; rel="https://api.w.org/"',
        f'<{URL}?page=a>; rel="prev"',
        f"<{URL}?page=a>",
        "nonsense",
    ],
)
async def test_link_that_is_no_next_link_ends_the_module(client_of, link):
    ids, _ = await pulled(client_of, {at(0): says(sites(1), link=link)})
    assert ids == [["1"]]


async def test_pages_without_link_are_asked_for_as_far_as_the_total_goes(client_of):
    ids, server = await pulled(
        client_of,
        {
            at(0): says(sites(1, 2), x_total_count="5"),
            at(2): says(sites(3, 4), x_total_count="5"),
            at(4): says(sites(5), x_total_count="5"),
        },
    )
    assert ids == [["1", "2"], ["3", "4"], ["5"]]
    assert server.asked == [at(0), at(2), at(4)]


async def test_pages_shorter_than_asked_for_lose_nothing(client_of):
    ids, _ = await pulled(
        client_of,
        {at(n): says(sites(n + 1), x_total_count="3") for n in range(3)},
    )
    assert ids == [["1"], ["2"], ["3"]]


async def test_empty_page_in_the_middle_is_followed_by_its_link(client_of):
    ids, _ = await pulled(
        client_of,
        {
            at(0): says(sites(1), link=following(at(2))),
            at(2): says([], link=following(at(4))),
            at(4): says(sites(2)),
        },
    )
    assert ids == [["1"], [], ["2"]]


async def test_empty_page_in_the_middle_does_not_end_the_module(client_of):
    ids, _ = await pulled(
        client_of,
        {
            at(0): says(sites(1, 2), x_total_count="5"),
            at(2): says([], x_total_count="5"),
            at(4): says(sites(3), x_total_count="3"),
        },
    )
    assert ids == [["1", "2"], [], ["3"]]


async def test_fewer_records_than_announced_prove_no_end(client_of):
    pages = {at(0): says(sites(1, 2), x_total_count="3"), at(2): says([], x_total_count="3")}
    with pytest.raises(BrokenAnswer, match="only 2 of 3 announced records came"):
        await pulled(client_of, pages)


@pytest.mark.parametrize("total", ["many", "-1", "²", "9" * 5_000, ""])
async def test_total_that_is_no_number_is_ignored(client_of, total):
    ids, _ = await pulled(client_of, {at(0): says(sites(1), x_total_count=total)})
    assert ids == [["1"]]


async def test_total_is_told_with_each_page(client_of):
    server = Server({at(0): says(sites(1), x_total_count="1")})
    async with client_of(server, locations_url=URL) as client:
        [page] = [page async for page in OcpiPull(client).pages("locations")]
    assert page.total == 1
    assert page.url == URL
    assert page.bytes == len(b'{"status_code": 1000, "data": [{"id": "1", "evses": []}]}')


async def test_page_that_links_to_itself_ends_in_an_error_after_it_was_read(client_of):
    answers = {at(0): says(sites(1), link=following(at(0)))}
    line, pages = await why_stopped(client_of, answers, BrokenAnswer)
    assert line == f"{URL}: the pages do not end; stopped after 1"
    assert len(pages) == 1


async def test_pages_that_never_end_are_stopped_at_max_pages(client_of):
    answers = {at(n): says(sites(n), link=following(at(n + 1))) for n in range(10)}
    line, pages = await why_stopped(client_of, answers, BrokenAnswer, max_pages=3)
    assert line == f"{URL}: the pages do not end; stopped after 3"
    assert len(pages) == 3


async def test_link_to_an_address_that_is_none_is_one_line(client_of):
    answers = {at(0): says(sites(1), link=following("https://a.example:x/"))}
    line, pages = await why_stopped(client_of, answers, BrokenAnswer)
    assert line == f"{URL}: the answer points to an address that makes no sense"
    assert len(pages) == 1


async def test_page_cut_off_in_the_middle_keeps_what_came_before(client_of):
    answers = {
        at(0): says(sites(1), link=following(at(2))),
        at(2): Says(b'{"data": [{"id": "2", "ev'),
    }
    line, pages = await why_stopped(client_of, answers, BrokenAnswer)
    assert line.startswith(f"{URL}: the answer breaks off in the middle of the JSON")
    assert len(pages) == 1


async def test_ocpi_error_behind_http_200_is_refused(client_of):
    said = Says(b'{"status_code": 3001, "status_message": "Unable to use the API", "data": []}')
    line, pages = await why_stopped(client_of, {at(0): said}, Refused)
    assert line.startswith(f"{URL}: the OCPI server reports error 3001: Unable to use the API")
    assert pages == []


async def test_page_without_a_place_for_records_names_its_address(client_of):
    line, _ = await why_stopped(client_of, {at(0): Says(b'{"data": null}')}, FormatError)
    assert line.startswith(f"{URL}: the answer holds no list of locations")


async def test_query_of_the_named_address_is_kept(client_of):
    asked = f"{URL}?key=a+b&limit=2&offset=0"
    ids, _ = await pulled(
        client_of, {asked: says(sites(1))}, locations_url=f"{URL}?key=a+b&limit=9"
    )
    assert ids == [["1"]]
