"""What the handshake sends: once, to where the feed file says, with its body and its token."""

import json

import httpx
import pytest

from aggregator.errors import NotOurs, Refused, Unreachable
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio

URL = "https://a.example/credentials"
BODY = {"token": "ours", "business_details": None}


def sending(client_of, answers):
    server = Server({URL: answers} if not isinstance(answers, dict) else answers)
    return server, client_of(server, versions_url="https://a.example/versions")


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_body_is_sent_as_json_with_explicit_nulls(client_of, method):
    server, opening = sending(client_of, says({"token": "theirs"}))
    async with opening as client:
        answer = await client.send(method, URL, BODY)
    [request] = server.requests
    assert request.method == method
    assert json.loads(request.content) == BODY
    assert request.headers["content-type"] == "application/json"
    assert request.headers["authorization"] == "Token czNjcmV0"
    assert json.loads(answer.content)["data"] == {"token": "theirs"}


async def test_delete_has_no_body(client_of):
    server, opening = sending(client_of, says(None))
    async with opening as client:
        await client.send("DELETE", URL)
    assert server.requests[0].content == b""


@pytest.mark.parametrize("failure", [Says(status=500), Says(status=503), Says(status=429)])
async def test_refused_sending_is_not_repeated_and_says_its_status(client_of, failure):
    server, opening = sending(client_of, failure)
    async with opening as client:
        with pytest.raises(Refused) as caught:
            await client.send("POST", URL, BODY)
    assert caught.value.status == failure.status
    assert len(server.requests) == 1


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("x"), httpx.ReadError("x")])
async def test_sending_that_may_have_arrived_is_not_repeated(client_of, failure):
    server, opening = sending(client_of, failure)
    async with opening as client:
        with pytest.raises(Unreachable):
            await client.send("POST", URL, BODY)
    assert len(server.requests) == 1


@pytest.mark.parametrize("failure", [httpx.ConnectError("x"), httpx.ConnectTimeout("x")])
async def test_sending_that_cannot_have_arrived_is_repeated(client_of, failure):
    server, opening = sending(client_of, [failure, failure, says({})])
    async with opening as client:
        await client.send("POST", URL, BODY)
    assert len(server.requests) == 3


async def test_server_that_knows_us_already_is_told_by_its_status(client_of):
    _, opening = sending(client_of, Says(b'{"status_message": "already\\nregistered"}', 405))
    async with opening as client:
        with pytest.raises(Refused) as caught:
            await client.send("POST", URL, BODY)
    assert caught.value.status == 405
    assert str(caught.value) == (
        f"{URL}: the server answers 405 (already registered); "
        "it may pass; the feed is tried again later"
    )


@pytest.mark.parametrize("status", [401, 403])
async def test_first_token_may_be_written_the_other_way_too(client_of, status):
    server, opening = sending(client_of, [Says(status=status), says({})])
    async with opening as client:
        await client.send("POST", URL, BODY)
    sent = [request.headers["authorization"] for request in server.requests]
    assert sent == ["Token czNjcmV0", "Token s3cret"]


@pytest.mark.parametrize("status", [307, 308])
async def test_redirect_that_keeps_the_method_is_followed_with_the_body(client_of, status):
    server, opening = sending(client_of, {URL: moved(f"{URL}/", status), f"{URL}/": says({})})
    async with opening as client:
        await client.send("POST", URL, BODY)
    assert [(r.method, json.loads(r.content)) for r in server.requests] == [("POST", BODY)] * 2


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_redirect_that_may_lose_the_body_is_not_followed(client_of, status):
    server, opening = sending(client_of, {URL: moved(f"{URL}/", status), f"{URL}/": says({})})
    async with opening as client:
        with pytest.raises(Refused, match=f"the server answers {status}"):
            await client.send("POST", URL, BODY)
    assert len(server.requests) == 1


async def test_nothing_is_sent_to_a_host_that_the_feed_file_does_not_name(client_of):
    server, opening = sending(client_of, {})
    async with opening as client:
        with pytest.raises(NotOurs):
            await client.send("POST", "https://evil.example/credentials", BODY)
    assert server.requests == []
