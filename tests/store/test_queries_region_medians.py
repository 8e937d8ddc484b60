"""What is typical in every country: by power class, currency and tax basis."""

from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.queries import Reader
from tests.records import connector, evse, location, price_list, tariff

COLUMNS = ("country", "power_class", "session", "currency", "offers", "median_total")


@pytest.fixture
def medians(warehouse, tmp_path):
    """Return a function that publishes and asks."""

    def medians(method="card"):
        rows = Reader(publish(warehouse, Settings(home=tmp_path))).region_medians(method)
        return [tuple(row[column] for column in COLUMNS) for row in rows]

    return medians


def station(name, tariff_id="T1", power=150, power_type="DC", **values):
    kilowatts = Decimal(power) if power else None
    bay = connector(tariff_ids=(tariff_id,), max_power_kw=kilowatts, power_type=power_type)
    return location(name, evses=(evse(name, connectors=(bay,)),), **values)


def test_the_median_of_an_even_number_lies_in_the_middle(receive, medians):
    # 40 kWh at 1 and at 2 SEK, 25 % VAT: 50 and 100.
    receive([station("L1", "T1"), station("L2", "T2")], [tariff("T1", "1"), tariff("T2", "2")])
    assert medians() == [("SWE", "hpc", "hpc", "SEK", 2, Decimal(75))]


def test_each_power_class_is_told_by_its_own_session(receive, medians):
    # At 1.25 SEK/kWh: 20 kWh for ac and mid, 30 for dc and where only direct current is known.
    receive(
        [
            station("L1", power=11, power_type="AC_3_PHASE"),
            station("L2", power=43, power_type="AC_3_PHASE"),
            station("L3", power=50),
            station("L4", power=None),
        ],
        [tariff(price="1")],
    )
    assert medians() == [
        ("SWE", "ac", "ac", "SEK", 1, Decimal(25)),
        ("SWE", "dc", "dc", "SEK", 1, Decimal("37.5")),
        ("SWE", "mid", "ac", "SEK", 1, Decimal(25)),
        ("SWE", None, "dc", "SEK", 1, Decimal("37.5")),
    ]


def test_countries_and_currencies_stand_apart(receive, medians):
    euro = tariff("euro", price_list=price_list("1", currency="EUR"))
    finnish = station("L3", "euro", country="FIN", latitude=60.2, longitude=24.9)
    receive([station("L1"), station("L2", "euro"), finnish], [tariff(price="2"), euro])
    assert medians() == [
        ("FIN", "hpc", "hpc", "EUR", 1, Decimal(50)),
        ("SWE", "hpc", "hpc", "EUR", 1, Decimal(50)),
        ("SWE", "hpc", "hpc", "SEK", 1, Decimal(100)),
    ]


def test_an_evse_of_two_feeds_counts_once(receive, medians):
    receive([location()], [tariff(price="1")])
    receive([location()], [tariff(price="1")], feed="g")
    assert medians() == [("SWE", "hpc", "hpc", "SEK", 1, Decimal(50))]


def test_other_ways_to_pay_and_unknown_prices_do_not_count(receive, medians):
    receive([station("L1"), station("L2", "gone")], [tariff(price="1")])
    assert medians("app") == []
    assert [row[4] for row in medians()] == [1]
