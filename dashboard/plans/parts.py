"""The parts of Subscriptions, each drawn where the page puts it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from aggregator.plans import Plan
from dashboard.choosing.filters import ALL
from dashboard.frame.around import PLOT, theme
from dashboard.frame.figure import Finished
from dashboard.plans.chart import chart_words, costs_of, month_figure, month_table
from dashboard.plans.figures import CONTRACT, WITHOUT, AdHoc, Comparison, Line, Reach
from dashboard.plans.filters import PlanChoice
from dashboard.plans.list import other_days, ranked, unpriced
from dashboard.plans.operators import operator_table
from dashboard.plans.tables import left_out, quantiles
from dashboard.wording.labels import country_name, known, safe, text

Row = Mapping[str, Any]


def list_of_plans(
    lines: Sequence[Line], currency: str, reaches: Mapping[str, Reach], own: AdHoc, operator: str
) -> None:
    """Draw the months of one currency, cheapest first."""
    st.header(text("plans.ranked", currency=currency), anchor=False)
    spread = own.of(WITHOUT, operator).get(currency)
    if spread is None:
        st.caption(text("plans.no_ad_hoc", currency=currency))
    st.html(ranked(lines, reaches, spread))


def curve(lines: Sequence[Line], currency: str, choice: PlanChoice) -> None:
    """Draw what months cost over the energy charged, with the same figures as a table."""
    costs = costs_of(lines)
    if not any(cost.is_plan for cost in costs):
        return
    st.header(text("plans.chart"), anchor=False)
    st.caption(text("plans.chart_subtitle", currency=currency, charge=choice.charge))
    figure = month_figure(costs, choice.kwh, currency, theme())
    words = chart_words(costs, choice.kwh, currency)
    st.plotly_chart(Finished(figure), config=PLOT, alt=words, key=f"plans_curve_{currency}")
    st.html(month_table(costs, choice.kwh, currency))


def no_plan(choice: PlanChoice, plans: Sequence[Plan]) -> None:
    """Say that no plan is known for the country, and where there are some."""
    st.info(text("plans.none", place=country_name(choice.country)))
    codes = sorted({country_name(code) for plan in plans for code in plan.countries})
    if codes:
        st.caption(text("plans.none_elsewhere", countries=", ".join(codes)))
    else:
        st.caption(text("plans.none_at_all"))


def without_price(found: Comparison, reaches: Mapping[str, Reach]) -> None:
    """Draw the plans without a price there, and those of other days, in blocks of their own."""
    if found.unpriced:
        st.header(text("plans.unpriced_title"), anchor=False)
        st.html(unpriced(found.unpriced, reaches))
    if found.other_days:
        st.header(text("plans.other_days_title"), anchor=False)
        st.caption(text("plans.other_days_text"))
        st.html(other_days(found.other_days))


def paid_without(own: AdHoc, operator: str) -> None:
    """Draw what the median without a contract is made of, and what is left out of it."""
    st.header(text("plans.without_title"), anchor=False)
    spreads = own.of(WITHOUT, operator)
    if spreads:
        st.caption(text("plans.without_text"))
        st.html(quantiles(spreads))
    else:
        st.info(text("plans.no_ad_hoc_at_all"))
    if words := left_out(own.left_out):
        st.caption(words)


def by_operator(
    operators: Sequence[Row], plans: Sequence[Plan], own: AdHoc, choice: PlanChoice
) -> None:
    """Draw where each plan holds, and how far its price is from the operator's own."""
    if not operators:
        return
    st.header(text("plans.table_title"), anchor=False)
    st.caption(text("plans.table_text"))
    st.html(operator_table(operators, plans, own, choice))
    if choice.operator != ALL and not own.of(CONTRACT, choice.operator):
        st.caption(text("plans.no_contract_list"))


def how() -> None:
    """Draw what the figures mean and what they leave out."""
    words = safe(text("plans.how_text"), 3000)
    title = safe(known("compare.how_title"))
    st.html(f'<h2 id="how">{title}</h2><p>{words}</p>')
