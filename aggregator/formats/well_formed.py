"""The fast lane: a location written as the standard says, straight from its bytes.

Nearly all records of nearly all feeds are. Whatever is in any way unusual, and would be noted or
refused, is left to the tolerant reader, record by record: it makes the same of the same bytes, but
takes ten times as long. Both share the functions that read single values; tests compare them.
"""

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from msgspec import DecodeError, Raw

from aggregator.domain.location import Connector, Evse, Location, PowerSource
from aggregator.domain.text import one_line
from aggregator.formats import values
from aggregator.formats.connectors import tariff_ids
from aggregator.formats.coordinates import is_implausible
from aggregator.formats.countries import alpha_3
from aggregator.formats.country_boxes import boxes_of, is_inside
from aggregator.formats.defaults import Defaults
from aggregator.formats.enums import (
    CAPABILITIES,
    CONNECTOR_CAPABILITIES,
    FORMATS,
    POWER_TYPES,
    STANDARDS,
    STATUSES,
)
from aggregator.formats.figures import number
from aggregator.formats.opening import well_formed_opening
from aggregator.formats.plain_shapes import Measure, decode_location
from aggregator.formats.power import max_power
from aggregator.formats.service_providers import is_bounded, service_providers
from aggregator.formats.site import party

REMEMBERED = 65_536
REMEMBERED_PROVIDER_LISTS = 64  # few, for each may be 200,000 letters long
LONGEST_SHORT = 8  # what is longer never says "nothing"; shorter ones are few, and remembered
LONGEST_ID, LONGEST_WORD, LARGEST_MEASURE = 255, 100, 10**9
LONGEST_TEXT = values.MAX_TEXT
LEAST_DEGREES, MOST_DEGREES = 1e-12, 180.0
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


class Unusual(Exception):
    """Something here is for the tolerant reader."""


def read_well_formed(record: bytes, defaults: Defaults) -> Location | None:
    """Return the location when nothing about it is unusual; None: it is for the tolerant reader."""
    if defaults.aliases:
        return None
    try:
        return _location(decode_location(record), defaults)
    except (DecodeError, UnicodeDecodeError, RecursionError, Unusual):
        return None


def _location(raw: Any, defaults: Defaults) -> Location:  # noqa: ANN401 - see plain_shapes
    evses = tuple([_evse(one) for one in raw.evses or ()])
    country_code, party_id = party(_word(raw.country_code), _word(raw.party_id), evses, defaults)
    country = _country(raw.country)
    latitude, longitude = _position(raw.coordinates, country)
    return Location(
        country_code=country_code,
        party_id=party_id,
        location_id=_identifier(raw.id),
        publish=raw.publish is not False,
        name=_text(raw.name),
        address=_text(raw.address),
        city=_text(raw.city),
        postal_code=_text(raw.postal_code),
        country=country,
        latitude=latitude,
        longitude=longitude,
        time_zone=_text(raw.time_zone),
        operator_name=(_text(raw.operator.name) if raw.operator else None)
        or defaults.operator_name,
        evses=evses,
        last_updated=_moment(raw.last_updated),
        opening_times=_opening(raw.opening_times),
    )


def _opening(raw: Raw | None) -> tuple[str, ...]:
    found = well_formed_opening(bytes(raw)) if raw else ()
    if found is None:
        raise Unusual
    return found


def _evse(raw: Any) -> Evse:  # noqa: ANN401 - see plain_shapes
    return Evse(
        _identifier(raw.uid),
        _text(raw.evse_id),
        _one_of_statuses(raw.status),
        _capabilities(tuple(raw.capabilities), CAPABILITIES) if raw.capabilities else (),
        _text(raw.physical_reference),
        tuple([_connector(one) for one in raw.connectors]) if raw.connectors else (),
        _moment(raw.last_updated),
        _service_providers(tuple(raw.accepted_service_providers))
        if raw.accepted_service_providers
        else (),
    )


def _connector(raw: Any) -> Connector:  # noqa: ANN401 - see plain_shapes
    return Connector(
        _identifier(raw.id),
        *_plug(
            raw.standard,
            raw.format,
            raw.power_type,
            raw.max_electric_power,
            raw.max_voltage or raw.voltage,
            raw.max_amperage or raw.amperage,
        ),
        _tariff_ids(tuple(raw.tariff_ids or ()), raw.tariff_id),
        _moment(raw.last_updated),
        _capabilities(tuple(raw.capabilities), CONNECTOR_CAPABILITIES) if raw.capabilities else (),
    )


def _text(text: str | None) -> str | None:
    if text is None:
        return None
    if len(text) <= LONGEST_SHORT:
        return _cleaned(text)
    is_plain = len(text) <= LONGEST_TEXT and _is_clean(text)
    return text if is_plain else cast("str | None", values.text(text))


def _identifier(text: str) -> str:
    if len(text) <= LONGEST_SHORT:
        return _cleaned_identifier(text)
    if len(text) > LONGEST_ID or not _is_clean(text):
        raise Unusual
    return text


def _is_clean(text: str) -> bool:
    """Tell whether a text is one line as it is."""
    return text.isprintable() and "  " not in text and text[0] != " " != text[-1]


@lru_cache(maxsize=REMEMBERED)
def _cleaned(text: str) -> str | None:
    return cast("str | None", values.text(text))


@lru_cache(maxsize=REMEMBERED)
def _cleaned_identifier(text: str) -> str:
    found = one_line(text)
    if not 1 <= len(found) <= LONGEST_ID:
        raise Unusual
    return found


@lru_cache(maxsize=REMEMBERED)
def _word(text: str | None) -> str | None:
    found = cast("str | None", values.word(text))
    if found is not None and len(found) > LONGEST_WORD:
        raise Unusual
    return found


@lru_cache(maxsize=REMEMBERED)
def _one_of_statuses(text: str) -> str:
    found = _word(text)
    if found not in STATUSES:
        raise Unusual
    return found


@lru_cache(maxsize=REMEMBERED)
def _plug(
    standard: str | None,
    plug_format: str | None,
    power_type: str | None,
    watts: Measure,
    volts: Measure,
    amperes: Measure,
) -> tuple[str | None, str | None, str | None, Decimal | None, PowerSource | None]:
    """Return a connector's enums in capitals and its power; unknown ones are noted elsewhere."""
    words = _word(standard), _word(plug_format), _word(power_type)
    for value, known in zip(words, (STANDARDS, FORMATS, POWER_TYPES), strict=True):
        if value is not None and value not in known:
            raise Unusual
    if any(abs(one) > LARGEST_MEASURE for one in (watts, volts, amperes) if one is not None):
        raise Unusual
    try:
        power_kw, source = max_power(number(watts), number(volts), number(amperes), words[2])
    except ValueError:  # smaller than any measure
        raise Unusual from None
    if source is PowerSource.DECLARED_IN_KW:
        raise Unusual
    return (*words, power_kw, source)


@lru_cache(maxsize=REMEMBERED)
def _capabilities(texts: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    found = values.words(list(texts))
    if not known.issuperset(found):
        raise Unusual
    return found


@lru_cache(maxsize=REMEMBERED_PROVIDER_LISTS)
def _service_providers(names: tuple[str, ...]) -> tuple[str, ...]:
    if not is_bounded(names):
        raise Unusual
    return service_providers(list(names))


@lru_cache(maxsize=REMEMBERED)
def _tariff_ids(ids: tuple[str, ...], tariff_id: str | None) -> tuple[str, ...]:
    return tariff_ids(list(ids), None if tariff_id is None else _identifier(tariff_id))


@lru_cache(maxsize=REMEMBERED)
def _country(stated: str) -> str:
    found = alpha_3(_text(stated))
    if found is None:
        raise Unusual
    return found


def _position(raw: Any, country: str) -> tuple[float, float]:  # noqa: ANN401 - see plain_shapes
    """Return a position that lies in its country; any doubt about it is unusual."""
    latitude, longitude = _degrees(raw.latitude), _degrees(raw.longitude)
    boxes = boxes_of(country)
    if is_implausible(latitude, longitude) or (boxes and not is_inside(latitude, longitude, boxes)):
        raise Unusual
    return latitude, longitude


def _degrees(stated: str | float) -> float:
    """Return degrees; a text with a comma, a sign of its own or very many digits is unusual."""
    if isinstance(stated, str) and not PLAIN_NUMBER.fullmatch(stated):
        raise Unusual
    found = float(stated)
    if not LEAST_DEGREES <= abs(found) <= MOST_DEGREES:
        raise Unusual
    return found


def _moment(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise Unusual
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Unusual from None
