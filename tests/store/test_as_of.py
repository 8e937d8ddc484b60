"""Which tariffs connectors named at a moment."""

from datetime import UTC, datetime, timedelta

import time_machine

from tests.records import connector, evse, location

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_an_evse_has_the_providers_that_it_listed_then(receive, warehouse):
    for hour, names in enumerate([(), ("A", "B"), ("B",)]):
        with time_machine.travel(NOON + timedelta(hours=hour), tick=False):
            receive([location(evses=(evse(accepted_service_providers=names),))])
    query = "select accepted_service_providers, connector_capabilities from core.evse_as_of(?)"
    found = [
        warehouse.execute(query, [NOON.replace(tzinfo=None) + timedelta(minutes=m)]).fetchall()
        for m in (-1, 0, 60, 120)
    ]
    assert found == [[], [([], [])], [(["A", "B"], [])], [(["B"], [])]]


def naming(*tariff_ids):
    plugs = (connector("1", tariff_ids=tariff_ids), connector("2", tariff_ids=()))
    return location(evses=(evse(connectors=plugs),))


def test_a_connector_has_a_row_for_each_tariff_that_it_named_then(receive, warehouse):
    for hour, names in enumerate([("T1",), ("T2", "T1", "T2"), ()]):
        with time_machine.travel(NOON + timedelta(hours=hour), tick=False):
            receive([naming(*names)])
    query = (
        "select connector_id, tariff_id from core.connector_tariff_as_of(?) "
        "order by connector_id, tariff_id"
    )
    found = [
        warehouse.execute(query, [NOON.replace(tzinfo=None) + timedelta(minutes=m)]).fetchall()
        for m in (-1, 0, 59, 60, 119, 120)
    ]
    once, twice = [("1", "T1")], [("1", "T1"), ("1", "T2")]
    assert found == [[], once, once, twice, twice, []]
