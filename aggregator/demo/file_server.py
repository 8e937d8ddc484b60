"""An operator without an OCPI server: two gzip files with bare arrays, written as they are sent."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from aggregator.demo.description import Operator, Record
from aggregator.demo.records import location_record, tariff_record
from aggregator.demo.simulation import Simulation

GZIP_FORMAT = 16 + zlib.MAX_WBITS
FAST = 1
RECORDS_AT_ONCE = 250


def file_app(simulation: Simulation, operator: Operator) -> Starlette:
    """Return the server of an operator that publishes files."""

    async def locations(request: Request) -> Response:
        world = simulation.world
        total = world.locations_of(operator)
        return _file(request, simulation, total, lambda n: location_record(world, operator, n))

    async def tariffs(request: Request) -> Response:
        world = simulation.world
        total = world.tariffs_of(operator)
        return _file(request, simulation, total, lambda n: tariff_record(world, operator, n))

    return Starlette(
        routes=[Route("/locations.json.gz", locations), Route("/tariffs.json.gz", tariffs)]
    )


def _file(
    request: Request, simulation: Simulation, total: int, record: Callable[[int], Record]
) -> Response:
    """Return the file, or 304 when the asker has this edition already."""
    world = simulation.world
    edition = f'"{world.seed}-{world.evses}-{world.revision}"'
    headers = {"ETag": edition}
    if request.headers.get("If-None-Match") == edition:
        return Response(status_code=304, headers=headers)
    content = _gzip(_array(total, record))
    return StreamingResponse(content, media_type="application/gzip", headers=headers)


async def _array(total: int, record: Callable[[int], Record]) -> AsyncIterator[bytes]:
    """Yield a JSON array of records in pieces, so that no size needs more memory than one."""
    for start in range(0, total, RECORDS_AT_ONCE):
        numbers = range(start, min(total, start + RECORDS_AT_ONCE))
        texts = (json.dumps(record(n), ensure_ascii=False, separators=(",", ":")) for n in numbers)
        yield (("," if start else "[") + ",".join(texts)).encode()
        await asyncio.sleep(0)
    yield b"]" if total else b"[]"


async def _gzip(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    compressor = zlib.compressobj(FAST, zlib.DEFLATED, GZIP_FORMAT)
    async for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()
