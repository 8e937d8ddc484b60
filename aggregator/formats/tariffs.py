"""A tariff object of any OCPI version -> Tariff, with what can be read.

A charge or a restriction that cannot be read makes the price list unpriceable rather than
cheaper: its place is kept in `unreadable_parts`. Source: OCPI 2.1.1, 2.2.1, 2.3.0, mod_tariffs.
"""

from typing import Any

from pydantic import BaseModel

from aggregator.domain.problem import ObjectType
from aggregator.domain.tariff import (
    DisplayText,
    PriceBasis,
    PriceLimit,
    PriceList,
    Tariff,
    TariffElement,
    TariffType,
)
from aggregator.feeds import ObjectKind, OcpiVersion, StatedPrices
from aggregator.formats.charges import COMPONENT_KEYS, read_component, read_restrictions
from aggregator.formats.defaults import Defaults
from aggregator.formats.moments import utc
from aggregator.formats.reading import Reader, Unreadable, id_of
from aggregator.formats.values import (
    Currency,
    Identifier,
    Moment,
    Number,
    TaxWord,
    Text,
    Word,
)

TAX_INCLUDED = {"YES": PriceBasis.GROSS, "NO": PriceBasis.NET, "N/A": PriceBasis.NO_TAX}
# A limit that is a bare number is on the same side of tax as the prices; unknown stays unknown.
BARE_LIMIT = {
    PriceBasis.NET: ("excl_vat",),
    PriceBasis.GROSS: ("incl_vat",),
    PriceBasis.NO_TAX: ("excl_vat", "incl_vat"),
    PriceBasis.UNKNOWN: ("excl_vat", "incl_vat"),
}
ELEMENT_KEYS = frozenset({"price_components", "restrictions"})
TEXT_KEYS = frozenset({"language", "text"})
STATED_BASIS = {
    StatedPrices.NET: PriceBasis.NET,
    StatedPrices.GROSS: PriceBasis.GROSS,
    StatedPrices.UNCLEAR: PriceBasis.UNKNOWN,
}


class TariffFields(BaseModel):
    """A tariff's own fields."""

    id: Identifier
    currency: Currency
    country_code: Word = None
    party_id: Word = None
    type: Word = None
    tax_included: TaxWord = None
    tariff_alt_url: Text = None
    start_date_time: Moment = None
    end_date_time: Moment = None
    last_updated: Moment = None


class LimitFields(BaseModel):
    """Price in 2.2.1's words and in 2.3.0's."""

    excl_vat: Number = None
    incl_vat: Number = None
    before_taxes: Number = None
    after_taxes: Number = None


class TextFields(BaseModel):
    """DisplayText."""

    language: Text = None
    text: Text = None


def read_tariff(raw: object, path: str, defaults: Defaults, reader: Reader) -> Tariff | None:
    """Return the tariff, or None after putting it into quarantine."""
    reader.account.received[ObjectType.TARIFF] += 1
    reader.record_id, reader.losses = None, []
    aliases = defaults.aliases.get(ObjectKind.TARIFF)
    named = reader.in_ocpi_words(ObjectType.TARIFF, path, raw, aliases)
    try:
        fields = reader.read_fields(TariffFields, ObjectType.TARIFF, path, named)
        if fields.currency is None:
            raise Unreadable("missing_currency", "'currency' is missing")
    except Unreadable as why:
        reader.record_id = id_of(named)
        lost = [(ObjectType.TARIFF, 1)]
        reader.reject(ObjectType.TARIFF, reader.record_id, path, why, raw, lost)
        return None
    assert isinstance(named, dict)  # noqa: S101 - read_fields refuses anything else
    reader.record_id = fields.id
    return Tariff(
        country_code=fields.country_code or defaults.country_code,
        party_id=fields.party_id or defaults.party_id,
        tariff_id=fields.id,
        type=_type(fields, path, reader),
        price_list=_price_list(named, fields, path, defaults, reader),
        alt_text=_alt_text(named, path, reader),
        alt_url=fields.tariff_alt_url,
        start_date_time=utc(
            fields.start_date_time, ObjectType.TARIFF, path, defaults, reader, "start_date_time"
        ),
        end_date_time=utc(
            fields.end_date_time, ObjectType.TARIFF, path, defaults, reader, "end_date_time"
        ),
        last_updated=utc(fields.last_updated, ObjectType.TARIFF, path, defaults, reader),
    )


def _type(fields: TariffFields, path: str, reader: Reader) -> TariffType | None:
    if fields.type is None or fields.type in TariffType.__members__:
        return TariffType(fields.type) if fields.type else None
    text = "the tariff's type is not one that OCPI knows; whom it is for cannot be told"
    reader.note(ObjectType.TARIFF, f"{path}.type", "unknown_type", text, fields.type)
    reader.losses.append(f"{path}.type")
    return None


def _price_list(
    raw: dict[str, Any], fields: TariffFields, path: str, defaults: Defaults, reader: Reader
) -> PriceList:
    deciding = (f"{path}.type", f"{path}.tax_included", f"{path}.start", f"{path}.end")
    lost = [loss for loss in reader.losses if loss.startswith(deciding)]
    reader.losses = []
    raw_elements = reader.objects(ObjectType.TARIFF, path, raw, "elements", ELEMENT_KEYS)
    elements = tuple(
        _element(raw_element, f"{path}.elements[{position}]", reader)
        for position, raw_element in enumerate(raw_elements)
    )
    basis = _price_basis(fields, elements, defaults)
    limits = {
        key: _limit(raw.get(key), f"{path}.{key}", basis, reader)
        for key in ("min_price", "max_price")
    }
    lost.extend(reader.losses)
    reader.losses = []
    return PriceList(
        currency=fields.currency or "",
        price_basis=basis,
        elements=elements,
        min_price=limits["min_price"],
        max_price=limits["max_price"],
        unreadable_parts=tuple(loss.removeprefix(path).removeprefix(".") for loss in lost),
    )


def _element(raw: object, path: str, reader: Reader) -> TariffElement:
    """Return the element; one without components is noted, and prices nothing (ruling 1)."""
    raw = reader.in_ocpi_words(ObjectType.TARIFF, path, raw)
    if not isinstance(raw, dict):
        reader.losses.append(path)
        reader.note(
            ObjectType.TARIFF, path, "unreadable_element", "a tariff element is no object", raw
        )
        return TariffElement(())
    raw_components = reader.objects(
        ObjectType.TARIFF, path, raw, "price_components", COMPONENT_KEYS
    )
    if not raw.get("price_components"):
        text = "a tariff element without price components; it prices nothing"
        reader.note(ObjectType.TARIFF, path, "no_price_components", text, raw)
    components = [
        read_component(component, f"{path}.price_components[{position}]", reader)
        for position, component in enumerate(raw_components)
    ]
    return TariffElement(
        tuple(component for component in components if component is not None),
        read_restrictions(raw.get("restrictions"), f"{path}.restrictions", reader),
    )


def _price_basis(
    fields: TariffFields, elements: tuple[TariffElement, ...], defaults: Defaults
) -> PriceBasis:
    """Decide what the stated prices include; the ruling is domain ruling 9.

    The feed's own setting, which has evidence, comes first. 2.3.0 says it per tariff and means
    net by silence. 2.1.1 is net by its text. 2.2.1 is net where a rate stands beside the price;
    without one the text says "no VAT applies", but real feeds just leave it out: unknown.
    """
    if defaults.prices in STATED_BASIS:
        return STATED_BASIS[defaults.prices]
    if fields.tax_included:
        return TAX_INCLUDED[fields.tax_included]
    if defaults.ocpi_version in {OcpiVersion.V2_1_1, OcpiVersion.V2_3_0}:
        return PriceBasis.NET
    rates = [c.vat_rate for element in elements for c in element.price_components]
    return PriceBasis.NET if any(rate is not None for rate in rates) else PriceBasis.UNKNOWN


def _limit(raw: object, path: str, basis: PriceBasis, reader: Reader) -> PriceLimit | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raw = dict.fromkeys(BARE_LIMIT[basis], raw)
    fields = reader.read_fields(LimitFields, ObjectType.TARIFF, path, raw)
    limit = PriceLimit(
        excl_vat=fields.excl_vat if fields.excl_vat is not None else fields.before_taxes,
        incl_vat=fields.incl_vat if fields.incl_vat is not None else fields.after_taxes,
    )
    return None if limit == PriceLimit() else limit


def _alt_text(raw: dict[str, Any], path: str, reader: Reader) -> tuple[DisplayText, ...]:
    texts = []
    if isinstance(raw.get("tariff_alt_text"), str):
        raw = {"tariff_alt_text": [raw["tariff_alt_text"]]}
    entries = reader.objects(ObjectType.TARIFF, path, raw, "tariff_alt_text", TEXT_KEYS)
    for position, entry in enumerate(entries):
        entry = {"text": entry} if isinstance(entry, str) else entry  # noqa: PLW2901 - Jolt
        if not isinstance(entry, dict):
            continue
        here = f"{path}.tariff_alt_text[{position}]"
        fields = reader.read_fields(TextFields, ObjectType.TARIFF, here, entry)
        if fields.text:
            texts.append(DisplayText(fields.language or "und", fields.text))
    reader.losses = []
    return tuple(texts)
