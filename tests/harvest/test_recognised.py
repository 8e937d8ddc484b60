"""Records whose bytes have been read before end as they would if they were read again."""

import json

import pytest

from aggregator.sources.page import BOTH
from aggregator.store.warehouse import open_warehouse
from tests.formats.raw_records import ABSENT, raw_connector, raw_evse, raw_location, raw_tariff
from tests.harvest.documents import (
    Documents,
    current,
    feed_of,
    four,
    read,
    read_both,
    read_modules,
    written,
)

ODD_STATUS = [raw_evse(status="WORKING")]  # no OCPI status: noted, by the tolerant reader


def priced(price, **changes):
    component = {"type": "ENERGY", "price": price, "step_size": 1}
    return raw_tariff(elements=[{"price_components": [component]}], **changes)


def ids(warehouse, table="tariff"):
    return [name for (name,) in current(warehouse, table, f"{table}_id")]


# Where lists begin with something else


def test_a_list_that_begins_with_other_things_is_read_and_counted(warehouse):
    begin = [{"id": f"x{n}"} for n in range(20)]
    good = [raw_location(id=f"L{n}") for n in range(3)]
    run = read_both(warehouse, {"locations": [*begin, *good], "tariffs": [raw_tariff()]})
    assert four(run.counts["location"]) == (23, 23, 0, 0)
    assert four(run.counts["tariff"]) == (1, 1, 0, 0)


def test_a_list_that_now_begins_with_other_things_still_holds_what_was_known(warehouse):
    begin = [{"id": f"x{n}"} for n in range(20)]
    good = [raw_location(id=f"L{n}") for n in range(30)]
    read_both(warehouse, {"locations": good, "tariffs": [raw_tariff()]})
    run = read_both(warehouse, {"locations": [*begin, *good[:29]], "tariffs": [raw_tariff()]})
    assert four(run.counts["location"]) == (49, 49, 0, 0)
    assert run.counts["location"].ended == 1
    assert len(ids(warehouse, "location")) == 49


# Which of two records counts


PLAIN = {"name": "plain", "last_updated": ABSENT}
ODD = {"name": "odd", "evses": ODD_STATUS, "last_updated": ABSENT}


@pytest.mark.parametrize("known", [(), (PLAIN,), (ODD,), (PLAIN, ODD)], ids=len)
@pytest.mark.parametrize("order", [(PLAIN, ODD), (ODD, PLAIN)], ids=["odd last", "plain last"])
def test_of_equally_old_locations_the_last_in_the_document_counts(warehouse, known, order):
    if known:
        read_modules(warehouse, [raw_location(**one) for one in known])
    for _ in range(2):
        run = read_modules(warehouse, [raw_location(**one) for one in order])
        assert current(warehouse, "location", "name") == [(order[1]["name"],)]
        assert four(run.counts["location"]) == (2, 1, 1, 1)
        path = "select json_path from core.rejection where object_type = 'location'"
        assert warehouse.execute(path).fetchall() == [("$.data[0]",)]


@pytest.mark.parametrize("known", [None, 1, 2])
@pytest.mark.parametrize("last", [1, 2])
def test_of_equally_old_tariffs_the_last_in_the_document_counts(warehouse, known, last):
    if known:
        read_modules(warehouse, [raw_location()], [priced(known, last_updated=ABSENT)])
    both = [priced(price, last_updated=ABSENT) for price in (3 - last, last)]
    for _ in range(2):
        run = read_modules(warehouse, [raw_location()], both)
        [(price_list,)] = current(warehouse, "tariff", "price_list")
        price = json.loads(price_list)["elements"][0]["price_components"][0]["price"]
        assert float(price) == last
        assert four(run.counts["tariff"]) == (2, 1, 1, 1)


def test_the_same_bytes_twice_are_a_duplicate_even_when_they_are_known(warehouse):
    runs = [read_modules(warehouse, [raw_location()] * copies) for copies in (1, 2, 2, 1)]
    counts = [four(run.counts["location"]) for run in runs]
    assert counts == [(1, 1, 0, 0), (2, 1, 1, 1), (2, 1, 1, 1), (1, 1, 0, 0)]
    assert four(runs[2].counts["connector"]) == (2, 1, 1, 1)


def test_a_note_about_a_known_record_is_made_in_every_run(warehouse):
    notes = "select note_code, occurrences, example from core.note"
    made = []
    for _ in range(2):
        read_modules(warehouse, [raw_location(evses=ODD_STATUS)])
        made.append(warehouse.execute(notes).fetchall())
    assert made[0] == made[1]
    assert len(made[0]) == 1


# What else decides what bytes mean


def of_version_2_1_1():
    plug = raw_connector(voltage=400, amperage=32, max_voltage=ABSENT, max_amperage=ABSENT)
    return raw_location(country_code=ABSENT, party_id=ABSENT, evses=[raw_evse(connectors=[plug])])


@pytest.mark.parametrize("versions", ["older first", "newer first"])
def test_the_same_tariff_is_read_again_when_the_version_is_another(warehouse, versions):
    feed, tariff = feed_of(country_code="SE", party_id="AAA"), priced(5)
    states = [of_version_2_1_1(), raw_location()]
    for location in states if versions == "older first" else states[::-1]:
        read_modules(warehouse, [location], [tariff], feed)
        with open_warehouse(None) as fresh:
            read_modules(fresh, [location], [tariff], feed)
            expected = current(fresh, "tariff", "price_basis")
        assert current(warehouse, "tariff", "price_basis") == expected


def test_the_two_versions_of_that_test_read_a_tariff_differently(warehouse):
    bases = []
    for location in (of_version_2_1_1(), raw_location()):
        read_modules(warehouse, [location], [priced(5)], feed_of(country_code="SE", party_id="AAA"))
        bases += current(warehouse, "tariff", "price_basis")
    assert len(set(bases)) == 2


def test_the_same_tariff_is_read_again_when_the_feed_file_says_otherwise(warehouse):
    read_modules(warehouse, [raw_location()], [raw_tariff()])
    assert current(warehouse, "tariff", "price_basis") == [("NET",)]
    gross = feed_of(prices="gross", prices_evidence="said so")
    run = read_modules(warehouse, [raw_location()], [raw_tariff()], gross)
    assert current(warehouse, "tariff", "price_basis") == [("GROSS",)]
    assert run.counts["tariff"].changed == 1


# Tariffs inside locations


def holding(location_id, *tariffs):
    plug = raw_connector(tariff_ids=ABSENT, tariffs=list(tariffs) or ABSENT)
    return raw_location(id=location_id, evses=[raw_evse(uid=f"E{location_id}", connectors=[plug])])


def read_locations(warehouse, *locations):
    return read(warehouse, Documents({"locations": [written(*locations)]}))


def test_a_tariff_ends_when_its_location_no_longer_holds_it(warehouse):
    read_locations(warehouse, holding("A", raw_tariff(id="T7")), holding("B", raw_tariff(id="T8")))
    run = read_locations(warehouse, holding("A"), holding("B", raw_tariff(id="T8")))
    assert ids(warehouse) == ["T8"]
    assert run.counts["tariff"].ended == 1


def test_the_last_tariff_inside_locations_stays_as_after_any_answer_without_tariffs(warehouse):
    read_locations(warehouse, holding("A", raw_tariff(id="T7")), holding("B"))
    read_locations(warehouse, holding("A"), holding("B"))
    assert ids(warehouse) == ["T7"]


def test_a_tariff_ends_when_its_location_ends(warehouse):
    read_locations(warehouse, holding("A", raw_tariff(id="T7")), holding("B", raw_tariff(id="T8")))
    read_locations(warehouse, holding("B", raw_tariff(id="T8")))
    assert ids(warehouse) == ["T8"]


def test_tariffs_without_ids_inside_locations_end_with_each_change_of_price(warehouse):
    for price in (0.1, 0.2, 0.3):
        run = read_locations(warehouse, holding("A", priced(price, id=ABSENT)))
    [(tariff_ids,)] = current(warehouse, "connector", "tariff_ids")
    assert ids(warehouse) == tariff_ids
    assert (run.counts["tariff"].new, run.counts["tariff"].ended) == (1, 1)


def test_a_tariff_inside_an_unchanged_location_stays(warehouse):
    for _ in range(3):
        run = read_locations(warehouse, holding("A", raw_tariff(id="T7")), raw_location(id="B"))
        assert ids(warehouse) == ["T7"]
    assert not run.has_changes


def test_tariffs_inside_locations_end_nothing_when_the_locations_were_cut(warehouse):
    a, b = holding("A", raw_tariff(id="T7")), holding("B", raw_tariff(id="T8"))
    read_locations(warehouse, a, b)
    pages = {"locations": [written(a), written(b)]}
    read(warehouse, Documents(pages, broken=("locations",)))
    assert ids(warehouse) == ["T7", "T8"]


def test_a_tariff_of_a_location_that_was_refused_stays(warehouse):
    a, b = holding("A", raw_tariff(id="T7")), holding("B", raw_tariff(id="T8"))
    read_locations(warehouse, a, b)
    read_locations(warehouse, a | {"evses": "none"}, b)
    assert ids(warehouse, "location") == ["A", "B"]
    assert ids(warehouse) == ["T7", "T8"]


def test_a_document_of_both_modules_is_recognised_in_any_order(warehouse):
    locations, tariffs = [raw_location()], [raw_tariff()]
    contents = [
        {"locations": locations, "tariffs": tariffs},
        {"tariffs": tariffs, "locations": locations},
    ]
    for content in contents:
        run = read(warehouse, Documents({BOTH: [json.dumps(content).encode()]}))
    assert not run.has_changes
    assert run.counts["location"].kept == run.counts["tariff"].kept == 1


# Answers that are not all there is


def test_records_of_an_answer_that_proves_nothing_complete_are_recognised_too(warehouse):
    def recorded(*names):
        places = [raw_location(id=f"L{n}", name=name) for n, name in enumerate(names)]
        pages = {"locations": [written(*places)], "tariffs": [written(raw_tariff())]}
        return read(warehouse, Documents(pages, complete=False))

    recorded("a", "b", "c")
    digests = "select count(*) from core.read_record where object_type = 'location'"
    assert warehouse.execute(digests).fetchall() == [(3,)]

    run = recorded("a", "other")  # the third is not there: it stays, and what it was read from
    assert run.counts["location"].changed == 1
    assert warehouse.execute(digests).fetchall() == [(3,)]
    assert current(warehouse, "location", "name") == [("a",), ("c",), ("other",)]
    recorded("a", "b", "c")
    assert current(warehouse, "location", "name") == [("a",), ("b",), ("c",)]


def test_an_evse_that_left_in_an_answer_that_proves_nothing_ends_with_the_next_whole_one(warehouse):
    two = raw_location(evses=[raw_evse(uid="1"), raw_evse(uid="2", evse_id="SE*AAA*E2")])
    one = raw_location(evses=[raw_evse(uid="1")])

    def received(place, *, complete):
        pages = {"locations": [written(place)], "tariffs": [written(raw_tariff())]}
        return read(warehouse, Documents(pages, complete=complete)).counts["evse"]

    received(two, complete=True)
    partial = received(one, complete=False)
    assert (partial.received, partial.live) == (1, 2)
    again = received(one, complete=False)
    assert (again.received, again.unchanged, again.live) == (1, 1, 2)
    whole = received(one, complete=True)
    assert (whole.received, whole.ended, whole.live) == (1, 1, 1)
