"""Where a site is and whose it is, from the several places that tell."""

import re
from typing import Any

from pydantic import BaseModel

from aggregator.domain.location import Evse
from aggregator.domain.problem import ObjectType
from aggregator.formats.countries import alpha_3
from aggregator.formats.defaults import UNKNOWN_COUNTRY, UNKNOWN_PARTY, Defaults
from aggregator.formats.reading import Reader, Unreadable
from aggregator.formats.values import Latitude, Longitude

EVSE_ID_PARTY = re.compile(r"([A-Z]{2})\*?([A-Z0-9]{3})\*?E")


class CoordinatesFields(BaseModel):
    """WGS 84 degrees; written as texts by the standard, as numbers by some."""

    latitude: Latitude
    longitude: Longitude


def coordinates(
    raw: dict[str, Any], path: str, reader: Reader
) -> tuple[float | None, float | None]:
    """Return latitude and longitude in degrees; (None, None), noted, where they cannot be read."""
    here = f"{path}.coordinates"
    try:
        fields = reader.read_fields(
            CoordinatesFields, ObjectType.LOCATION, here, raw.get("coordinates")
        )
        if fields.latitude is None or fields.longitude is None:
            raise Unreadable("missing_coordinates", "coordinates are empty")
    except Unreadable as why:
        text = f"no position: {why.reason}"
        reader.note(ObjectType.LOCATION, here, why.reason_code, text, raw.get("coordinates"))
        return None, None
    return float(fields.latitude), float(fields.longitude)


def party(
    country_code: str | None, party_id: str | None, evses: tuple[Evse, ...], defaults: Defaults
) -> tuple[str, str]:
    """Return the party the record names, else the feed's, else the one in an EVSE id."""
    if country_code and party_id:
        return country_code, party_id
    country_code = country_code or defaults.country_code
    party_id = party_id or defaults.party_id
    if party_id == UNKNOWN_PARTY or country_code == UNKNOWN_COUNTRY:
        for evse in evses:
            if match := EVSE_ID_PARTY.match((evse.evse_id or "").upper()):
                return match[1], match[2]
    return country_code, party_id


def country(stated: str | None, party_country: str, path: str, reader: Reader) -> str | None:
    """Return the site's country; where the record gives none that exists, the party's own."""
    found = alpha_3(stated)
    if found is None and (found := alpha_3(party_country)):
        text = "'country' is no country code; the country of the party is used instead"
        reader.note(ObjectType.LOCATION, f"{path}.country", "unknown_country", text, stated)
    return found
