"""Which version is agreed on."""

import json

import pytest

from aggregator.errors import Refused
from aggregator.feeds import OcpiVersion
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.offering import TARIFFS, VERSIONS, details, discovered, endpoint, row, why
from tests.sources.serving import Says, Server, says

pytestmark = pytest.mark.anyio


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
        f"{VERSIONS}: no common version; the server offers 2.0, 3.0, "
        "we read 2.1.1, 2.2, 2.2.1, 2.3.0"
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
        row("2.2.1"),
        [row("2.2.1"), row("2.2.1")],
        [[row("2.2.1")]],
        {"2.2.1": "https://a.example/2.2.1"},
        {"versions": {"2.2.1": {"url": "https://a.example/2.2.1"}}},
        [row("v2.2.1", "https://a.example/2.2.1")],
        [row(" 2.2.1-d2 ", " https://a.example/2.2.1 ")],
    ],
    ids=[
        "list",
        "object with a list inside",
        "list of one such object",
        "single object",
        "listed twice",
        "list in a list",
        "addresses by version",
        "objects by version",
        "with a v",
        "with a document number and blanks",
    ],
)
async def test_versions_are_found_however_they_are_wrapped(client_of, data):
    answers = {VERSIONS: says(data), "https://a.example/2.2.1": details()}
    version, _, server = await discovered(client_of, answers)
    assert version is OcpiVersion.V2_2_1
    assert server.asked == [VERSIONS, "https://a.example/2.2.1"]


async def test_version_2_2_may_be_a_number(client_of):
    answers = {VERSIONS: says([row(2.2)]), "https://a.example/2.2": details()}
    version, _, _ = await discovered(client_of, answers)
    assert version is OcpiVersion.V2_2


async def test_address_of_one_version_may_be_given_in_place_of_all(client_of):
    version, modules, server = await discovered(client_of, {VERSIONS: details(version="2.1.1")})
    assert version is OcpiVersion.V2_1_1
    assert modules == ["locations", "tariffs"]
    assert server.asked == [VERSIONS]


async def test_bare_list_of_versions_is_understood(client_of):
    answers = {
        VERSIONS: Says(json.dumps([row("2.2.1")]).encode()),
        "https://a.example/2.2.1": details(),
    }
    version, _, _ = await discovered(client_of, answers)
    assert version is OcpiVersion.V2_2_1


async def test_versions_are_asked_for_once(client_of):
    answers = {VERSIONS: says([row("2.2.1")]), "https://a.example/2.2.1": details()}
    _, _, server = await discovered(client_of, answers)
    assert server.asked == [VERSIONS, "https://a.example/2.2.1"]


async def test_error_status_of_the_versions_is_refused(client_of):
    said = Says(b'{"status_code": 2001, "status_message": "Unknown token"}')
    line = await why(client_of, {VERSIONS: said}, Refused)
    assert line.startswith(f"{VERSIONS}: the OCPI server reports error 2001: Unknown token")


@pytest.mark.parametrize(
    "said",
    [
        Says(status=404),
        Says(status=500),
        Says(b"<html>"),
        Says(b'{"status_code": 3001}'),
        says({"endpoints": [endpoint("tariffs", TARIFFS)]}),
    ],
    ids=["404", "500", "web page", "OCPI error", "no locations"],
)
async def test_version_whose_details_fail_gives_way_to_the_next_lower_one(client_of, said):
    answers = {
        VERSIONS: says([row("2.1.1"), row("2.3.0"), row("2.2.1")]),
        "https://a.example/2.3.0": said,
        "https://a.example/2.2.1": details(),
    }
    server = Server(answers)
    async with client_of(server, versions_url=VERSIONS) as client:
        source = OcpiPull(client)
        assert await source.version() is OcpiVersion.V2_2_1
    [line] = source.remarks.attention
    assert line.endswith("; 2.2.1 is used instead")


async def test_failure_of_the_highest_version_is_told_when_all_fail(client_of):
    answers = {VERSIONS: says([row("2.1.1"), row("2.2.1")])}
    line = await why(client_of, answers, Refused)
    assert line.startswith("https://a.example/2.2.1: the server answers 404")


async def test_version_that_the_feed_file_asks_for_gives_way_to_none(client_of):
    answers = {VERSIONS: says([row("2.1.1"), row("2.2.1")]), "https://a.example/2.1.1": details()}
    await why(client_of, answers, Refused, ocpi_version="2.2.1")


async def test_addresses_of_http_below_https_are_asked_by_https_and_noted_once(client_of):
    plain = [endpoint(one, f"http://a.example/{one}") for one in ("locations", "tariffs")]
    answers = {
        VERSIONS: says([row("2.2.1", "http://a.example/2.2.1")]),
        "https://a.example/2.2.1": says({"endpoints": plain}),
    }
    server = Server(answers)
    async with client_of(server, versions_url=VERSIONS) as client:
        source = OcpiPull(client)
        assert await source.modules() == ["locations", "tariffs"]
    assert server.asked == [VERSIONS, "https://a.example/2.2.1"]
    [note] = source.remarks.notes
    assert note.endswith("the server names addresses of http; its https is asked instead")
