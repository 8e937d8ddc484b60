"""The figures of Subscriptions: months under plans beside months without a contract."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import streamlit as st

from aggregator.domain.session import ChargingSession, ReferenceSession
from aggregator.plans import (
    BreakEven,
    Plan,
    break_even_kwh_per_month,
    entries_for,
    monthly_cost,
)
from aggregator.plans.comparing import Charger, Month, months
from aggregator.plans.without_contract import Offered, Priced, Spread, priced, spread
from dashboard.choosing.answers import Answers
from dashboard.choosing.filters import ALL
from dashboard.plans.filters import START, PlanChoice
from dashboard.wording.labels import alpha_2

Row = Mapping[str, Any]
MONTHS_PER_YEAR = 12
FREE, WITHOUT, CONTRACT = "free", "without", "contract"
KEPT_SESSIONS = 100
NO_FEE = Decimal(0)


@st.cache_data(show_spinner=False, max_entries=KEPT_SESSIONS)
def _priced(
    _rows: Iterable[Row],
    snapshot_id: str,  # noqa: ARG001 - part of the key, as the next
    chargers: object,  # noqa: ARG001
    session: ReferenceSession,
    day: date,
) -> dict[Offered, Priced]:
    """Return what the session costs under each price list of the rows."""
    return priced(map(_offered, _rows), session, day)


def _offered(row: Row) -> Offered:
    return Offered(row["price_list"], row["time_zone"], row["vat_rate"])


@dataclass(frozen=True, slots=True)
class AdHoc:
    """What each charge costs at the chosen chargers by their own price lists.

    spreads: by way to pay, operator code (`all`: every one) and currency; with tax only.
    left_out: connectors by why their prices are not among them: free, no_tax, no_price.
    """

    spreads: Mapping[tuple[str, str, str], Spread]
    left_out: Mapping[str, int]

    def of(self, paid: str, operator: str) -> dict[str, Spread]:
        """Return the spreads of one way to pay at one operator by currency, most prices first."""
        found = {key[2]: one for key, one in self.spreads.items() if key[:2] == (paid, operator)}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1].connectors, pair[0])))


def ad_hoc(answers: Answers, choice: PlanChoice) -> AdHoc:
    """Return what the charge costs without a contract, and by operators' contract price lists."""
    rows = answers.rows("offered_price_lists", choice.chargers)
    day = answers.published_at.date()
    totals = _priced(rows, answers.snapshot_id, choice.chargers, choice.session, day)
    weighted: dict[tuple[str, str, str], list[tuple[Decimal, int]]] = {}
    left_out: Counter[str] = Counter()
    for row in rows:
        found = totals[_offered(row)]
        is_here = choice.operator in {ALL, row["operator_code"]}
        if why := _left_out(row, found):
            left_out[why] += row["connectors"] if is_here and row["paid"] != CONTRACT else 0
        elif found.total is not None:
            for operator in (ALL, row["operator_code"]):
                key = (row["paid"], operator, row["currency"])
                weighted.setdefault(key, []).append((found.total, row["connectors"]))
    return AdHoc({key: one for key, w in weighted.items() if (one := spread(w))}, left_out)


def _left_out(row: Row, found: Priced) -> str | None:
    """Return why a price is no part of the comparison; None where it is."""
    if row["paid"] == FREE:
        return FREE
    if found.total is None:
        return "no_price"
    return None if found.with_tax else "no_tax"


@dataclass(frozen=True, slots=True)
class Reach:
    """At how many of the priced connectors a plan has a price; named: that an entry names."""

    holds: int
    of: int
    named: int


def reach(plan: Plan, operators: Iterable[Row], choice: PlanChoice) -> Reach:
    """Count the priced connectors of the choice at which a plan has a price."""
    here = [row for row in operators if choice.operator in {ALL, row["operator_code"]}]
    kinds = [(row["connectors"], kind_of_price(plan, row, choice)) for row in here]
    return Reach(
        holds=sum(count for count, kind in kinds if kind),
        of=sum(count for count, _ in kinds),
        named=sum(count for count, kind in kinds if kind == "named"),
    )


def kind_of_price(plan: Plan, operator: Row, choice: PlanChoice) -> str | None:
    """Return `named` where the plan's price names the operator, `roaming`, or None without one."""
    slug = operator["operator"]
    entries = entries_for(plan, slug, choice.kind, alpha_2(choice.country))
    if not entries:
        return None
    return "named" if entries[0].operators else "roaming"


@dataclass(frozen=True, slots=True)
class Line:
    """A month under a plan, or without a contract where `month` is None.

    Amounts in the currency, with tax. beside: without a contract, None where that is not known.
    varies: whether the plan's price there changes with the hour of the day.
    """

    currency: str
    monthly_fee: Decimal
    per_charge: Decimal
    per_kwh: Decimal
    a_month: Decimal
    month: Month | None = None
    beside: "Line | None" = None
    varies: bool = False

    @property
    def a_year(self) -> Decimal:
        """Return what twelve such months cost."""
        return self.a_month * MONTHS_PER_YEAR

    @property
    def less_a_year(self) -> Decimal | None:
        """Return how much less than without a contract a year costs; below 0: more."""
        return None if self.beside is None else self.beside.a_year - self.a_year

    @property
    def pays_off(self) -> BreakEven | None:
        """Return from how many kWh a month on it is cheaper than without a contract."""
        other = self.beside
        if other is None or self.month is None:
            return None
        return break_even_kwh_per_month(self.monthly_fee, self.per_kwh, NO_FEE, other.per_kwh)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lines by currency, cheapest first; plans without a price there; plans of other days."""

    lines: Mapping[str, list[Line]]
    unpriced: list[Month]
    other_days: list[Plan]


def comparison(
    plans: Collection[Plan], spreads: Mapping[str, Spread], choice: PlanChoice, operator: str | None
) -> Comparison:
    """Return what plans cost at the user's usage, beside the median without a contract.

    Args:
        plans: of the country.
        spreads: of what a charge costs without a contract, by currency.
        choice: what the user chose.
        operator: slug of the chosen operator; None where none is, or no file knows it.
    """
    start = datetime.combine(datetime.now(UTC).date(), START[1], UTC)
    own = choice.session
    session = ChargingSession(start, own.energy_kwh, own.charging_minutes, own.parking_minutes)
    charger = Charger(alpha_2(choice.country) or "", choice.kind, operator)
    found = months(plans, charger, session, choice.charges)
    medians = {currency: _without(one, currency, choice) for currency, one in spreads.items()}
    lines: dict[str, list[Line]] = {}
    for month in found:
        if line := _line(month, medians.get(month.plan.currency), charger):
            lines.setdefault(line.currency, []).append(line)
    for currency, line in medians.items():
        lines.setdefault(currency, []).append(line)
    return Comparison(
        {currency: sorted(some, key=lambda one: one.a_month) for currency, some in lines.items()},
        [month for month in found if month.total is None],
        [plan for plan in plans if not plan.holds_on(start.date())],
    )


def _without(found: Spread, currency: str, choice: PlanChoice) -> Line:
    total = found.median
    month = monthly_cost(NO_FEE, total, choice.charges)
    return Line(currency, NO_FEE, total, total / choice.charge, month)


def _line(month: Month, beside: Line | None, charger: Charger) -> Line | None:
    if month.total_per_session is None or month.per_kwh is None or month.total is None:
        return None
    amounts = (month.monthly_fee, month.total_per_session, month.per_kwh, month.total)
    entries = entries_for(month.plan, charger.operator, charger.power_class, charger.country)
    return Line(month.plan.currency, *amounts, month, beside, varies=len(entries) > 1)


def currencies_of(found: Comparison) -> list[str]:
    """Return the currencies in order: those in which there are plans first."""
    return sorted(
        found.lines, key=lambda currency: not any(one.month for one in found.lines[currency])
    )
