"""One operator's OCPI server: versions, endpoints, and locations and tariffs in pages.

Sources: OCPI 2.1.1-d2, 2.2.1-d2 and 2.3.0, transport_and_format and version_information_endpoint.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import compare_digest

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from aggregator.demo.chance import timestamp
from aggregator.demo.description import Operator, Record
from aggregator.demo.records import location_record, tariff_record
from aggregator.demo.simulation import Simulation
from aggregator.feeds import OcpiVersion

Endpoint = Callable[[Request], Awaitable[Response]]
SUCCESS = 1000
CLIENT_ERROR = 2000
INVALID_PARAMETERS = 2001
SERVER_ERROR = 3000


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a list that a request asks for."""

    offset: int
    limit: int


def ocpi_app(simulation: Simulation, operator: Operator) -> Starlette:
    """Return the server of an operator."""
    server = _OcpiServer(simulation, operator)
    root = f"/ocpi/{operator.ocpi_version}"
    endpoints: dict[str, Endpoint] = {
        "/ocpi/versions": server.versions,
        root: server.details,
        f"{root}/locations": server.locations,
        f"{root}/tariffs": server.tariffs,
    }
    return Starlette(routes=[Route(path, server.gate(e)) for path, e in endpoints.items()])


def authorization(operator: Operator) -> str | None:
    """Return the header's value that opens the operator's server; None when it is open to all.

    OCPI 2.2 and later want the token in base64, 2.1.1 wants it as it is.
    """
    if operator.token is None:
        return None
    if operator.ocpi_version is OcpiVersion.V2_1_1:
        return f"Token {operator.token}"
    return f"Token {b64encode(operator.token.encode()).decode()}"


def envelope(status_code: int, message: str, data: object = None) -> bytes:
    """Return a response body as OCPI wraps it; without data when there are none."""
    body: Record = {} if data is None else {"data": data}
    body |= {
        "status_code": status_code,
        "status_message": message,
        "timestamp": timestamp(datetime.now(UTC)),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def requested_page(request: Request, cap: int) -> Page:
    """Return the page that the query asks for; at most `cap` objects whatever it says.

    Raises:
        ValueError: offset or limit is no number, or too small.
    """
    offset = int(request.query_params.get("offset", 0))
    limit = int(request.query_params.get("limit", cap))
    if offset < 0 or limit < 1:
        message = "offset must be 0 or more, limit 1 or more"
        raise ValueError(message)
    return Page(offset, min(limit, cap))


def paging_headers(url: str, page: Page, total: int) -> dict[str, str]:
    """Return OCPI's paging headers; Link only when there is a next page."""
    headers = {"X-Total-Count": str(total), "X-Limit": str(page.limit)}
    following = page.offset + page.limit
    if following < total:
        headers["Link"] = f'<{url}?offset={following}&limit={page.limit}>; rel="next"'
    return headers


def _answer(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, headers, media_type="application/json")


@dataclass(frozen=True, slots=True)
class _OcpiServer:
    simulation: Simulation
    operator: Operator

    def gate(self, endpoint: Endpoint) -> Endpoint:
        """Return the endpoint with the operator's pace and the check of the token before it."""

        async def behind_the_gate(request: Request) -> Response:
            await asyncio.sleep(self.simulation.delay_seconds(self.operator))
            expected = authorization(self.operator)
            given = request.headers.get("Authorization", "")
            if expected and not compare_digest(given.encode(), expected.encode()):
                return _answer(envelope(CLIENT_ERROR, "Unknown token"), 401)
            return await endpoint(request)

        return behind_the_gate

    async def versions(self, request: Request) -> Response:
        version = self.operator.ocpi_version
        entry = {"version": str(version), "url": f"{request.base_url}ocpi/{version}"}
        return _answer(envelope(SUCCESS, "OK", [entry]))

    async def details(self, request: Request) -> Response:
        version = self.operator.ocpi_version
        role = {} if version is OcpiVersion.V2_1_1 else {"role": "SENDER"}
        endpoints = [
            {"identifier": name, **role, "url": f"{request.base_url}ocpi/{version}/{name}"}
            for name in ("locations", "tariffs")
        ]
        data = {"version": str(version), "endpoints": endpoints}
        return _answer(envelope(SUCCESS, "OK", data))

    async def locations(self, request: Request) -> Response:
        world = self.simulation.world
        total = world.locations_of(self.operator)
        return self._page(request, total, lambda n: location_record(world, self.operator, n))

    async def tariffs(self, request: Request) -> Response:
        world = self.simulation.world
        total = world.tariffs_of(self.operator)
        return self._page(request, total, lambda n: tariff_record(world, self.operator, n))

    def _page(self, request: Request, total: int, record: Callable[[int], Record]) -> Response:
        try:
            page = requested_page(request, self.operator.page_cap)
        except ValueError as error:
            return _answer(envelope(INVALID_PARAMETERS, str(error)), 400)
        if self.simulation.refuses(self.operator, f"{request.url.path}?{page.offset}"):
            body = envelope(SERVER_ERROR, "Try again")
            return _answer(body, 503, {"Retry-After": "0"})
        data = [record(n) for n in range(page.offset, min(total, page.offset + page.limit))]
        url = str(request.url.replace(query=""))
        return _answer(envelope(SUCCESS, "OK", data), 200, paging_headers(url, page, total))
