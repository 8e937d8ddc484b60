"""Every way in that a feed file can describe, and what is remembered of it."""

import base64
from datetime import UTC, datetime

import pytest

from aggregator.errors import ConfigError, Refused
from aggregator.sources.secrets import Credentials
from aggregator.sources.small_answers import fetched
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio

HOME = "https://a.example/locations"
VERSIONS = "https://a.example/versions"
TARIFFS = "https://a.example/tariffs"
# base64 of "s3cret": 73 33 63 72 65 74 -> czNj cmV0
ENCODED, PLAIN = "Token czNjcmV0", "Token s3cret"
NO = Says(status=401)


class Picky(Server):
    """Opens each address only to the authorisation that it names; says how often it did not."""

    def __init__(self, wanted, refuses_with=NO):
        super().__init__(dict.fromkeys(wanted, says([])))
        self._wanted, self._no = wanted, refuses_with
        self.refusals = 0

    def said_to(self, request):
        if request.headers.get("authorization") == self._wanted.get(str(request.url)):
            return super().said_to(request)
        self.refusals += 1
        return self._no


def credentials(encoding="base64"):
    return Credentials(
        token="tokenC-77",
        our_token="ours-88",
        versions_url=VERSIONS,
        endpoint="https://a.example/credentials",
        ocpi_version="2.2.1",
        encoding=encoding,
        country_code="SE",
        party_id="ABC",
        registered_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("status", [401, 403])
async def test_token_that_is_refused_is_written_the_other_way_once(client_of, status):
    server = Picky({HOME: PLAIN}, Says(status=status))
    async with client_of(server, locations_url=HOME) as client:
        await client.get(HOME)
        await client.get(HOME)
    assert [r.headers["authorization"] for r in server.requests] == [ENCODED, PLAIN, PLAIN]


async def test_way_in_that_worked_is_remembered_by_the_next_run(client_of, memory_of):
    server = Picky({HOME: PLAIN})
    for refusals in (1, 1):
        async with client_of(server, locations_url=HOME, memory=memory_of()) as client:
            await client.get(HOME)
        assert server.refusals == refusals


async def test_versions_and_modules_of_one_server_may_want_different_ways(client_of, memory_of):
    server = Picky({VERSIONS: ENCODED, HOME: PLAIN, TARIFFS: PLAIN})
    for refusals in (1, 1):
        async with client_of(server, versions_url=VERSIONS, memory=memory_of()) as client:
            for url in (VERSIONS, HOME, TARIFFS, VERSIONS):
                await client.get(url)
        assert server.refusals == refusals


async def test_wrong_token_is_tried_two_ways_and_then_told(client_of):
    server = Picky({HOME: "Token another", TARIFFS: "Token another"})
    async with client_of(server, locations_url=HOME) as client:
        for url in (HOME, TARIFFS):
            with pytest.raises(Refused, match="answers 401; check the token in A_TOKEN"):
                await client.get(url)
    assert len(server.requests) == 3  # the other way helped nowhere, so tariffs are asked once
    assert [r.headers["authorization"] for r in server.requests] == [ENCODED, PLAIN, ENCODED]


async def test_refusal_after_many_answers_is_not_taken_for_a_wrong_token(client_of):
    server = Server({HOME: [says([]), says([]), Says(status=403)]})
    async with client_of(server, locations_url=HOME) as client:
        await client.get(HOME)
        await client.get(HOME)
        with pytest.raises(Refused):
            await client.get(HOME)
    assert len(server.requests) == 3


@pytest.mark.parametrize(("encoding", "header"), [("plain", PLAIN), ("base64", ENCODED)])
async def test_stated_encoding_is_never_changed(client_of, encoding, header):
    server = Server({HOME: NO})
    async with client_of(server, locations_url=HOME, token_encoding=encoding) as client:
        with pytest.raises(Refused):
            await fetched(client, HOME, "locations")
    assert [r.headers["authorization"] for r in server.requests] == [header]


async def test_secret_headers_are_sent_under_their_names(client_of, monkeypatch):
    monkeypatch.setenv("A_KEY", "k3y-of-ours")
    server = Server({HOME: says([])})
    secret = {"ec-subscription-key": "A_KEY"}
    async with client_of(
        server, locations_url=HOME, token_env=None, secret_headers=secret
    ) as client:
        await client.get(HOME)
    [request] = server.requests
    assert request.headers["ec-subscription-key"] == "k3y-of-ours"
    assert "authorization" not in request.headers


async def test_secret_parameter_is_sent_and_stands_in_no_answer(client_of, monkeypatch):
    monkeypatch.setenv("A_KEY", "k3y&of ours")
    asked = f"{HOME}?offset=0&apiKey=k3y%26of+ours"
    server = Server({asked: says([])})
    async with client_of(
        server, locations_url=HOME, token_env=None, secret_query={"apiKey": "A_KEY"}
    ) as client:
        answer = await client.get(f"{HOME}?offset=0")
        again = await client.get(f"{HOME}?apiKey=echoed&offset=0")  # as a Link may have it
    assert server.asked == [asked, asked]
    assert answer.url == again.url == f"{HOME}?offset=0"
    assert "k3y" not in repr(answer)


async def test_secret_parameter_is_in_no_address_that_a_redirect_led_to(client_of, monkeypatch):
    monkeypatch.setenv("A_KEY", "k3y")
    asked, target = f"{HOME}?apiKey=k3y", f"{HOME}/?apiKey=k3y"
    server = Server({asked: moved(target), target: says([])})
    secret = {"apiKey": "A_KEY"}
    async with client_of(server, locations_url=HOME, token_env=None, secret_query=secret) as client:
        answer = await client.get(HOME)
    assert answer.url == f"{HOME}/"
    assert server.asked == [asked, target]


async def test_basic_login_is_sent(client_of, monkeypatch):
    monkeypatch.setenv("A_USER", "me")
    monkeypatch.setenv("A_PASSWORD", "pässword")
    server = Server({HOME: says([])})
    login = {"user_env": "A_USER", "password_env": "A_PASSWORD"}
    async with client_of(server, locations_url=HOME, token_env=None, basic=login) as client:
        await client.get(HOME)
    sent = server.requests[0].headers["authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == "me:pässword"


async def test_two_owners_of_the_authorization_header_are_refused(client_of):
    login = {"user_env": "A_TOKEN", "password_env": "A_TOKEN"}
    with pytest.raises(ConfigError, match="a token and a second Authorization; keep one of them"):
        async with client_of(Server({}), locations_url=HOME, basic=login):
            pass


@pytest.mark.parametrize(
    ("encoding", "token"), [("base64", "dG9rZW5DLTc3"), ("plain", "tokenC-77")]
)
async def test_token_of_the_handshake_takes_the_place_of_the_first_one(client_of, encoding, token):
    server = Server({VERSIONS: says([])})
    async with client_of(
        server, versions_url=VERSIONS, handshake=True, credentials=credentials(encoding)
    ) as client:
        await client.get(VERSIONS)
    assert server.requests[0].headers["authorization"] == f"Token {token}"


async def test_feed_that_has_not_been_registered_says_how_to(client_of):
    with pytest.raises(ConfigError) as caught:
        async with client_of(Server({}), versions_url=VERSIONS, handshake=True):
            pass
    assert str(caught.value) == "a_feed: not registered yet; klarpris feeds register a_feed first"


async def test_both_parties_are_named_where_the_feed_file_names_them(client_of):
    server = Server({HOME: says([])})
    async with client_of(
        server, locations_url=HOME, ocpi_from="SE*ABC", ocpi_to="DE*XYZ"
    ) as client:
        await client.get(HOME)
    headers = server.requests[0].headers
    assert headers["ocpi-from-country-code"] == "SE"
    assert headers["ocpi-from-party-id"] == "ABC"
    assert headers["ocpi-to-country-code"] == "DE"
    assert headers["ocpi-to-party-id"] == "XYZ"


async def test_parties_that_the_feed_file_does_not_name_are_not_sent(client_of):
    server = Server({HOME: says([])})
    async with client_of(server, locations_url=HOME) as client:
        await client.get(HOME)
    assert not [name for name in server.requests[0].headers if name.startswith("ocpi-")]
