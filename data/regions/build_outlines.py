"""Build dashboard/static/countries.geojson: country borders as lines, for drawing only.

Source: npm package world-atlas 2.0.2 (ISC, Mike Bostock), made of Natural Earth 1:50m countries
(public domain). Steps: `npm pack world-atlas@2.0.2`, unpack, then

    python data/regions/build_outlines.py package/countries-50m.json TARGET.geojson

Every border is drawn once, rounded to 0.01 degrees (about 1 km); pieces that jump across the
antimeridian are cut there, and Antarctica is left out.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

ANTARCTICA = -60
JUMP_DEGREES = 180
DIGITS = 2

Point = tuple[float, float]


def decoded(topology: dict) -> list[list[Point]]:
    """Return the arcs of a TopoJSON file as lists of (longitude, latitude)."""
    (x_scale, y_scale), (x_start, y_start) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = (round(x * x_scale + x_start, DIGITS), round(y * y_scale + y_start, DIGITS))
            if not line or point != line[-1]:
                line.append(point)
        lines.append(line)
    return lines


def cut_at_the_antimeridian(line: list[Point]) -> list[list[Point]]:
    """Return the pieces of a line that do not jump around the globe."""
    pieces = [[line[0]]]
    for before, after in pairwise(line):
        if abs(before[0] - after[0]) > JUMP_DEGREES:
            pieces.append([])
        pieces[-1].append(after)
    return [piece for piece in pieces if len(piece) > 1]


def main(source: Path, target: Path) -> None:
    """Read the topology, write the lines."""
    lines = [
        piece
        for line in decoded(json.loads(source.read_text(encoding="utf-8")))
        for piece in cut_at_the_antimeridian(line)
        if max(latitude for _, latitude in piece) > ANTARCTICA
    ]
    feature = {
        "type": "Feature",
        "properties": {"source": "Natural Earth, public domain"},
        "geometry": {"type": "MultiLineString", "coordinates": lines},
    }
    target.write_text(json.dumps(feature, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
