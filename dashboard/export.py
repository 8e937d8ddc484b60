"""/export.csv: all offers of a choice, sent as they are read, safe to open in a spreadsheet.

UTF-8, comma, dot decimals, times in UTC as `2026-11-21T06:00:00Z`; empty means not published.
It leaves uncompressed: compressing half a million rows would take longer than sending them.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from aggregator.store.queries import Reader, Selection
from dashboard.filters import Choice, read_choice
from dashboard.reading import reader

AT_ONCE = 2
SECONDS_TO_WAIT = 20
FORMULA_STARTS = r"^\s*[=+\-@\t\r]"
ISO_8601 = "%Y-%m-%dT%H:%M:%SZ"
_PLACES = asyncio.Semaphore(AT_ONCE)


class Download(StreamingResponse):
    """Rows on their way; the place among the downloads is given back however it ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send everything."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            _PLACES.release()


async def export(request: Request) -> Response:
    """Answer with the offers that the query chooses, by the codes of the Compare page."""
    found = await run_in_threadpool(reader)
    if found is None:
        return PlainTextResponse("no snapshot has been published yet", 503)
    choice, unknown = await run_in_threadpool(_read, found, dict(request.query_params))
    if unknown:
        return PlainTextResponse(f"unknown value of {', '.join(key for key, _ in unknown)}", 400)
    if choice.country is None:
        return PlainTextResponse("country is missing: an ISO 3166-1 alpha-3 code", 400)
    if not await _has_place():
        return PlainTextResponse(
            "too many downloads at once; try again", 503, {"Retry-After": "30"}
        )
    name = f"klarpris-{choice.country}-{found.snapshot.snapshot_id}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Encoding": "identity",
        "Cache-Control": "no-store",
    }
    return Download(
        _lines(found, choice.selection), media_type="text/csv; charset=utf-8", headers=headers
    )


def _read(found: Reader, query: dict[str, str]) -> tuple[Choice, list[tuple[str, str]]]:
    return read_choice(query, found.countries(), None, found.standards)


async def _has_place() -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS_TO_WAIT):
            return await _PLACES.acquire()
    return False


def _lines(found: Reader, selection: Selection) -> Iterator[bytes]:
    with found.export(selection) as rows:
        schema = rows.batches.schema
        yield ",".join(f'"{name}"' for name in schema.names).encode() + b"\n"
        for batch in rows.batches:
            yield _csv(batch)


def _csv(batch: pa.RecordBatch) -> bytes:
    columns = [_as_text(column) for column in batch.columns]
    sink = pa.BufferOutputStream()
    arrow_csv.write_csv(
        pa.RecordBatch.from_arrays(columns, names=batch.schema.names),
        sink,
        arrow_csv.WriteOptions(include_header=False),
    )
    return bytes(sink.getvalue().to_pybytes())


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column.cast(pa.timestamp("s"), safe=False), ISO_8601)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return _harmless(column)
    return column


def _harmless(column: pa.Array) -> pa.Array:
    """Put an apostrophe before texts that a spreadsheet would run as a formula."""
    starts = pc.match_substring_regex(column, FORMULA_STARTS)
    return pc.if_else(starts, pc.binary_join_element_wise("'", column, ""), column)
