"""`klarpris regions`: the borders that are there, more of them, and where a position lies."""

from pathlib import Path
from typing import Annotated, Any

import typer

from aggregator.cli.output import print_error, print_json, print_line, print_table
from aggregator.cli.selection import chosen_settings
from aggregator.cli.snapshot import Demo, Json
from aggregator.config import Settings
from aggregator.normalise.imported_regions import (
    Manifest,
    install,
    layer_files,
    layer_name,
    manifest_of,
    remove,
)
from aggregator.normalise.region import Boundaries, Found
from aggregator.normalise.region_check import check

SHIPPED = "shipped"
COLUMNS = {
    "layer": "Layer",
    "level": "Level",
    "regions": "Regions",
    "source": "Source",
    "imported_at": "Imported",
}

app = typer.Typer(help="Countries and regions, shipped and imported.", no_args_is_help=True)
GeoJson = Annotated[Path, typer.Argument(metavar="FILE.geojson", help="Polygons, WGS 84 degrees.")]
LayerName = Annotated[
    str | None, typer.Option("--name", help="Of the layer; made of the file's name unless said.")
]
IdProperty = Annotated[
    str | None, typer.Option(help="The property that tells regions apart; guessed unless said.")
]
NameProperty = Annotated[
    str | None, typer.Option(help="The property with the name to show; guessed unless said.")
]


@app.command("list")
def list_regions(demo: Demo = False, as_json: Json = False) -> None:
    """List the countries whose regions are shipped, and the layers that were imported."""
    chosen = chosen_settings(demo=demo)
    boundaries = _boundaries(chosen)
    rows = [*_shipped(boundaries), *_imported(chosen, boundaries)]
    if as_json:
        print_json(rows)
    else:
        cells = ([row[key] for key in COLUMNS] for row in rows)
        print_table("Regions", list(COLUMNS.values()), cells)
    raise typer.Exit(1 if boundaries.faults else 0)


@app.command("import")
def import_regions(
    file: GeoJson,
    name: LayerName = None,
    id_property: IdProperty = None,
    name_property: NameProperty = None,
    demo: Demo = False,
    as_json: Json = False,
) -> None:
    """Check regions of your own and add them as a layer, in the place of one of the same name."""
    chosen = chosen_settings(demo=demo)
    layer = layer_name(file, name)
    shipped = Boundaries.load(chosen.regions_folder)

    def countries(latitudes: list[float], longitudes: list[float]) -> list[str | None]:
        return [*shipped.lookup(latitudes, longitudes).country]

    checked = check(file, countries, id_property, name_property)
    manifest = install(chosen.imported_regions_folder, layer, file, checked)
    if as_json:
        print_json(_layer_row(layer, manifest))
    else:
        print_line(_in_words(layer, manifest))


@app.command("remove")
def remove_regions(name: str, demo: Demo = False) -> None:
    """Remove an imported layer."""
    remove(chosen_settings(demo=demo).imported_regions_folder, name)
    print_line(f"{name}: removed")


@app.command("check", context_settings={"ignore_unknown_options": True})
def check_position(
    latitude: float, longitude: float, demo: Demo = False, as_json: Json = False
) -> None:
    """Tell where a position in degrees lies; a minus sign may stand before either number."""
    boundaries = _boundaries(chosen_settings(demo=demo))
    row = _place(boundaries, boundaries.lookup([latitude], [longitude]))
    if as_json:
        print_json(row)
    else:
        print_line(_place_in_words(row))
    raise typer.Exit(0 if row["country"] else 1)


def _boundaries(chosen: Settings) -> Boundaries:
    """Return all borders; name the imported layers that are broken."""
    boundaries = Boundaries.load(chosen.regions_folder, chosen.imported_regions_folder)
    for fault in boundaries.faults:
        print_error(fault)
    return boundaries


def _shipped(boundaries: Boundaries) -> list[dict[str, Any]]:
    """Return a row for the countries and one for the regions of each that has some."""
    regions = boundaries.regions.values()
    numbers: dict[tuple[str, str], int] = {}
    for region in regions:
        if region.name:
            key = (region.country, region.level)
            numbers[key] = numbers.get(key, 0) + 1
    countries = len({region.country for region in regions})
    rows = [(SHIPPED, "country", countries)]
    rows += [(country, level, number) for (country, level), number in sorted(numbers.items())]
    return [
        {"layer": layer, "level": level, "regions": number, "source": SHIPPED, "imported_at": None}
        for layer, level, number in rows
    ]


def _imported(chosen: Settings, boundaries: Boundaries) -> list[dict[str, Any]]:
    files = layer_files(chosen.imported_regions_folder)
    return [
        _layer_row(path.stem, manifest_of(path))
        for path in files
        if path.stem in boundaries.imported
    ]


def _layer_row(layer: str, manifest: Manifest | None) -> dict[str, Any]:
    return {
        "layer": layer,
        "level": "imported",
        "regions": manifest.features if manifest else None,
        "source": manifest.source_file if manifest else None,
        "imported_at": manifest.imported_at if manifest else None,
        "bounding_box": manifest.bounding_box if manifest else None,
        "id_property": manifest.id_property if manifest else None,
        "name_property": manifest.name_property if manifest else None,
    }


def _in_words(layer: str, manifest: Manifest) -> str:
    west, south, east, north = manifest.bounding_box
    return (
        f"{layer}: {manifest.features} regions, ids from {manifest.id_property!r}, names from "
        f"{manifest.name_property!r}, latitude {south:.3f} to {north:.3f}, "
        f"longitude {west:.3f} to {east:.3f}"
    )


def _place(boundaries: Boundaries, found: Found) -> dict[str, Any]:
    """Return where the first of the points that were looked up lies."""
    code = found.region_1.codes[0]
    return {
        "country": found.country[0],
        "region_1": code,
        "region_1_name": found.region_1.names[0],
        "level": boundaries.regions[code].level if code else None,
        "near": bool(found.near[0]),
        "imported": {
            layer: {"id": regions.codes[0], "name": regions.names[0]}
            for layer, regions in found.imported.items()
        },
    }


def _place_in_words(row: dict[str, Any]) -> str:
    if row["country"] is None:
        return "In no country, and within 5 km of none."
    region = f", {row['region_1_name']} ({row['region_1']}, {row['level']})"
    parts = [row["country"] + (region if row["region_1"] else "")]
    parts += ["off the coast as it is drawn here"] if row["near"] else []
    parts += [
        f"{layer}: {place['name']} ({place['id']})" if place["id"] else f"{layer}: none"
        for layer, place in row["imported"].items()
    ]
    return "; ".join(parts)
