"""A stored price list as read from its JSON, numbers as text: quick, nothing is checked twice.

The fields are those of `domain.tariff.PriceList`, as `domain.contents.to_json` writes them.
"""

import msgspec


class Component(msgspec.Struct, gc=False):
    """A price component."""

    dimension: str
    price: str
    vat_rate: str | None = None
    step_size_wh: int = 0
    step_size_seconds: int = 0


class Rules(msgspec.Struct, gc=False):
    """The restrictions of an element."""

    start_time: str | None = None
    end_time: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    min_kwh: str | None = None
    max_kwh: str | None = None
    min_current_a: str | None = None
    max_current_a: str | None = None
    min_power_kw: str | None = None
    max_power_kw: str | None = None
    min_duration_seconds: int | None = None
    max_duration_seconds: int | None = None
    day_of_week: tuple[str, ...] = ()
    reservation: str | None = None


class Element(msgspec.Struct, gc=False):
    """A tariff element."""

    price_components: tuple[Component, ...]
    restrictions: Rules | None = None


class Limit(msgspec.Struct, gc=False):
    """A lowest or highest price."""

    excl_vat: str | None = None
    incl_vat: str | None = None


class List(msgspec.Struct, gc=False):
    """A price list."""

    currency: str
    price_basis: str
    elements: tuple[Element, ...]
    min_price: Limit | None = None
    max_price: Limit | None = None
    unreadable_parts: tuple[str, ...] = ()


read = msgspec.json.Decoder(List, strict=True).decode
