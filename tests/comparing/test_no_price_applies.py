"""What readers are told of a session that nothing in a tariff prices."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from aggregator.comparing.comparison import Sizes, compare
from aggregator.config import Settings
from aggregator.domain.charge import Charge
from aggregator.domain.tariff import Dimension, PriceComponent, Restrictions, TariffElement
from aggregator.publish import publish
from aggregator.store.queries import Reader, ViewAsked
from tests.records import connector, evse, location, price_list, tariff


@pytest.fixture
def read(receive, warehouse, tmp_path):
    """Return a function that publishes L1 at 5 SEK/kWh and L2 at one element, and reads both."""

    def published(dimension, **restrictions):
        component = PriceComponent(dimension, Decimal(2), Decimal("0.25"))
        element = TariffElement((component,), Restrictions(**restrictions))
        odd = tariff("odd", price_list=price_list(elements=(element,)))
        bay = evse("E2", connectors=(connector(tariff_ids=("odd",), max_power_kw=Decimal(50)),))
        receive([location(), location("L2", evses=(bay,))], [tariff(), odd])
        return Reader(publish(warehouse, Settings(home=tmp_path)))

    return published


def compared(reader):
    """Return what 30 kWh cost at 18:00 in a car that takes 45 kW."""
    at_six = datetime(2026, 11, 24, 17, tzinfo=UTC)
    charge = Charge(Decimal(30), Decimal(45), Decimal(45), at_six)
    asked = ViewAsked("SWE", None, ("card",))
    return compare(reader, asked, charge, "SEK", Sizes(9, 9, 9))


def ranked(found):
    return [(one["location_id"], one["total"]) for one in found.stations]


def test_a_tariff_of_another_time_is_no_cheapest_place_but_one_without_a_price(read):
    # 30 kWh at 5.00 and 25 % are 187.50; 18:00 is not in the night.
    found = compared(read(Dimension.ENERGY, start_time=time(0), end_time=time(6)))
    assert ranked(found) == [("L1", Decimal("187.5"))]
    assert found.summary["reasons"] == {"no_price_applies": 1}


def test_a_session_without_a_total_is_told_as_such_and_not_as_another_way_to_pay(read):
    # 2.00 an hour and 25 % at less than 22 kW: nothing at 45 kW.
    found = compared(read(Dimension.TIME, max_power_kw=Decimal(22)))
    assert ranked(found) == [("L1", Decimal("187.5"))]
    assert found.summary["reasons"] == {"no_price_applies": 1}
    assert [one["reason"] for one in found.unpriced] == ["no_price_applies"]


def test_a_place_without_a_total_does_not_decide_what_others_are_judged_by_on_the_map(read):
    points = compared(read(Dimension.TIME, max_power_kw=Decimal(22))).points
    found = {one["location_name"]: (one["total"], one["is_judged"]) for one in points}
    assert found == {"Station L1": (Decimal("187.5"), True), "Station L2": (None, False)}
