"""What is kept of an answer, and that nobody's certificate is taken on trust."""

import json
import ssl
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pyarrow as pa
import pytest
import pytest_httpserver

from aggregator.errors import BrokenAnswer, Refused, Unreachable
from aggregator.sources.archive import RunArchive
from tests.sources.serving import Says, Server, says

pytestmark = pytest.mark.anyio

URL = "https://a.example/locations?offset=0"
CERTIFICATE = Path(__file__).with_name("self_signed.pem")  # made for these tests, of no use else


@pytest.fixture
def archive(tmp_path):
    archive = RunArchive(
        tmp_path / "archive" / "a_feed" / "run", max_bytes=1_000_000_000, grew=lambda _: None
    )
    yield archive
    archive.close()


def entries(archive):
    manifest = archive.folder / "manifest.jsonl"
    return [json.loads(line) for line in manifest.read_text().splitlines()]


async def test_body_is_kept_under_its_name_as_it_came(client_of, archive, memory_of):
    server = Server({URL: Says(b"[1]", headers={"ETag": '"7"'})})
    async with client_of(
        server, locations_url=URL, run_archive=archive, memory=memory_of()
    ) as client:
        answer = await client.get(URL, name="locations")
    assert answer.content == b"[1]"
    [entry] = entries(archive)
    assert entry["file"] == "0001_locations.json.zst"
    assert entry["etag"] == '"7"'
    assert datetime.fromisoformat(entry["asked_at"]) == datetime(2026, 10, 21, 12, tzinfo=UTC)


async def test_large_body_is_never_whole_in_memory(client_of, archive):
    document = b"".join(b"%07d," % number for number in range(1_000_000))
    server = Server({URL: Says(document)})
    async with client_of(server, 10_000_000, locations_url=URL, run_archive=archive) as client:
        answer = await client.get(URL)
    assert answer.body._content is None
    assert answer.body.size_bytes == 8_000_000
    assert b"".join(answer.body.chunks()) == document


async def test_refusal_is_kept_with_its_reason_and_without_the_token(client_of, archive):
    said = Says(b'{"status_message": "no such token: s3cret"}', status=404)
    async with client_of(Server({URL: said}), locations_url=URL, run_archive=archive) as client:
        with pytest.raises(Refused, match=r"answers 404 \(no such token: \*\*\*\)"):
            await client.get(URL)
    [entry] = entries(archive)
    assert entry["status"] == 404
    assert "no such token: ***" in entry["error"]
    assert "s3cret" not in (archive.folder / "manifest.jsonl").read_text()
    with pa.CompressedInputStream(str(archive.folder / entry["file"]), "zstd") as kept:
        assert kept.read() == b'{"status_message": "no such token: ***"}'


@pytest.mark.parametrize("content", [b"x" * 2_000_000, b"x" * 5_000_000])
async def test_nothing_is_left_of_a_body_that_grew_too_large(client_of, archive, content):
    server = Server({URL: Says(content)})
    async with client_of(server, 1_999_999, locations_url=URL, run_archive=archive) as client:
        with pytest.raises(BrokenAnswer):
            await client.get(URL)
    assert not archive.folder.exists() or list(archive.folder.iterdir()) == []


@pytest.mark.parametrize("value", ["Köln", "²", "\x80"])
async def test_headers_in_any_letters_come_through(client_of, archive, value):
    server = Server({URL: says([], x_operator=value)})
    async with client_of(server, locations_url=URL, run_archive=archive) as client:
        answer = await client.get(URL)
    assert answer.headers["x-operator"] == value


class CutOff(httpx.AsyncByteStream):
    """A body whose connection breaks."""

    async def __aiter__(self):
        yield b"[1, 2"
        message = "peer closed connection"
        raise httpx.RemoteProtocolError(message)


async def test_body_that_broke_off_is_asked_for_again_and_kept_once(client_of, archive):
    server = Server({URL: says([])})
    answers = iter([lambda _: httpx.Response(200, stream=CutOff()), server.transport.handler])

    def answer_in_turn(request):
        return next(answers)(request)

    server.transport = httpx.MockTransport(answer_in_turn)
    async with client_of(server, locations_url=URL, run_archive=archive) as client:
        answer = await client.get(URL)
    assert json.loads(answer.content)["data"] == []
    assert len(entries(archive)) == 1


@pytest.fixture
def impostor_url():
    """Return the address of a server whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with pytest_httpserver.HTTPServer(ssl_context=context) as server:
        server.expect_request("/").respond_with_json([])
        yield server.url_for("/")
        assert server.log == []


class Network:
    """No stand-in: what is asked goes over loopback."""

    transport = None


async def test_certificate_that_nobody_vouches_for_is_refused_also_in_private(
    client_of, impostor_url
):
    async with client_of(Network, locations_url=impostor_url, allow_private=True) as client:
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            await client.get(impostor_url)
