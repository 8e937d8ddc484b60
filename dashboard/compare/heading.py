"""What stands above the list of Compare, as HTML: all feed text goes through `safe`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aggregator.comparing.comparison import Comparison
from dashboard.choosing.charge_filters import NOW, Plan
from dashboard.choosing.filters import Choice
from dashboard.wording.labels import day, moment, money, number, percent, safe, text, unit_price

Row = Mapping[str, Any]


def assumption(
    choice: Choice,
    comparison: Comparison,
    published_at: datetime,
    rate_days: Sequence[date] = (),
) -> str:
    """Return the line that says what every total assumes.

    rate_days: of the rates at which other currencies are changed.
    """
    paid = (text(f"method.{choice.method}_words"), comparison.currency)
    line = text(
        "compare.assumption",
        session=f"<b>{safe(_session(choice.plan), 200)}</b>",
        paid=", ".join(safe(part) for part in paid if part),
        time=moment(published_at),
    )
    link = f'<a href="#how">{safe(text("compare.how_link"))}</a>'
    summary = comparison.summary
    said = (_tax(summary), _changed(choice, comparison, rate_days), _closed(choice, summary))
    return f'<p class="meta">{line} {safe(" ".join(said), 600)} {link}</p>'


def _changed(choice: Choice, comparison: Comparison, rate_days: Sequence[date]) -> str:
    if not choice.into or comparison.currency != choice.into:
        return ""
    days = ", ".join(day(one) for one in rate_days)
    return text("compare.into_at", currency=choice.into, days=days)


def _closed(choice: Choice, summary: Row) -> str:
    """Say what was left out because it is closed at the start, and of what that is not known."""
    if not choice.is_open:
        return ""
    closed, unknown = summary["places_closed"], summary["places_without_hours"]
    return text("compare.closed", closed=number(closed), unknown=number(unknown))


def _session(plan: Plan) -> str:
    """Return the planned charge in words."""
    at = datetime.fromisoformat(plan.at) if plan.at != NOW else None
    parts = [
        text(
            "compare.charge",
            kwh=number(plan.energy_kwh),
            ac=number(plan.ac_kw),
            dc=number(plan.dc_kw),
        ),
        text("compare.starts", time=moment(at)) if at else text("compare.starts_now"),
    ]
    if plan.park:
        parts.append(text("compare.parked", minutes=number(plan.park)))
    return ", ".join(parts)


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


def tiles(summary: Row, currency: str | None, plan: Plan) -> str:
    """Return cheapest, typical, dearest and how many have no price."""
    cells = []
    if currency and summary["typical"] is not None:
        cells = _price_tiles(summary, currency, plan)
    unpriced = number(summary["places_without_price"])
    of_all = text("compare.unpriced_of", places=number(summary["places"]))
    if summary["free_stations"]:
        of_all += "; " + text("compare.free_count", count=number(summary["free_stations"]))
    cells.append((text("compare.unpriced"), unpriced, of_all))
    inside = "".join(
        f'<div><dt>{safe(name)}</dt><dd>{safe(value)}</dd><dd class="sub">{safe(sub)}</dd></div>'
        for name, value, sub in cells
    )
    return f'<dl class="kpi">{inside}</dl>'


def _price_tiles(summary: Row, currency: str, plan: Plan) -> list[tuple[str, str, str]]:
    typical = summary["typical"]
    beside = {
        "cheapest": _beside(summary["cheapest"], typical),
        "typical": _per_kwh(typical, currency, plan),
        "dearest": _beside(summary["dearest"], typical),
    }
    return [
        (text(f"compare.{name}"), money(summary[name], currency), second)
        for name, second in beside.items()
    ]


def _per_kwh(total: Decimal, currency: str, plan: Plan) -> str:
    return text("compare.per_kwh_in_all", price=unit_price(total / plan.energy_kwh, currency))


def sentence(summary: Row, currency: str | None, _plan: Plan) -> str:
    """Return the tiles' figures in one sentence, for narrow screens."""
    parts = []
    if currency and summary["typical"] is not None:
        figures = {
            name: f"<b>{safe(money(summary[name], currency))}</b>"
            for name in ("cheapest", "typical", "dearest")
        }
        parts.append(text("compare.sentence", **figures))
    if missing := summary["places_without_price"]:
        parts.append(safe(text("compare.sentence_unpriced", places=number(missing))))
    return f'<p class="sum">{" · ".join(parts)}</p>'


def _beside(total: Decimal, typical: Decimal) -> str:
    if not typical or total == typical:
        return text("compare.same")
    share = abs(total - typical) / typical
    return text("compare.below" if total < typical else "compare.above", percent=percent(share))
