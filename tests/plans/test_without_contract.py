"""What a session of one's own costs under price lists, and how such totals spread."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.domain.contents import to_json
from aggregator.domain.session import ReferenceSession
from aggregator.domain.tariff import PriceBasis, Weekday
from aggregator.plans.without_contract import SHARES, Offered, Priced, priced, spread
from tests.dashboard.market import flat_energy
from tests.records import price_list

MONDAY = date(2026, 6, 1)
THIRTY = ReferenceSession("own", Decimal(30), Decimal(40), Decimal(0), Weekday.TUESDAY, time(18))


def offered(listed, **values):
    return Offered(to_json(listed), "Europe/Stockholm", **values)


def test_a_session_of_ones_own_is_priced_as_its_bill_would_be():
    net = offered(flat_energy("4.00", PriceBasis.NET, Decimal("0.25")))  # 30 x 4 + 25 %
    gross = offered(flat_energy("3.00"))
    assert priced([net, gross], THIRTY, MONDAY) == {
        net: Priced(Decimal("150.00"), with_tax=True),
        gross: Priced(Decimal("90.00"), with_tax=True),
    }


def test_another_session_has_another_total():
    one = offered(flat_energy("3.00"))
    fifty = replace(THIRTY, energy_kwh=Decimal(50))
    assert priced([one], fifty, MONDAY)[one].total == Decimal("150.00")


def test_the_rate_that_law_adds_is_added():
    listed = flat_energy("4.00", PriceBasis.NET)
    without, by_law = offered(listed), offered(listed, vat_rate=Decimal("0.25"))
    found = priced([without, by_law], THIRTY, MONDAY)
    assert found[without] == Priced(Decimal("120.00"), with_tax=False)
    assert found[by_law] == Priced(Decimal("150.00"), with_tax=True)


def test_a_list_without_prices_has_no_total():
    empty = offered(price_list(elements=()))
    assert priced([empty], THIRTY, MONDAY)[empty].total is None


def test_totals_spread_by_how_many_connectors_ask_them():
    # 10, 20, 20, 20: the median between the second and the third is 20.
    found = spread([(Decimal(20), 3), (Decimal(10), 1)])
    assert (found.median, found.connectors) == (Decimal(20), 4)
    # 10 and 20: 5 % of the way, 25 % ...
    even = spread([(Decimal(10), 1), (Decimal(20), 1)])
    assert even.quantiles == tuple(map(Decimal, ("10.5", "12.5", "15", "17.5", "19.5")))


@pytest.mark.parametrize("nothing", [[], [(Decimal(1), 0)]])
def test_of_no_totals_there_is_no_spread(nothing):
    assert spread(nothing) is None


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 9)), min_size=1, max_size=12))
def test_quantiles_are_those_of_the_database(weighted):
    values = [cents for cents, count in weighted for _ in range(count)]
    shares = [float(share) for share in SHARES]
    with duckdb.connect() as connection:
        ((expected,),) = connection.execute(
            "select quantile_cont(v::double, $shares) from (select unnest($values) as v)",
            {"values": values, "shares": shares},
        ).fetchall()
    found = spread([(Decimal(cents), count) for cents, count in weighted])
    assert [float(one) for one in found.quantiles] == pytest.approx(expected)
