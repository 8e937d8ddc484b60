"""The curve of months over the energy charged: where lines cross, and its numbers as a table."""

import re
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.plans import break_even_kwh_per_month
from dashboard.plans.chart import Cost, Crossing, chart_words, crossings, month_figure, month_table
from dashboard.plans.chart import widest as widest_of

ALONE = Cost("Without", Decimal(0), Decimal("0.60"), is_plan=False)
PLUS = Cost("Plus", Decimal(10), Decimal("0.50"), is_plan=True)  # crosses at 100 kWh and 60
MAX = Cost("Max", Decimal(30), Decimal("0.40"), is_plan=True)  # crosses it at 150, Plus at 200
ALL = [ALONE, PLUS, MAX]

costs = st.builds(
    Cost,
    name=st.sampled_from(["One", "Two"]),
    monthly_fee=st.decimals(0, 50, places=2),
    per_kwh=st.decimals(0, 2, places=3),
    is_plan=st.just(value=True),
)


def cells(html):
    rows = re.findall(r"<tr>(.*?)</tr>", unescape(html).replace("\u00a0", " "))
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_lines_cross_where_the_cheapest_changes_and_where_plans_begin_to_pay_off():
    assert crossings(ALL) == [
        Crossing(Decimal(100), Decimal(60), "Without", "Plus"),
        Crossing(Decimal(150), Decimal(90), "Without", "Max"),
        Crossing(Decimal(200), Decimal(110), "Plus", "Max"),
    ]


def test_plans_that_cross_above_the_cheapest_are_not_marked():
    free = Cost("Free", Decimal(0), Decimal("0.10"), is_plan=True)
    assert not [one for one in crossings([*ALL, free]) if {one.below, one.above} == {"Plus", "Max"}]


@given(costs)
def test_a_plan_crosses_at_its_break_even(plan):
    expected = break_even_kwh_per_month(
        plan.monthly_fee, plan.per_kwh, ALONE.monthly_fee, ALONE.per_kwh
    ).kwh_per_month
    found = [one.kwh for one in crossings([ALONE, plan])]
    assert found == ([expected] if expected is not None and expected <= 2000 else [])


def test_the_figure_holds_each_line_at_each_place():
    figure = month_figure(ALL, 120, "EUR", "light")
    *lines, marks = figure["data"]
    assert [line["name"] for line in lines] == ["Without", "Plus", "Max"]
    for line, cost in zip(lines, ALL, strict=True):
        assert line["y"] == pytest.approx([float(cost.at(Decimal(str(x)))) for x in line["x"]])
        assert 120 in line["x"]
    assert list(zip(marks["x"], marks["y"], marks["text"], strict=True)) == [
        (100, 60, "100 kWh"),
        (150, 90, "150 kWh"),
        (200, 110, "200 kWh"),
    ]
    assert figure["layout"]["shapes"][0]["x0"] == 120
    assert "EUR" in figure["layout"]["yaxis"]["title"]["text"]


def test_the_users_usage_and_near_crossings_are_within_the_figure():
    assert widest_of(ALL, 120) == 250  # a quarter beyond 200
    assert widest_of(ALL, 300) == 600
    assert widest_of(ALL, 10) == 20  # the crossings are far away
    assert widest_of(ALL, 2000) == 2000


def test_the_table_says_the_same_as_the_figure():
    head, *rows = cells(month_table(ALL, 120, "EUR"))
    assert head == ["kWh a month", "Without", "Plus", "Max"]
    by_name = {first: rest for first, *rest in rows}
    assert by_name["0"] == ["€0.00", "€10.00", "€30.00"]
    assert by_name["you: 120 kWh"] == ["€72.00", "€70.00", "€78.00"]
    assert by_name["100.0: from Without to Plus"] == ["€60.00", "€60.00", "€70.00"]
    assert len(rows) == len(month_figure(ALL, 120, "EUR", "light")["data"][0]["x"])


def test_the_figure_is_told_in_words_too():
    assert "At 120 kWh a month: Without €72.00; Plus €70.00; Max €78.00." in chart_words(
        ALL, 120, "EUR"
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_lines_look_the_same(theme):
    many = [Cost(f"P{n}", Decimal(n), Decimal("0.5"), is_plan=True) for n in range(6)]
    lines = month_figure([ALONE, *many], 100, "EUR", theme)["data"][:-1]
    looks = {(line["line"]["color"], line["line"]["dash"]) for line in lines}
    assert len(looks) == len(lines) == 7


def test_names_are_no_markup_in_the_figure():
    evil = Cost("<b>Evil</b>", Decimal(1), Decimal("0.5"), is_plan=True)
    assert month_figure([evil], 100, "EUR", "light")["data"][0]["name"] == (
        "&lt;b&gt;Evil&lt;/b&gt;"
    )
