"""A location object of any OCPI version -> Location, with what can be read.

A bad EVSE or connector costs only itself. Source: OCPI 2.1.1, 2.2.1, 2.3.0, mod_locations.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from aggregator.domain.location import Evse, Location
from aggregator.domain.problem import ObjectType
from aggregator.feeds import ObjectKind
from aggregator.formats.connectors import Context
from aggregator.formats.coordinates import OUTSIDE, coordinates
from aggregator.formats.countries import alpha_3
from aggregator.formats.defaults import Defaults
from aggregator.formats.evses import read_evse
from aggregator.formats.inline_tariffs import CONNECTOR_KEYS, EVSE_KEYS, Aliases, InlineTariffs
from aggregator.formats.keys import in_ocpi_words
from aggregator.formats.moments import utc
from aggregator.formats.opening import read_opening
from aggregator.formats.reading import Reader, Unreadable, id_of, objects
from aggregator.formats.site import country, party
from aggregator.formats.values import Flag, Identifier, Moment, Text, Word


class LocationFields(BaseModel):
    """A location's own fields."""

    id: Identifier
    country_code: Word = None
    party_id: Word = None
    publish: Flag = None
    name: Text = None
    address: Text = None
    city: Text = None
    postal_code: Text = None
    country: Text = None
    time_zone: Text = None
    last_updated: Moment = None


class OperatorFields(BaseModel):
    """BusinessDetails."""

    name: Text = None


def read_location(raw: object, path: str, defaults: Defaults, reader: Reader) -> Location | None:
    """Return the location, or None after putting it into quarantine."""
    received = _inside(raw, defaults.aliases)
    reader.account.received.update(received)
    reader.record_id, reader.losses = None, []
    aliases = defaults.aliases.get(ObjectKind.LOCATION)
    named = reader.in_ocpi_words(ObjectType.LOCATION, path, raw, aliases)
    try:
        fields = reader.read_fields(LocationFields, ObjectType.LOCATION, path, named)
    except Unreadable as why:
        reader.reject(ObjectType.LOCATION, id_of(named), path, why, raw, received.items())
        return None
    assert isinstance(named, dict)  # noqa: S101 - read_fields refuses anything else
    reader.record_id = fields.id
    context = Context(
        named, InlineTariffs.of(raw, path, defaults.aliases, reader.account.inline_contents)
    )
    evses = tuple(_evses(path, context, defaults, reader))
    country_code, party_id = party(fields.country_code, fields.party_id, evses, defaults)
    land = country(fields.country, country_code, path, reader)
    position = coordinates(named, land, path, reader)
    is_disproved = position.note_code == OUTSIDE and alpha_3(fields.country) is None
    return Location(
        country_code=country_code,
        party_id=party_id,
        location_id=fields.id,
        publish=fields.publish is not False,
        name=fields.name,
        address=fields.address,
        city=fields.city,
        postal_code=fields.postal_code,
        country=None if is_disproved else land,  # the party's own, and the site is elsewhere
        latitude=position.latitude,
        longitude=position.longitude,
        time_zone=fields.time_zone,
        operator_name=_operator_name(named, path, reader) or defaults.operator_name,
        evses=evses,
        last_updated=utc(fields.last_updated, ObjectType.LOCATION, path, defaults, reader),
        opening_times=read_opening(named, path, defaults, reader),
    )


def _evses(path: str, context: Context, defaults: Defaults, reader: Reader) -> Iterator[Evse]:
    raw_evses = reader.objects(ObjectType.LOCATION, path, context.location, "evses", EVSE_KEYS)
    for position, raw_evse in enumerate(raw_evses):
        here = f"{path}.evses[{position}]"
        try:
            yield read_evse(raw_evse, here, context, defaults, reader)
        except Unreadable as why:
            lost = Counter({ObjectType.EVSE: 1}) + _inside_evse(raw_evse, defaults.aliases)
            reader.reject(ObjectType.EVSE, None, here, why, raw_evse, lost.items())


def _operator_name(raw: dict[str, Any], path: str, reader: Reader) -> str | None:
    if not isinstance(raw.get("operator"), dict):
        return None
    here = f"{path}.operator"
    return reader.read_fields(OperatorFields, ObjectType.LOCATION, here, raw["operator"]).name


def _inside(raw: object, aliases: Aliases) -> Counter[ObjectType]:
    """Count the records that a raw location holds, itself included."""
    counts = Counter({ObjectType.LOCATION: 1})
    named = in_ocpi_words(raw, aliases.get(ObjectKind.LOCATION))
    for evse in objects(named, "evses", EVSE_KEYS) if isinstance(named, dict) else ():
        counts[ObjectType.EVSE] += 1
        counts += _inside_evse(evse, aliases)
    return counts


def _inside_evse(raw: object, aliases: Aliases) -> Counter[ObjectType]:
    """Count the connectors that a raw EVSE holds."""
    named = in_ocpi_words(raw, aliases.get(ObjectKind.EVSE))
    held = len(objects(named, "connectors", CONNECTOR_KEYS)) if isinstance(named, dict) else 0
    return Counter({ObjectType.CONNECTOR: held} if held else {})
