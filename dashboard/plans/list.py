"""What plans cost, cheapest first, as HTML: everything that files say goes through `safe`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from aggregator.plans import BreakEven, Plan
from aggregator.plans.comparing import Month
from aggregator.plans.without_contract import Spread
from aggregator.pricing.money import round_to_minor_unit
from dashboard.plans.figures import Line, Reach
from dashboard.plans.filters import AVERAGE_KW, PlanChoice
from dashboard.wording.labels import (
    day,
    known,
    moment,
    money,
    number,
    reason,
    safe,
    text,
    unit_price,
)

Reaches = Mapping[str, Reach]
LONGEST_TEXT = 300


def amount(exact: Decimal, currency: str) -> str:
    """Return an amount that is not below zero, rounded as a bill is."""
    return money(round_to_minor_unit(Fraction(exact), currency), currency)


def plan_name(line: Line) -> str:
    """Return what a line is called."""
    return text("plans.without") if line.month is None else full_name(line.month.plan)


def full_name(plan: Plan) -> str:
    """Return provider and name of a plan."""
    return text("plans.name", provider=plan.provider, name=plan.name)


def usage_line(choice: PlanChoice, published_at: object) -> str:
    """Return the line that says what every figure assumes."""
    said = text(
        "plans.assumption",
        kwh=number(choice.kwh),
        charges=number(round(float(choice.charges), 1)),
        charge=number(choice.charge),
        minutes=number(choice.charging_minutes),
        parked=text("plans.parked_words", minutes=number(choice.parked)) if choice.parked else "",
        power=number(AVERAGE_KW[choice.kind]),
        kind=text(f"kind.{choice.kind}"),
        time=moment(published_at),  # type: ignore[arg-type]
    )
    link = f'<a href="#how">{safe(text("compare.how_link"))}</a>'
    return f'<p class="meta">{safe(said, 600)} {link}</p>'


def tiles(lines: Sequence[Line]) -> str:
    """Return the cheapest plan, the month without a contract and what lies between them."""
    boxes = (
        f'<div><dt>{name}</dt><dd>{shown}</dd><dd class="sub">{beside}</dd></div>'
        for name, shown, beside in map(_safe_cell, _tiles(lines))
    )
    return f'<dl class="kpi">{"".join(boxes)}</dl>'


def sentence(lines: Sequence[Line]) -> str:
    """Return the same in one sentence."""
    said = " · ".join(
        f"{name} <b>{shown}</b> ({beside})"
        for name, shown, beside in map(_safe_cell, _tiles(lines))
    )
    return f'<p class="sum">{said}</p>'


def _safe_cell(cell: tuple[str, str, str]) -> tuple[str, str, str]:
    return safe(cell[0]), safe(cell[1]), safe(cell[2])


def _tiles(lines: Sequence[Line]) -> list[tuple[str, str, str]]:
    plans = [line for line in lines if line.month]
    alone = next((line for line in lines if line.month is None), None)
    cells = []
    if plans:
        best = plans[0]
        shown = amount(best.a_month, best.currency)
        cells.append((text("plans.cheapest"), shown, plan_name(best)))
    if alone:
        unit = text("compare.per_kwh", price=unit_price(alone.per_kwh, alone.currency))
        shown = amount(alone.a_month, alone.currency)
        cells.append((text("plans.without_a_month"), shown, unit))
    if plans and alone:
        cells.append((text("plans.a_year_apart"), *_apart(plans[0])))
    return cells


def _apart(best: Line) -> tuple[str, str]:
    less = best.less_a_year or Decimal(0)
    word = "cheaper" if less > 0 else "dearer" if less else "equal"
    return amount(abs(less), best.currency), text(f"plans.{word}_plan")


def ranked(lines: Sequence[Line], reaches: Reaches, spread: Spread | None) -> str:
    """Return the months of one currency, cheapest first."""
    rows = "".join(_row(place, line, reaches, spread) for place, line in enumerate(lines, 1))
    return f'<ol class="rank">{rows}</ol>'


def _row(place: int, line: Line, reaches: Reaches, spread: Spread | None) -> str:
    details = _plan_details(line, reaches) if line.month else _without_details(line, spread)
    prices = " · ".join(_prices(line))
    return (
        f'<li><span class="n">{place}</span><div><div class="t">{safe(plan_name(line), 200)}</div>'
        f'<div class="s">{safe(prices, LONGEST_TEXT)}</div></div>{_totals(line)}'
        f'<div class="more">{details}</div></li>'
    )


def _prices(line: Line) -> list[str]:
    fee = amount(line.monthly_fee, line.currency)
    return [
        text("plans.fee", fee=fee) if line.monthly_fee else text("plans.no_fee"),
        text("plans.each", total=amount(line.per_charge, line.currency)),
        text("compare.per_kwh", price=unit_price(line.per_kwh, line.currency)),
    ]


def _totals(line: Line) -> str:
    below = [text("plans.a_year", total=amount(line.a_year, line.currency)), _difference(line)]
    said = "".join(f"<div>{safe(words)}</div>" for words in below if words)
    month = safe(amount(line.a_month, line.currency))
    return f'<div class="p"><b>{month}</b><div>{safe(text("plans.a_month"))}</div>{said}</div>'


def _difference(line: Line) -> str:
    """Return by how much a year differs from one without a contract, with a sign beside it."""
    less = line.less_a_year
    if line.month is None or less is None:
        return ""
    if not less:
        return text("plans.same_a_year")
    key = "plans.less_a_year" if less > 0 else "plans.more_a_year"
    return text(key, total=amount(abs(less), line.currency))


def _plan_details(line: Line, reaches: Reaches) -> str:
    assert line.month  # noqa: S101 - the caller has looked
    plan = line.month.plan
    found = reaches[plan.slug]
    said = [pays_off(line.pays_off), reach_words(found)]
    chips = [text("plans.invented")] if plan.synthetic else []
    chips += [text("chip.varies")] if line.varies else []
    drawn = "".join(f'<span class="chip">{safe(words)}</span>' for words in chips)
    words = "".join(f'<div class="s">{safe(one, LONGEST_TEXT)}</div>' for one in said)
    return f'{words}<div class="s">{source(plan)}</div>{drawn}'


def pays_off(found: BreakEven | None) -> str:
    """Return in words from how many kWh a month on a plan is the cheaper way."""
    if found is None:
        return text("plans.unknown_pays_off")
    kwh = "" if found.kwh_per_month is None else f"{found.kwh_per_month:,.0f}"
    return text(f"plans.{found.pays_off.name.lower()}_pays_off", kwh=kwh)


def reach_words(found: Reach) -> str:
    """Return at how many of the priced connectors a plan has a price."""
    counts = {"holds": number(found.holds), "all": number(found.of)}
    said = text("plans.holds", **counts)
    if not found.named:
        return said
    return f"{said} {text('plans.named', named=number(found.named))}"


def source(plan: Plan) -> str:
    """Return since when a plan's prices hold, where they stand, who read them when, as HTML."""
    said = [text("plans.since", day=day(plan.valid_from))]
    if plan.valid_to:
        said.append(text("plans.until", day=day(plan.valid_to)))
    if plan.read_on:
        said.append(text("plans.read_on", day=day(plan.read_on)))
    said.append(text("plans.licence", licence=plan.licence or text("plans.not_stated")))
    parts = [safe(words, LONGEST_TEXT) for words in said]
    if plan.source_url:
        address = safe(plan.source_url, 2000)
        words = safe(text("plans.source"))
        parts.append(f'<a href="{address}" rel="noopener noreferrer" target="_blank">{words}</a>')
    return " · ".join(parts)


def _without_details(line: Line, spread: Spread | None) -> str:
    if spread is None:
        return ""
    low, high = (amount(spread.quantiles[place], line.currency) for place in (1, 3))
    said = text("plans.without_words", connectors=number(spread.connectors), low=low, high=high)
    return f'<div class="s">{safe(said, LONGEST_TEXT)}</div>'


def unpriced(months: Sequence[Month], reaches: Reaches) -> str:
    """Return the plans that have no price there, each with the reason."""
    items = "".join(
        f"<li><b>{safe(full_name(one.plan), 200)}</b>: {safe(_why(one, reaches), LONGEST_TEXT)}"
        f'<div class="s">{source(one.plan)}</div>{_invented(one.plan)}</li>'
        for one in months
    )
    return f'<ul class="plain">{items}</ul>'


def _why(month: Month, reaches: Reaches) -> str:
    code = month.reason_code
    said = known(f"plans.{code}_reason") or reason(code)
    found = reaches[month.plan.slug]
    return f"{said}. {reach_words(found)}" if found.holds else said


def _invented(plan: Plan) -> str:
    chip = safe(text("plans.invented"))
    return f'<span class="chip">{chip}</span>' if plan.synthetic else ""


def other_days(plans: Sequence[Plan]) -> str:
    """Return the plans that do not hold today, with when they do."""
    items = "".join(
        f"<li><b>{safe(full_name(plan), 200)}</b>: {source(plan)} {_invented(plan)}</li>"
        for plan in plans
    )
    return f'<ul class="plain">{items}</ul>'
