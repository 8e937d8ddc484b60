"""Whether a GeoJSON file of regions can be imported; if not, which feature is at fault and why."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from aggregator.errors import RegionFileError
from aggregator.normalise.country_match import alpha_3
from aggregator.normalise.region_file import RegionFile, read_region_file
from aggregator.normalise.region_shapes import Shapes, overlaps, shapes_of

# Looked for in this order: the European Union's, national offices', then anyone's.
ID_PROPERTIES = ["NUTS_ID", "LAU_ID", "GISCO_ID", "AGS", "ARS", "kommunkod", "code_insee"]
ID_PROPERTIES += ["iso_3166_2", "code", "id"]
NAME_PROPERTIES = ["NAME_LATN", "NUTS_NAME", "LAU_NAME", "GEN", "kommunnamn", "nom_com"]
NAME_PROPERTIES += ["name", "nom", "namn", "navn", "naam", "nombre"]
LONGEST_TEXT = 200
MOST = 0.5

Countries = Callable[[list[float], list[float]], list[str | None]]
"""What tells the countries of points, given latitudes and longitudes in degrees."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A layer that can be imported: ids, names and mended shapes in the order of the file."""

    ids: list[str]
    names: list[str]
    shapes: Shapes
    id_property: str
    name_property: str


def check(
    path: Path, countries: Countries, id_property: str | None, name_property: str | None
) -> Checked:
    """Return what a file of regions holds, every feature of it.

    Args:
        path: a GeoJSON file, its coordinates in WGS 84 degrees.
        countries: by which swapped axes are noticed.
        id_property: the property that tells regions apart; guessed where None.
        name_property: the property with the name to show; guessed where None.

    Raises:
        RegionFileError: one line that names the first fault, its feature and line.
    """
    file = read_region_file(path)
    id_key = id_property or _guessed(file, ID_PROPERTIES, "--id-property")
    name_key = name_property or _guessed(file, NAME_PROPERTIES, "--name-property")
    ids, names = _texts(file, id_key), _texts(file, name_key)
    _refuse_twins(file, ids)
    shapes = shapes_of(file)
    _refuse_swapped_axes(file, shapes, ids, countries)
    for one, other in overlaps(shapes):
        reason = f"overlaps feature {one + 1} ({names[one]})"
        raise file.fault(other, reason)
    return Checked(ids, names, shapes, id_key, name_key)


def _guessed(file: RegionFile, known: list[str], option: str) -> str:
    there = {key.casefold(): key for key in file.properties[0]}
    for key in known:
        if key.casefold() in there:
            return there[key.casefold()]
    names = ", ".join(sorted(there.values())) or "none"
    message = f"{file.path}: say which property it is: {option}; there are: {names[:LONGEST_TEXT]}"
    raise RegionFileError(message)


def _texts(file: RegionFile, key: str) -> list[str]:
    return [_text(file, number, key) for number in range(len(file.properties))]


def _text(file: RegionFile, number: int, key: str) -> str:
    value: Any = file.properties[number].get(key)
    text = str(value).strip() if isinstance(value, str | int) else ""
    if not text or isinstance(value, bool):
        raise file.fault(number, f"has no {key!r}")
    if len(text) > LONGEST_TEXT or not text.isprintable():
        raise file.fault(number, f"{key!r} is no text of one line of {LONGEST_TEXT} signs at most")
    return text


def _refuse_twins(file: RegionFile, ids: list[str]) -> None:
    seen: dict[str, int] = {}
    for number, one in enumerate(ids):
        if one in seen:
            raise file.fault(number, f"has the id {one!r} of feature {seen[one] + 1}")
        seen[one] = number


def _refuse_swapped_axes(
    file: RegionFile, shapes: Shapes, ids: list[str], countries: Countries
) -> None:
    """Refuse a file whose regions lie where they should only with latitude and longitude swapped.

    Where they should: in the country that their ids begin with, else in any country at all.
    """
    points = shapely.get_coordinates(shapely.point_on_surface(shapes))
    x, y = points[:, 0].tolist(), points[:, 1].tolist()
    as_stated, swapped = countries(y, x), countries(x, y)
    for is_right in (_begins_with, _is_anywhere):
        fit = sum(map(is_right, ids, as_stated)) / len(ids)
        fit_swapped = sum(map(is_right, ids, swapped)) / len(ids)
        if fit < MOST < fit_swapped:
            message = (
                f"{file.path}: latitude and longitude seem to be swapped; GeoJSON wants longitude "
                "first"
            )
            raise RegionFileError(message)


def _begins_with(region_id: str, country: str | None) -> bool:
    """Tell whether an id such as SE232 begins with the letters of a country such as SWE."""
    return country is not None and alpha_3(region_id[:2]) == country


def _is_anywhere(_region_id: str, country: str | None) -> bool:
    return country is not None
