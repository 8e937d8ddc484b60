"""The shapes that the fast lane decodes: OCPI's own, with a guard against every other spelling."""

from datetime import datetime
from types import GenericAlias
from typing import Any

import msgspec
from msgspec import defstruct

from aggregator.formats.inline_tariffs import INLINE_KEYS
from aggregator.formats.keys import spellings

Measure = int | float | None
NEEDED = {"id", "uid", "status", "country", "coordinates", "latitude", "longitude"}


def _spellings(fields: list[tuple[str, object]]) -> list[tuple[str, object, None]]:
    """Return fields that must be absent: other spellings of these, and tariffs in their midst."""
    known = {name for name, _ in fields}
    read = {*known, *INLINE_KEYS}
    found = {*INLINE_KEYS, *(other for name in read for other in spellings(name))} - known
    return [(name, type(None), None) for name in sorted(found)]


def _plain(name: str, fields: list[tuple[str, object]]) -> Any:  # noqa: ANN401 - made here
    """Return a struct of fields of which some may be silent, and of others that must be."""
    needed = [field for field in fields if field[0] in NEEDED]
    may_be = [(field, kind, None) for field, kind in fields if field not in NEEDED]
    return defstruct(name, [*needed, *may_be, *_spellings(fields)], gc=False)


def _many(kind: Any) -> object:  # noqa: ANN401 - see above
    """Return the type of a list of these, or silence."""
    return GenericAlias(list, (kind,)) | None


_Coordinates = _plain(
    "_Coordinates", [("latitude", str | float | int), ("longitude", str | float | int)]
)
_Operator = _plain("_Operator", [("name", str | None)])
_Connector = _plain(
    "_Connector",
    [
        ("id", str),
        ("standard", str | None),
        ("format", str | None),
        ("power_type", str | None),
        ("max_voltage", Measure),
        ("voltage", Measure),
        ("max_amperage", Measure),
        ("amperage", Measure),
        ("max_electric_power", Measure),
        ("ampere", None),
        ("max_power", None),
        ("tariff_id", str | None),
        ("tariff_ids", list[str] | None),
        ("capabilities", list[str] | None),
        ("last_updated", datetime | None),
    ],
)
_Evse = _plain(
    "_Evse",
    [
        ("uid", str),
        ("evse_id", str | None),
        ("status", str),
        ("capabilities", list[str] | None),
        ("accepted_service_providers", list[str] | None),
        ("physical_reference", str | None),
        ("connectors", _many(_Connector)),
        ("last_updated", datetime | None),
    ],
)
_Location = _plain(
    "_Location",
    [
        ("id", str),
        ("country_code", str | None),
        ("party_id", str | None),
        ("publish", bool | None),
        ("name", str | None),
        ("address", str | None),
        ("city", str | None),
        ("postal_code", str | None),
        ("country", str),
        ("coordinates", _Coordinates),
        ("operator", _Operator | None),
        ("time_zone", str | None),
        ("evses", _many(_Evse)),
        ("opening_times", msgspec.Raw),
        ("last_updated", datetime | None),
        ("properties", None),
    ],
)
decode_location = msgspec.json.Decoder(_Location).decode
"""Return the fields of a location, its EVSEs and connectors, from JSON; DecodeError otherwise."""
