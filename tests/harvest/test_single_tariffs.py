"""Tariffs that are given out one by one: named by the locations, and ended only by all of them."""

import json

import pytest
from werkzeug import Response

from tests.formats.raw_records import raw_connector, raw_evse, raw_location, raw_tariff
from tests.harvest.documents import current
from tests.harvest.small_server import SmallServer, tagged


def naming(location_id, *tariff_ids):
    plug = raw_connector(tariff_ids=list(tariff_ids))
    return raw_location(id=location_id, evses=[raw_evse(uid=f"E{location_id}", connectors=[plug])])


def one_by_one(price, tariff_id):
    elements = [{"price_components": [{"type": "ENERGY", "price": price, "step_size": 1}]}]
    content = {"status_code": 1000, "data": raw_tariff(id=tariff_id, elements=elements)}
    return Response(json.dumps(content), content_type="application/json")


@pytest.fixture
def server(httpserver, warehouse, tmp_path):
    server = SmallServer(httpserver, warehouse, tmp_path)
    for tariff_id in ("T1", "T2"):
        server.answers[f"/tariffs/{tariff_id}"] = one_by_one(5, tariff_id)
    return server


@pytest.fixture
def feed(feed_at, server):
    def make(**values):
        single = {"tariffs_url": None, "tariff_url": server.url("/tariffs/{id}")}
        return feed_at(**(single | values))

    return make


def ids(warehouse):
    return [name for (name,) in current(warehouse, "tariff", "tariff_id")]


def test_a_tariff_that_no_location_names_any_more_has_ended(server, feed, warehouse):
    whole = feed(source="ocpi_file")
    server.answers["/locations"] = tagged("a", naming("L1", "T1"), naming("L2", "T2"))
    server.harvest(whole)
    assert ids(warehouse) == ["T1", "T2"]
    server.answers["/locations"] = tagged("b", naming("L1", "T1"), naming("L2", "T1"))
    server.harvest(whole)
    assert ids(warehouse) == ["T1"]


def test_tariffs_of_locations_that_did_not_come_are_not_ended(server, feed, warehouse):
    all_there, is_cut = [naming("L1", "T1"), naming("L2", "T2")], False

    def pages(request):
        offset = int(request.args.get("offset", 0))
        if is_cut and offset:
            return Response('{"data": [{"id": "L2"')
        counted = {"X-Total-Count": "2", "X-Limit": "1"}
        return tagged(None, *all_there[offset : offset + 1], **counted)

    server.answers["/locations"] = pages
    pulled = feed(page_limit=1)
    assert server.harvest(pulled).outcome == "ok"
    is_cut = True

    assert server.harvest(pulled).outcome == "attention"

    assert server.asked[-1] == "/tariffs/T1?"
    assert ids(warehouse) == ["T1", "T2"]


def test_tariffs_of_a_location_that_was_refused_are_not_ended(server, feed, warehouse):
    whole = feed(source="ocpi_file")
    server.answers["/locations"] = tagged("a", naming("L1", "T1"), naming("L2", "T2"))
    server.harvest(whole)
    spoiled = naming("L2", "T2") | {"evses": "none"}
    server.answers["/locations"] = tagged("b", naming("L1", "T1"), spoiled)
    server.harvest(whole)
    assert current(warehouse, "connector", "location_id, tariff_ids") == [
        ("L1", ["T1"]),
        ("L2", ["T2"]),
    ]
    assert ids(warehouse) == ["T1", "T2"]


def test_a_price_that_changes_beside_unchanged_locations_is_seen(server, feed, warehouse):
    whole = feed(source="ocpi_file")
    server.answers["/locations"] = tagged("a", naming("L1", "T1"))
    server.harvest(whole)
    server.answers["/tariffs/T1"] = one_by_one(9, "T1")

    run = server.harvest(whole)

    assert run.counts["tariff"].changed == 1
    [(price_list,)] = current(warehouse, "tariff", "price_list")
    price = json.loads(price_list)["elements"][0]["price_components"][0]["price"]
    assert float(price) == 9


def test_unchanged_records_name_their_tariffs_in_every_run(server, feed, warehouse):
    whole = feed(source="ocpi_file")
    server.answers["/locations"] = tagged(None, naming("L1", "T1"), naming("L2", "T2"))
    runs = [server.harvest(whole) for _ in range(3)]
    assert [run.counts["tariff"].kept for run in runs] == [2, 2, 2]
    assert ids(warehouse) == ["T1", "T2"]
