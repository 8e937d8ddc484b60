"""Charge detail records of OCPI 2.1.1, 2.2.1 and 2.3.0, in whatever envelope.

A CDR is an invoice: what cannot be read is an error that names its place, never left out.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from aggregator.domain.cdr import Cdr, CdrPeriod, CostPart, StatedCost, Volume
from aggregator.domain.tariff import Tariff
from aggregator.errors import FormatError
from aggregator.feeds import OcpiVersion, StatedPrices
from aggregator.formats.cdr_fields import (
    CdrFields,
    CoordinateFields,
    CostFields,
    PeriodFields,
    PlaceFields,
    in_words_of_cdrs,
)
from aggregator.formats.defaults import Defaults
from aggregator.formats.reading import in_words
from aggregator.formats.tariff_documents import tariff_at
from aggregator.formats.whole import refuse_ocpi_error

PRICES = StatedPrices.NET
"""What the prices of a CDR's tariffs include where they do not say: no tax, as its costs."""


def read_cdrs(document: Any, version: OcpiVersion | None = None) -> list[Cdr]:  # noqa: ANN401 - any JSON
    """Return the CDRs of a document: one object, a list, or an OCPI answer.

    version: of OCPI; None: what each record looks like.

    Raises:
        FormatError: there is no CDR, or one of them cannot be read; it says where.
        Refused: the document is an OCPI error.
    """
    refuse_ocpi_error(document)
    found = list(_records(document, "$"))
    if not found:
        message = "the document holds no CDR: an object with charging_periods is needed"
        raise FormatError(message)
    return [_read(raw, path, version or _version(raw)) for path, raw in found]


def _records(document: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - any JSON
    if isinstance(document, list):
        for number, one in enumerate(document):
            yield from _records(one, f"{path}[{number}]")
        return
    named = in_words_of_cdrs(document) if isinstance(document, dict) else {}
    if "charging_periods" in named:
        yield path, named
    elif "data" in named:
        yield from _records(document["data"], f"{path}.data")
    else:
        message = f"{path}: this is no CDR: an object with charging_periods is needed"
        raise FormatError(message)


def _version(raw: dict[str, Any]) -> OcpiVersion:
    cost = raw.get("total_cost")
    if not isinstance(cost, dict):
        return OcpiVersion.V2_1_1
    return OcpiVersion.V2_3_0 if "before_taxes" in cost else OcpiVersion.V2_2_1


def _read(raw: dict[str, Any], path: str, version: OcpiVersion) -> Cdr:
    fields = _fields(raw, path)
    listed = enumerate(fields.charging_periods)
    periods = [_period(one, f"{path}.charging_periods[{n}]") for n, one in listed]
    in_order = sorted(periods, key=lambda period: period.start)
    end = fields.end_date_time or fields.stop_date_time
    place = fields.cdr_location or fields.location or PlaceFields()
    coordinates = place.coordinates or CoordinateFields()
    return Cdr(
        cdr_id=fields.id,
        currency=fields.currency,
        start=_utc(fields.start_date_time, f"{path}.start_date_time"),
        end=_utc(end, f"{path}.end_date_time") if end else None,
        tariffs=tuple(_tariffs(raw, path, version)),
        periods=tuple(in_order),
        costs=dict(_costs(fields)),
        energy_kwh=fields.total_energy,
        hours=fields.total_time,
        parking_hours=fields.total_parking_time,
        time_zone=place.time_zone,
        country=place.country,
        latitude=_degrees(coordinates.latitude),
        longitude=_degrees(coordinates.longitude),
        is_credit=bool(fields.credit),
        is_unordered=in_order != periods,
    )


def _fields(raw: dict[str, Any], path: str) -> CdrFields:
    try:
        return CdrFields.model_validate(raw)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False)[0]
        steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem["loc"]]
        message = f"{path}{''.join(steps)}: {in_words(steps[-1].strip('.'), problem)[1]}"
        raise FormatError(message) from None


def _costs(fields: CdrFields) -> Iterator[tuple[CostPart, StatedCost]]:
    for part in CostPart:
        cost: CostFields | None = getattr(fields, part)
        if cost is not None:
            yield part, _given_back(cost.stated, part) if fields.credit else cost.stated


def _given_back(cost: StatedCost, part: CostPart) -> StatedCost:
    """Return a cost of a credit CDR above zero: its total is stated below, its parts need not."""

    def turned(amount: Decimal | None) -> Decimal | None:
        if amount is None:
            return None
        return -amount if part is CostPart.TOTAL else abs(amount)

    return StatedCost(turned(cost.net), turned(cost.gross))


def _period(fields: PeriodFields, path: str) -> CdrPeriod:
    volumes: dict[Volume, Decimal] = {}
    for number, one in enumerate(fields.dimensions):
        if one.type not in Volume.__members__:
            continue  # it decides no price
        if one.type in volumes:
            message = f"{path}.dimensions[{number}]: {one.type} stands twice in one period"
            raise FormatError(message)
        volumes[Volume(one.type)] = one.volume
    start = _utc(fields.start_date_time, f"{path}.start_date_time")
    return CdrPeriod(start, volumes, fields.tariff_id)


def _utc(moment: datetime | None, path: str) -> datetime:
    """Return the moment in UTC, in which OCPI states times without an offset."""
    if moment is None:
        message = f"{path}: a time is needed"
        raise FormatError(message)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        message = f"{path}: {moment} is outside the calendar"
        raise FormatError(message) from None


def _degrees(stated: Decimal | None) -> float | None:
    return None if stated is None else float(stated)


def _tariffs(raw: dict[str, Any], path: str, version: OcpiVersion) -> Iterator[Tariff]:
    defaults = Defaults(ocpi_version=version, prices=PRICES)
    listed = raw.get("tariffs") or []
    for number, one in enumerate(listed if isinstance(listed, list) else [listed]):
        yield tariff_at(one, f"{path}.tariffs[{number}]", defaults).tariff
