"""Regions in which the rate of their country does not hold: data/reference/vat_apart.csv."""

import csv
from pathlib import Path

from aggregator.errors import ReferenceFileError

COLUMNS = ["region_1", "why", "source"]
COMMENT = "#"


def load_vat_apart(folder: Path) -> frozenset[str]:
    """Return the codes of these regions, as in data/regions/regions.csv.

    Raises:
        ReferenceFileError: the table cannot be used; one line that names the line at fault.
    """
    path = folder / "vat_apart.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(line for line in file if not line.startswith(COMMENT))
            header, *rows = reader
    except (OSError, ValueError, csv.Error) as error:
        message = f"{path}: cannot be read as CSV: {error}"
        raise ReferenceFileError(message) from error
    if header != COLUMNS or not all(len(row) == len(COLUMNS) and all(row) for row in rows):
        message = f"{path}: every row needs {', '.join(COLUMNS)}"
        raise ReferenceFileError(message)
    return frozenset(row[0] for row in rows)
