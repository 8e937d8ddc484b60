"""Addresses of single charging locations: stable from one snapshot to the next."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlencode

PATH = "/station"
SIGN = "~"
MOST_SIGNS = 2000
PARTS = ("feed", "country_code", "party_id", "location_id")
Key = tuple[str, str, str, str]
"""feed, country_code, party_id and location_id, as the operator writes them."""


def station_id(row: Mapping[str, Any]) -> str:
    """Return the id of a row's location: its four ids in one word of letters that URLs allow.

    >>> station_id({"feed": "se", "country_code": "SE", "party_id": "ABC", "location_id": "a~b/1"})
    'se~SE~ABC~a%7Eb%2F1'
    """
    return SIGN.join(quote(str(row[part]), safe="").replace(SIGN, "%7E") for part in PARTS)


def key_of(station: str) -> Key | None:
    """Return the four ids that an id holds; None for anything that is no id.

    >>> key_of("se~SE~ABC~a%7Eb%2F1")
    ('se', 'SE', 'ABC', 'a~b/1')
    """
    if len(station) > MOST_SIGNS:
        return None
    try:
        parts = [unquote(part, errors="strict") for part in station.split(SIGN)]
    except UnicodeDecodeError:
        return None
    if len(parts) != len(PARTS) or not all(parts) or not all(map(_is_writable, parts)):
        return None
    feed, country_code, party_id, location_id = parts
    return feed, country_code, party_id, location_id


def _is_writable(part: str) -> bool:
    """Tell whether text can be asked for: half a sign, or one that ends a text, cannot."""
    return "\0" not in part and not any("\ud800" <= sign <= "\udfff" for sign in part)


def station_href(row: Mapping[str, Any], query: Mapping[str, str]) -> str:
    """Return the address of a location's page, with the codes of a choice; not escaped for HTML."""
    return f"{PATH}?{urlencode({'id': station_id(row), **query})}"
