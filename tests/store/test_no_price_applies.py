"""What readers are told of a session that nothing in a tariff prices."""

from datetime import time
from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.domain.tariff import Dimension, PriceComponent, Restrictions, TariffElement
from aggregator.publish import publish
from aggregator.store.queries import Reader, Selection
from tests.records import connector, evse, location, price_list, tariff


@pytest.fixture
def read(receive, warehouse, tmp_path):
    """Return a function that publishes L1 at 5 SEK/kWh and L2 at one element, and reads both."""

    def published(dimension, **restrictions):
        component = PriceComponent(dimension, Decimal(2), Decimal("0.25"))
        element = TariffElement((component,), Restrictions(**restrictions))
        odd = tariff("odd", price_list=price_list(elements=(element,)))
        bay = evse("E2", connectors=(connector(tariff_ids=("odd",), max_power_kw=Decimal(22)),))
        receive([location(), location("L2", evses=(bay,))], [tariff(), odd])
        return Reader(publish(warehouse, Settings(home=tmp_path)))

    return published


def chosen(session):
    return Selection("SWE", None, None, ("card",), session)


def ranked(reader, session):
    return [
        (one["location_id"], one["total"]) for one in reader.stations(chosen(session), "SEK", 9)
    ]


def reasons(reader, session):
    return [(one["reason"], one["places"]) for one in reader.unpriced_reasons(chosen(session))]


def test_a_tariff_of_another_time_is_no_cheapest_place_but_one_without_a_price(read):
    # 30 kWh at 5.00 and 25 % are 187.50; Tuesday 18:00 is not in the night.
    reader = read(Dimension.ENERGY, start_time=time(0), end_time=time(6))
    assert ranked(reader, "dc") == [("L1", Decimal("187.5"))]
    assert reasons(reader, "dc") == [("no_price_applies", 1)]


def test_a_session_without_a_total_is_told_as_such_and_not_as_another_way_to_pay(read):
    # 2.00 an hour and 25 % at up to 22 kW: two hours of the AC session, nothing of the DC session.
    reader = read(Dimension.TIME, max_power_kw=Decimal(22))
    assert ranked(reader, "ac") == [("L2", Decimal(5)), ("L1", Decimal(125))]
    assert ranked(reader, "dc") == [("L1", Decimal("187.5"))]
    assert reasons(reader, "dc") == [("no_price_applies", 1)]
    assert [one["reason"] for one in reader.unpriced(chosen("dc"), 9)] == ["no_price_applies"]


def test_a_place_without_a_total_does_not_decide_what_others_are_judged_by_on_the_map(read):
    reader = read(Dimension.TIME, max_power_kw=Decimal(22))
    points = reader.map_points(chosen("dc"), "SEK", 9)
    found = {one["location_name"]: (one["total"], one["is_judged"]) for one in points}
    assert found == {"Station L1": (Decimal("187.5"), True), "Station L2": (None, None)}
