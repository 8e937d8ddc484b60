"""Our OCPI server while a handshake runs: versions, details, credentials.

Versions and details hold nothing secret, and some servers ask for them without any token while
they register us; so no token is needed there, but a wrong one is refused. Credentials need it.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, "Versions module" and "Credentials module".
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from aggregator.feeds import OcpiVersion
from aggregator.receiver.bodies import BoundedBodies
from aggregator.receiver.envelopes import answer, refusal
from aggregator.receiver.state import ReceiverState
from aggregator.receiver.tokens import shows
from aggregator.sources.credentials_object import credentials_object

Endpoint = Callable[[Request], Awaitable[Response]]
MAX_BODY_BYTES = 100_000
UNAUTHORIZED = 401
METHOD_NOT_ALLOWED = 405


def receiver_app(state: ReceiverState) -> Starlette:
    """Return the server of one handshake.

    It answers under the path of our public address and without it: a proxy in front of us may
    hand paths on as they are, or cut off what is its own.
    """
    base = urlsplit(state.ours.public_url).path.rstrip("/")
    receiver = _Receiver(state)
    routes = [route for start in dict.fromkeys(("", base)) for route in receiver.routes(start)]
    return Starlette(
        routes=routes,
        middleware=[Middleware(BoundedBodies, max_bytes=MAX_BODY_BYTES)],
        exception_handlers={HTTPException: _as_refusal},
    )


async def _as_refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - the kind that this is registered for
    return refusal(error.status_code, error.detail, error.headers)


@dataclass(frozen=True, slots=True)
class _Receiver:
    state: ReceiverState

    def routes(self, start: str) -> list[BaseRoute]:
        """Return the endpoints below a path; a slash at the end changes nothing."""
        root = f"{start}/ocpi/{self.state.version}"
        versions = f"{start}/ocpi/versions"
        endpoints: dict[str, tuple[Endpoint, list[str]]] = {
            versions: (self.versions, ["GET"]),
            root: (self.details, ["GET"]),
            # Clients are met that do not follow our links but put the version behind them.
            f"{versions}/{self.state.version}": (self.details, ["GET"]),
            f"{root}/credentials": (self.credentials, ["GET", "POST", "PUT", "DELETE"]),
        }
        return [
            Route(path + slash, endpoint, methods=methods)
            for path, (endpoint, methods) in endpoints.items()
            for slash in ("", "/")
        ]

    async def versions(self, request: Request) -> Response:
        """Name the one version that this handshake is about."""
        if self._given(request) and not self._is_known(request):
            return _unknown()
        self.state.asked.add("versions")
        version = self.state.version
        return answer([{"version": version, "url": self.state.ours.details_url(version)}])

    async def details(self, request: Request) -> Response:
        """Name our endpoints: we take nothing in but credentials, prices we fetch ourselves."""
        if self._given(request) and not self._is_known(request):
            return _unknown()
        self.state.asked.add("details")
        version = self.state.version
        role = {} if version is OcpiVersion.V2_1_1 else {"role": "SENDER"}
        url = self.state.ours.credentials_url(version)
        endpoint = {"identifier": "credentials", **role, "url": url}
        return answer({"version": version, "endpoints": [endpoint]})

    async def credentials(self, request: Request) -> Response:
        """Return our credentials; nobody can register with us while we register with them."""
        if not self._is_known(request):
            return _unknown()
        self.state.asked.add("credentials")
        if request.method not in {"GET", "HEAD"}:
            reason = "This side has started the handshake; it answers yours, not the other way"
            return refusal(METHOD_NOT_ALLOWED, reason, {"Allow": "GET"})
        state = self.state
        return answer(credentials_object(state.ours, state.version, state.token))

    def _given(self, request: Request) -> str:
        return request.headers.get("Authorization", "")

    def _is_known(self, request: Request) -> bool:
        return shows(self._given(request), self.state.token)


def _unknown() -> Response:
    return refusal(UNAUTHORIZED, "Unknown token", {"WWW-Authenticate": "Token"})
