"""A GeoJSON file of regions as it is given: bounded, its features numbered, their lines known."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from aggregator.errors import RegionFileError

LARGEST_BYTES = 200_000_000
MOST_FEATURES = 200_000
FEATURES = re.compile(r'"features"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
POLYGONS = ("Polygon", "MultiPolygon")
DEGREES = re.compile(r"CRS:?84|EPSG:[\d.]*:?(4326|4258)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RegionFile:
    """The features of a file: properties and geometry of each, in the order of the file."""

    path: Path
    properties: list[dict[str, Any]]
    geometries: list[dict[str, Any]]
    _text: str = field(repr=False)

    def fault(self, number: int, reason: str) -> RegionFileError:
        """Return the error about a feature, numbered from 0; it names the feature and its line."""
        line = line_of(self._text, number)
        where = f"feature {number + 1}" + (f" (line {line})" if line else "")
        return RegionFileError(f"{self.path}: {where}: {reason}")


def read_region_file(path: Path) -> RegionFile:
    """Return the features of a GeoJSON file; what they mean is not looked at.

    Raises:
        RegionFileError: one line: no file, too large, no GeoJSON, in other units than degrees, a
            feature without properties or polygons.
    """
    text = _text(path)
    whole = _json(path, text)
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or whole.get("type") != "FeatureCollection":
        message = f"{path}: no GeoJSON: a FeatureCollection with features is needed"
        raise RegionFileError(message)
    _refuse_other_units(path, whole.get("crs"))
    if not 0 < len(features) <= MOST_FEATURES:
        message = f"{path}: {len(features)} features; 1 to {MOST_FEATURES} can be imported"
        raise RegionFileError(message)
    file = RegionFile(path, [], [], text)
    for number, feature in enumerate(features):
        _add(file, number, feature)
    return file


def _add(file: RegionFile, number: int, feature: object) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise file.fault(number, "is no Feature")
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, dict):
        raise file.fault(number, "has no properties")
    if not isinstance(geometry, dict) or geometry.get("type") not in POLYGONS:
        kind = geometry.get("type") if isinstance(geometry, dict) else "nothing"
        raise file.fault(number, f"a polygon is needed, not {kind}")
    file.properties.append(properties)
    file.geometries.append(geometry)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise RegionFileError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: no GeoJSON: not written in UTF-8"
        raise RegionFileError(message) from error
    if len(content) > LARGEST_BYTES:
        message = f"{path}: larger than {LARGEST_BYTES // 1_000_000} MB; simplify it first"
        raise RegionFileError(message)
    return text


def _json(path: Path, text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        message = f"{path}: no GeoJSON: line {error.lineno}: {error.msg}"
        raise RegionFileError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path}: no GeoJSON: {error}"
        raise RegionFileError(message) from error


def _refuse_constant(name: str) -> NoReturn:
    message = f"{name} is no number in JSON"
    raise ValueError(message)


def _refuse_other_units(path: Path, crs: object) -> None:
    """Refuse a file that says that its coordinates are not degrees of WGS 84 or ETRS 89."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name")) if isinstance(properties, dict) else str(crs)
    if not DEGREES.search(name):
        message = (
            f"{path}: its coordinates are {name[:100]!r}, not degrees of WGS 84; convert it, for "
            "instance: ogr2ogr -t_srs EPSG:4326 OUT.geojson IN.geojson"
        )
        raise RegionFileError(message)


def line_of(text: str, number: int) -> int | None:
    """Return the line at which a feature begins, numbered from 0; None where it is not found."""
    start = FEATURES.search(text)
    if start is None:
        return None
    decoder, at = json.JSONDecoder(), start.end()
    try:
        for _ in range(number):
            at = _after_blanks(text, at)
            _, at = decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    return text.count("\n", 0, _after_blanks(text, at)) + 1


def _after_blanks(text: str, at: int) -> int:
    found = BETWEEN.match(text, at)
    return found.end() if found else at
