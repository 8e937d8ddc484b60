"""What a snapshot tells of the chargers that contracts are compared at."""

from decimal import Decimal

from aggregator.store.queries import Chargers, PriceSpread
from dashboard.choosing.answers import Answers
from dashboard.plans.figures import CONTRACT, WITHOUT, ad_hoc
from dashboard.plans.filters import PlanChoice
from tests.dashboard.market import APP, CARD, NORTH, SWEDISH_TARIFFS, station

FAST = Chargers("SWE", "hpc", 96)
SWEDEN = PlanChoice("SWE", "hpc")  # 30 kWh a charge


def test_connectors_with_a_price_are_counted_by_operator(market):
    # 16 stations without: three that have no price, one of 50 and one of 11 kW, one of no power.
    assert market.priced_connectors(FAST) == [
        {
            "operator_code": "SE-AAA",
            "operator": None,
            "operator_name": "Ampere AB",
            "connectors": 10,
        }
    ]


def test_each_price_list_stands_there_with_how_many_offer_it(market):
    rows = market.offered_price_lists(FAST)
    counted = {(row["paid"], row["currency"]): 0 for row in rows}
    for row in rows:
        counted[row["paid"], row["currency"]] += row["connectors"]
    assert counted == {
        ("without", "SEK"): 7,
        ("without", "EUR"): 1,
        ("free", "SEK"): 1,
        ("contract", "SEK"): 1,
    }
    assert max(row["connectors"] for row in rows) == 3  # gross6: Dearest, By app, Nowhere


def test_a_connector_that_takes_card_and_app_counts_once(receive, publish_now):
    both = station("Both", "gross6", capabilities=(*CARD, *APP))
    receive([both, station("Card", "gross3")], SWEDISH_TARIFFS, feed=NORTH)
    reader = publish_now()
    rows = reader.offered_price_lists(FAST)
    assert sorted(row["connectors"] for row in rows) == [1, 1]
    assert reader.priced_connectors(FAST)[0]["connectors"] == 2


def test_connectors_too_weak_for_the_session_are_left_out(market):
    assert market.priced_connectors(Chargers("SWE", "dc", 45))[0]["connectors"] == 1
    assert market.priced_connectors(Chargers("SWE", "dc", 51)) == []


def test_the_median_is_of_prices_with_tax_by_currency(market):
    own = ad_hoc(Answers(market), SWEDEN)
    found = own.of(WITHOUT, "all")
    # 30 kWh: 150 (Middle), 3 x 180, 250 (Scaled); in euro 12.
    assert list(found) == ["SEK", "EUR"]
    assert (found["SEK"].median, found["SEK"].connectors) == (Decimal(180), 5)
    assert found["SEK"].quantiles[0] == Decimal(156)  # a fifth of the way from 150 to 180
    assert (found["EUR"].median, found["EUR"].connectors) == (Decimal(12), 1)
    assert own.left_out == {"free": 1, "no_tax": 2}


def test_operators_contract_prices_stand_apart(market):
    own = ad_hoc(Answers(market), SWEDEN)
    assert own.of(CONTRACT, "all")["SEK"].quantiles == (Decimal(30),) * 5
    assert own.of(WITHOUT, "SE-AAA") == own.of(WITHOUT, "all")
    assert own.of(WITHOUT, "SE-BBB") == {}


def test_the_reference_session_spreads_as_everywhere_else(market):
    # The DC session of 30 kWh: this page's choice of 30 kWh at DC chargers is the same.
    found = ad_hoc(Answers(market), PlanChoice("SWE", "dc")).of(WITHOUT, "all")["SEK"]
    (row,) = market.price_spread(PriceSpread("SWE", "dc", "card", "dc", least_kw=45))
    assert list(found.quantiles) == row["total_quantiles"]
    assert found.connectors == row["offers"] == 1


def test_without_a_country_there_is_nothing(market):
    assert market.priced_connectors(Chargers(None, "dc", 45)) == []
    assert ad_hoc(Answers(market), PlanChoice(None)).spreads == {}
