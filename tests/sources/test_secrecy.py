"""No secret is in any log, error or representation, whatever a server does with it."""

import base64
import logging
import re
import socketserver
import threading
import traceback
from datetime import UTC, datetime
from urllib.parse import quote, quote_plus

import pytest
import structlog
from werkzeug import Response

from aggregator.errors import SourceError
from aggregator.sources.secrets import Credentials, Secrets

pytestmark = pytest.mark.anyio

VALUES = {
    "A_TOKEN": "tok/en+of=ours?1",
    "A_KEY": "hea der&key/22",
    "A_PARAMETER": "query pär&am=3",
    "A_USER": "user-number-4",
    "A_PASSWORD": "pass:wörd 55",
}
WAYS = [
    {"token_env": "A_TOKEN", "token_encoding": "plain"},
    {"token_env": "A_TOKEN", "token_encoding": "base64"},
    {"token_env": "A_TOKEN"},
    {"token_env": None, "secret_headers": {"X-Api-Key": "A_KEY"}},
    {"token_env": None, "secret_query": {"key": "A_PARAMETER"}},
    {"token_env": None, "basic": {"user_env": "A_USER", "password_env": "A_PASSWORD"}},
    {"handshake": True, "token_env": "A_TOKEN"},
]
CREDENTIALS = Credentials(
    token="tokenC/of+theirs",
    our_token="ours-for-them-88",
    versions_url="https://a.example/versions",
    endpoint="https://a.example/credentials",
    ocpi_version="2.2.1",
    encoding="base64",
    country_code="SE",
    party_id="ABC",
    registered_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def spellings():
    """Return every way in which a secret may stand somewhere."""
    login = f"{VALUES['A_USER']}:{VALUES['A_PASSWORD']}"
    for value in (*VALUES.values(), login, CREDENTIALS.token, CREDENTIALS.our_token):
        encoded = base64.b64encode(value.encode()).decode()
        yield from {value, encoded, encoded.rstrip("="), quote(value), quote(value, safe="")}
        yield from {quote_plus(value), ascii(value)[1:-1]}


def leaked(text):
    return [spelling for spelling in spellings() if spelling in text]


@pytest.fixture
def said(monkeypatch, caplog):
    """Return everything that anybody logs, the libraries at their most talkative included."""
    for name, value in VALUES.items():
        monkeypatch.setenv(name, value)
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "asyncio", "stamina"):
        caplog.set_level(logging.DEBUG, logger=name)
    with structlog.testing.capture_logs() as logs:
        yield lambda: f"{logs} {[vars(one) for one in caplog.records if one.name != 'werkzeug']}"


def echo(status, how):
    """Return a handler that says back, in every place, what it was sent."""

    def handle(request):
        heard = {name: value for name, value in request.headers.items() if name != "Host"}
        auth = heard.get("Authorization", "")
        everything = f"{heard} {request.url} {auth.removeprefix('Token ')}"
        path = quote(auth + request.query_string.decode() + heard.get("X-Api-Key", ""), safe="")
        headers = {
            "ETag": f'"{auth}"',
            "Link": f'</{path}>; rel="next"',
            "X-Echo": everything.encode("ascii", "replace").decode(),
        }
        if how == "moved":
            headers["Location"] = f"/again/{path}?key={quote(heard.get('X-Api-Key', ''))}"
        if how == "elsewhere":
            headers["Location"] = f"https://evil.example/{path}"
        if how == "compressed":
            headers["Content-Encoding"] = path[:60] or "br"
        body = f'{{"status_code": 2001, "status_message": {everything!r}}}'.replace("'", '"')
        return Response(body, status=status, headers=headers)

    return handle


HOW = [
    (200, "as it is"),
    (200, "compressed"),
    (302, "moved"),
    (307, "elsewhere"),
    (401, "as it is"),
    (404, "as it is"),
    (429, "as it is"),
    (500, "as it is"),
]


@pytest.mark.parametrize("way", WAYS, ids=",".join)
@pytest.mark.parametrize(("status", "how"), HOW)
async def test_no_secret_is_said_whatever_a_server_echoes(
    client_of, httpserver, said, memory_of, memory_path, status, how, way
):
    httpserver.expect_request("/locations").respond_with_handler(echo(status, how))
    again = echo(200, "as it is")
    httpserver.expect_request(re.compile("/again/.*")).respond_with_handler(again)
    url = httpserver.url_for("/locations")
    memory, secrets, text = memory_of(), Secrets({}), ""
    more = {"credentials": CREDENTIALS, "versions_url": url} if "handshake" in way else {}
    async with client_of(
        Network,
        locations_url=url,
        allow_private=True,
        memory=memory,
        secrets=secrets,
        **way,
        **more,
    ) as client:
        try:
            answer = await client.get(url)
            memory.remember_validators(url, answer.headers)
            text += repr(answer) + str(dict(answer.headers) | {"link": ""}) + answer.body.url
        except SourceError as error:
            text += "".join(traceback.format_exception(error)) + repr(error)
            text += repr(error.__context__ or "")
        text += repr(client) + repr(client.memory) + repr(secrets)
    assert httpserver.log
    text += said() + memory_path.read_text()
    assert leaked(text) == []


class Network:
    """No stand-in: what is asked goes over loopback, so that the libraries log."""

    transport = None


class Garbling(socketserver.BaseRequestHandler):
    """Answers with a header line that is none, and says back in it what it was sent."""

    def handle(self):
        asked = self.request.recv(65_536)
        token = asked.split(b"Token ")[1].split(b"\r\n")[0]
        self.request.sendall(b"HTTP/1.1 200 OK\r\n\x00Token " + token + b"\r\n\r\n")


@pytest.fixture
def garbling_url():
    """Return an address whose answers are not HTTP."""
    with socketserver.TCPServer(("127.0.0.1", 0), Garbling) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/locations"
        server.shutdown()


async def test_no_secret_is_said_of_an_answer_that_is_not_http(client_of, said, garbling_url):
    async with client_of(
        Network, locations_url=garbling_url, allow_private=True, token_encoding="plain"
    ) as client:
        with pytest.raises(SourceError) as caught:
            await client.get(garbling_url)
    assert "illegal header" in str(caught.value)
    assert "***" in str(caught.value)
    assert leaked(said() + "".join(traceback.format_exception(caught.value))) == []


def test_silence_covers_every_logger_of_the_libraries():
    talkers = [
        name
        for name, logger in logging.root.manager.loggerDict.items()
        if name.split(".")[0] in {"httpx", "httpcore"} and isinstance(logger, logging.Logger)
    ]
    assert {"httpx", "httpcore.connection", "httpcore.http11"} <= set(talkers)
    assert [name for name in talkers if not logging.getLogger(name).filters] == []
