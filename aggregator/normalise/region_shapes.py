"""The polygons of a file of regions: in degrees, valid, next to each other."""

import json
from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from aggregator.normalise.region_file import RegionFile

Shapes = NDArray[np.object_]
MOST_LATITUDE, MOST_LONGITUDE = 90.0, 180.0
FIRST_METRES = 360.0
MENDED_SHARE = 0.001
SLIVER_SHARE = 0.001


def shapes_of(file: RegionFile) -> Shapes:
    """Return the polygons of a file, mended where that leaves their area as it is.

    Raises:
        RegionFileError: a feature whose polygon cannot be read, is not in degrees, is empty, or
            changes its area by 0.1 % or more when it is mended.
    """
    shapes = [_shape(file, number) for number in range(len(file.geometries))]
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def _shape(file: RegionFile, number: int) -> shapely.Geometry:
    try:
        shape = shapely.from_geojson(json.dumps(file.geometries[number]))
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        raise file.fault(number, f"its polygon cannot be read: {error}") from error
    if shape is None or shape.is_empty:
        raise file.fault(number, "its polygon is empty")
    _refuse_other_units(file, number, shapely.get_coordinates(shape))
    return shape if shapely.is_valid(shape) else _mended(file, number, shape)


def _refuse_other_units(file: RegionFile, number: int, points: NDArray[np.float64]) -> None:
    if not np.isfinite(points).all():
        raise file.fault(number, "a coordinate is no number")
    x, y = np.abs(points).max(axis=0)
    if max(x, y) > FIRST_METRES:
        reason = "its coordinates are projected (metres?), not degrees; convert them to EPSG:4326"
        raise file.fault(number, reason)
    if y > MOST_LATITUDE and x <= MOST_LATITUDE:
        reason = "latitude and longitude seem to be swapped; GeoJSON wants longitude first"
        raise file.fault(number, reason)
    if x > MOST_LONGITUDE or y > MOST_LATITUDE:
        raise file.fault(number, "its coordinates are beyond 180 or 90 degrees")


def _mended(file: RegionFile, number: int, shape: shapely.Geometry) -> shapely.Geometry:
    """Return a valid shape; twice-covered parts and spikes of almost no area may go."""
    why = shapely.is_valid_reason(shape)
    valid = shapely.make_valid(shape)
    parts = [p for p in shapely.get_parts(valid) if "Polygon" in p.geom_type]
    mended = shapely.union_all(parts)
    if mended.is_empty or abs(mended.area - shape.area) > MENDED_SHARE * mended.area:
        raise file.fault(number, f"its polygon is not valid: {why}")
    return mended


def overlaps(shapes: Shapes) -> Iterator[tuple[int, int]]:
    """Yield the indices of shapes that share more than a sliver: 0.1 % of the smaller one."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    for one, other in zip(first[once].tolist(), second[once].tolist(), strict=True):
        shared = shapely.intersection(shapes[one], shapes[other]).area
        if shared > SLIVER_SHARE * min(shapes[one].area, shapes[other].area):
            yield one, other
