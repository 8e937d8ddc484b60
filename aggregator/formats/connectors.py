"""A connector object of any OCPI version -> Connector, with what can be read."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from aggregator.domain.location import Connector, PowerSource
from aggregator.domain.problem import ObjectType
from aggregator.feeds import ObjectKind
from aggregator.formats.defaults import Defaults
from aggregator.formats.enums import (
    CONNECTOR_CAPABILITIES,
    FORMATS,
    POWER_TYPES,
    STANDARDS,
    note_unknown,
)
from aggregator.formats.inline_tariffs import InlineTariffs
from aggregator.formats.moments import utc
from aggregator.formats.power import max_power, watts_of
from aggregator.formats.reading import Reader, id_of
from aggregator.formats.values import Amperes, Identifier, Moment, Volts, Watts, Word, words


class ConnectorFields(BaseModel):
    """A connector's own fields; 2.1.1 says voltage, amperage and tariff_id.

    max_power, ampere: chargecloud's, in kW and A.
    """

    id: Identifier
    standard: Word = None
    format: Word = None
    power_type: Word = None
    max_voltage: Volts = None
    voltage: Volts = None
    max_amperage: Amperes = None
    amperage: Amperes = None
    ampere: Amperes = None
    max_electric_power: Watts = None
    max_power: Watts = None
    tariff_id: Identifier | None = None
    last_updated: Moment = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a connector stands in: its location and EVSE in OCPI's words, the tariffs in them."""

    location: dict[str, Any]
    inline: InlineTariffs
    evse: dict[str, Any] = field(default_factory=dict)


def read_connector(
    raw: object, path: str, context: Context, defaults: Defaults, reader: Reader
) -> Connector:
    """Return the connector, linked to the tariffs that stand in it, its EVSE or its location.

    Raises:
        Unreadable: it is no object or has no id.
    """
    aliases = defaults.aliases.get(ObjectKind.CONNECTOR)
    named = reader.in_ocpi_words(ObjectType.CONNECTOR, path, raw, aliases)
    fields = reader.read_fields(ConnectorFields, ObjectType.CONNECTOR, path, named)
    assert isinstance(named, dict)  # noqa: S101 - read_fields refuses anything else
    _note_values(fields, path, reader)
    power_kw, power_source = max_power(
        watts_of(fields.max_electric_power, fields.max_power),
        fields.max_voltage or fields.voltage,
        fields.max_amperage or fields.amperage or fields.ampere,
        fields.power_type,
    )
    if power_source is PowerSource.DECLARED_IN_KW:
        text = "'max_electric_power' is below 1,000 W and read as kW"
        where = f"{path}.max_electric_power"
        reader.note(ObjectType.CONNECTOR, where, "power_in_kw", text, named["max_electric_power"])
    named_ids = tariff_ids(_listed_ids(named, path, reader), fields.tariff_id)
    return Connector(
        connector_id=fields.id,
        standard=fields.standard,
        format=fields.format,
        power_type=fields.power_type,
        max_power_kw=power_kw,
        max_power_source=power_source,
        tariff_ids=context.inline.link(
            named_ids, named, context.evse, context.location, aliases=defaults.aliases
        ),
        last_updated=utc(fields.last_updated, ObjectType.CONNECTOR, path, defaults, reader),
        capabilities=_capabilities(named, path, reader),
    )


def _capabilities(raw: dict[str, Any], path: str, reader: Reader) -> tuple[str, ...]:
    found = words(reader.listed(ObjectType.CONNECTOR, path, raw, "capabilities"))
    where = f"{path}.capabilities"
    note_unknown(found, CONNECTOR_CAPABILITIES, ObjectType.CONNECTOR, where, reader)
    return found


def _note_values(fields: ConnectorFields, path: str, reader: Reader) -> None:
    for value, known, key in (
        (fields.standard, STANDARDS, "standard"),
        (fields.format, FORMATS, "format"),
        (fields.power_type, POWER_TYPES, "power_type"),
    ):
        note_unknown([value], known, ObjectType.CONNECTOR, f"{path}.{key}", reader)


def _listed_ids(raw: dict[str, Any], path: str, reader: Reader) -> list[Any]:
    if isinstance(raw.get("tariff_ids"), str | int) and id_of({"id": raw["tariff_ids"]}):
        text = "'tariff_ids' is one id where a list is needed; read as a list of one"
        where = f"{path}.tariff_ids"
        reader.note(ObjectType.CONNECTOR, where, "single_tariff_ids", text, raw["tariff_ids"])
        return [raw["tariff_ids"]]
    return reader.listed(ObjectType.CONNECTOR, path, raw, "tariff_ids")


def tariff_ids(raw_ids: list[Any], tariff_id: str | None) -> tuple[str, ...]:
    """Return the ids of a list and 2.1.1's single one, each once, as published."""
    ids = [id_of({"id": raw_id}) for raw_id in raw_ids]
    return tuple(dict.fromkeys(i for i in (*ids, tariff_id) if i))
