"""The parts of a tariff element: price components and restrictions.

Every part that cannot be read is noted and put on `reader.losses`, so that nothing is priced
without it.
"""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator

from aggregator.domain.problem import ObjectType
from aggregator.domain.tariff import (
    Dimension,
    PriceComponent,
    Reservation,
    Restrictions,
    Weekday,
)
from aggregator.domain.text import one_line
from aggregator.formats.reading import Reader, Unreadable
from aggregator.formats.values import Clock, Day, Number, Seconds, Whole, Word, word

PER_CENT = Decimal(100)
MOST_VAT_PERCENT = 60
LONGEST_KEY = 60
COMPONENT_KEYS = frozenset({"type", "price"})
WEEKDAYS = tuple(Weekday)
NOTHING: tuple[object, ...] = (None, "", [], {})


def _weekdays(value: object) -> object:
    if value is None:
        return ()
    days = [value] if isinstance(value, str) else value
    if not isinstance(days, list):
        return value
    return tuple(dict.fromkeys(_weekday(day) for day in days))


def _weekday(value: object) -> object:
    text = str(value).strip().upper()
    if text.isdigit() and 1 <= int(text) <= len(WEEKDAYS):
        return WEEKDAYS[int(text) - 1]
    return text


class ComponentFields(BaseModel):
    """PriceComponent."""

    type: Word
    price: Number
    vat: Number = None
    step_size: Whole = None


class RestrictionFields(BaseModel):
    """TariffRestrictions; a null is the same as silence."""

    start_time: Clock = None
    end_time: Clock = None
    start_date: Day = None
    end_date: Day = None
    min_kwh: Number = None
    max_kwh: Number = None
    min_current: Number = None
    max_current: Number = None
    min_power: Number = None
    max_power: Number = None
    min_duration: Seconds = None
    max_duration: Seconds = None
    day_of_week: Annotated[tuple[Weekday, ...], BeforeValidator(_weekdays)] = ()
    reservation: Annotated[Reservation | None, BeforeValidator(word)] = None


def read_component(raw: object, path: str, reader: Reader) -> PriceComponent | None:
    """Return the price component, or None after noting why it cannot be read."""
    try:
        fields = reader.read_fields(ComponentFields, ObjectType.TARIFF, path, raw)
        if fields.price is None:
            raise Unreadable("missing_price", "'price' is null")
        if fields.type is None or fields.type not in Dimension.__members__:
            raise Unreadable("unknown_dimension", "'type' is no dimension that OCPI knows")
    except Unreadable as why:
        reader.note(ObjectType.TARIFF, path, why.reason_code, f"price component: {why.reason}", raw)
        reader.losses.append(path)
        return None
    dimension = Dimension(fields.type)
    step_size = _step_size(fields.step_size or 0, path, reader)
    timed = dimension in {Dimension.TIME, Dimension.PARKING_TIME}
    return PriceComponent(
        dimension=dimension,
        price=fields.price,
        vat_rate=_vat_rate(fields.vat, path, reader),
        step_size_wh=step_size if dimension is Dimension.ENERGY else 0,
        step_size_seconds=step_size if timed else 0,
    )


def _step_size(step_size: int, path: str, reader: Reader) -> int:
    if step_size < 0:
        text = "'step_size' is below zero; taken as no rounding"
        reader.note(ObjectType.TARIFF, f"{path}.step_size", "negative_step_size", text, step_size)
    return max(step_size, 0)


def _vat_rate(percent: Decimal | None, path: str, reader: Reader) -> Decimal | None:
    if percent is None:
        return None
    if percent != 0 and not 1 <= percent <= MOST_VAT_PERCENT:
        text = "'vat' is no plausible per cent; taken as not stated"
        reader.note(ObjectType.TARIFF, f"{path}.vat", "implausible_vat", text, str(percent))
        return None
    return percent / PER_CENT


def read_restrictions(raw: object, path: str, reader: Reader) -> Restrictions:
    """Return the restrictions; a list is read where one object in it restricts anything."""
    if isinstance(raw, list):
        raw = _only(raw)
    if raw is None:
        return Restrictions()
    if isinstance(raw, list):
        text = "several restrictions stand beside each other; how they go together is not told"
        reader.note(ObjectType.TARIFF, path, "several_restrictions", text, raw)
        reader.losses.append(path)
        return Restrictions()
    raw = reader.in_ocpi_words(ObjectType.TARIFF, path, raw)
    _refuse_unknown_keys(raw, path, reader)
    try:
        fields = reader.read_fields(RestrictionFields, ObjectType.TARIFF, path, raw)
    except Unreadable as why:
        reader.note(ObjectType.TARIFF, path, why.reason_code, f"restrictions: {why.reason}", raw)
        reader.losses.append(path)
        return Restrictions()
    return _restrictions(fields)


def _only(raw: list[Any]) -> Any:  # noqa: ANN401 - raw JSON
    """Return what a list of restrictions says: one thing, None for nothing, else the list."""
    said = [one for one in raw if one is not None and not _is_empty(one)]
    if any(one != said[0] for one in said):
        return said
    return said[0] if said else None


def _is_empty(raw: object) -> bool:
    return isinstance(raw, dict) and all(value in NOTHING for value in raw.values())


def _refuse_unknown_keys(raw: Any, path: str, reader: Reader) -> None:  # noqa: ANN401 - raw JSON
    known = RestrictionFields.model_fields.keys()
    for key in raw if isinstance(raw, dict) else ():
        if key not in known and raw[key] not in NOTHING:
            text = "a restriction that OCPI does not know; the price cannot be worked out"
            where = f"{path}.{one_line(key, LONGEST_KEY)}"
            reader.note(ObjectType.TARIFF, where, "unknown_restriction", text, raw[key])
            reader.losses.append(where)


def _restrictions(fields: RestrictionFields) -> Restrictions:
    return Restrictions(
        start_time=fields.start_time,
        end_time=fields.end_time,
        start_date=fields.start_date,
        end_date=fields.end_date,
        min_kwh=fields.min_kwh,
        max_kwh=fields.max_kwh,
        min_current_a=fields.min_current,
        max_current_a=fields.max_current,
        min_power_kw=fields.min_power,
        max_power_kw=fields.max_power,
        min_duration_seconds=fields.min_duration,
        max_duration_seconds=fields.max_duration,
        day_of_week=fields.day_of_week,
        reservation=fields.reservation,
    )
