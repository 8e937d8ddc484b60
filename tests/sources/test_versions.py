"""Which version is agreed on, and where its modules are."""

import json

import pytest

from aggregator.errors import BrokenAnswer, Refused
from aggregator.feeds import OcpiVersion
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio

VERSIONS = "https://a.example/versions"
LOCATIONS = "https://a.example/2.2.1/locations"
TARIFFS = "https://a.example/2.2.1/tariffs"


def row(version, url=None):
    return {"version": version, "url": url or f"https://a.example/{version}"}


def endpoint(module, url, role="SENDER"):
    return {"identifier": module, "role": role, "url": url}


ENDPOINTS = [endpoint("locations", LOCATIONS), endpoint("tariffs", TARIFFS)]


def details(*endpoints, version="2.2.1"):
    return says({"version": version, "endpoints": list(endpoints or ENDPOINTS)})


async def discovered(client_of, answers, **values):
    """Return the version, the modules and the addresses that were asked for them."""
    server = Server(answers)
    async with client_of(server, **({"versions_url": VERSIONS} | values)) as client:
        pull = OcpiPull(client)
        return await pull.version(), await pull.modules(), server


async def first_asked(client_of, answers, module="locations", **values):
    """Return the address of a module's first page, without its query."""
    server = Server(answers)
    async with client_of(server, **({"versions_url": VERSIONS} | values)) as client:
        with pytest.raises(Refused, match="404"):
            async for _ in OcpiPull(client).pages(module):
                pass
    return server.asked[-1].partition("?")[0]


async def why(client_of, answers, kind=BrokenAnswer, **values):
    with pytest.raises(kind) as caught:
        await discovered(client_of, answers, **values)
    return str(caught.value)


@pytest.mark.parametrize(
    ("offered", "agreed"),
    [
        (["2.1.1", "2.2.1", "2.3.0"], OcpiVersion.V2_3_0),
        (["2.2.1", "2.1.1"], OcpiVersion.V2_2_1),
        (["2.0", "2.1.1", "3.0"], OcpiVersion.V2_1_1),
    ],
)
async def test_highest_common_version_is_agreed_on(client_of, offered, agreed):
    answers = {VERSIONS: says([row(v) for v in offered])}
    answers[f"https://a.example/{agreed}"] = details()
    version, modules, _ = await discovered(client_of, answers)
    assert version is agreed
    assert modules == ["locations", "tariffs"]


async def test_version_that_the_feed_file_asks_for_is_taken(client_of):
    answers = {
        VERSIONS: says([row("2.2.1"), row("2.1.1")]),
        "https://a.example/2.1.1": details(),
    }
    version, _, _ = await discovered(client_of, answers, ocpi_version="2.1.1")
    assert version is OcpiVersion.V2_1_1


async def test_no_common_version_is_one_line_that_names_both_sides(client_of):
    line = await why(client_of, {VERSIONS: says([row("2.0"), row("3.0")])})
    assert line == (
        f"{VERSIONS}: no common version; the server offers 2.0, 3.0, we read 2.1.1, 2.2, 2.2.1, 2.3.0"
    )


async def test_version_asked_for_and_not_offered_is_one_line(client_of):
    line = await why(client_of, {VERSIONS: says([row("2.2.1")])}, ocpi_version="2.3.0")
    assert line == f"{VERSIONS}: no common version; the server offers 2.2.1, we read 2.3.0"


@pytest.mark.parametrize(
    "content", [b'{"data": []}', b'{"data": null}', b"[]", b"5", b'{"data": [null, "2.2.1"]}']
)
async def test_server_without_versions_is_one_line(client_of, content):
    line = await why(client_of, {VERSIONS: Says(content)})
    assert line.startswith(f"{VERSIONS}: no common version; the server offers none")


async def test_version_without_an_address_is_not_offered(client_of):
    answers = {
        VERSIONS: says([row("2.2.1"), {"version": "2.3.0", "url": None}]),
        "https://a.example/2.2.1": details(),
    }
    version, _, _ = await discovered(client_of, answers)
    assert version is OcpiVersion.V2_2_1


@pytest.mark.parametrize(
    "data",
    [
        [row("2.2.1")],
        {"versions": [row("2.2.1")]},
        [{"versions": [row("2.2.1")]}],
    ],
    ids=["list", "object with a list inside", "list of one such object"],
)
async def test_versions_are_found_however_they_are_wrapped(client_of, data):
    answers = {VERSIONS: says(data), "https://a.example/2.2.1": details()}
    version, _, _ = await discovered(client_of, answers)
    assert version is OcpiVersion.V2_2_1


async def test_bare_list_of_versions_is_understood(client_of):
    answers = {
        VERSIONS: Says(json.dumps([row("2.2.1")]).encode()),
        "https://a.example/2.2.1": details(),
    }
    version, _, _ = await discovered(client_of, answers)
    assert version is OcpiVersion.V2_2_1


@pytest.mark.parametrize("data", [{"endpoints": ENDPOINTS}, [{"endpoints": ENDPOINTS}], ENDPOINTS])
async def test_endpoints_are_found_however_they_are_wrapped(client_of, data):
    answers = {VERSIONS: says([row("2.2.1")]), "https://a.example/2.2.1": says(data)}
    assert await first_asked(client_of, answers) == LOCATIONS
    assert await first_asked(client_of, answers, "tariffs") == TARIFFS


async def test_endpoint_that_only_receives_is_ignored(client_of):
    receives = endpoint("locations", "https://a.example/2.2.1/receiver", "RECEIVER")
    answers = {
        VERSIONS: says([row("2.2.1")]),
        "https://a.example/2.2.1": details(*ENDPOINTS, receives),
    }
    assert await first_asked(client_of, answers) == LOCATIONS


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


async def test_versions_are_asked_for_once(client_of):
    answers = {VERSIONS: says([row("2.2.1")]), "https://a.example/2.2.1": details()}
    _, _, server = await discovered(client_of, answers)
    assert server.asked == [VERSIONS, "https://a.example/2.2.1"]


async def test_error_status_of_the_versions_is_refused(client_of):
    said = Says(b'{"status_code": 2001, "status_message": "Unknown token"}')
    line = await why(client_of, {VERSIONS: said}, Refused)
    assert line.startswith(f"{VERSIONS}: the OCPI server reports error 2001: Unknown token")
