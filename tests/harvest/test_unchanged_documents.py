"""What a server says is unchanged is kept as it was read, if it was read as it would be now."""

import pytest

from tests.formats.raw_records import (
    ABSENT,
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
)
from tests.harvest.documents import current, four
from tests.harvest.small_server import SmallServer, tagged

GROSS = {"prices": "gross", "prices_evidence": "said so"}
UNREADABLE = {"id": "", "coordinates": {"latitude": "57.7", "longitude": "11.9"}, "evses": []}


@pytest.fixture
def server(httpserver, warehouse, tmp_path):
    server = SmallServer(httpserver, warehouse, tmp_path)
    server.answers["/locations"] = tagged("a", raw_location())
    server.answers["/tariffs"] = tagged("t", raw_tariff())
    return server


@pytest.fixture
def whole(feed_at):
    """Return a function that makes a feed of whole documents, of a version that is stated."""
    return lambda **values: feed_at(**{"source": "ocpi_file", "ocpi_version": "2.2.1"} | values)


def bases(warehouse):
    return current(warehouse, "tariff", "price_basis")


def seen_at(warehouse):
    return dict(warehouse.execute("select module, all_seen_at from core.module").fetchall())


def test_unchanged_documents_are_counted_as_they_were(server, whole):
    first = server.harvest(whole())
    second = server.harvest(whole())

    assert second.outcome == "ok"
    assert second.documents == 0
    assert {k: four(c) for k, c in second.counts.items()} == {
        k: four(c) for k, c in first.counts.items()
    }
    assert four(second.counts["location"]) == four(second.counts["tariff"]) == (1, 1, 0, 0)


@pytest.mark.parametrize("gone", [{"/locations", "/tariffs"}, {"/locations"}, {"/tariffs"}])
def test_a_new_feed_file_decides_although_its_first_run_failed(server, whole, warehouse, gone):
    server.harvest(whole())
    assert bases(warehouse) == [("NET",)]
    there = dict(server.answers)
    for path in gone:
        del server.answers[path]
    server.harvest(whole(**GROSS))
    server.answers.update(there)

    run = server.harvest(whole(**GROSS))

    assert run.outcome == "ok"
    assert run.documents == 2
    assert bases(warehouse) == [("GROSS",)]


def test_an_old_feed_file_decides_again_after_a_partial_run_of_another(server, whole, warehouse):
    server.harvest(whole())
    locations = server.answers.pop("/locations")
    server.harvest(whole(**GROSS))
    assert bases(warehouse) == [("GROSS",)]
    server.answers["/locations"] = locations

    server.harvest(whole())

    assert bases(warehouse) == [("NET",)]


def test_after_a_failed_run_of_a_new_feed_file_everything_is_pulled(server, feed_at, warehouse):
    server.harvest(feed_at(incremental=True))
    there = dict(server.answers)
    server.answers.clear()
    server.harvest(feed_at(incremental=True, **GROSS))
    server.answers.update(there)

    server.harvest(feed_at(incremental=True, **GROSS))

    assert [path for path in server.asked if "date_from" in path] == []
    assert bases(warehouse) == [("GROSS",)]


def test_only_changes_are_pulled_while_the_feed_file_stays(server, feed_at):
    server.harvest(feed_at(incremental=True))
    server.harvest(feed_at(incremental=True))
    assert len(server.asked) >= 2
    assert all("date_from" in path for path in server.asked)


def test_a_document_that_returns_to_its_old_tag_is_what_counts(server, whole, warehouse):
    server.harvest(whole())
    old, tariffs = server.answers["/locations"], server.answers.pop("/tariffs")
    server.answers["/locations"] = tagged("b", raw_location(name="another name"))
    server.harvest(whole())
    assert current(warehouse, "location", "name") == [("another name",)]
    server.answers.update({"/locations": old, "/tariffs": tariffs})

    server.harvest(whole())

    assert current(warehouse, "location", "name") == [("Station L1",)]


def test_a_repeated_empty_answer_is_never_reported_as_received(server, whole, warehouse):
    server.answers["/locations"] = tagged("a", raw_location(), raw_location(id="L2"))
    server.harvest(whole())
    before = seen_at(warehouse)["locations"]
    server.answers["/locations"] = tagged("z")

    runs = [server.harvest(whole()) for _ in range(2)]

    said = (
        "the answer held no locations; the 2 known ones are kept; if they are really gone: "
        "klarpris harvest one --accept-shrink"
    )
    assert [(run.outcome, run.message) for run in runs] == [("attention", said)] * 2
    assert [four(run.counts["location"]) for run in runs] == [(0, 0, 0, 0)] * 2
    assert seen_at(warehouse)["locations"] == before
    assert len(current(warehouse, "location", "location_id")) == 2


def test_an_unchanged_document_with_a_refusal_keeps_counts_and_quarantine(server, whole, warehouse):
    server.answers["/locations"] = tagged("a", raw_location(), UNREADABLE)
    rejections = "select object_type, reason_code, json_path from core.rejection"
    first = server.harvest(whole())
    in_quarantine = warehouse.execute(rejections).fetchall()

    second = server.harvest(whole())

    assert second.documents == 0
    assert four(first.counts["location"]) == four(second.counts["location"]) == (2, 1, 1, 0)
    assert len(in_quarantine) == 1
    assert warehouse.execute(rejections).fetchall() == in_quarantine
    remembered = "select run_id, last_seen_at, occurrences, is_current from core.rejection"
    now = second.finished_at.replace(tzinfo=None)
    assert warehouse.execute(remembered).fetchall() == [(second.run_id, now, 2, True)]


def test_an_unchanged_document_adds_up_to_what_is_live(server, whole):
    server.answers["/locations"] = tagged("a", raw_location(), raw_location(id="L2"))
    server.harvest(whole())
    second = server.harvest(whole())

    count = second.counts["location"]
    assert second.documents == 0
    assert (count.kept, count.new, count.unchanged, count.waiting) == (2, 0, 2, 0)
    assert (count.ended, count.live) == (0, 2)


def test_unchanged_documents_move_when_everything_was_last_seen(server, whole, warehouse):
    server.harvest(whole())
    before = seen_at(warehouse)
    run = server.harvest(whole())
    now = run.finished_at.replace(tzinfo=None)
    assert seen_at(warehouse) == {"locations": now, "tariffs": now}
    assert min(before.values()) < now


def test_a_record_that_is_held_is_not_seen_by_an_unchanged_document(server, whole, warehouse):
    server.answers["/locations"] = tagged("a", raw_location(), raw_location(id="L2"))
    server.harvest(whole())
    before = seen_at(warehouse)["locations"]
    spoiled = raw_location(id="L2", evses="none")
    server.answers["/locations"] = tagged("b", raw_location(), spoiled)
    server.harvest(whole())
    held = seen_at(warehouse)["locations"]
    run = server.harvest(whole())

    assert run.documents == 0
    assert held == seen_at(warehouse)["locations"] == before


def test_a_module_that_failed_is_not_seen_beside_an_unchanged_one(server, whole, warehouse):
    server.harvest(whole())
    before = seen_at(warehouse)["locations"]
    del server.answers["/locations"]
    run = server.harvest(whole())

    assert run.outcome == "attention"
    assert seen_at(warehouse)["locations"] == before


def test_unchanged_locations_still_tell_the_version_of_changed_tariffs(server, whole, warehouse):
    plug = raw_connector(voltage=400, amperage=32, max_voltage=ABSENT, max_amperage=ABSENT)
    older = raw_location(country_code=ABSENT, party_id=ABSENT, evses=[raw_evse(connectors=[plug])])
    feed, bare = (
        whole(country_code="SE", party_id="AAA", ocpi_version=None),
        [raw_component(vat=ABSENT)],
    )
    tariffs = [raw_tariff(id=one, elements=[raw_element(*bare)]) for one in ("T1", "T2")]
    server.answers["/locations"] = tagged("a", older)
    server.answers["/tariffs"] = tagged("t", tariffs[0])
    server.harvest(feed)
    first = bases(warehouse)
    server.answers["/tariffs"] = tagged("u", *tariffs)

    server.harvest(feed)

    assert bases(warehouse) == first * 2
