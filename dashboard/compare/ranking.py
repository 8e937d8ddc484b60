"""The ranked list of Compare, and what has no price, as HTML: all feed text goes through `safe`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from aggregator.comparing.parts import Part
from dashboard.choosing.filters import Choice
from dashboard.choosing.station_link import station_href
from dashboard.frame.price_class import PriceClass, class_of, dot
from dashboard.wording.labels import (
    duration,
    kilowatts,
    money,
    number,
    plug_name,
    reason,
    safe,
    text,
    unit_price,
)
from dashboard.wording.language import kept

Row = Mapping[str, Any]
SECOND_LINE, NAME = 160, 80
OLD_PRICE = timedelta(days=30)


def ranked(rows: Sequence[Row], summary: Row, currency: str, choice: Choice) -> str:
    """Return the ordered list of stations."""
    items = (
        _item(place, row, currency, class_of(row, summary), choice)
        for place, row in enumerate(rows, start=1)
    )
    return f'<ol class="rank">{"".join(items)}</ol>'


def _item(place: int, row: Row, currency: str, step: PriceClass | None, choice: Choice) -> str:
    chips = "".join(f'<span class="chip">{safe(chip)}</span>' for chip in _chips(row, currency))
    return (
        f'<li><span class="n">{place}</span><div><div class="t">{_link(row, choice)}</div>'
        f'<div class="s">{safe(_second(row), SECOND_LINE)}</div>{chips}</div>'
        f'<div class="p">{_price(row, currency, choice)}{_class(row, step)}</div></li>'
    )


def _link(row: Row, choice: Choice) -> str:
    """Return the name, leading to the page of the station, which leads back to the same list."""
    query = choice.query(None, None) | kept()
    return f'<a href="{escape(station_href(row, query))}" target="_self">{_name(row)}</a>'


def _name(row: Row) -> str:
    name = row["location_name"] or row["address"] or text("compare.unnamed")
    city = row["city"]
    return safe(name if not city or city in str(name) else f"{name}, {city}", NAME)


def _second(row: Row) -> str:
    parts = (row["operator_name"], kilowatts(row["max_power_kw"]), _plugs(row), _distance(row))
    return " · ".join(part for part in parts if part)


def _distance(row: Row) -> str:
    if row["distance_km"] is None:
        return ""
    return text("compare.km", km=number(round(row["distance_km"], 1)))


def _plugs(row: Row) -> str:
    plugs = ", ".join(plug_name(standard) for standard in row["standards"] or ())
    return text("compare.plugs", count=row["connectors"], plugs=plugs) if plugs else ""


def _price(row: Row, currency: str, choice: Choice) -> str:
    if row["is_free"]:
        return f"<b>{safe(text('compare.free'))}</b>"
    each = unit_price(row["total"] / choice.plan.energy_kwh, currency)
    minutes = text("compare.minutes", minutes=number(round(row["minutes"])))
    second = f"{text('compare.per_kwh', price=each)} · {minutes}"
    return f"<b>{safe(money(row['total'], currency))}</b><div>{safe(second)}</div>"


def _class(row: Row, step: PriceClass | None) -> str:
    if step is None or row["is_free"]:
        return ""
    return f"<div>{dot(step)} {safe(text(step.word))}</div>"


def _chips(row: Row, currency: str) -> list[str]:
    """Return what the bill is made of, and what must be known about the price."""
    stated = row["stated_currency"]
    chips = [_part(part, stated) for part in row["parts"] if part.kind != "ENERGY"]
    if stated != currency and not row["is_free"]:
        chips.insert(0, text("chip.changed", price=money(row["stated_total"], stated)))
    if row["fee_after_minutes"] is not None:
        chips.append(text("chip.fee_after", minutes=row["fee_after_minutes"]))
    if row["price_varies"]:
        chips.append(text("chip.varies"))
    if row["max_power_kw"] is None:
        chips.append(text("chip.car_power"))
    chips += [text(f"flag.{flag}") for flag in row["flags"] or ()]
    if row["tax_basis"] in {"derived", "net"}:
        chips.append(text(f"chip.{row['tax_basis']}"))
    if row["tax_basis"] == "unknown":
        chips.append(text("chip.tax_unknown"))
    return [*chips, *_age(row), *_methods(row)]


def _part(part: Part, currency: str) -> str:
    kind = "limit_off" if part.kind == "limit" and part.amount < 0 else part.kind.lower()
    return text(f"part.{kind}", price=money(abs(part.amount), currency))


def _age(row: Row) -> list[str]:
    unchanged = datetime.now(UTC) - row["changed_at"].replace(tzinfo=UTC)
    if unchanged < OLD_PRICE:
        return []
    return [text("chip.unchanged", age=duration(unchanged))]


def _methods(row: Row) -> list[str]:
    likely = row["is_likely"]
    return [
        text("chip.app_likely") if method == "app" and likely else text(f"chip.{method}")
        for method in row["methods"]
        if method != "free"
    ]


def unpriced(rows: Sequence[Row], reasons: Mapping[str, int], choice: Choice) -> str:
    """Return the locations without a price, with counted reasons first."""
    most_first = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    counted = "".join(
        f'<span class="chip">{number(places)} × {safe(reason(code), 120)}</span>'
        for code, places in most_first
    )
    items = "".join(
        f'<li><span class="n">○</span><div><div class="t">{_link(row, choice)}</div>'
        f'<div class="s">{safe(_unpriced_second(row), SECOND_LINE)}</div></div>'
        f'<div class="p why">{safe(reason(row["reason"]), 120)}</div></li>'
        for row in rows
    )
    return f'<div>{counted}</div><ul class="rank">{items}</ul>'


def _unpriced_second(row: Row) -> str:
    parts = (row["operator_name"], kilowatts(row["max_power_kw"]), _distance(row))
    return " · ".join(part for part in parts if part)
