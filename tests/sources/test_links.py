"""Pages by Link, in every form it is met in, and never without an end."""

import pytest

from aggregator.errors import BrokenAnswer, NotOurs
from tests.sources.pulling import URL, at, following, page_of, pull

pytestmark = pytest.mark.anyio

SECOND = f"{URL}?page=b,c"


async def test_pages_are_followed_by_link(client_of):
    answers = {
        at(0): page_of(1, 2, link=following(at(2))),
        at(2): page_of(3, 4, link=""),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3", "4"]]
    assert pulled.server.asked == [at(0), at(2)]
    assert pulled.is_proven


@pytest.mark.parametrize(
    "link",
    [
        f'<{SECOND}>; rel="next"',
        f"<{SECOND}>; rel=next",
        f"<{SECOND}>;REL='next'",
        f'<{SECOND}>; title="more"; rel="next last"',
        f'<{URL}?page=a>; rel="prev", <{SECOND}>; rel="next"',
        f'<{SECOND}>; rel=next, <{URL}?page=z>; rel="last"',
        f'<https://a.example/wp-json/>; rel="https://api.w.org/", <{SECOND}>; rel="next"',
        '<?page=b,c>; rel="next"',
        '</locations?page=b,c>; rel="next"',
        f'< {SECOND} >; rel="next"',
        f"<{SECOND}>; rel=next;",
    ],
)
async def test_next_link_is_found_in_every_form(client_of, link):
    answers = {at(0): page_of(1, link=link), SECOND: page_of(2, x_limit="0")}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"], ["2"]]
    assert pulled.is_proven


async def test_next_link_without_brackets_is_found(client_of):
    link = f"{URL}?page=b; rel=next"
    answers = {at(0): page_of(1, link=link), f"{URL}?page=b": page_of(2, x_limit="0")}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"], ["2"]]


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
    pulled = await pull(client_of, {at(0): page_of(1, link=link, x_limit="0")})
    assert pulled.pages == [["1"]]
    assert pulled.server.asked == [at(0)]
    assert pulled.is_proven


@pytest.mark.parametrize(
    "link",
    [
        f"{URL}?offset=2",
        f"{URL}?offset=2&limit=",
        f"{URL}?date_from=None&offset=2&limit=2",
        f"{URL}?date_from=&date_to=null&offset=2&limit=2",
        f"{URL}?offset=2&limit=undefined",
        f"{URL}?offset=2&limit=2#top",
    ],
)
async def test_link_is_mended_where_a_parameter_is_missing_or_says_nothing(client_of, link):
    answers = {at(0): page_of(1, 2, link=following(link)), at(2): page_of(3, x_limit="2")}
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), at(2)]


async def test_link_keeps_the_parameters_that_the_server_repeats(client_of):
    link = f"{URL}?status=A&status=B&offset=2&limit=2"
    answers = {at(0): page_of(1, 2, link=following(link)), link: page_of(3, x_limit="2")}
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), link]


async def test_empty_page_in_the_middle_is_followed_by_its_link(client_of):
    answers = {
        at(0): page_of(1, link=following(at(2))),
        at(2): page_of(link=following(at(4))),
        at(4): page_of(2, x_limit="2"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"], [], ["2"]]


async def test_pages_that_never_end_are_stopped_at_max_pages(client_of):
    answers = {at(n): page_of(n, link=following(at(n + 1))) for n in range(10)}
    pulled = await pull(client_of, answers, max_pages=3)
    assert isinstance(pulled.error, BrokenAnswer)
    assert str(pulled.error) == f"{URL}: the pages do not end; stopped after 3"
    assert len(pulled.pages) == 3
    assert len(pulled.server.asked) == 3


async def test_links_in_a_circle_are_left_when_a_page_was_seen(client_of):
    answers = {
        at(0): page_of(1, 2, link=following(f"{URL}?page=2")),
        f"{URL}?page=2": page_of(3, link=following(at(0))),
        at(3): page_of(),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3"]]
    assert pulled.is_proven


async def test_same_page_behind_ever_new_links_is_an_error(client_of):
    answers = {at(n): page_of(1, 2, link=following(at(n + 2))) for n in range(0, 20, 2)}
    pulled = await pull(client_of, answers)
    assert str(pulled.error) == f"{URL}: the same page came again; stopped after 2"


async def test_empty_pages_behind_ever_new_links_are_left(client_of):
    answers = {at(n): page_of(link=following(at(n + 1))) for n in range(1, 99)}
    answers[at(0)] = page_of(1, link=following(at(1)))
    pulled = await pull(client_of, answers)
    assert str(pulled.error) == f"{URL}: one empty page after the other; stopped"
    assert len(pulled.pages) == 11


async def test_link_to_another_path_of_the_same_host_is_followed(client_of):
    link = "https://a.example/elsewhere?token=x"
    answers = {at(0): page_of(1, link=following(link)), link: page_of(2, x_limit="0")}
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1"], ["2"]]


async def test_link_of_http_below_https_is_asked_by_https_and_noted_once(client_of):
    plain = "http://a.example/locations"
    answers = {
        at(0): page_of(1, 2, link=following(f"{plain}?offset=2&limit=2")),
        at(2): page_of(3, 4, link=following("http://a.example:80/locations?offset=4&limit=2")),
        at(4): page_of(5),
    }
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), at(2), at(4)]
    assert pulled.is_proven
    assert pulled.notes == [f"{URL}: Link names addresses of http; their https is asked instead"]


async def test_link_of_http_at_another_port_stays_what_it_is(client_of):
    answers = {at(0): page_of(1, link=following("http://a.example:8080/locations?offset=1"))}
    pulled = await pull(client_of, answers, paging="link")
    assert isinstance(pulled.error, NotOurs)
