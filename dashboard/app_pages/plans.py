"""Subscriptions: what plans cost at my usage, beside paying without a contract."""

import streamlit as st

from dashboard.choosing.answers import Answers
from dashboard.choosing.filters import ALL
from dashboard.frame.around import is_phone
from dashboard.frame.reading import reader
from dashboard.plans.controls import chosen_usage
from dashboard.plans.figures import WITHOUT, ad_hoc, comparison, currencies_of, reach
from dashboard.plans.files import plans_shown
from dashboard.plans.list import sentence, tiles, usage_line
from dashboard.plans.parts import (
    by_operator,
    curve,
    how,
    list_of_plans,
    no_plan,
    paid_without,
    without_price,
)
from dashboard.wording.labels import alpha_2, country_name, text

found = reader()
if found is None:
    st.stop()
answers = Answers(found)
phone = is_phone()
head, line = st.empty(), st.empty()
choice = chosen_usage(answers, is_phone=phone)
head.title(text("plans.title", place=country_name(choice.country)), anchor=False)
line.html(usage_line(choice, found.published_at))

loaded = plans_shown(synthetic=found.is_synthetic)
if loaded.errors:
    st.caption(text("plans.files_at_fault", count=len(loaded.errors)))
here = [plan for plan in loaded.plans.values() if alpha_2(choice.country) in plan.countries]
operators = answers.rows("priced_connectors", choice.chargers)
slug = next((row["operator"] for row in operators if row["operator_code"] == choice.operator), None)
own = ad_hoc(answers, choice)
shown = comparison(here, own.of(WITHOUT, choice.operator), choice, slug)
reaches = {plan.slug: reach(plan, operators, choice) for plan in here}
if not here:
    no_plan(choice, list(loaded.plans.values()))
elif choice.operator == ALL and any(reaches[plan.slug].named for plan in here):
    st.caption(text("plans.named_elsewhere"))
currencies = currencies_of(shown)
if len(currencies) > 1:
    st.caption(text("plans.currencies"))
for currency in currencies:
    lines = shown.lines[currency]
    st.html((sentence if phone else tiles)(lines))
    left, right = st.columns([6, 7], gap="large") if not phone else (st.container(),) * 2
    with left:
        list_of_plans(lines, currency, reaches, own, choice.operator)
    with right:
        curve(lines, currency, choice)
without_price(shown, reaches)
paid_without(own, choice.operator)
holding = [one.month.plan for lines in shown.lines.values() for one in lines if one.month]
by_operator(operators, holding, own, choice)
how()
