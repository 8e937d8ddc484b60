"""What each plan asks at each operator's chargers, beside what is paid there without one."""

from collections.abc import Mapping, Sequence
from typing import Any

from aggregator.plans import Plan
from dashboard.choosing.filters import ALL
from dashboard.plans.figures import (
    CONTRACT,
    WITHOUT,
    AdHoc,
    comparison,
    kind_of_price,
)
from dashboard.plans.filters import PlanChoice
from dashboard.plans.list import amount, full_name
from dashboard.plans.tables import table
from dashboard.wording.labels import number, plain, text

Row = Mapping[str, Any]
MOST_OPERATORS = 20
MOST_PLANS = 6
NONE = "–"


def operator_table(
    operators: Sequence[Row], plans: Sequence[Plan], own: AdHoc, choice: PlanChoice
) -> str:
    """Return one row an operator: connectors, the ways to pay without a plan, then each plan."""
    shown = plans[:MOST_PLANS]
    here = [row for row in operators if choice.operator in {ALL, row["operator_code"]}]
    names = [text(f"plans.{name}_table") for name in ("operator", "connectors", WITHOUT, CONTRACT)]
    rows = [_row(row, shown, own, choice) for row in here[:MOST_OPERATORS]]
    caption = text("plans.table_caption", shown=len(rows), operators=len(here))
    return table(caption, [*names, *map(full_name, shown)], rows)


def _row(operator: Row, plans: Sequence[Plan], own: AdHoc, choice: PlanChoice) -> list[str]:
    code = operator["operator_code"]
    cells = [plain(operator["operator_name"] or code), number(operator["connectors"])]
    cells += [_medians(own, paid, code) for paid in (WITHOUT, CONTRACT)]
    return cells + [_cell(plan, operator, choice) for plan in plans]


def _medians(own: AdHoc, paid: str, code: str) -> str:
    found = own.of(paid, code)
    return (
        ", ".join(
            text("plans.table_median", total=amount(one.median, currency), n=number(one.connectors))
            for currency, one in found.items()
        )
        or NONE
    )


def _cell(plan: Plan, operator: Row, choice: PlanChoice) -> str:
    """Return what a charge costs under the plan there, and whether its price names the operator."""
    kind = kind_of_price(plan, operator, choice)
    if kind is None:
        return text("plans.no_price_table")
    found = comparison([plan], {}, choice, operator["operator"])
    lines = found.lines.get(plan.currency)
    if not lines:
        return NONE
    return text(f"plans.{kind}_table", total=amount(lines[0].per_charge, plan.currency))
