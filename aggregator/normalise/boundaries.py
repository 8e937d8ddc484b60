"""Regions as polygons: which one each of many points lies in, and always only one."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import shapely
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Degrees = NDArray[np.float64]
POINTS_AT_ONCE = 200_000
NOWHERE = -1
AREA = 2  # dimensions
BROKEN = (OSError, ValueError, KeyError, TypeError, RecursionError, shapely.errors.ShapelyError)
"""What reading a file of regions may raise where it is not as it should be."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Regions of one level, sorted by id. properties: of each, as its file has them."""

    ids: tuple[str, ...]
    properties: tuple[dict[str, Any], ...]
    _shapes: NDArray[np.object_] = field(repr=False)

    @classmethod
    def of(cls, ids: list[str], properties: list[dict[str, Any]], shapes: list[Any]) -> Self:
        """Return a layer of polygons in WGS 84 degrees (longitude, latitude)."""
        order = sorted(range(len(ids)), key=ids.__getitem__)
        sorted_shapes = np.array([shapes[at] for at in order], dtype=object)
        shapely.prepare(sorted_shapes)
        return cls(
            tuple(ids[at] for at in order), tuple(properties[at] for at in order), sorted_shapes
        )

    def find(self, longitudes: Degrees, latitudes: Degrees) -> Indices:
        """Return the index of the region of each point, -1 where it lies in none.

        A point on a border belongs to the region with the lower id. What is no position, NaN or
        beyond the poles, lies nowhere.
        """
        found = np.full(len(longitudes), NOWHERE, dtype=np.int64)
        for start in range(0, len(found), POINTS_AT_ONCE):
            part = slice(start, start + POINTS_AT_ONCE)
            found[part] = self._find(longitudes[part], latitudes[part])
        return found

    def _find(self, longitudes: Degrees, latitudes: Degrees) -> Indices:
        is_position = (np.abs(longitudes) <= 180) & (np.abs(latitudes) <= 90)  # noqa: PLR2004
        places = np.flatnonzero(is_position)
        tree = shapely.STRtree(shapely.points(longitudes[places], latitudes[places]))
        regions, points = tree.query(self._shapes, predicate="intersects")
        none = len(self.ids)
        lowest = np.full(len(places), none, dtype=np.int64)
        np.minimum.at(lowest, points, regions)
        found = np.full(len(longitudes), NOWHERE, dtype=np.int64)
        found[places] = np.where(lowest == none, NOWHERE, lowest)
        return found


def read_layer(path: Path, id_property: str | None) -> Layer:
    """Return the layer of a GeoJSON file; numbered in file order where no property is its id.

    Raises:
        ValueError, KeyError, TypeError, OSError, RecursionError, ShapelyError: see BROKEN.
    """
    text = path.read_text(encoding="utf-8")
    properties = [feature["properties"] for feature in json.loads(text)["features"]]
    shapes = shapely.get_parts(shapely.from_geojson(text))
    if len(shapes) != len(properties) or (shapely.get_dimensions(shapes) != AREA).any():
        message = "a feature has no polygon"
        raise ValueError(message)
    ids = [
        f"{number:06}" if id_property is None else str(one[id_property])
        for number, one in enumerate(properties)
    ]
    return Layer.of(ids, properties, list(shapes))
