"""The ranked list, tiles and sentences of Compare, as HTML: all feed text goes through `safe`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.filters import LEAST_KW, Choice
from dashboard.labels import (
    kilowatts,
    moment,
    money,
    number,
    percent,
    plug_name,
    reason,
    safe,
    text,
    unit_price,
)
from dashboard.price_class import PriceClass, class_of, dot

Row = Mapping[str, Any]


def assumption(choice: Choice, summary: Row, published_at: Any) -> str:  # noqa: ANN401 - a datetime
    """Return the line that says what every total assumes."""
    paid = (text(f"method.{choice.method}_words"), choice.currency)
    line = text(
        "compare.assumption",
        session=f"<b>{safe(text(f'session.{choice.session}_words'))}</b>",
        power=number(LEAST_KW[choice.session]),
        paid=", ".join(safe(part) for part in paid if part),
        time=moment(published_at),
    )
    link = f'<a href="#how">{safe(text("compare.how_link"))}</a>'
    return f'<p class="meta">{line} {safe(_tax(summary), 400)} {link}</p>'


def _tax(summary: Row) -> str:
    parts = []
    if summary["tax_derived"]:
        parts.append(
            text("compare.tax_derived", count=summary["tax_derived"], stations=summary["stations"])
        )
    if summary["without_tax"]:
        parts.append(
            text("compare.tax_net", count=summary["without_tax"], stations=summary["stations"])
        )
    if summary["tax_not_stated"]:
        parts.append(
            text(
                "compare.tax_unknown", count=summary["tax_not_stated"], stations=summary["stations"]
            )
        )
    if parts and summary["judged_stations"] + summary["free_stations"] < summary["stations"]:
        parts.append(text("compare.tax_last"))
    return " ".join(parts) or (text("compare.tax_all") if summary["stations"] else "")


def tiles(summary: Row, currency: str | None) -> str:
    """Return cheapest, typical, dearest and how many have no price."""
    typical = summary["typical"]
    cells = []
    if currency and typical is not None:
        per_kwh = summary["typical_per_kwh"]
        unit = text("compare.per_kwh", price=unit_price(per_kwh, currency)) if per_kwh else ""
        cells = [
            (
                text("compare.cheapest"),
                money(summary["cheapest"], currency),
                _beside(summary["cheapest"], typical),
            ),
            (text("compare.typical"), money(typical, currency), unit),
            (
                text("compare.dearest"),
                money(summary["dearest"], currency),
                _beside(summary["dearest"], typical),
            ),
        ]
    unpriced = f"{summary['places_without_price']:,}"
    of_all = text("compare.unpriced_of", places=f"{summary['places']:,}")
    if summary["free_stations"]:
        of_all += "; " + text("compare.free_count", count=f"{summary['free_stations']:,}")
    cells.append((text("compare.unpriced"), unpriced, of_all))
    inside = "".join(
        f'<div><dt>{safe(name)}</dt><dd>{safe(value)}</dd><dd class="sub">{safe(sub)}</dd></div>'
        for name, value, sub in cells
    )
    return f'<dl class="kpi">{inside}</dl>'


def sentence(summary: Row, currency: str | None) -> str:
    """Return the tiles' figures in one sentence, for narrow screens."""
    parts = []
    if currency and summary["typical"] is not None:
        figures = {
            name: f"<b>{safe(money(summary[name], currency))}</b>"
            for name in ("cheapest", "typical", "dearest")
        }
        parts.append(text("compare.sentence", **figures))
    if missing := summary["places_without_price"]:
        parts.append(safe(text("compare.sentence_unpriced", places=f"{missing:,}")))
    return f'<p class="sum">{" · ".join(parts)}</p>'


def _beside(total: Decimal, typical: Decimal) -> str:
    if not typical or total == typical:
        return text("compare.same")
    share = abs(total - typical) / typical
    return text("compare.below" if total < typical else "compare.above", percent=percent(share))


def ranked(rows: Sequence[Row], summary: Row, currency: str) -> str:
    """Return the ordered list of stations, cheapest first."""
    items = (
        _item(place, row, currency, class_of(row, summary))
        for place, row in enumerate(rows, start=1)
    )
    return f'<ol class="rank">{"".join(items)}</ol>'


def _item(place: int, row: Row, currency: str, step: PriceClass | None) -> str:
    parts = (row["operator_name"], kilowatts(row["max_power_kw"]), _plugs(row))
    second = " · ".join(part for part in parts if part)
    chips = "".join(f'<span class="chip">{safe(chip)}</span>' for chip in _chips(row, currency))
    return (
        f'<li><span class="n">{place}</span><div><div class="t">{_name(row)}</div>'
        f'<div class="s">{safe(second, 160)}</div>{chips}</div>'
        f'<div class="p">{_price(row, currency)}{_class(step)}</div></li>'
    )


def _name(row: Row) -> str:
    name = row["location_name"] or row["address"] or text("compare.unnamed")
    city = row["city"]
    return safe(name if not city or city in str(name) else f"{name}, {city}")


def _plugs(row: Row) -> str:
    plugs = ", ".join(plug_name(standard) for standard in row["standards"] or ())
    return text("compare.plugs", count=row["connectors"], plugs=plugs) if plugs else ""


def _price(row: Row, currency: str) -> str:
    if row["state"] == "free":
        return f"<b>{safe(text('compare.free'))}</b>"
    unit = row["price_per_kwh"]
    second = text("compare.per_kwh", price=unit_price(unit, currency)) if unit is not None else ""
    return f"<b>{safe(money(row['total'], currency))}</b><div>{safe(second)}</div>"


def _class(step: PriceClass | None) -> str:
    if step is None:
        return ""
    return f"<div>{dot(step)} {safe(text(step.word))}</div>"


def _chips(row: Row, currency: str) -> list[str]:
    """Return what else changes the bill or must be known about the price."""
    chips = [
        text(f"chip.{key}", price=unit_price(row[column], currency))
        for key, column in (
            ("start_fee", "start_fee"),
            ("per_minute", "price_per_minute"),
            ("parking", "parking_price_per_minute"),
        )
        if row[column]
    ]
    if row["fee_after_minutes"] is not None:
        chips.append(text("chip.fee_after", minutes=row["fee_after_minutes"]))
    if row["price_varies"]:
        chips.append(text("chip.varies"))
    chips += [text(f"flag.{flag}") for flag in row["flags"] or ()]
    if row["tax_basis"] == "derived":
        chips.append(text("chip.derived"))
    if row["tax_basis"] == "net":
        chips.append(text("chip.net"))
    if row["tax_basis"] == "unknown":
        chips.append(text("chip.tax_unknown"))
    return chips + _methods(row)


def _methods(row: Row) -> list[str]:
    likely = row["is_likely"]
    return [
        text("chip.app_likely") if method == "app" and likely else text(f"chip.{method}")
        for method in row["methods"]
        if method != "free"
    ]


def unpriced(rows: Sequence[Row], reasons: Sequence[Row]) -> str:
    """Return the locations without a price, with counted reasons first."""
    counted = "".join(
        f'<span class="chip">{row["places"]:,} × {safe(reason(row["reason"]), 120)}</span>'
        for row in reasons
    )
    items = "".join(
        f'<li><span class="n">○</span><div><div class="t">{_name({"address": None, **row})}</div>'
        f'<div class="s">{safe(_unpriced_second(row), 160)}</div></div>'
        f'<div class="p why">{safe(reason(row["reason"]), 120)}</div></li>'
        for row in rows
    )
    return f'<div>{counted}</div><ul class="rank">{items}</ul>'


def _unpriced_second(row: Row) -> str:
    return " · ".join(p for p in (row["operator_name"], kilowatts(row["max_power_kw"])) if p)
