"""Whose a site is and in which country, from the several places that tell."""

import re

from aggregator.domain.location import Evse
from aggregator.domain.problem import ObjectType
from aggregator.formats.countries import alpha_3
from aggregator.formats.defaults import UNKNOWN_COUNTRY, UNKNOWN_PARTY, Defaults
from aggregator.formats.reading import Reader

EVSE_ID_PARTY = re.compile(r"([A-Z]{2})\*?([A-Z0-9]{3})\*?E")


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


def country_of(stated: str | None, party_country: str) -> str | None:
    """Return the site's country as the record states it, else the party's, as alpha-3."""
    return alpha_3(stated) or alpha_3(party_country)


def country(stated: str | None, party_country: str, path: str, reader: Reader) -> str | None:
    """Return the site's country; where the record gives none that exists, the party's own."""
    found = country_of(stated, party_country)
    if alpha_3(stated) is None and (found or stated):
        text = "'country' is no country; " + (
            "the country of the party is used instead" if found else "it stays unknown"
        )
        reader.note(ObjectType.LOCATION, f"{path}.country", "unknown_country", text, stated)
    return found
