"""Whatever a feed calls a field -> OCPI's name of it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

MOST_KEYS = 200  # an object with more is no record; its keys are not worth remembering
KEYS = (
    # location, coordinates, operator
    "id country_code party_id publish name address city postal_code country coordinates latitude "
    "longitude time_zone operator evses last_updated "
    # opening hours
    "opening_times twentyfourseven regular_hours weekday period_begin period_end "
    "exceptional_openings exceptional_closings "
    # EVSE, connector
    "uid evse_id status capabilities accepted_service_providers physical_reference connectors "
    "standard format power_type max_voltage voltage max_amperage amperage ampere "
    "max_electric_power max_power tariff_ids tariff_id tariffs "
    # tariff, its limits and texts
    "currency type tax_included tariff_alt_text tariff_alt_url start_date_time end_date_time "
    "elements min_price max_price excl_vat incl_vat before_taxes after_taxes language text "
    # element: price components, restrictions
    "price_components restrictions price vat step_size start_time end_time start_date end_date "
    "min_kwh max_kwh min_current max_current min_power min_duration max_duration day_of_week "
    "reservation"
)
OCPI_KEYS = frozenset(KEYS.split())


def spellings(name: str) -> frozenset[str]:
    """Return the other spellings under which an OCPI key is understood, all with capitals.

    >>> sorted(spellings("evse_id"))
    ['EVSE_ID', 'EvseID', 'EvseId', 'Evse_Id', 'evseID', 'evseId']
    """
    first, *rest = name.split("_")
    last = "".join(part.capitalize() for part in rest)
    capital = last.removesuffix("Id") + "ID" if last.endswith("Id") else last
    camels = {first + last, first + capital}
    pascals = {first.capitalize() + last, first.capitalize() + capital}
    return frozenset({*camels, *pascals, name.upper(), name.title()} - {name})


BY_SPELLING = {other: name for name in sorted(OCPI_KEYS) for other in spellings(name)}


def respelled(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the object with keys such as `postalCode` under OCPI's spelling.

    Only where OCPI's own spelling is absent; without such keys the object itself is returned.

    >>> respelled({"postalCode": "411 38", "parkingType": "ON_STREET"})
    {'postal_code': '411 38', 'parkingType': 'ON_STREET'}
    """
    changes = _changes(tuple(raw)) if len(raw) <= MOST_KEYS else {}
    return {changes.get(key, key): value for key, value in raw.items()} if changes else raw


@lru_cache(maxsize=1024)
def _changes(keys: tuple[str, ...]) -> dict[str, str]:
    """Return the new names of the keys that have one; records of a feed share their keys."""
    taken, changes = set(keys), {}
    for key in keys:
        name = BY_SPELLING.get(key)
        if name and name not in taken:
            taken.add(name)
            changes[key] = name
    return changes


def renamed(raw: object, aliases: Mapping[str, str] | None) -> object:
    """Return the object with the values that the feed keeps elsewhere under OCPI's names.

    Args:
        raw: any JSON; what is no object is returned as it is.
        aliases: OCPI's field -> the path of its value in this feed's objects, dots going inwards
            on both sides. A path that leads nowhere, or to null, changes nothing.

    >>> renamed({"name": "Jolt 7", "geo": {"lat": 57.7}}, {"id": "name", "latitude": "geo.lat"})
    {'name': 'Jolt 7', 'geo': {'lat': 57.7}, 'id': 'Jolt 7', 'latitude': 57.7}
    """
    if not aliases or not isinstance(raw, dict):
        return raw
    named = dict(raw)
    for field, path in aliases.items():
        value = _value_at(raw, path)
        if value is not None:
            _put(named, field, value)
    return named


def in_ocpi_words(raw: object, aliases: Mapping[str, str] | None = None) -> object:
    """Return the object with its fields under OCPI's names: the feed's aliases, then spelling."""
    named = renamed(raw, aliases)
    return respelled(named) if isinstance(named, dict) else named


def _value_at(raw: object, path: str) -> object:
    for step in path.split("."):
        raw = raw.get(step) if isinstance(raw, dict) else None
    return raw


def _put(named: dict[str, Any], field: str, value: object) -> None:
    *above, last = field.split(".")
    for step in above:
        inner = named.get(step)
        named[step] = dict(inner) if isinstance(inner, dict) else {}
        named = named[step]
    named[last] = value
