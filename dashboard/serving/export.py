"""/export.csv: all offers of a choice, sent as they are read, safe to open in a spreadsheet.

Its form is that of store/spreadsheet.py; empty means not published. It leaves uncompressed:
compressing half a million rows would take longer than sending them.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from aggregator.comparing.downloading import download
from aggregator.store.queries import Reader
from aggregator.store.spreadsheet import csv_header, csv_lines
from dashboard.choosing.answers import place_of
from dashboard.choosing.filters import Choice, Known, Place, read_choice
from dashboard.frame.reading import fault, reader

AT_ONCE = 2
SECONDS_TO_WAIT = 20
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
        is_there = await run_in_threadpool(fault)
        why = "the snapshot cannot be read" if is_there else "no snapshot has been published yet"
        return PlainTextResponse(why, 503)
    choice, unknown = await run_in_threadpool(_read, found, dict(request.query_params))
    if unknown:
        return PlainTextResponse(f"unknown value of {', '.join(key for key, _ in unknown)}", 400)
    if choice.country is None:
        return PlainTextResponse("place or country is missing: country=DEU", 400)
    if not await _has_place():
        return PlainTextResponse(
            "too many downloads at once; try again", 503, {"Retry-After": "30"}
        )
    where = choice.place.code if choice.place else choice.country
    name = f"klarpris-{where}-{found.snapshot.snapshot_id}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Encoding": "identity",
        "Cache-Control": "no-store",
    }
    lines = _lines(found, choice)
    return Download(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _read(found: Reader, query: dict[str, str]) -> tuple[Choice, list[tuple[str, str]]]:
    def place(code: str) -> Place | None:
        return place_of(found.place(code))

    currencies = [row["to_currency"] for row in found.rates()]
    known = Known(found.countries(), None, place, found.standards, currencies)
    return read_choice(query, known)


async def _has_place() -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS_TO_WAIT):
            return await _PLACES.acquire()
    return False


def _lines(found: Reader, choice: Choice) -> Iterator[bytes]:
    charge = choice.plan.charge(datetime.now(UTC))
    with download(found, choice.asked(charge.starts), charge) as batches:
        yield csv_header(batches.schema.names)
        for batch in batches:
            yield csv_lines(batch)
