"""What a person reads when a server does not deliver, and what is tried again."""

import gzip
import time
from datetime import UTC, datetime

import anyio
import httpx
import pytest
import stamina
import structlog

from aggregator.errors import BrokenAnswer, Refused, Unreachable
from aggregator.sources.address import shown
from aggregator.sources.answer import retry_after_seconds
from tests.sources.serving import Says, Server, moved, says

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations?key=s3cret"
SHOWN = "https://a.example/locations"


class Dripping(httpx.AsyncByteStream):
    """A body that never ends and never pauses long enough for a time-out of one read."""

    async def __aiter__(self):
        while True:
            await anyio.sleep(0.005)
            yield b" "


async def why(client_of, answers, kind, **values):
    server = Server({URL: answers})
    values = {"locations_url": URL, "token_encoding": "base64"} | values
    async with client_of(server, **values) as client:
        with pytest.raises(kind) as caught:
            await client.get(URL)
    return str(caught.value), len(server.requests)


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "check the token in A_TOKEN"),
        (403, "the server refuses us; check the token in A_TOKEN or ask less often (pace_seconds)"),
        (404, "check the address in the feed file"),
        (406, "the server wants other headers; see `headers` in the feed file"),
        (418, "it may pass; the feed is tried again later"),
        (304, "it may pass; the feed is tried again later"),
    ],
)
async def test_refusal_is_one_line_with_advice_and_is_not_asked_again(client_of, status, advice):
    line, tries = await why(client_of, Says(status=status), Refused)
    assert line == f"{SHOWN}: the server answers {status}; {advice}"
    assert tries == 1


async def test_refusal_of_a_feed_without_a_token_says_to_check_it(client_of):
    line, _ = await why(client_of, Says(status=401), Refused, token_env=None)
    assert line == f"{SHOWN}: the server answers 401; check the token"


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (429, "ask less often (pace_seconds or every)"),
        (500, "it may pass; the feed is tried again later"),
        (502, "it may pass; the feed is tried again later"),
        (503, "it may pass; the feed is tried again later"),
        (504, "it may pass; the feed is tried again later"),
    ],
)
async def test_passing_failure_is_asked_three_times_and_then_told(client_of, status, advice):
    line, tries = await why(client_of, Says(status=status), Refused)
    assert line == f"{SHOWN}: the server answers {status}; {advice}"
    assert tries == 3


@pytest.mark.parametrize(
    "failure", [Says(status=503), Says(status=429), httpx.ConnectError("refused")]
)
async def test_answer_after_passing_failures_counts(client_of, failure):
    server = Server({URL: [failure, failure, says([])]})
    async with client_of(server, locations_url=URL) as client:
        answer = await client.get(URL)
    assert answer.content == b'{"status_code": 1000, "data": []}'
    assert len(server.requests) == 3


async def test_retry_after_is_honoured(client_of):
    stamina.set_testing(False)
    too_often = Says(status=429, headers={"Retry-After": "1"})
    server = Server({URL: [too_often, says([])]})
    started = time.monotonic()
    with structlog.testing.capture_logs() as logs:
        async with client_of(server, locations_url=URL) as client:
            await client.get(URL)
    assert time.monotonic() - started >= 0.95
    [line] = [line for line in logs if line["event"] == "asked again"]
    assert line["wait_seconds"] == 1.0
    assert line["because"].startswith(f"{SHOWN}: the server answers 429")


async def test_retry_after_of_nothing_asks_again_at_once(client_of):
    stamina.set_testing(False)
    server = Server({URL: [Says(status=503, headers={"Retry-After": "0"}), says([])]})
    with structlog.testing.capture_logs() as logs:
        async with client_of(server, locations_url=URL) as client:
            await client.get(URL)
    assert [line["wait_seconds"] for line in logs if line["event"] == "asked again"] == [0]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5", 5),
        ("86400", 86400),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 90),
        ("Wed, 21 Oct 2026 07:28:00", 90),
        ("Wed, 21 Oct 2026 07:00:00 GMT", 0),
        ("Wed, 99 Oct 2026 07:28:00 GMT", None),
        ("Mon, 01 Jan 2026 00:00:00 +99999999999999999999", None),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None),
        ("9" * 5_000, float("inf")),
        ("soon", None),
        ("-1", None),
        ("²", None),
        ("", None),
    ],
)
async def test_wait_that_a_server_asks_for_is_read_in_seconds_or_as_a_date(header, seconds):
    headers = httpx.Headers([(b"Retry-After", header.encode("latin-1"))])
    now = datetime(2026, 10, 21, 7, 26, 30, tzinfo=UTC)
    assert retry_after_seconds(headers, now) == seconds


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx.ConnectError("[Errno 111] Connection refused"), "[Errno 111] Connection refused"),
        (httpx.ConnectError(""), "ConnectError"),
        (httpx.ReadTimeout("x"), "no answer in time"),
        (httpx.RemoteProtocolError("peer closed connection"), "peer closed connection"),
    ],
)
async def test_server_that_does_not_answer_cannot_be_reached(client_of, error, reason):
    line, tries = await why(client_of, error, Unreachable)
    assert line == f"{SHOWN}: cannot be reached ({reason}); it is tried again later"
    assert tries == 3


async def test_answer_that_takes_too_long_in_all_is_given_up(client_of):
    server = Server({})
    server.transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Dripping()))
    # five times the time-out of one read
    async with client_of(server, locations_url=URL, timeout_seconds=0.01) as client:
        with pytest.raises(Unreachable, match="not complete after"):
            await client.get(URL)


async def test_document_larger_than_allowed_is_not_read_to_the_end(client_of):
    server = Server({URL: Says(b"x" * 2_000_001)})
    async with client_of(server, max_bytes=2_000_000, locations_url=URL) as client:
        with pytest.raises(BrokenAnswer) as caught:
            await client.get(URL)
    assert str(caught.value) == (
        f"{SHOWN}: larger than 2 MB; raise KLARPRIS_MAX_DOCUMENT_MB if that is expected"
    )


async def test_document_of_just_the_size_allowed_is_read(client_of):
    server = Server({URL: Says(b"x" * 2_000)})
    async with client_of(server, max_bytes=2_000, locations_url=URL) as client:
        assert len((await client.get(URL)).content) == 2_000


async def test_redirects_that_go_round_are_stopped(client_of):
    line, tries = await why(client_of, moved(URL), BrokenAnswer)
    assert line == f"{SHOWN}: more than 5 redirects"
    assert tries == 6


async def test_redirect_without_a_target_is_refused(client_of):
    line, _ = await why(client_of, Says(status=302), Refused)
    assert "the server answers 302" in line


async def test_pace_of_the_feed_file_is_kept(client_of):
    server = Server({URL: says([])})
    async with client_of(server, locations_url=URL, pace_seconds=0.2) as client:
        await client.get(URL)
        started = time.monotonic()
        await client.get(URL)
    assert time.monotonic() - started >= 0.15


@pytest.mark.parametrize(
    ("url", "as_shown"),
    [
        ("https://user:pass@a.example/x?token=1#part", "https://a.example/x"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://a.example:port/x?token=1", "an address that makes no sense"),
        ("https://[a.example/x?token=1", "an address that makes no sense"),
        ("", ""),
    ],
)
async def test_address_is_shown_without_user_and_query(url, as_shown):
    assert shown(url) == as_shown


def packed(content, times=1):
    for _ in range(times):
        content = gzip.compress(content, mtime=0)
    return content


async def test_compressed_answer_is_inflated(client_of):
    says_packed = Says(packed(b"[1]"), headers={"Content-Encoding": "gzip"})
    async with client_of(Server({URL: says_packed}), locations_url=URL) as client:
        assert (await client.get(URL)).content == b"[1]"


@pytest.mark.parametrize(
    ("content", "encoding", "said"),
    [
        (packed(b"x" * 900_000), "gzip", "larger than"),
        (packed(b"x" * 900_000, times=2), "gzip, gzip", "sent as 'gzip, gzip'"),
        (b"no gzip", "gzip", "the compressed answer is damaged"),
        (packed(b"[1]" * 99)[:-9], "gzip", "the compressed answer is cut off"),
        (b"x", "br", "sent as 'br', which was not asked for"),
    ],
    ids=["bomb", "bomb in a bomb", "damaged", "cut off", "not asked for"],
)
async def test_compressed_answer_cannot_grow_or_break(client_of, content, encoding, said):
    server = Server({URL: Says(content, headers={"Content-Encoding": encoding})})
    async with client_of(server, locations_url=URL, max_bytes=500_000) as client:
        with pytest.raises(BrokenAnswer, match=said):
            await client.get(URL)


async def test_contact_in_any_letters_is_sent_as_every_header_can_carry_it(client_of):
    server = Server({URL: says([])})
    async with client_of(server, locations_url=URL, contact="Jörg\r\n(j@x.example)") as client:
        await client.get(URL)
    [request] = server.requests
    assert request.headers["user-agent"].endswith(" (+J%C3%B6rg%0D%0A(j@x.example))")


@pytest.mark.parametrize("host", ["a..example", f"{'a' * 64}.example", ".example"])
async def test_redirect_to_a_host_that_no_name_can_have_is_not_followed(client_of, host):
    line, tries = await why(client_of, moved(f"https://{host}/x"), BrokenAnswer)
    assert line == f"{SHOWN}: the answer points to an address that makes no sense"
    assert tries == 1


async def test_address_that_makes_no_sense_is_not_asked(client_of):
    async with client_of(Server({}), locations_url=URL) as client:
        with pytest.raises(BrokenAnswer, match="not asked, because the address makes no sense"):
            await client.get("https://a.example:99999/x")
