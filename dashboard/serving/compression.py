"""Static files leave compressed, and each is compressed once while the process lives.

Streamlit sends its own files as they are (2.7 MB for an empty page, 7.4 MB with a chart) because
compressing at every request costs more than it saves. What is kept here cannot grow beyond the
files of the two packages: answers of other kinds, and pages, are never kept.
"""

import asyncio
import gzip
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDERS = ("/static/", "/app/static/")
KINDS = ("text/css", "text/javascript", "application/javascript", "application/json")
MORE_KINDS = ("application/geo+json", "image/svg+xml", "application/wasm", "text/plain")
LEAST_BYTES = 1024
LEVEL = 6
OUTLINES_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it is kept: what follows `http.response.start`, and the compressed body."""

    headers: list[tuple[bytes, bytes]]
    body: bytes


@dataclass(slots=True)
class _Heard:
    """What the application answered, before it is sent on."""

    start: Message = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    @property
    def is_compressible(self) -> bool:
        headers = Headers(raw=self.start["headers"])
        kind = headers.get("content-type", "").partition(";")[0]
        return (
            self.start["status"] == 200  # noqa: PLR2004 - OK
            and kind in KINDS + MORE_KINDS
            and "content-encoding" not in headers
            and len(self.body) >= LEAST_BYTES
        )


class CompressedStaticFiles:
    """Middleware around the application."""

    def __init__(self, app: ASGIApp) -> None:
        """Begin with nothing kept."""
        self._app = app
        self._kept: dict[str, Answer] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept; ask the application once for what is not."""
        if not _may_be_compressed(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._kept:
            async with self._asking.setdefault(path, asyncio.Lock()):
                if path not in self._kept and not await self._learn(scope, receive, send):
                    self._asking.pop(path, None)
                    return
        self._asking.pop(path, None)
        await _send(self._kept[path], Headers(scope=scope), send)

    async def _learn(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Keep the application's answer; send it on as it is when it is not to be kept."""
        heard = _Heard()
        await self._app(_unconditional(scope), receive, heard.send)
        if not heard.is_compressible:
            await send(heard.start)
            await send({"type": "http.response.body", "body": bytes(heard.body)})
            return False
        body = await run_in_threadpool(gzip.compress, bytes(heard.body), LEVEL, mtime=0)
        self._kept[scope["path"]] = Answer(_headers(heard, scope["path"], len(body)), body)
        return True


def _may_be_compressed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    return (
        scope["path"].startswith(FOLDERS)
        and "gzip" in headers.get("accept-encoding", "")
        and "range" not in headers
    )


def _unconditional(scope: Scope) -> Scope:
    """Return the request without its conditions, so that the whole file is answered."""
    conditions = (b"if-none-match", b"if-modified-since", b"accept-encoding")
    return {**scope, "headers": [h for h in scope["headers"] if h[0].lower() not in conditions]}


def _headers(heard: _Heard, path: str, length: int) -> list[tuple[bytes, bytes]]:
    headers = MutableHeaders(raw=list(heard.start["headers"]))
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(length)
    headers["vary"] = "Accept-Encoding"
    if etag := headers.get("etag"):
        headers["etag"] = f"W/{etag.removeprefix('W/')}"
    if path.startswith(FOLDERS[1]):
        headers.setdefault("cache-control", f"public, max-age={OUTLINES_SECONDS}")
    return headers.raw


async def _send(answer: Answer, asked: Headers, send: Send) -> None:
    etag = Headers(raw=answer.headers).get("etag")
    is_known = etag is not None and etag in asked.get("if-none-match", "")
    headers = [h for h in answer.headers if not is_known or h[0] != b"content-length"]
    await send(
        {"type": "http.response.start", "status": 304 if is_known else 200, "headers": headers}
    )
    await send({"type": "http.response.body", "body": b"" if is_known else answer.body})
