"""Static files leave compressed, and are compressed once."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.serving.compression import CompressedStaticFiles
from dashboard.serving.privacy import HEADERS, PrivacyHeaders
from tests.dashboard.asking import Client

TEXT = "let price = 'unknown';\n" * 500


@pytest.fixture
def asked():
    return []


@pytest.fixture
def client(asked):
    def script(request):
        asked.append(request.url.path)
        return Response(TEXT, media_type="text/javascript", headers={"etag": '"1"'})

    def page(request):
        asked.append(request.url.path)
        return HTMLResponse(TEXT)

    def font(_request):
        return Response(b"\0" * 5000, media_type="font/woff2")

    routes = [
        Route("/static/app.js", script),
        Route("/app/static/small.json", lambda _: Response("{}", media_type="application/json")),
        Route("/static/font.woff2", font),
        Route("/other.js", script),
        Route("/static/{name}", page),
    ]
    middleware = [Middleware(PrivacyHeaders), Middleware(CompressedStaticFiles)]
    return Client(Starlette(routes=routes, middleware=middleware))


def test_a_script_is_compressed_once_and_answered_from_memory(client, asked):
    answers = [client.get("/static/app.js") for _ in range(3)]
    assert [answer.text for answer in answers] == [TEXT] * 3
    assert {answer.headers["content-encoding"] for answer in answers} == {"gzip"}
    assert int(answers[0].headers["content-length"]) == len(gzip.compress(TEXT.encode(), 6))
    assert asked == ["/static/app.js"]


def test_who_cannot_read_gzip_gets_the_file_as_it_is(client):
    answer = client.get("/static/app.js", headers={"accept-encoding": "identity"})
    assert answer.text == TEXT
    assert "content-encoding" not in answer.headers


def test_who_has_the_file_already_is_told_so(client):
    etag = client.get("/static/app.js").headers["etag"]
    answer = client.get("/static/app.js", headers={"if-none-match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_the_first_question_may_be_conditional(client):
    answer = client.get("/static/app.js", headers={"if-none-match": '"0"'})
    assert answer.text == TEXT


@pytest.mark.parametrize("path", ["/static/font.woff2", "/app/static/small.json", "/other.js"])
def test_what_gains_nothing_is_left_alone(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


def test_names_that_somebody_makes_up_fill_no_memory(client, asked):
    for number in range(20):
        assert client.get(f"/static/{number}").text == TEXT
    assert len(asked) == 20
    middleware = client.app.middleware_stack.app._app
    assert isinstance(middleware, CompressedStaticFiles)
    assert (middleware._kept, middleware._asking) == ({}, {})


def test_every_answer_forbids_the_browser_to_ask_others(client):
    for path in ("/static/app.js", "/other.js", "/nothing"):
        headers = client.get(path).headers
        assert all(headers[name] == value for name, value in HEADERS.items())
    assert "http:" not in HEADERS["content-security-policy"]
    assert "https:" not in HEADERS["content-security-policy"]
