"""What the browser draws: fewer points, no small islands, nothing overseas."""

import json
from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely import Geometry
from shapes import edge_matched, joined, polygons

# West, south, east, north in degrees: what is drawn of Europe; the rest is looked up only.
EUROPE = (-25.0, 34.0, 50.0, 72.0)
# What is drawn of Europe beside the countries with regions; its neighbours are not.
WITHOUT_REGIONS = "ALA AND FRO GGY GIB IMN JEY LIE MCO SMR VAT"
LONGEST_COUNTRIES, LONGEST_COUNTRY = 300_000, 80_000
STEPS = (0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2)
SLIT_DEGREES = 0.005
NOTE = "Natural Earth (public domain) and country-coder (ISC), see README.md"


def write_drawings(output: Path, areas: Sequence, land: Sequence[Geometry]) -> None:
    """Write drawing/countries.geojson and drawing/<country>.geojson for each with regions."""
    folder = output / "drawing"
    folder.mkdir(exist_ok=True)
    tree = shapely.STRtree(land)
    by_country: dict[str, list] = {}
    for area in areas:
        if area.name or area.country in WITHOUT_REGIONS.split():
            by_country.setdefault(area.country, []).append(area)
    europe = shapely.box(*EUROPE)
    outlines = {}
    for country, parts in sorted(by_country.items()):
        dry = {one.code: _dry(one.shape, land, tree, europe) for one in parts}
        dry = {code: shape for code, shape in dry.items() if not shape.is_empty}
        if not dry:
            continue
        outlines[country] = joined(dry.values())
        if parts[0].name:
            _write(folder / f"{country}.geojson", dry, LONGEST_COUNTRY)
    _write(folder / "countries.geojson", outlines, LONGEST_COUNTRIES)


def _dry(
    shape: Geometry, land: Sequence[Geometry], tree: shapely.STRtree, frame: Geometry
) -> Geometry:
    """Return the land of an area within the frame."""
    inside = shapely.intersection(shape, frame)
    near = [land[at] for at in sorted(tree.query(inside, predicate="intersects"))]
    return joined([shapely.intersection(inside, shapely.union_all(near))])


def _write(path: Path, shapes: dict[str, Geometry], longest: int) -> None:
    """Write with as many points as fit into so many bytes."""
    for step in STEPS:
        text = _text(shapes, step)
        if len(text.encode()) < longest:
            path.write_text(text, encoding="utf-8")
            return
    message = f"{path.name} does not fit into {longest} bytes"
    raise ValueError(message)


def _text(shapes: dict[str, Geometry], step: float) -> str:
    matched = edge_matched(list(shapes.values()), SLIT_DEGREES)
    simple = shapely.coverage_simplify(matched, step)
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code},
            "geometry": json.loads(shapely.to_geojson(_rounded(one, step))),
        }
        for code, one in zip(shapes, simple, strict=True)
    ]
    collection = {"type": "FeatureCollection", "source": NOTE, "features": features}
    return json.dumps(collection, separators=(",", ":")) + "\n"


def _rounded(shape: Geometry, step: float) -> Geometry:
    """Return a shape with 3 decimals, small islands left out but never the last one."""
    parts = sorted(polygons([shape]), key=lambda part: -part.area)
    kept = [part for part in parts if part.area > step * step] or parts[:1]
    return shapely.normalize(shapely.set_precision(joined(kept), 1e-3))
