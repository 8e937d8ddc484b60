"""Regions in which the rate of their country does not hold: data/reference/vat_apart.csv."""

import re
from collections.abc import Mapping
from pathlib import Path

from aggregator.normalise.reference_table import read_table

COLUMNS = ("region_1", "why", "source")
REGION = re.compile(r"[A-Z]{2,3}-[A-Za-z0-9]{1,30}")


def load_vat_apart(folder: Path) -> frozenset[str]:
    """Return the codes of these regions, as in data/regions/regions.csv.

    Raises:
        ReferenceFileError: the table cannot be used; one line that names every line at fault.
    """
    return frozenset(read_table(folder / "vat_apart.csv", COLUMNS, _region))


def _region(cells: Mapping[str, str]) -> str:
    if not REGION.fullmatch(cells["region_1"]):
        message = f"'region_1' {cells['region_1']!r} is no region such as ES-CN"
        raise ValueError(message)
    if missing := [name for name in ("why", "source") if not cells[name]]:
        message = f"say in {missing[0]!r} where it stands that the country's rate does not hold"
        raise ValueError(message)
    return cells["region_1"]
