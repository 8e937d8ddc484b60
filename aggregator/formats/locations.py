"""A location object of any OCPI version -> Location, with what can be read.

A bad EVSE or connector costs only itself. Source: OCPI 2.1.1, 2.2.1, 2.3.0, mod_locations.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from aggregator.domain.location import Connector, Evse, Location, PowerSource
from aggregator.domain.problem import ObjectType
from aggregator.formats.defaults import Defaults
from aggregator.formats.moments import utc
from aggregator.formats.power import max_power
from aggregator.formats.reading import Reader, Unreadable, id_of, items
from aggregator.formats.site import coordinates, country, party
from aggregator.formats.values import (
    Flag,
    Identifier,
    Moment,
    Number,
    Text,
    Word,
)


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
    country: Word = None
    time_zone: Text = None
    last_updated: Moment = None


class OperatorFields(BaseModel):
    """BusinessDetails."""

    name: Text = None


class EvseFields(BaseModel):
    """An EVSE's own fields."""

    uid: Identifier | None = None
    evse_id: Text = None
    status: Word = None
    physical_reference: Text = None
    last_updated: Moment = None


class ConnectorFields(BaseModel):
    """A connector's own fields; 2.1.1 says voltage, amperage and tariff_id."""

    id: Identifier
    standard: Word = None
    format: Word = None
    power_type: Word = None
    max_voltage: Number = None
    voltage: Number = None
    max_amperage: Number = None
    amperage: Number = None
    max_electric_power: Number = None
    tariff_id: Identifier | None = None
    last_updated: Moment = None


def read_location(raw: object, path: str, defaults: Defaults, reader: Reader) -> Location | None:
    """Return the location, or None after putting it into quarantine."""
    reader.account.received.update(_inside(raw))
    reader.record_id = None
    try:
        fields = reader.read_fields(LocationFields, ObjectType.LOCATION, path, raw)
    except Unreadable as why:
        reader.reject(ObjectType.LOCATION, id_of(raw), path, why, raw, _inside(raw).items())
        return None
    assert isinstance(raw, dict)  # noqa: S101 - read_fields refuses anything else
    reader.record_id = fields.id
    evses = tuple(_evses(raw, path, defaults, reader))
    country_code, party_id = party(fields.country_code, fields.party_id, evses, defaults)
    latitude, longitude = coordinates(raw, path, reader)
    return Location(
        country_code=country_code,
        party_id=party_id,
        location_id=fields.id,
        publish=fields.publish is not False,
        name=fields.name,
        address=fields.address,
        city=fields.city,
        postal_code=fields.postal_code,
        country=country(fields.country, country_code, path, reader),
        latitude=latitude,
        longitude=longitude,
        time_zone=fields.time_zone,
        operator_name=_operator_name(raw, path, reader) or defaults.operator_name,
        evses=evses,
        last_updated=utc(fields.last_updated, ObjectType.LOCATION, path, defaults, reader),
    )


def _evses(raw: dict[str, Any], path: str, defaults: Defaults, reader: Reader) -> Iterator[Evse]:
    for position, raw_evse in enumerate(reader.listed(ObjectType.LOCATION, path, raw, "evses")):
        here = f"{path}.evses[{position}]"
        try:
            yield _evse(raw_evse, here, defaults, reader)
        except Unreadable as why:
            lost = _inside({"evses": [raw_evse]})
            del lost[ObjectType.LOCATION]
            reader.reject(ObjectType.EVSE, None, here, why, raw_evse, lost.items())


def _evse(raw: object, path: str, defaults: Defaults, reader: Reader) -> Evse:
    fields = reader.read_fields(EvseFields, ObjectType.EVSE, path, raw)
    assert isinstance(raw, dict)  # noqa: S101 - read_fields refuses anything else
    uid = fields.uid or fields.evse_id
    if uid is None:
        raise Unreadable("missing_uid", "'uid' is missing, and there is no evse_id to use instead")
    if fields.uid is None:
        text = "'uid' is missing; the evse_id is used instead"
        reader.note(ObjectType.EVSE, f"{path}.uid", "missing_uid", text, fields.evse_id)
    return Evse(
        evse_uid=uid,
        evse_id=fields.evse_id,
        status=fields.status,
        capabilities=_words(reader.listed(ObjectType.EVSE, path, raw, "capabilities")),
        physical_reference=fields.physical_reference,
        connectors=tuple(_connectors(raw, uid, path, defaults, reader)),
        last_updated=utc(fields.last_updated, ObjectType.EVSE, path, defaults, reader),
    )


def _connectors(
    raw: dict[str, Any], evse_uid: str, path: str, defaults: Defaults, reader: Reader
) -> Iterator[Connector]:
    raw_connectors = reader.listed(ObjectType.EVSE, path, raw, "connectors")
    for position, raw_connector in enumerate(raw_connectors):
        here = f"{path}.connectors[{position}]"
        try:
            yield _connector(raw_connector, here, defaults, reader)
        except Unreadable as why:
            lost = [(ObjectType.CONNECTOR, 1)]
            reader.reject(ObjectType.CONNECTOR, evse_uid, here, why, raw_connector, lost)


def _connector(raw: object, path: str, defaults: Defaults, reader: Reader) -> Connector:
    fields = reader.read_fields(ConnectorFields, ObjectType.CONNECTOR, path, raw)
    assert isinstance(raw, dict)  # noqa: S101 - read_fields refuses anything else
    power_kw, power_source = max_power(
        fields.max_electric_power,
        fields.max_voltage or fields.voltage,
        fields.max_amperage or fields.amperage,
        fields.power_type,
    )
    if power_source is PowerSource.DECLARED_IN_KW:
        text = "'max_electric_power' is below 1,000 W and read as kW"
        where = f"{path}.max_electric_power"
        reader.note(ObjectType.CONNECTOR, where, "power_in_kw", text, raw["max_electric_power"])
    return Connector(
        connector_id=fields.id,
        standard=fields.standard,
        format=fields.format,
        power_type=fields.power_type,
        max_power_kw=power_kw,
        max_power_source=power_source,
        tariff_ids=_tariff_ids(
            reader.listed(ObjectType.CONNECTOR, path, raw, "tariff_ids"), fields.tariff_id
        ),
        last_updated=utc(fields.last_updated, ObjectType.CONNECTOR, path, defaults, reader),
    )


def _tariff_ids(raw_ids: list[Any], tariff_id: str | None) -> tuple[str, ...]:
    ids = [id_of({"id": raw_id}) for raw_id in raw_ids]
    return tuple(dict.fromkeys(i for i in (*ids, tariff_id) if i))


def _words(raw_words: list[Any]) -> tuple[str, ...]:
    words = {w.strip().upper() for w in raw_words if isinstance(w, str) and w.strip()}
    return tuple(sorted(words))


def _operator_name(raw: dict[str, Any], path: str, reader: Reader) -> str | None:
    if not isinstance(raw.get("operator"), dict):
        return None
    here = f"{path}.operator"
    return reader.read_fields(OperatorFields, ObjectType.LOCATION, here, raw["operator"]).name


def _inside(raw: object) -> Counter[ObjectType]:
    """Count the records that a raw location holds, itself included."""
    counts = Counter({ObjectType.LOCATION: 1})
    if isinstance(raw, dict):
        for evse in items(raw, "evses"):
            counts[ObjectType.EVSE] += 1
            if isinstance(evse, dict):
                counts[ObjectType.CONNECTOR] += len(items(evse, "connectors"))
    return counts
