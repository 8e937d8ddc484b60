"""Rows as CSV that is safe to open in a spreadsheet.

UTF-8, comma, dot decimals, times in UTC as `2026-11-21T06:00:00Z`; empty means not known.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from aggregator.store.trouble import file_trouble
from aggregator.whole_file import whole_file

FORMULA_STARTS = r"^\s*[=+\-@\t\r]"
ISO_8601 = "%Y-%m-%dT%H:%M:%SZ"


def csv_header(names: Sequence[str]) -> bytes:
    r"""Return the line of the columns' names.

    >>> csv_header(["feed", "object_id"])
    b'"feed","object_id"\n'
    """
    return ",".join(f'"{name}"' for name in names).encode() + b"\n"


def csv_lines(batch: pa.RecordBatch) -> bytes:
    """Return the lines of some rows; texts that a spreadsheet would run are made harmless."""
    columns = [_as_text(column) for column in batch.columns]
    sink = pa.BufferOutputStream()
    arrow_csv.write_csv(
        pa.RecordBatch.from_arrays(columns, names=batch.schema.names),
        sink,
        arrow_csv.WriteOptions(include_header=False),
    )
    return bytes(sink.getvalue().to_pybytes())


def write_csv(path: Path, names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write columns of rows to a file, so that it is there as a whole or as it was before.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        with whole_file(path) as file:
            file.write(csv_header(names))
            table = pa.table({name: [row[name] for row in rows] for name in names})
            for batch in table.to_batches():
                file.write(csv_lines(batch))
    except OSError as error:
        raise file_trouble(path, error) from error


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column.cast(pa.timestamp("s"), safe=False), ISO_8601)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return _harmless(column)
    return column.cast(pa.string()) if pa.types.is_null(column.type) else column


def _harmless(column: pa.Array) -> pa.Array:
    """Put an apostrophe before texts that a spreadsheet would run as a formula."""
    starts = pc.match_substring_regex(column, FORMULA_STARTS)
    return pc.if_else(starts, pc.binary_join_element_wise("'", column, ""), column)
