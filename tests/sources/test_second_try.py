"""A refused token is written the other way once, where that may help, and what helped is kept."""

import pytest

from aggregator.errors import Refused
from aggregator.feeds import TokenEncoding
from aggregator.sources.small_answers import ask, fetched
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio

HOME = "https://a.example/locations"
TARIFFS = "https://a.example/tariffs"
VERSIONS = "https://a.example/versions"
DETAILS = "https://a.example/2.1.1"
# base64 of "s3cret": 73 33 63 72 65 74 -> czNj cmV0
ENCODED, PLAIN = "Token czNjcmV0", "Token s3cret"
GENERIC = Says(b'{"data": [], "status_code": 3000, "status_message": "Generic server error"}')
UNKNOWN = Says(b'{"data": [], "status_code": 2002, "status_message": "Unknown token"}')
NO, FORBIDDEN = Says(status=401), Says(status=403)
WEB_PAGE, CRASH = Says(b"<html>"), Says(status=500)


class Spelling(Server):
    """Answers by address and by how the token is written: (encoded, plain)."""

    def __init__(self, answers):
        super().__init__({})
        self._by_spelling = answers

    def said_to(self, request):
        encoded, plain = self._by_spelling[str(request.url)]
        return plain if request.headers["authorization"] == PLAIN else encoded

    @property
    def tried(self):
        """What was asked, and how the token was written."""
        return [(str(r.url), r.headers["authorization"]) for r in self.requests]


async def line_of(client, url, name="locations"):
    with pytest.raises(Refused) as caught:
        await fetched(client, url, name)
    return str(caught.value)


async def test_error_behind_http_200_is_worth_a_second_try(client_of, memory_of):
    server = Spelling({HOME: (UNKNOWN, says([]))})
    for tried in ([ENCODED, PLAIN], [PLAIN]):
        server.requests.clear()
        async with client_of(server, locations_url=HOME, memory=memory_of()) as client:
            await fetched(client, HOME, "locations")
        assert [how for _, how in server.tried] == tried


async def test_second_try_that_is_refused_too_is_neither_repeated_nor_remembered(
    client_of, memory_of
):
    server = Spelling({HOME: (UNKNOWN, UNKNOWN)})
    async with client_of(server, locations_url=HOME, memory=memory_of()) as client:
        for _ in range(2):
            assert "error 2002: Unknown token" in await line_of(client, HOME)
    assert [how for _, how in server.tried] == [ENCODED, PLAIN, ENCODED]
    assert memory_of().encoding(HOME) is None


async def test_second_try_is_made_where_a_redirect_ended(client_of):
    end = f"{HOME}/v2"
    server = Spelling({HOME: (moved("/locations/v2"),) * 2, end: (UNKNOWN, says([]))})
    async with client_of(server, locations_url=HOME) as client:
        await fetched(client, HOME, "locations")
    assert server.tried == [(HOME, ENCODED), (end, ENCODED), (end, PLAIN)]


async def test_failure_of_the_server_does_not_turn_a_token_that_opened_the_version(
    client_of, memory_of
):
    answers = {
        DETAILS: (NO, says({})),
        HOME: (FORBIDDEN, GENERIC),
        TARIFFS: (FORBIDDEN, says([])),
    }
    server = Spelling(answers)
    values = {"versions_url": VERSIONS, "ocpi_version": "2.1.1", "memory": memory_of()}
    async with client_of(server, **values) as client:
        await ask(client, DETAILS, "version_details")
        assert "error 3000: Generic server error" in await line_of(client, HOME)
        await fetched(client, TARIFFS, "tariffs")
    assert server.tried == [(DETAILS, PLAIN), (HOME, PLAIN), (TARIFFS, PLAIN)]
    assert memory_of().encoding(HOME) is None


async def test_version_that_is_open_to_all_does_not_keep_the_token_from_being_turned(client_of):
    server = Spelling({DETAILS: (says({}), says({})), HOME: (NO, says([]))})
    async with client_of(server, versions_url=VERSIONS) as client:
        await ask(client, DETAILS, "version_details")
        await fetched(client, HOME, "locations")
    assert server.tried == [(DETAILS, ENCODED), (HOME, ENCODED), (HOME, PLAIN)]


@pytest.mark.parametrize("refusal", [NO, FORBIDDEN, UNKNOWN, GENERIC])
async def test_token_that_opened_one_module_is_not_turned_for_another(client_of, refusal):
    server = Spelling({HOME: (says([]), NO), TARIFFS: (refusal, says([]))})
    async with client_of(server, locations_url=HOME) as client:
        await fetched(client, HOME, "locations")
        await line_of(client, TARIFFS, "tariffs")
    assert server.tried == [(HOME, ENCODED), (TARIFFS, ENCODED)]


async def test_failure_of_the_server_is_what_is_told_when_the_other_way_is_refused(
    client_of, memory_of
):
    server = Spelling({HOME: (GENERIC, FORBIDDEN), TARIFFS: (says([]), FORBIDDEN)})
    async with client_of(server, locations_url=HOME, memory=memory_of()) as client:
        assert "error 3000: Generic server error" in await line_of(client, HOME)
        await fetched(client, TARIFFS, "tariffs")
    assert server.tried == [(HOME, ENCODED), (HOME, PLAIN), (TARIFFS, ENCODED)]
    assert memory_of().encoding(HOME) is None
    assert memory_of().encoding(TARIFFS) is TokenEncoding.BASE64


@pytest.mark.parametrize("second", [GENERIC, UNKNOWN, NO, FORBIDDEN, CRASH, WEB_PAGE])
@pytest.mark.parametrize("url", [VERSIONS, HOME])
async def test_plain_refusal_of_a_token_is_what_is_told(client_of, memory_of, url, second):
    server = Spelling({url: (NO, second)})
    async with client_of(server, versions_url=VERSIONS, memory=memory_of()) as client:
        line = await line_of(client, url, "versions" if url == VERSIONS else "locations")
    assert line == f"{url}: the server answers 401; check the token in A_TOKEN"
    assert server.tried == [(url, ENCODED), (url, PLAIN)]
    assert memory_of().encoding(url) is None


async def test_about_versions_a_plain_refusal_says_more_than_an_error(client_of):
    server = Spelling({VERSIONS: (GENERIC, FORBIDDEN)})
    async with client_of(server, versions_url=VERSIONS) as client:
        line = await line_of(client, VERSIONS, "versions")
    assert "403" in line
    assert "check the token in A_TOKEN" in line


async def test_second_try_that_gets_further_is_what_is_told(client_of):
    server = Spelling({HOME: (NO, Says(status=404))})
    async with client_of(server, locations_url=HOME) as client:
        assert "404" in await line_of(client, HOME)


async def test_second_try_that_the_server_cannot_answer_now_is_repeated(client_of):
    server = Server({HOME: [NO, Says(status=503), says([])]})
    async with client_of(server, locations_url=HOME) as client:
        await fetched(client, HOME, "locations")
    sent = [r.headers["authorization"] for r in server.requests]
    assert sent == [ENCODED, PLAIN, PLAIN]


async def test_what_works_in_this_run_goes_before_what_an_earlier_one_remembered(
    client_of, memory_of
):
    memory = memory_of()
    memory.remember_encoding(TARIFFS, TokenEncoding.PLAIN)
    server = Spelling({HOME: (says([]), NO), TARIFFS: (says([]), FORBIDDEN)})
    async with client_of(server, locations_url=HOME, memory=memory) as client:
        await fetched(client, HOME, "locations")
        await fetched(client, TARIFFS, "tariffs")
    assert memory.encoding(TARIFFS) is TokenEncoding.BASE64
    assert len(server.requests) == 2


@pytest.mark.parametrize("said", [UNKNOWN, GENERIC])
async def test_error_of_an_open_feed_is_no_matter_of_the_token(client_of, said):
    server = Server({HOME: said})
    async with client_of(server, locations_url=HOME, token_env=None) as client:
        await line_of(client, HOME)
    assert len(server.requests) == 1
