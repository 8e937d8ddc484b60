"""/export.csv: all offers of a choice, sent as they are read, safe to open in a spreadsheet.

UTF-8, comma, dot decimals, times in UTC; empty means not published.
"""

import threading
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from aggregator.store.queries import Reader
from dashboard.filters import read_choice
from dashboard.reading import reader

AT_ONCE = 2
SECONDS_TO_WAIT = 20
FORMULA_STARTS = r"^\s*[=+\-@\t\r]"
_PLACES = threading.BoundedSemaphore(AT_ONCE)


def export(request: Request) -> Response:
    """Answer with the offers that the query chooses, by the codes of the Compare page."""
    found = reader()
    if found is None:
        return PlainTextResponse("no snapshot has been published yet", 503)
    countries = found.countries()
    choice, unknown = read_choice(dict(request.query_params), countries, None)
    if unknown:
        return PlainTextResponse(f"unknown value of {', '.join(key for key, _ in unknown)}", 400)
    if choice.country is None:
        return PlainTextResponse("country is missing: an ISO 3166-1 alpha-3 code", 400)
    if not _PLACES.acquire(timeout=SECONDS_TO_WAIT):
        return PlainTextResponse(
            "too many downloads at once; try again", 503, {"Retry-After": "30"}
        )
    name = f"klarpris-{choice.country}-{found.snapshot.snapshot_id}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(
        _lines(found, choice.selection), media_type="text/csv; charset=utf-8", headers=headers
    )


def _lines(found: Reader, selection: object) -> Iterator[bytes]:
    try:
        with found.export(selection) as rows:
            is_first = True
            for batch in rows.batches:
                yield _csv(batch, with_header=is_first)
                is_first = False
            if is_first:
                yield _csv(rows.batches.schema.empty_table().to_batches(), with_header=True)
    finally:
        _PLACES.release()


def _csv(batch: pa.RecordBatch, *, with_header: bool) -> bytes:
    sink = pa.BufferOutputStream()
    options = arrow_csv.WriteOptions(include_header=with_header)
    arrow_csv.write_csv(_harmless(batch), sink, options)
    return sink.getvalue().to_pybytes()


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Put an apostrophe before texts that a spreadsheet would run as a formula."""
    columns = [
        _quoted(column) if pa.types.is_string(column.type) else column for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _quoted(column: pa.Array) -> pa.Array:
    starts = pc.match_substring_regex(column, FORMULA_STARTS)
    return pc.if_else(starts, pc.binary_join_element_wise("'", column, ""), column)
