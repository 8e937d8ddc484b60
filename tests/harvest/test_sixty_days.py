"""Sixty days of one feed against a simple memory of them: every day can be asked for afterwards."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import time_machine

from aggregator.store.warehouse import open_warehouse
from tests.formats.raw_records import (
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
)
from tests.harvest.documents import Documents, read, written

DAYS = 60
BEGIN = datetime(2026, 1, 1, 3, tzinfo=UTC)
LOCATIONS, TARIFFS = [f"L{n}" for n in range(18)], [f"T{n}" for n in range(6)]
STATES = ["AVAILABLE", "CHARGING", "BLOCKED", "OUTOFORDER", "UNKNOWN"]
WHATS = ["whole"] * 10 + ["cut", "cut", "incremental", "incremental", "empty", "failed", "crash"]


class Operator:
    """What an operator publishes: records come, change, go and come back by chance."""

    def __init__(self, chance):
        self._chance = chance
        self.locations, self.tariffs = {}, {}

    def live_a_day(self):
        for names, records in ((LOCATIONS, self.locations), (TARIFFS, self.tariffs)):
            for name in names:
                if self._chance.random() < 0.1:
                    records.pop(name, None)
                elif name not in records or self._chance.random() < 0.2:
                    records[name] = self._chance.randint(1, 5)


class Memory:
    """What must be known: the simplest thing that follows the rules."""

    def __init__(self):
        self.locations, self.tariffs = {}, {}

    def take(self, locations, tariffs, *, is_whole):
        for known, came in ((self.locations, locations), (self.tariffs, tariffs)):
            if is_whole and came:
                known.clear()
            known.update(came)


def named(value):
    """Return the tariffs that a location of this value names; one of them may not exist."""
    return [f"T{n}" for n in range(value, 2 * value)]


def location(name, value):
    plugs = [raw_connector(tariff_ids=named(value))]
    bays = [raw_evse(status=STATES[value - 1], connectors=plugs)]
    changes = {"name": f"called {value}", "last_updated": "2026-01-01T00:00:00Z", "evses": bays}
    return raw_location(id=name, **changes)


def tariff(name, value):
    return raw_tariff(id=name, elements=[raw_element(raw_component(price=value))])


def source_of(locations, tariffs, what):
    modules = {
        "locations": [written(*(location(*one) for one in locations.items()))],
        "tariffs": [written(*(tariff(*one) for one in tariffs.items()))],
    }
    if what == "cut":
        modules = {name: [*pages, b""] for name, pages in modules.items()}
    broken = tuple(modules) if what == "cut" else ()
    return Documents(modules, complete=what != "incremental", broken=broken)


def a_day(warehouse, operator, memory, what, chance, monkeypatch):
    locations, tariffs = dict(operator.locations), dict(operator.tariffs)
    if what == "failed":
        modules = {"locations": [b""], "tariffs": [b""]}
        read(warehouse, Documents(modules, broken=tuple(modules)))
        return
    if what == "crash":
        with monkeypatch.context() as broken:
            broken.setattr("aggregator.store.loading.write_problems", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                read(warehouse, source_of(locations, tariffs, "whole"))
        return
    if what == "empty":
        locations, tariffs = {}, {}
    if what in {"cut", "incremental"}:
        some = [name for name in locations if chance.random() < 0.5]
        locations = {name: locations[name] for name in some}
    read(warehouse, source_of(locations, tariffs, what))
    memory.take(locations, tariffs, is_whole=what in {"whole", "empty"})


def known_at(warehouse, moment):
    """Return the warehouse's answers for a moment: what it holds of each kind of record.

    Names of locations, states of their EVSEs, tariffs that their connectors name, price lists.
    """
    asked = (
        "location_id, name from core.location_as_of(?)",
        "location_id, status from core.evse_status_as_of(?)",
        "location_id, list_sort(list(tariff_id)) from core.connector_tariff_as_of(?) group by all",
        "tariff_id, price_list from core.tariff_as_of(?)",
    )
    answers = []
    for one in asked:
        rows = warehouse.execute(f"select {one}", [moment.replace(tzinfo=None)]).fetchall()
        assert len(rows) == len(dict(rows)), one
        answers.append(dict(rows))
    return answers


@pytest.mark.parametrize("seed", range(2))
def test_every_day_can_be_asked_for_afterwards(seed, tmp_path, monkeypatch):
    chance = Random(seed)
    operator, memory, days = Operator(chance), Memory(), []
    path = tmp_path / "warehouse.duckdb"
    met = set()
    for number in range(DAYS):
        day = BEGIN + timedelta(days=number)
        what = chance.choice(WHATS) if number else "whole"
        met.add(what)
        operator.live_a_day()
        with time_machine.travel(day), open_warehouse(path) as warehouse:
            a_day(warehouse, operator, memory, what, chance, monkeypatch)
        days.append((day + timedelta(hours=1), deepcopy(memory)))
    assert met == set(WHATS)
    with open_warehouse(path) as warehouse:
        assert known_at(warehouse, BEGIN - timedelta(days=1)) == [{}, {}, {}, {}]
        for moment, expected in days:
            names, states, links, lists = known_at(warehouse, moment)
            assert names == {n: f"called {v}" for n, v in expected.locations.items()}, moment
            assert states == {n: STATES[v - 1] for n, v in expected.locations.items()}, moment
            assert links == {n: named(v) for n, v in expected.locations.items()}, moment
            assert lists.keys() == expected.tariffs.keys()
            for name, value in expected.tariffs.items():
                assert f'"price":"{value}"' in lists[name], moment
