"""Where a position must be wrong, and where its country proves how it was meant."""

from typing import Any, NamedTuple

from pydantic import BaseModel

from aggregator.domain.problem import ObjectType
from aggregator.formats.country_boxes import boxes_of, is_inside
from aggregator.formats.reading import Reader, Unreadable
from aggregator.formats.values import Degrees

MOST_LATITUDE = 90.0
OUTSIDE = "position_outside_country"
NOTES = {
    "swapped_coordinates": "latitude and longitude are swapped; put right as the country proves",
    "sign_of_coordinates": "a minus sign is missing or too many; put right as the country proves",
    OUTSIDE: "the position is not in the country that is stated; kept as published",
}


class CoordinatesFields(BaseModel):
    """WGS 84 degrees; written as texts by the standard, as numbers by some."""

    latitude: Degrees
    longitude: Degrees


class Position(NamedTuple):
    """A position in degrees, None where unknown, and the code of what is to be noted about it."""

    latitude: float | None
    longitude: float | None
    note_code: str | None


NOWHERE = Position(None, None, None)


def placed(latitude: float, longitude: float, country: str | None) -> Position:
    """Return where a site of a country is, given what was published in degrees.

    Args:
        latitude: as published, perhaps swapped: -180 to 180.
        longitude: as published.
        country: ISO 3166-1 alpha-3; None where unknown, when nothing can be proved.

    >>> placed(-1.55, 53.8, "GBR")
    Position(latitude=53.8, longitude=-1.55, note_code='swapped_coordinates')
    """
    boxes = boxes_of(country) if country else ()
    if not boxes or is_inside(latitude, longitude, boxes):
        return Position(latitude, longitude, None)
    if is_inside(longitude, latitude, boxes):
        return Position(longitude, latitude, "swapped_coordinates")
    for north, east in ((latitude, -longitude), (-latitude, longitude)):
        if is_inside(north, east, boxes):
            return Position(north, east, "sign_of_coordinates")
    return Position(latitude, longitude, OUTSIDE)


def is_implausible(latitude: float, longitude: float) -> bool:
    """Tell whether degrees are no position: 0/0, the same number twice, a pole."""
    return latitude == longitude or abs(latitude) == MOST_LATITUDE


def coordinates(raw: dict[str, Any], country: str | None, path: str, reader: Reader) -> Position:
    """Return the position of a location; nowhere, noted, where it cannot be read.

    The site's country, ISO 3166-1 alpha-3, proves it.
    """
    here, published = f"{path}.coordinates", raw.get("coordinates")
    try:
        position = _position(published, country, here, reader)
    except Unreadable as why:
        text = f"no position: {why.reason}"
        reader.note(ObjectType.LOCATION, here, why.reason_code, text, published)
        return NOWHERE
    if code := position.note_code:
        reader.note(ObjectType.LOCATION, here, code, NOTES[code], published)
    return position


def _position(published: object, country: str | None, path: str, reader: Reader) -> Position:
    fields = reader.read_fields(CoordinatesFields, ObjectType.LOCATION, path, published)
    if fields.latitude is None or fields.longitude is None:
        raise Unreadable("missing_coordinates", "coordinates are empty")
    latitude, longitude = float(fields.latitude), float(fields.longitude)
    if is_implausible(latitude, longitude):
        reason = "the coordinates are a pole or the same number twice"
        raise Unreadable("implausible_coordinates", reason)
    position = placed(latitude, longitude, country)
    if abs(position.latitude or 0) > MOST_LATITUDE:
        raise Unreadable("unreadable_latitude", "'latitude' is beyond 90 degrees")
    return position
