"""Where the modules of a version are."""

import pytest

from aggregator.errors import BrokenAnswer, NotOurs
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.offering import (
    ENDPOINTS,
    LOCATIONS,
    TARIFFS,
    VERSIONS,
    details,
    discovered,
    endpoint,
    first_asked,
    row,
    why,
)
from tests.sources.pulling import page_of, pull
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "data",
    [
        {"endpoints": ENDPOINTS},
        [{"endpoints": ENDPOINTS}],
        ENDPOINTS,
        ENDPOINTS + ENDPOINTS,
        {"endpoints": {"locations": LOCATIONS, "tariffs": TARIFFS}},
        {"endpoints": {"locations": {"url": LOCATIONS}, "Tariffs": [{"url": TARIFFS}]}},
        {"version": "2.2.1", "endpoints": {"endpoints": ENDPOINTS}},
    ],
    ids=[
        "object",
        "list of one object",
        "bare list",
        "listed twice",
        "addresses by module",
        "objects by module",
        "object in an object",
    ],
)
async def test_endpoints_are_found_however_they_are_wrapped(client_of, data):
    answers = {VERSIONS: says([row("2.2.1")]), "https://a.example/2.2.1": says(data)}
    assert await first_asked(client_of, answers) == LOCATIONS
    assert await first_asked(client_of, answers, "tariffs") == TARIFFS


async def test_single_endpoint_may_be_an_object_of_its_own(client_of):
    one = {"endpoints": endpoint("locations", LOCATIONS)}
    answers = {VERSIONS: says([row("2.2.1")]), "https://a.example/2.2.1": says(one)}
    assert await first_asked(client_of, answers) == LOCATIONS


RECEIVER = "https://a.example/2.2.1/receiver"


async def test_endpoint_that_sends_comes_before_one_that_receives(client_of):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(
            endpoint("locations", RECEIVER, "RECEIVER"), endpoint("locations", LOCATIONS)
        ),
        f"{LOCATIONS}?offset=0&limit=2": page_of(1, x_total_count="1"),
    }
    pulled = await pull(client_of, answers, versions_url=VERSIONS, locations_url=None)
    assert pulled.pages == [["1"]]
    assert pulled.attention == []


async def test_endpoint_under_the_other_role_is_tried_when_the_first_delivers_nothing(client_of):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(
            endpoint("locations", RECEIVER, "RECEIVER"), endpoint("locations", LOCATIONS)
        ),
        f"{RECEIVER}?offset=0&limit=2": page_of(1, x_total_count="1"),
    }
    pulled = await pull(client_of, answers, versions_url=VERSIONS, locations_url=None)
    assert pulled.pages == [["1"]]
    [line] = pulled.attention
    assert line.startswith(f"{LOCATIONS}: the server answers 404")
    assert line.endswith("; another endpoint is tried")


@pytest.mark.parametrize("role", ["SENDER", "sender", None, ""])
async def test_endpoint_sends_unless_it_says_otherwise(client_of, role):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(endpoint("LOCATIONS", LOCATIONS, role)),
    }
    assert await first_asked(client_of, answers) == LOCATIONS


@pytest.mark.parametrize(
    "endpoints",
    [[endpoint("tariffs", TARIFFS)], [endpoint("locations", None)], [None], [{"url": LOCATIONS}]],
)
async def test_server_without_locations_is_one_line(client_of, endpoints):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": says({"endpoints": endpoints}),
    }
    assert await why(client_of, answers) == f"{VERSIONS}: the server offers no locations module"


async def test_server_without_tariffs_delivers_its_locations(client_of):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(endpoint("locations", LOCATIONS)),
    }
    _, modules, _ = await discovered(client_of, answers)
    assert modules == ["locations"]


async def test_relative_addresses_lead_on_from_the_document_that_names_them(client_of):
    answers = {
        VERSIONS: says([row("2.2.1", "/ocpi/2.2.1/")]),
        "https://a.example/ocpi/2.2.1/": details(endpoint("locations", "locations")),
    }
    assert await first_asked(client_of, answers) == "https://a.example/ocpi/2.2.1/locations"


async def test_relative_addresses_lead_on_from_where_a_redirect_ended(client_of):
    answers = {
        VERSIONS: moved("/ocpi/versions/", 308),
        "https://a.example/ocpi/versions/": says([row("2.2.1", "../2.2.1")]),
        "https://a.example/ocpi/2.2.1": moved("/ocpi/2.2.1/", 307),
        "https://a.example/ocpi/2.2.1/": details(endpoint("locations", "locations")),
    }
    assert await first_asked(client_of, answers) == "https://a.example/ocpi/2.2.1/locations"


async def test_module_address_in_the_feed_file_comes_before_the_servers(client_of):
    mine = "https://a.example/mine"
    answers = {VERSIONS: says([row("2.2.1")]), "https://a.example/2.2.1": details()}
    assert await first_asked(client_of, answers, locations_url=mine) == mine
    assert await first_asked(client_of, answers, "tariffs", locations_url=mine) == TARIFFS


async def test_bare_module_addresses_need_no_versions(client_of):
    version, modules, server = await discovered(
        client_of, {}, versions_url=None, locations_url=LOCATIONS, tariffs_url=TARIFFS
    )
    assert version is None
    assert modules == ["locations", "tariffs"]
    assert server.asked == []


@pytest.mark.parametrize("url", ["https://a.example:x/tariffs", "https://[::1/tariffs"])
async def test_unusable_address_of_the_tariffs_does_not_cost_the_locations(client_of, url):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(
            endpoint("tariffs", url), endpoint("locations", LOCATIONS)
        ),
    }
    server = Server(answers)
    async with client_of(server, versions_url=VERSIONS) as client:
        source = OcpiPull(client)
        assert await source.modules() == ["locations"]
    assert source.remarks.attention == [
        "https://a.example/2.2.1: the answer points to an address that makes no sense (tariffs)"
    ]


async def test_tariffs_on_another_host_cost_themselves_only(client_of):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(
            endpoint("tariffs", "https://internal:8080/t"), endpoint("locations", LOCATIONS)
        ),
        f"{LOCATIONS}?offset=0&limit=2": page_of(1, x_total_count="1"),
    }
    unnamed = {"versions_url": VERSIONS, "locations_url": None}
    pulled = await pull(client_of, answers, **unnamed)
    assert pulled.pages == [["1"]]
    pulled = await pull(client_of, answers, module="tariffs", **unnamed)
    assert isinstance(pulled.error, NotOurs)


async def test_module_addresses_in_the_feed_file_do_without_versions_that_fail(client_of):
    server = Server({VERSIONS: Says(status=404)})
    async with client_of(server, versions_url=VERSIONS, locations_url=LOCATIONS) as client:
        source = OcpiPull(client)
        assert await source.modules() == ["locations"]
    [line] = source.remarks.attention
    assert line.endswith("; the addresses in the feed file are used")


@pytest.mark.parametrize("url", [f"{LOCATIONS}/", f"{LOCATIONS}//x", f"{LOCATIONS}?a=%2f&a=b"])
async def test_endpoint_is_asked_for_word_for_word(client_of, url):
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(endpoint("locations", url)),
    }
    pulled = await pull(client_of, answers, versions_url=VERSIONS, locations_url=None)
    sign = "&" if "?" in url else "?"
    assert pulled.server.asked[-1] == f"{url}{sign}offset=0&limit=2"


async def test_other_modules_and_what_is_no_endpoint_are_passed_over(client_of):
    others = [endpoint("credentials", VERSIONS), endpoint("hubclientinfo", VERSIONS), 7, "x", None]
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": says({"endpoints": [*others, *ENDPOINTS]}),
    }
    _, modules, _ = await discovered(client_of, answers)
    assert modules == ["locations", "tariffs"]


async def test_feed_that_names_neither_versions_nor_locations_is_one_line(client_of):
    async with client_of(Server({}), url="https://a.example/all") as client:
        with pytest.raises(BrokenAnswer, match="the server offers no locations module"):
            await OcpiPull(client).modules()
