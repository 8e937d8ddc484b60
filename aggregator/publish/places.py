"""Where chargers are: the clock that goes there, the country and its regions.

Only positions that are new are looked up in the borders, which takes seconds to begin with.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from pathlib import Path

import structlog

from aggregator.config import Settings
from aggregator.errors import ReferenceFileError
from aggregator.normalise.country_match import compare
from aggregator.normalise.imported_regions import layer_files
from aggregator.normalise.region import Boundaries, Regions
from aggregator.normalise.time_zone import local_zone
from aggregator.store import marts
from aggregator.store.positions import forget_positions, keep_positions, new_positions
from aggregator.store.warehouse import Connection

log = structlog.get_logger(__name__)
BORDERS = ("areas.geojson", "land.geojson", "regions.csv")


def find_places(connection: Connection, settings: Settings) -> None:
    """Find the zone and the regions of every place; without borders there are no regions."""
    borders = borders_digest(settings)
    forget_positions(connection, borders)
    if positions := new_positions(connection):
        try:
            keep_positions(connection, _looked_up(positions, settings, borders))
        except ReferenceFileError as error:
            log.warning("borders", error=str(error))
    marts.keep(connection, "place", _zoned(marts.places(connection)))
    marts.keep(connection, "country_match", _compared(marts.country_keys(connection)))


def borders_digest(settings: Settings) -> str:
    """Return a digest, in hex, of the borders by which positions are told."""
    digest = hashlib.sha256()
    shipped = [settings.regions_folder / name for name in BORDERS]
    for path in (*shipped, *layer_files(settings.imported_regions_folder)):
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"\n{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _zoned(places: Iterable[marts.Row]) -> Iterator[marts.Row]:
    for stated, latitude, longitude in places:
        yield (stated, latitude, longitude, *local_zone(stated, latitude, longitude))


def _compared(countries: Iterable[marts.Row]) -> Iterator[marts.Row]:
    for stated, found, region_1 in countries:
        yield (stated, found, region_1, compare(stated, found, region_1))


def _looked_up(
    positions: list[tuple[float, float]], settings: Settings, borders: str
) -> Iterator[marts.Row]:
    """Return a row of core.position for each position.

    Raises:
        ReferenceFileError: the shipped borders cannot be read.
    """
    boundaries = _boundaries(settings.regions_folder, settings.imported_regions_folder, borders)
    for fault in boundaries.faults:
        log.warning("imported regions", error=fault)
    latitudes, longitudes = zip(*positions, strict=True)
    found = boundaries.lookup(latitudes, longitudes)
    layer = min(found.imported, default=None)
    second = found.imported[layer] if layer else None
    return zip(
        latitudes,
        longitudes,
        found.country,
        *_columns(found.region_1),
        *_columns(second),
        repeat(layer),
        found.near.tolist(),
        repeat(borders),
        strict=False,
    )


def _columns(regions: Regions | None) -> tuple[Iterable[str | None], Iterable[str | None]]:
    return (regions.codes, regions.names) if regions else (repeat(None), repeat(None))


@lru_cache(maxsize=1)
def _boundaries(shipped: Path, imported: Path, borders: str) -> Boundaries:  # noqa: ARG001 - the key
    """Return the borders, read once as long as they are the same; it takes a second."""
    return Boundaries.load(shipped, imported)
