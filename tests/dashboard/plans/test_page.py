"""Subscriptions, in every state that it can be in; figures worked out by hand."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.ledger import FeedFacts
from tests.dashboard.market import NORTH, SWEDISH_TARIFFS, station
from tests.dashboard.plans.plan_files import html_of, open_plans, ranking, texts, write_plan

FAST = {"country": "SWE", "power": "hpc"}  # 150 kWh a month, 30 kWh a charge: five charges
ONLY_AC = '[[price]]\npower_class = ["ac"]\nper_kwh = 1.00\n'
ONLY_MER = '[[price]]\noperators = ["mer"]\nper_kwh = 2.00\n'


@pytest.fixture
def publish_at_home(home, warehouse):
    return lambda: publish(warehouse, Settings(home=home))


def test_a_plan_stands_beside_the_median_without_one_the_cheapest_first(market_at_home):
    write_plan(market_at_home, "volt")
    page = open_plans(**FAST)
    # 5 x 30 x 4 + 100 = 700; without: 5 x 180 = 900, the median of 150, 3 x 180, 250.
    assert ranking(page)[:2] == [
        ("Volt AB: Plus", "SEK 700.00"),
        ("Without a contract", "SEK 900.00"),
    ]
    shown = texts(page)
    assert page.title[0].value == "Subscriptions in Sweden"
    assert "SEK 100.00 monthly fee · SEK 120.00 a charge · SEK 4.00/kWh" in shown
    assert "SEK 8,400.00 a year" in shown
    assert "▼ SEK 2,400.00 less a year" in shown
    # 100 a month over 6 - 4 a kWh.
    assert "Cheaper than without a contract from 50 kWh a month on." in shown
    assert "Holds at 10 of 10 priced connectors of this choice." in shown
    assert "Median of 5 prices of connectors" in shown


def test_where_the_prices_of_a_plan_stand_is_beside_it(market_at_home):
    write_plan(market_at_home, "volt", licence='"CC-BY-4.0"', valid_to="2100-01-01")
    shown = texts(open_plans(**FAST))
    assert (
        "valid from 1 Jan 2026 · over on 1 Jan 2100 · read on 1 Oct 2026 · licence: CC-BY-4.0"
    ) in shown
    assert 'href="https://volt.example/prices"' in shown


def test_usage_changes_every_figure_and_the_link(market_at_home):
    write_plan(market_at_home, "volt")
    page = open_plans(**FAST)
    page.number_input(key="plans_kwh").set_value(40).run()
    # 40 x 4 + 100 = 260; 40 x 6 = 240.
    assert ranking(page)[:2] == [
        ("Without a contract", "SEK 240.00"),
        ("Volt AB: Plus", "SEK 260.00"),
    ]
    assert page.query_params == {"country": "SWE", "power": "hpc", "kwh": "40"}
    assert ranking(open_plans(**FAST, kwh="40")) == ranking(page)


def test_minutes_parked_are_paid_for(market_at_home):
    parked = "[[price]]\nper_kwh = 4.00\nparking_per_minute = 0.50\n"
    write_plan(market_at_home, "volt", parked)
    # 5 x (120 + 20 x 0.50) + 100.
    assert ("Volt AB: Plus", "SEK 750.00") in ranking(open_plans(**FAST, parked="20"))


def test_a_price_that_changes_with_the_hour_is_marked_where_it_does(market_at_home):
    by_night = '[[price]]\npower_class = ["ac"]\nper_kwh = 1.00\n'
    by_night += 'start_time = "22:00"\nend_time = "06:00"\n'
    write_plan(market_at_home, "volt", f"{by_night}[[price]]\nper_kwh = 4.00\n")
    assert "price varies" not in texts(open_plans(**FAST))
    assert "price varies" in texts(open_plans(country="SWE", power="ac"))


def test_currencies_stand_apart(market_at_home):
    write_plan(market_at_home, "euro", currency='"EUR"', monthly_fee="0")
    page = open_plans(**FAST)
    # In euro: 4 a kWh, without a contract 0.40; in kronor nothing but the median.
    assert ranking(page) == [
        ("Without a contract", "€60.00"),
        ("Volt AB: Plus", "€600.00"),
        ("Without a contract", "SEK 900.00"),
    ]
    assert "They stand apart and are never compared." in texts(page)
    assert "▲ €6,480.00 more a year" in texts(page)


def test_a_plan_in_a_currency_without_other_prices_is_compared_with_nothing(market_at_home):
    write_plan(market_at_home, "krone", currency='"DKK"')
    shown = texts(open_plans(**FAST))
    assert "No price without a contract to compare with." in shown
    assert "No price without a contract is known in DKK for these chargers." in shown


def test_a_plan_without_a_price_there_has_a_block_of_its_own(market_at_home):
    write_plan(market_at_home, "slow", ONLY_AC)
    page = open_plans(**FAST)
    assert ranking(page)[0][0] == "Without a contract"
    assert "Plans without a price there" in texts(page)
    assert "<b>Volt AB: Plus</b>: no price for such a charger" in html_of(page)


@pytest.mark.parametrize(
    "days", [{"valid_from": "2025-01-01", "valid_to": "2025-06-01"}, {"valid_from": "2100-01-01"}]
)
def test_a_plan_of_other_days_is_not_compared(market_at_home, days):
    write_plan(market_at_home, "old", **days)
    page = open_plans(**FAST)
    assert [name for name, _ in ranking(page)] == ["Without a contract"] * 2
    assert "Plans that do not hold today" in texts(page)
    assert not page.get("plotly_chart")


def test_a_country_without_plans_says_where_there_are_some(market_at_home):
    write_plan(market_at_home, "volt")
    page = open_plans(country="DEU", power="hpc")
    assert [i.value for i in page.info] == ["No plan is known for Germany."]
    assert "Plans are known for: Sweden." in texts(page)
    assert ranking(page) == [("Without a contract", "€75.00")]  # 150 x 0.50


def test_invented_plans_stand_beside_demonstration_data_only(
    market_at_home, home, receive, publish_at_home
):
    assert "invented plan" not in texts(open_plans(**FAST))
    write_plan(market_at_home, "volt", synthetic="true")
    assert "Volt" not in texts(open_plans(**FAST))
    demo = FeedFacts("demo", "Demo", synthetic=True)
    receive([station("One", "gross6")], SWEDISH_TARIFFS, feed=demo)
    publish_at_home()
    shown = texts(open_plans(**FAST))
    assert "Volt AB: Plus" in shown
    assert "invented plan" in shown


def test_without_prices_but_with_contracts_it_says_so(home, receive, publish_at_home):
    receive(
        [station("Members", "contract", capabilities=("RFID_READER",))], SWEDISH_TARIFFS, feed=NORTH
    )
    publish_at_home()
    write_plan(home, "volt")
    page = open_plans(**FAST)
    assert ranking(page) == [("Volt AB: Plus", "SEK 700.00")]
    assert "None of these chargers publishes a price without a contract" in texts(page)
    assert "SEK 30.00 (n = 1)" in texts(page)  # the operator's contract price: 30 x 1.00


def test_each_operator_has_its_prices_in_a_row(home, receive, publish_at_home):
    # Mer by its name in data/operators, and one that no file knows.
    mer = {"operator_name": "Mer"}
    receive(
        [station("Mine", "gross6", **mer), station("Other", "gross3")], SWEDISH_TARIFFS, feed=NORTH
    )
    publish_at_home()
    prices = f"{ONLY_MER}[[price]]\nper_kwh = 5.00\n"
    write_plan(home, "volt", prices)
    page = open_plans(**FAST)
    shown = texts(page)
    assert "At 1 of them with a price for that operator." in shown
    assert "<td>SEK 60.00 for this operator</td>" in shown
    assert "<td>SEK 150.00 roaming</td>" in shown
    assert ("Volt AB: Plus", "SEK 850.00") in ranking(page)  # at operators without a name: 5 x 150
    page.selectbox(key="plans_operator").set_value("mer").run()
    # At Mer: 5 x 30 x 2 + 100 = 400, without 5 x 180.
    assert ranking(page) == [("Volt AB: Plus", "SEK 400.00"), ("Without a contract", "SEK 900.00")]
    assert page.query_params["operator"] == "mer"


def test_a_plan_for_some_operators_only_says_at_how_many_it_holds(home, receive, publish_at_home):
    mer = {"operator_name": "Mer"}
    receive(
        [station("Mine", "gross6", **mer), station("Other", "gross3")], SWEDISH_TARIFFS, feed=NORTH
    )
    publish_at_home()
    write_plan(home, "own", ONLY_MER)
    shown = texts(open_plans(**FAST))
    assert "no price for such a charger. Holds at 1 of 2 priced connectors" in shown


def test_a_file_at_fault_costs_only_itself(market_at_home):
    write_plan(market_at_home, "volt")
    write_plan(market_at_home, "bad", currency='"XXX"')
    page = open_plans(**FAST)
    assert ranking(page)[0] == ("Volt AB: Plus", "SEK 700.00")
    assert "Plan files that cannot be used: 1." in texts(page)


def test_a_changed_file_is_read_again(market_at_home):
    write_plan(market_at_home, "volt")
    assert ranking(open_plans(**FAST))[0] == ("Volt AB: Plus", "SEK 700.00")
    write_plan(market_at_home, "volt", monthly_fee="99.50")
    assert ranking(open_plans(**FAST))[0] == ("Volt AB: Plus", "SEK 699.50")


def test_what_a_file_says_is_text_and_nothing_else(market_at_home):
    write_plan(market_at_home, "evil", provider='"<script>alert(1)</script>"', name='"<b>x</b>"')
    shown = html_of(open_plans(**FAST))
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;: &lt;b&gt;x&lt;/b&gt;" in shown


@pytest.mark.parametrize("key", ["country", "power", "operator", "kwh", "charge", "parked"])
@pytest.mark.parametrize("value", ["zz", "<script>", "%00", "99999"])
def test_any_bad_link_opens_with_a_notice(market_at_home, key, value):
    page = open_plans(**{"country": "SWE", key: value})
    assert page.info[0].value.startswith("The link had an unknown value for “")


def test_before_the_first_harvest_it_says_how_to_begin(home):
    assert open_plans().title[0].value == "No prices yet"


def test_old_data_are_called_old(market_at_home):
    pointer = market_at_home / "snapshots" / "current.json"
    told = json.loads(pointer.read_text())
    told["published_at"] = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    pointer.write_text(json.dumps(told))
    assert "Do not rely on these prices." in texts(open_plans(**FAST))
