"""Geometry of the build: parts of land, what lies near it, regions that fill their country.

Everything is in WGS 84 degrees. Distances are taken in bands of latitude in which a degree of
longitude has one length, which is exact enough for a few kilometres.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from shapely import Geometry

KM_PER_DEGREE = 111.195
BAND_DEGREES = 2
DENSE_DEGREES = 0.02
GRID = 1e-4


def polygons(shapes: Iterable[Geometry]) -> list[Geometry]:
    """Return the polygons that shapes are made of, mended where they cross themselves."""
    parts = shapely.get_parts(shapely.make_valid(np.array(list(shapes), dtype=object)))
    return [
        part
        for part in shapely.get_parts(parts)
        if part.geom_type in {"Polygon", "MultiPolygon"} and not part.is_empty
    ]


def joined(shapes: Iterable[Geometry]) -> Geometry:
    """Return the union of the polygons of shapes."""
    return shapely.union_all(polygons(shapes))


def bands(shapes: Iterable[Geometry]) -> Iterator[tuple[float, list[Geometry]]]:
    """Yield polygons cut into bands of latitude, each with its middle in degrees."""
    whole = np.array(polygons(shapes), dtype=object)
    box = shapely.bounds(whole)
    for south in range(-90, 90, BAND_DEGREES):
        north = south + BAND_DEGREES
        inside = whole[(box[:, 3] >= south) & (box[:, 1] <= north)]
        if len(inside):
            yield (
                south + BAND_DEGREES / 2,
                polygons(shapely.clip_by_rect(inside, -180, south, 180, north)),
            )


def within_km(shapes: Iterable[Geometry], distance_km: float) -> Geometry:
    """Return everything that is no farther from the shapes than a distance in km."""
    degrees = distance_km / KM_PER_DEGREE
    wider = []
    for middle, parts in bands(shapes):
        if parts:
            narrow = np.array([np.cos(np.radians(middle)), 1.0])
            scaled = shapely.transform(np.array(parts, dtype=object), lambda xy, n=narrow: xy * n)
            round_about = shapely.union_all(shapely.buffer(scaled, degrees, quad_segs=4))
            wider.append(shapely.transform(round_about, lambda xy, n=narrow: xy / n))
    return shapely.clip_by_rect(shapely.union_all(wider), -180, -90, 180, 90)


def filled(regions: Sequence[Geometry], country: Geometry) -> list[Geometry]:
    """Return the regions cut to their country, and what none has given to the nearest one.

    So they cover the country once: its islands that the source lacks, its coastal waters, and the
    strips along borders that two sources draw differently.
    """
    cut = [joined([shapely.intersection(region, country)]) for region in regions]
    apart = [
        shapely.difference(shape, shapely.union_all(cut[:at])) if at else shape
        for at, shape in enumerate(cut)
    ]
    gap = polygons([shapely.difference(country, shapely.union_all(apart))])
    whole = shapely.union_all(apart)
    beside = shapely.union_all([part for part in gap if part.distance(whole) < DENSE_DEGREES / 2])
    cells = _nearest_cells(apart, beside, country)
    islands = _nearest_islands(
        apart, [part for part in gap if part.distance(whole) >= DENSE_DEGREES / 2]
    )
    grown = [
        joined([shape, shapely.intersection(cell, beside), *islands.get(at, [])])
        for at, (shape, cell) in enumerate(zip(apart, cells, strict=True))
    ]
    return list(edge_matched([shapely.set_precision(joined([shape]), GRID) for shape in grown]))


def edge_matched(shapes: Sequence[Geometry], slit_degrees: float = 0.0) -> Sequence[Geometry]:
    """Return neighbours with the same points along their borders, nothing twice.

    Holes narrower than a slit are closed; 0 keeps them all, enclaves of one street among them.
    """
    return shapely.coverage_clean(list(shapes), gap_width=slit_degrees, merge_strategy="min_index")


def _nearest_islands(
    shapes: Sequence[Geometry], islands: Sequence[Geometry]
) -> dict[int, list[Geometry]]:
    """Return the islands by the index of the shape that is nearest to each."""
    found: dict[int, list[Geometry]] = {}
    for island in islands:
        narrow = np.array([np.cos(np.radians(shapely.centroid(island).y)), 1.0])
        here, *others = shapely.transform(
            np.array([island, *shapes], dtype=object), lambda xy, n=narrow: xy * n
        )
        found.setdefault(int(np.nanargmin(shapely.distance(here, others))), []).append(island)
    return found


def _nearest_cells(shapes: Sequence[Geometry], gap: Geometry, country: Geometry) -> list[Geometry]:
    """Return for each shape what lies nearer to it than to the others, where the gap is."""
    narrow = np.array([np.cos(np.radians(shapely.centroid(country).y)), 1.0])
    near = shapely.buffer(gap, DENSE_DEGREES)
    shapely.prepare(near)
    points: dict[tuple[float, float], int] = {}
    for at, shape in enumerate(shapes):
        edge = shapely.get_coordinates(shapely.segmentize(shapely.boundary(shape), DENSE_DEGREES))
        kept = edge[shapely.intersects_xy(near, edge)]
        for x, y in np.round(kept * narrow, 5):
            points.setdefault((float(x), float(y)), at)
    empty = shapely.from_wkt("POLYGON EMPTY")
    if len(points) < 2:  # noqa: PLR2004 - no two points, no line between them
        return [shapely.box(*country.bounds) if len(shapes) == 1 else empty for _ in shapes]
    frame = shapely.box(*shapely.transform(country, lambda xy: xy * narrow).bounds)
    found = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(list(points)), extend_to=frame, ordered=True)
    )
    owners = np.array(list(points.values()))
    return [
        shapely.transform(shapely.union_all(found[owners == at]), lambda xy: xy / narrow)
        if (owners == at).any()
        else empty
        for at in range(len(shapes))
    ]
