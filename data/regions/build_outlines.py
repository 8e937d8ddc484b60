"""Build dashboard/static/countries.geojson: land and the borders within it, for drawing only.

Source: npm package world-atlas 2.0.2 (ISC, Mike Bostock), made of Natural Earth 1:50m countries
(public domain). Steps: `npm pack world-atlas@2.0.2`, unpack, then

    python data/regions/build_outlines.py package/countries-50m.json OUTPUT

Land is to be filled, borders are to be drawn, each once and no coast: so nothing runs along the
antimeridian, where Natural Earth cuts the land. Points that change a line by less than 0.012
degrees (about 1 km) are left out, and so is Antarctica.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from math import hypot
from pathlib import Path

ANTARCTICA = -60
TOLERANCE_DEGREES = 0.012
DIGITS = 2
LEAST_RING = 4

Point = tuple[float, float]
Line = list[Point]


def decoded(topology: dict) -> list[Line]:
    """Return the arcs of a TopoJSON file as lines of (longitude, latitude)."""
    (x_scale, y_scale), (x_start, y_start) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    return [
        [
            (x * x_scale + x_start, y * y_scale + y_start)
            for x, y in accumulate(arc, lambda sum_, step: (sum_[0] + step[0], sum_[1] + step[1]))
        ]
        for arc in topology["arcs"]
    ]


def simplified(line: Line) -> Line:
    """Return the line without points that lie closer to it than the tolerance (Douglas-Peucker)."""
    kept, stretches = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        distances = [
            (_distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)
        ]
        farthest, at = max(distances, default=(0.0, first))
        if farthest > TOLERANCE_DEGREES:
            kept.add(at)
            stretches += [(first, at), (at, last)]
    return [(round(line[i][0], DIGITS), round(line[i][1], DIGITS)) for i in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a line; from its start where the line is closed."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    length = hypot(x1 - x0, y1 - y0)
    if not length:
        return hypot(x - x0, y - y0)
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length


def ring(arcs: list[Line], indices: Iterable[int]) -> Line:
    """Return a closed line put together from arcs; a negative index means the arc backwards."""
    points: Line = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def land(topology: dict, arcs: list[Line]) -> list[list[Line]]:
    """Return all land as polygons."""
    polygons = [
        [ring(arcs, indices) for indices in polygon]
        for geometry in topology["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
    ]
    whole = [[r for r in rings if len(r) >= LEAST_RING] for rings in polygons]
    return [rings for rings in whole if rings and _north(rings[0]) > ANTARCTICA]


def borders(topology: dict, arcs: list[Line]) -> list[Line]:
    """Return the arcs that two countries share."""
    countries = topology["objects"]["countries"]["geometries"]
    used = Counter(i if i >= 0 else ~i for c in countries for i in set(_flat(c.get("arcs", []))))
    return [arcs[i] for i, times in sorted(used.items()) if times > 1]


def _flat(nested: list | int) -> Iterator[int]:
    if isinstance(nested, int):
        yield nested
    else:
        for part in nested:
            yield from _flat(part)


def _north(line: Line) -> float:
    return max(latitude for _, latitude in line)


def feature(kind: str, geometry: str, coordinates: list) -> dict:
    """Return a GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": {"kind": kind},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def main(source: Path, target: Path) -> None:
    """Read the topology, write land and borders."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [simplified(line) for line in decoded(topology)]
    collection = {
        "type": "FeatureCollection",
        "source": "Natural Earth, public domain",
        "features": [
            feature("land", "MultiPolygon", land(topology, arcs)),
            feature("border", "MultiLineString", borders(topology, arcs)),
        ],
    }
    target.write_text(json.dumps(collection, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
