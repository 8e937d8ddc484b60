"""Where a charger is: its country and the first level of regions in it, told by its position.

Shipped borders: data/regions, whose README says where they come from. Imported ones: the user's
own files, see imported_regions.py.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aggregator.errors import ReferenceFileError
from aggregator.normalise.boundaries import BROKEN, NOWHERE, Degrees, Indices, Layer, read_layer
from aggregator.normalise.imported_regions import ID, NAME, layer_files

Texts = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Region:
    """A row of regions.csv. code: ISO 3166-2 where it is known; level: county, state, ..."""

    code: str
    country: str
    name: str | None
    iso_3166_2: str | None
    level: str


@dataclass(frozen=True, slots=True)
class Regions:
    """The region of each point: its code and name, None where it has none."""

    codes: Texts
    names: Texts


@dataclass(frozen=True, slots=True)
class Found:
    """Where each of many points is.

    country: ISO 3166-1 alpha-3, None where unknown. region_1: None in countries whose regions are
    not shipped. near: off the coast as it is drawn here, by 5 km at most, and counted to the land
    nearby. imported: by the name of the layer.
    """

    country: Texts
    region_1: Regions
    near: NDArray[np.bool_]
    imported: Mapping[str, Regions]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Shipped and imported borders. faults: a line for each imported layer that is left out."""

    regions: Mapping[str, Region]
    imported: Mapping[str, Layer]
    faults: tuple[str, ...]
    _areas: Layer
    _land: Layer

    @classmethod
    def load(cls, folder: Path, imported_folder: Path | None = None) -> Self:
        """Return the borders of data/regions, and those imported; takes a few seconds.

        A broken imported layer costs only itself and is told in `faults`.

        Raises:
            ReferenceFileError: a shipped file is missing or cannot be read.
        """
        try:
            regions = _regions(folder / "regions.csv")
            areas = read_layer(folder / "areas.geojson", "code")
            land = read_layer(folder / "land.geojson", None)
        except (*BROKEN, csv.Error) as error:
            message = f"{folder}: the borders cannot be read: {error}"
            raise ReferenceFileError(message) from error
        if missing := [code for code in areas.ids if code not in regions]:
            message = f"{folder}: regions.csv has no row for {', '.join(missing[:5])}"
            raise ReferenceFileError(message)
        imported, faults = _imported(imported_folder)
        return cls(MappingProxyType(regions), MappingProxyType(imported), faults, areas, land)

    def lookup(self, latitudes: ArrayLike, longitudes: ArrayLike) -> Found:
        """Return where points are; unknown for what is no position (None, NaN, infinite).

        Args:
            latitudes: of each point, WGS 84 degrees.
            longitudes: of each point, WGS 84 degrees.

        Raises:
            ValueError: there are not as many latitudes as longitudes.
        """
        x, y = _degrees(longitudes), _degrees(latitudes)
        if len(x) != len(y):
            message = f"{len(y)} latitudes, but {len(x)} longitudes"
            raise ValueError(message)
        at = self._areas.find(x, y)
        regions = [self.regions[code] for code in self._areas.ids]
        return Found(
            country=_taken([region.country for region in regions], at),
            region_1=Regions(
                _taken([region.code if region.name else None for region in regions], at),
                _taken([region.name for region in regions], at),
            ),
            near=self._off_the_coast(x, y, at),
            imported={name: _of_layer(layer, x, y) for name, layer in self.imported.items()},
        )

    def _off_the_coast(self, x: Degrees, y: Degrees, at: Indices) -> NDArray[np.bool_]:
        """Tell which points of a country are not on its land."""
        near = np.zeros(len(at), dtype=bool)
        inside = np.flatnonzero(at != NOWHERE)
        near[inside] = self._land.find(x[inside], y[inside]) == NOWHERE
        return near


def _regions(path: Path) -> dict[str, Region]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Region(
                code=row["code"],
                country=row["country"],
                name=row["name"] or None,
                iso_3166_2=row["iso_3166_2"] or None,
                level=row["level"],
            )
            for row in csv.DictReader(file)
        }


def _imported(folder: Path | None) -> tuple[dict[str, Layer], tuple[str, ...]]:
    layers: dict[str, Layer] = {}
    faults = []
    for path in layer_files(folder):
        try:
            layers[path.stem] = _with_names(read_layer(path, ID))
        except BROKEN as error:
            faults.append(f"{path}: left out, import it again or remove it: {error!r}")
    return layers, tuple(faults)


def _with_names(layer: Layer) -> Layer:
    """Return a layer if all of its regions have a name; raise ValueError otherwise."""
    if all(NAME in properties for properties in layer.properties):
        return layer
    message = "a region has no name"
    raise ValueError(message)


def _degrees(values: ArrayLike) -> Degrees:
    return np.atleast_1d(np.asarray(values, dtype=np.float64))


def _taken(values: Sequence[str | None], at: Indices) -> Texts:
    """Return the value at each index; None at -1, as the last one of the table."""
    table = np.empty(len(values) + 1, dtype=object)
    table[:-1] = values
    return table[at]


def _of_layer(layer: Layer, x: Degrees, y: Degrees) -> Regions:
    at = layer.find(x, y)
    names = [str(properties[NAME]) for properties in layer.properties]
    return Regions(_taken(list(layer.ids), at), _taken(names, at))
