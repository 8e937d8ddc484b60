"""Simulated operators to register with: real servers on loopback, with the habits met in the field.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, "Credentials module"; feed-quirks, "Handshake".
"""

import asyncio
import json
import socket
import threading
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from aggregator.receiver.serving import listening

HOST = "127.0.0.1"
TOKEN_A = "first-token-from-a-letter"
TOKEN_C = "token-for-every-day-after"
DETAILS = {"name": "Simulated CPO", "website": "https://cpo.example"}
PARTY = {"party_id": "CPO", "country_code": "SE", "business_details": DETAILS}


def encoded(token):
    return b64encode(token.encode()).decode()


@dataclass
class Cpo:
    """An operator's server and what happened to it.

    looks: how it asks for our versions: "with token", "without token", "never".
    one_as_list: it wraps one object in a list. wants_nulls: it refuses credentials without `logo`.
    gives_encoded: its token C is already in base64. refuses: (HTTP status, OCPI status) for what is
    sent to its credentials endpoint. echoes: it repeats what was sent when it refuses. gives: what
    it answers in place of credentials. dies_after_agreeing, hangs_after_agreeing: what it does
    when it is asked for its versions from then on. ends_with_a_failure: it lets us go and answers
    500, as python-ocpi does. tokens_seen: what we gave it to show us.
    """

    version: str = "2.2.1"
    looks: str = "with token"
    one_as_list: bool = False
    wants_nulls: bool = False
    gives_encoded: bool = False
    refuses: tuple[int, int] | None = None
    echoes: bool = False
    takes_plain: bool = False
    ends_with_a_failure: bool = False
    empty_delete: bool = False
    dies_after_agreeing: bool = False
    hangs_after_agreeing: bool = False
    hangs: threading.Event = field(default_factory=threading.Event)
    gives: object = None
    modules: list = field(default_factory=lambda: ["credentials", "locations"])
    tokens_seen: list = field(default_factory=list)
    token: str = TOKEN_A
    client: dict | None = None
    asked: list = field(default_factory=list)
    url: str = ""

    @property
    def versions_url(self):
        return f"{self.url}/ocpi/versions"

    @property
    def credentials_url(self):
        return f"{self.url}/ocpi/{self.version}/credentials"

    def app(self):
        root = f"/ocpi/{self.version}"
        methods = ["GET", "POST", "PUT", "DELETE"]
        return Starlette(
            routes=[
                Route("/ocpi/versions", self._versions),
                Route(root, self._details),
                Route(f"{root}/credentials", self._credentials, methods=methods),
            ]
        )

    def _knows(self, request):
        given = request.headers.get("Authorization", "").removeprefix("Token ")
        if self.takes_plain or self.version == "2.1.1":
            return given == self.token
        try:
            return b64decode(given, validate=True).decode() == self.token
        except ValueError:
            return False

    def _wrapped(self, data):
        one = [data] if self.one_as_list and isinstance(data, dict) else data
        return JSONResponse({"status_code": 1000, "data": one, "timestamp": "2026-01-01T00:00:00Z"})

    async def _versions(self, request):
        self.asked.append("GET versions")
        if self.dies_after_agreeing and self.client:
            return refused(500, 3000)
        if self.hangs_after_agreeing and self.client:
            self.hangs.set()
            await asyncio.sleep(1)
        if not self._knows(request):
            return refused(401, 2000)
        return self._wrapped([{"version": self.version, "url": f"{self.url}/ocpi/{self.version}"}])

    async def _details(self, request):
        self.asked.append("GET details")
        if not self._knows(request):
            return refused(401, 2000)
        places = [("credentials", "RECEIVER")] + [(name, "SENDER") for name in self.modules]
        endpoints = [
            {"identifier": name, "role": role, "url": f"{self.url}/ocpi/{self.version}/{name}"}
            for name, role in places
            if name in self.modules
        ]
        return self._wrapped({"version": self.version, "endpoints": endpoints})

    async def _credentials(self, request):
        self.asked.append(f"{request.method} credentials")
        sent = await request.body()
        if sent:
            self.tokens_seen.append(json.loads(sent)["token"])
        if self.refuses:
            return refused(*self.refuses, sent.decode() if self.echoes else "No")
        if not self._knows(request):
            return refused(401, 2000)
        if request.method == "DELETE":
            return self._end()
        if (request.method == "POST") == bool(self.client):
            return refused(405, 2000)
        return await self._agree(await request.json())

    def _end(self):
        if not self.client:
            return refused(405, 2000)
        self.client, self.token = None, "nothing is valid any more"
        if self.ends_with_a_failure:
            return refused(500, 3000)
        return Response(status_code=204) if self.empty_delete else self._wrapped(None)

    async def _agree(self, given):
        party = given if self.version == "2.1.1" else given["roles"][0]
        if self.wants_nulls and "logo" not in party["business_details"]:
            return refused(422, 2001, "business_details.logo: field required")
        if self.looks != "never" and not await self._has_looked(given):
            return refused(200, 3001, "Unable to use the client's API")
        if self.gives is not None:
            return self._wrapped(self.gives)
        self.client = given
        self.token = f"{TOKEN_C}-{len(self.asked)}"
        shown = encoded(self.token) if self.gives_encoded else self.token
        access = {"token": shown, "url": self.versions_url}
        if self.version == "2.1.1":
            return self._wrapped(access | PARTY)
        return self._wrapped(access | {"roles": [{"role": "CPO", **PARTY}]})

    async def _has_looked(self, given):
        token = given["token"] if self.version == "2.1.1" else encoded(given["token"])
        headers = {"Authorization": f"Token {token}"} if self.looks == "with token" else {}
        async with httpx.AsyncClient(trust_env=False, headers=headers) as client:
            try:
                [version] = (await client.get(given["url"])).json()["data"]
                details = (await client.get(version["url"])).json()["data"]
            except (httpx.HTTPError, LookupError, ValueError):
                return False
        return version["version"] == self.version and bool(details["endpoints"])


def refused(status, code, message="No"):
    return JSONResponse({"status_code": code, "status_message": message}, status)


def free_port():
    """Return a port that nobody listens on."""
    with socket.create_server((HOST, 0)) as place:
        return place.getsockname()[1]


class Place:
    """A server on loopback, in a thread of its own, behind which operators take turns."""

    def __init__(self):
        self.url, self._app = "", None
        self._loop, self._ended = asyncio.new_event_loop(), asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=[self._serve()])

    def give_to(self, cpo):
        """Let an operator answer from now on."""
        cpo.url, self._app = self.url, cpo.app()
        return cpo

    def __enter__(self):
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self):
        async def whoever(scope, receive, send):
            await self._app(scope, receive, send)

        async with listening(whoever, HOST, 0) as port:
            self.url = f"http://{HOST}:{port}"
            self._ready.set()
            await self._ended.wait()
