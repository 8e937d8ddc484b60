"""Runs by chance: a warehouse that recognises records equals one that reads them all each time."""

import json
from random import Random

import pytest

from aggregator.store.warehouse import open_warehouse
from tests.formats.raw_records import (
    ABSENT,
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
)
from tests.harvest.documents import TABLES, Documents, read, written

LATER = [ABSENT, "2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z", "2026-03-03T12:00:00.1234567Z"]
COMPARED = {
    "note": "object_type, json_path, note_code, occurrences, example",
    "rejection": "object_type, object_id, json_path, reason_code, lost_evses, lost_connectors",
}


def some_location(chance, name):
    inside = [raw_tariff(id=chance.choice("XY"))] if chance.random() < 0.15 else ABSENT
    plugs = [raw_connector(tariff_ids=[chance.choice("AB")], tariffs=inside)]
    evses = [
        raw_evse(
            uid=f"{name}-{number}",
            status=chance.choice(["AVAILABLE", "CHARGING", "WORKING"]),
            connectors=plugs,
            last_updated=chance.choice(LATER),
        )
        for number in range(chance.randint(0, 3))
    ]
    if evses and chance.random() < 0.1:
        evses.append(dict(evses[0]))
    if evses and chance.random() < 0.1:
        evses[0]["connectors"] = [*plugs, {"id": None}]
    if chance.random() < 0.1:
        evses.append({"uid": None})
    changes = {
        "id": None if chance.random() < 0.06 else name,
        "name": chance.choice(["one name", "another name"]),
        "party_id": chance.choice(["AAA"] * 9 + ["BBB"]),
        "evses": "spoiled" if chance.random() < 0.08 else evses,
        "last_updated": chance.choice(LATER),
    }
    return json.dumps(raw_location(**changes)).encode()


def some_tariff(chance, name):
    currency = "??" if chance.random() < 0.1 else "SEK"
    elements = [raw_element(raw_component(price=chance.choice([1, 2, 3])))]
    changes = {"currency": currency, "last_updated": chance.choice(LATER)}
    return json.dumps(raw_tariff(id=name, elements=elements, **changes)).encode()


def some_records(chance, made, make):
    """Return records of a few names: new, as before, as once before, twice or not at all."""
    records = []
    for name, so_far in made.items():
        if chance.random() < 0.15:
            continue
        if not so_far or chance.random() < 0.35:
            so_far.append(make(chance, name))
        records.append(chance.choice(so_far[-3:]))
        if chance.random() < 0.15:
            records.append(chance.choice(so_far))
    chance.shuffle(records)
    return records


def a_source(chance, locations, tariffs):
    cut = chance.randint(0, len(locations))
    modules = {
        "locations": [written(*locations[:cut]), written(*locations[cut:])],
        "tariffs": [written(*tariffs)],
    }
    broken = chance.choice([(), (), (), ("locations",), ("tariffs",)])
    is_complete = chance.random() < 0.7
    return lambda: Documents(modules, complete=is_complete, broken=broken)


def state(warehouse):
    """Return all that a harvest leaves behind, except when and in which run it was."""
    found = {}
    for table in TABLES:
        query = (
            "select * exclude (first_seen_at, valid_from, valid_to), valid_to is null "  # noqa: S608 - our own table name
            f"from core.{table} order by all"
        )
        found[table] = warehouse.execute(query).fetchall()
    for table, columns in COMPARED.items():
        query = f"select {columns} from core.{table} order by all"  # noqa: S608 - our own names
        found[table] = warehouse.execute(query).fetchall()
    seen = (
        "select module, all_seen_at = (select max(finished_at) from core.run) "
        "from core.module order by all"
    )
    return found | {"seen": warehouse.execute(seen).fetchall()}


@pytest.mark.parametrize("seed", range(6))
def test_recognising_never_makes_a_difference(seed):
    chance = Random(seed)
    locations, tariffs = {f"L{n}": [] for n in range(5)}, {f"T{n}": [] for n in range(3)}
    recognised = 0
    with open_warehouse(None) as knowing, open_warehouse(None) as forgetful:
        for step in range(6):
            source = a_source(
                chance,
                some_records(chance, locations, some_location),
                some_records(chance, tariffs, some_tariff),
            )
            forgetful.execute("delete from core.read_record")
            (known,) = knowing.execute("select count(*) from core.read_record").fetchone()
            recognised += known
            one, other = read(knowing, source()), read(forgetful, source())
            here = f"seed {seed}, step {step}"
            assert (one.outcome, one.message) == (other.outcome, other.message), here
            assert one.counts == other.counts, here
            assert all(c.received == c.kept + c.rejected for c in one.counts.values()), here
            assert state(knowing) == state(forgetful), here
    assert recognised > 0
