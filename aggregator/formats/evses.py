"""An EVSE object of any OCPI version -> Evse, with what can be read.

A bad connector costs only itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from aggregator.domain.location import Connector, Evse
from aggregator.domain.problem import ObjectType
from aggregator.feeds import ObjectKind
from aggregator.formats.connectors import Context, read_connector
from aggregator.formats.defaults import Defaults
from aggregator.formats.enums import CAPABILITIES, STATUSES, note_unknown
from aggregator.formats.inline_tariffs import CONNECTOR_KEYS
from aggregator.formats.moments import utc
from aggregator.formats.reading import Reader, Unreadable, objects
from aggregator.formats.service_providers import read_service_providers
from aggregator.formats.values import Identifier, Moment, Text, Word, words

# An EVSE serves one vehicle at a time: one connector in use speaks for all.
SPEAKS_FOR_ALL = ("CHARGING", "BLOCKED", "RESERVED", "AVAILABLE")


class EvseFields(BaseModel):
    """An EVSE's own fields."""

    uid: Identifier | None = None
    evse_id: Text = None
    status: Word = None
    physical_reference: Text = None
    last_updated: Moment = None


def read_evse(raw: object, path: str, context: Context, defaults: Defaults, reader: Reader) -> Evse:
    """Return the EVSE with its connectors.

    Raises:
        Unreadable: it is no object, or nothing in it can serve as its uid.
    """
    aliases = defaults.aliases.get(ObjectKind.EVSE)
    named = reader.in_ocpi_words(ObjectType.EVSE, path, raw, aliases)
    fields = reader.read_fields(EvseFields, ObjectType.EVSE, path, named)
    assert isinstance(named, dict)  # noqa: S101 - read_fields refuses anything else
    uid = _uid(fields, path, reader)
    status = fields.status or _status_of_connectors(named, path, reader)
    note_unknown([status], STATUSES, ObjectType.EVSE, f"{path}.status", reader)
    capabilities = words(reader.listed(ObjectType.EVSE, path, named, "capabilities"))
    note_unknown(capabilities, CAPABILITIES, ObjectType.EVSE, f"{path}.capabilities", reader)
    return Evse(
        evse_uid=uid,
        evse_id=fields.evse_id,
        status=status,
        capabilities=capabilities,
        physical_reference=fields.physical_reference,
        connectors=tuple(_connectors(uid, path, replace(context, evse=named), defaults, reader)),
        last_updated=utc(fields.last_updated, ObjectType.EVSE, path, defaults, reader),
        accepted_service_providers=read_service_providers(named, path, reader),
    )


def _uid(fields: EvseFields, path: str, reader: Reader) -> str:
    if fields.uid is not None:
        return fields.uid
    if fields.evse_id is None:
        raise Unreadable("missing_uid", "'uid' is missing, and there is no evse_id to use instead")
    text = "'uid' is missing; the evse_id is used instead"
    reader.note(ObjectType.EVSE, f"{path}.uid", "missing_uid", text, fields.evse_id)
    return fields.evse_id


def _connectors(
    evse_uid: str, path: str, context: Context, defaults: Defaults, reader: Reader
) -> Iterator[Connector]:
    raw_connectors = reader.objects(
        ObjectType.EVSE, path, context.evse, "connectors", CONNECTOR_KEYS
    )
    for position, raw_connector in enumerate(raw_connectors):
        here = f"{path}.connectors[{position}]"
        try:
            yield read_connector(raw_connector, here, context, defaults, reader)
        except Unreadable as why:
            lost = [(ObjectType.CONNECTOR, 1)]
            reader.reject(ObjectType.CONNECTOR, evse_uid, here, why, raw_connector, lost)


def _status_of_connectors(raw: dict[str, Any], path: str, reader: Reader) -> str | None:
    """Return the status that the connectors of an EVSE without one publish; it is noted."""
    raw_connectors = [c for c in objects(raw, "connectors", CONNECTOR_KEYS) if isinstance(c, dict)]
    statuses = words([connector.get("status") for connector in raw_connectors])
    if not statuses:
        return None
    text = "'status' stands at the connectors and is read from them"
    reader.note(ObjectType.EVSE, f"{path}.status", "status_of_connectors", text, list(statuses))
    return next((status for status in SPEAKS_FOR_ALL if status in statuses), statuses[0])
