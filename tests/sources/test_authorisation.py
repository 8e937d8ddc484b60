"""The token travels in one header to the origins that the feed file names, and nowhere else."""

import pytest

from aggregator.errors import BrokenAnswer, ConfigError, NotOurs, Refused
from aggregator.sources.ocpi_pull import OcpiPull
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio

HOME = "https://a.example/locations"
PAGE = f"{HOME}?offset=0&limit=2"
EVIL = "https://evil.example/locations"
# base64 of "s3cret": 73 33 63 72 65 74 -> czNj cmV0
ENCODED, PLAIN = "Token czNjcmV0", "Token s3cret"


async def read_all(client):
    return [page async for page in OcpiPull(client).pages("locations")]


@pytest.mark.parametrize(
    ("version", "header"),
    [("2.1.1", PLAIN), ("2.2.1", ENCODED), ("2.3.0", ENCODED), (None, ENCODED)],
)
async def test_token_is_base64_since_2_2_and_plain_before(client_of, version, header):
    server = Server({HOME: Says()})
    async with client_of(server, locations_url=HOME, ocpi_version=version) as client:
        await client.get(HOME)
    assert server.requests[0].headers["authorization"] == header


async def test_feed_without_a_token_sends_none(client_of):
    server = Server({HOME: Says()})
    async with client_of(server, locations_url=HOME, token_env=None) as client:
        await client.get(HOME)
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize("value", [None, "", "  "])
async def test_missing_token_is_one_line_that_names_the_variable(client_of, monkeypatch, value):
    monkeypatch.delenv("A_TOKEN")
    if value is not None:
        monkeypatch.setenv("A_TOKEN", value)
    with pytest.raises(ConfigError) as caught:
        async with client_of(Server({}), locations_url=HOME):
            pass
    assert str(caught.value) == (
        "the secret A_TOKEN is missing: set it in the environment (no secrets file is set)"
    )


@pytest.mark.parametrize("value", ["s3c\nret", "s3crét"])
async def test_token_that_no_header_can_carry_is_refused_without_showing_it(
    client_of, monkeypatch, value
):
    monkeypatch.setenv("A_TOKEN", value)
    with pytest.raises(ConfigError) as caught:
        async with client_of(Server({}), locations_url=HOME):
            pass
    assert "A_TOKEN" in str(caught.value)
    assert "s3c" not in str(caught.value)


async def test_blanks_around_a_token_are_no_part_of_it(client_of, monkeypatch):
    monkeypatch.setenv("A_TOKEN", " s3cret\n")
    server = Server({HOME: Says()})
    async with client_of(server, locations_url=HOME, ocpi_version="2.1.1") as client:
        await client.get(HOME)
    assert server.requests[0].headers["authorization"] == PLAIN


async def test_request_says_who_asks_in_which_run_and_carries_the_feeds_own_headers(client_of):
    server = Server({HOME: Says()})
    headers = {"Digitraffic-User": "klarpris", "Accept": "application/geo+json"}
    async with client_of(server, locations_url=HOME, headers=headers) as client:
        await client.get(HOME)
        await client.get(HOME)
    first, second = (request.headers for request in server.requests)
    assert first["user-agent"].startswith("klarpris/")
    assert first["digitraffic-user"] == "klarpris"
    assert first["accept"] == "application/geo+json"
    assert first["x-request-id"] != second["x-request-id"]
    assert first["x-correlation-id"] == second["x-correlation-id"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirect_on_the_same_origin_keeps_the_authorisation(client_of, status):
    server = Server({HOME: moved("/locations/", status), f"{HOME}/": says([])})
    async with client_of(server, locations_url=HOME) as client:
        answer = await client.get(HOME)
    assert answer.url == f"{HOME}/"
    assert [r.headers["authorization"] for r in server.requests] == [ENCODED, ENCODED]


async def test_redirect_to_another_host_is_not_followed(client_of):
    server = Server({HOME: moved(f"{EVIL}?token=s3cret")})
    async with client_of(server, locations_url=HOME) as client:
        with pytest.raises(Refused) as caught:
            await client.get(HOME)
    assert str(caught.value) == (
        f"{EVIL}: not asked, because the feed file does not name this host; "
        "add it there if it belongs to the feed"
    )
    assert server.asked == [HOME]


async def test_link_to_another_host_is_not_followed(client_of):
    page = says([{"id": "1", "evses": []}], link=f'<{EVIL}?offset=2>; rel="next"')
    server = Server({PAGE: page})
    async with client_of(server, locations_url=HOME) as client:
        with pytest.raises(Refused, match=r"https://evil\.example/locations: not asked"):
            await read_all(client)
    assert server.asked == [PAGE]


async def test_endpoint_on_another_host_is_not_asked(client_of):
    versions = "https://a.example/versions"
    server = Server(
        {
            versions: says([{"version": "2.2.1", "url": "https://a.example/2.2.1"}]),
            "https://a.example/2.2.1": says(
                {"endpoints": [{"identifier": "locations", "role": "SENDER", "url": EVIL}]}
            ),
        }
    )
    async with client_of(server, versions_url=versions) as client:
        with pytest.raises(Refused, match=r"https://evil\.example/locations: not asked"):
            await read_all(client)
    assert all(request.url.host == "a.example" for request in server.requests)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://a.example/x",
        "https://a.example:8443/x",
        "https://a.example.evil.example/x",
        "https://a.example@evil.example/x",
        "//evil.example/x",
        "ftp://a.example/x",
        "file:///etc/passwd",
    ],
)
async def test_token_goes_to_no_other_origin(client_of, elsewhere):
    server = Server({HOME: moved(elsewhere)})
    async with client_of(server, locations_url=HOME) as client:
        with pytest.raises(Refused, match="not asked"):
            await client.get(HOME)
    assert server.asked == [HOME]


async def test_redirect_does_not_cross_to_another_host_that_the_feed_file_names(client_of):
    tariffs = "https://b.example/tariffs"
    server = Server({HOME: moved(tariffs), tariffs: says([])})
    async with client_of(server, locations_url=HOME, tariffs_url=tariffs) as client:
        with pytest.raises(NotOurs) as caught:
            await client.get(HOME)
    assert str(caught.value) == (
        f"{HOME}: not followed to {tariffs}, another origin; give that address in the feed file"
    )
    assert server.asked == [HOME]


async def test_https_never_becomes_http_again(client_of):
    plain = "http://a.example/locations"
    server = Server({HOME: moved(plain), plain: says([])})
    async with client_of(server, locations_url=HOME, tariffs_url=plain) as client:
        with pytest.raises(NotOurs, match="another origin"):
            await client.get(HOME)
    assert server.asked == [HOME]


async def test_login_in_a_redirect_does_not_take_the_place_of_the_token(client_of):
    server = Server({HOME: moved("https://me:pass@a.example/x")})
    async with client_of(server, locations_url=HOME) as client:
        with pytest.raises(Refused):
            await client.get(HOME)
    assert {r.headers["authorization"] for r in server.requests} <= {ENCODED, PLAIN}
    assert len(server.requests) == 2


async def test_http_may_become_https_on_the_same_host(client_of):
    plain = "http://a.example/locations"
    server = Server({plain: moved(HOME), HOME: says([])})
    async with client_of(server, locations_url=plain) as client:
        answer = await client.get(plain)
    assert answer.url == HOME


async def test_second_host_that_the_feed_file_names_may_be_asked(client_of):
    tariffs = "https://b.example/tariffs"
    server = Server({tariffs: says([])})
    async with client_of(server, locations_url=HOME, tariffs_url=tariffs) as client:
        await client.get(tariffs)
    assert server.requests[0].headers["authorization"] == ENCODED


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "[::1]", "localhost"]
)
async def test_private_address_is_asked_only_where_the_feed_file_allows_it(client_of, host):
    url = f"http://{host}/locations"
    server = Server({url: says([])})
    async with client_of(server, locations_url=url) as client:
        with pytest.raises(Refused, match="a private address; set allow_private = true"):
            await client.get(url)
    assert server.asked == []
    async with client_of(server, locations_url=url, allow_private=True) as client:
        await client.get(url)
    assert server.asked == [url]


@pytest.mark.parametrize("nonsense", ["https://[a/", "https://a.example:99999/"])
async def test_redirect_to_an_address_that_is_none_is_one_line(client_of, nonsense):
    server = Server({HOME: moved(nonsense)})
    async with client_of(server, locations_url=HOME) as client:
        with pytest.raises(BrokenAnswer) as caught:
            await client.get(HOME)
    assert str(caught.value) == f"{HOME}: the answer points to an address that makes no sense"
