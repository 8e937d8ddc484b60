"""Regions that the user imported: one GeoJSON file for each layer, put there whole or not at all.

A file has two properties for each feature, `id` and `name`, and a member `manifest` that says
where the layer came from.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import shapely

from aggregator.errors import RegionFileError
from aggregator.normalise.region_check import Checked
from aggregator.whole_file import whole_file

ID, NAME = "id", "name"
LAYER_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
NAME_RULE = "small letters, digits, - and _ only, 40 at most"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Where a layer came from.

    sha256: of the file given; bounding_box: west, south, east, north in degrees.
    """

    source_file: str
    sha256: str
    imported_at: str
    features: int
    bounding_box: tuple[float, float, float, float]
    id_property: str
    name_property: str


def layer_files(folder: Path | None) -> list[Path]:
    """Return the files of the imported layers by name; none where nothing was imported."""
    return sorted(folder.glob("*.geojson")) if folder and folder.is_dir() else []


def layer_name(path: Path, stated: str | None) -> str:
    """Return the name of a layer: as stated, else made of the name of its file.

    Raises:
        RegionFileError: the name has other signs than a layer's may have.
    """
    name = stated or re.sub(r"[^a-z0-9_-]+", "_", path.stem.lower()).strip("_-")[:40]
    if not LAYER_NAME.fullmatch(name):
        message = f"{name!r} cannot be the name of a layer: {NAME_RULE}; see --name"
        raise RegionFileError(message)
    return name


def install(folder: Path, name: str, source: Path, checked: Checked) -> Manifest:
    """Write a layer that was found fit, in the place of one of the same name; return its manifest.

    Raises:
        RegionFileError: the file cannot be written; what was there before stays.
    """
    try:
        manifest = _manifest(source, checked)
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / f"{name}.geojson") as file:
            file.write(_text(manifest, checked).encode())
    except OSError as error:
        message = f"{folder / name}.geojson: cannot be written: {error.strerror or error}"
        raise RegionFileError(message) from error
    return manifest


def remove(folder: Path, name: str) -> None:
    """Remove an imported layer.

    Raises:
        RegionFileError: there is no such layer.
    """
    for path in layer_files(folder):
        if path.stem == name:
            path.unlink()
            return
    message = f"no imported layer {name!r}; `klarpris regions list` shows what there is"
    raise RegionFileError(message)


def manifest_of(path: Path) -> Manifest | None:
    """Return where an imported layer came from; None where its file is broken."""
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))["manifest"]
        return Manifest(**{**stated, "bounding_box": tuple(stated["bounding_box"])})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _manifest(source: Path, checked: Checked) -> Manifest:
    west, south, east, north = (float(one) for one in shapely.total_bounds(checked.shapes))
    return Manifest(
        source_file=source.name,
        sha256=hashlib.sha256(source.read_bytes()).hexdigest(),
        imported_at=datetime.now(UTC).isoformat(timespec="seconds"),
        features=len(checked.ids),
        bounding_box=(west, south, east, north),
        id_property=checked.id_property,
        name_property=checked.name_property,
    )


def _text(manifest: Manifest, checked: Checked) -> str:
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {ID: one, NAME: name},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for one, name, shape in zip(checked.ids, checked.names, checked.shapes, strict=True)
    ]
    whole = {"type": "FeatureCollection", "manifest": asdict(manifest), "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"
