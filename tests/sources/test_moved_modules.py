"""A module that a server leads on to another address: its pages are counted on from there."""

import pytest

from tests.sources.pulling import URL, at, following, page_of, pull
from tests.sources.serving import moved

pytestmark = pytest.mark.anyio

NEW = f"{URL}/"
WITH_PARAMETERS = f"{NEW}?offset=0&limit=2"


def counted(offset):
    return f"{NEW}?offset={offset}&limit=2"


@pytest.mark.parametrize("to", [WITH_PARAMETERS, NEW], ids=["as asked", "without parameters"])
async def test_pages_are_counted_on_from_where_a_redirect_led(client_of, to):
    answers = {
        at(0): moved(to, 308),
        to: page_of(1, 2, x_total_count="5"),
        counted(2): page_of(3, 4, x_total_count="5"),
        counted(4): page_of(5, x_total_count="5"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3", "4"], ["5"]]
    assert pulled.server.asked == [at(0), to, counted(2), counted(4)]
    assert pulled.is_proven


async def test_parameter_that_a_redirect_adds_goes_with_every_page(client_of):
    to = f"{NEW}?offset=0&limit=2&tenant=7"
    answers = {
        at(0): moved(to),
        to: page_of(1, 2, x_total_count="3"),
        f"{NEW}?tenant=7&offset=2&limit=2": page_of(3, x_total_count="3"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.pages == [["1", "2"], ["3"]]


async def test_link_behind_a_redirect_is_followed_as_it_is(client_of):
    link = f"{URL}?page=b"
    answers = {
        at(0): moved(WITH_PARAMETERS),
        WITH_PARAMETERS: page_of(1, 2, link=following(link)),
        link: page_of(3, x_limit="2"),
    }
    pulled = await pull(client_of, answers)
    assert pulled.server.asked == [at(0), WITH_PARAMETERS, link]
    assert pulled.is_proven
