"""What proves that records have ended, and what does not."""

import json

import pytest
from werkzeug import Response

from tests.formats.raw_records import raw_connector, raw_evse, raw_location, raw_tariff


def live(warehouse, table):
    query = f"select {table}_id from core.{table} where valid_to is null order by all"  # noqa: S608
    return [name for (name,) in warehouse.execute(query).fetchall()]


@pytest.fixture
def serve(httpserver, feed_at, harvest_now):
    """Return a function that harvests a document of locations."""

    def serve(content, **feed):
        httpserver.clear()
        httpserver.expect_request("/locations").respond_with_handler(lambda _: Response(content))
        whole = {"source": "ocpi_file", "tariffs_url": None, **feed}
        return harvest_now(feed_at(**whole))["one"]

    return serve


def locations(*ids, **values):
    return [raw_location(id=one, evses=[raw_evse(uid=f"E{one}", **values)]) for one in ids]


def test_a_record_that_a_whole_document_no_longer_holds_has_ended(serve, warehouse):
    serve(json.dumps(locations("A", "B")))
    serve(json.dumps(locations("A")))
    assert live(warehouse, "location") == ["A"]


def test_json_lines_may_stop_anywhere_and_end_nothing(serve, warehouse):
    lines = [json.dumps(one) for one in locations("A", "B", "C")]
    serve("\n".join(lines))
    run = serve("\n".join(lines[:2]))
    assert "what is missing is kept as it was" in run.message
    assert live(warehouse, "location") == ["A", "B", "C"]


def test_a_tariff_inside_a_location_ends_with_it(serve, warehouse):
    inside = [raw_tariff(id="T7")]
    serve(json.dumps(locations("A", connectors=[raw_connector(tariffs=inside)])))
    assert live(warehouse, "tariff") == ["T7"]
    serve(json.dumps(locations("A", connectors=[raw_connector(tariffs=[raw_tariff(id="T8")])])))
    assert live(warehouse, "tariff") == ["T8"]


def test_an_unchanged_harvest_keeps_everything_and_counts_it(serve, warehouse):
    first = serve(json.dumps(locations("A", "B")))
    second = serve(json.dumps(locations("A", "B")))
    assert first.has_changes
    assert not second.has_changes
    assert second.counts["location"].received == second.counts["location"].kept == 2
    assert second.counts["connector"].kept == first.counts["connector"].kept
    assert live(warehouse, "location") == ["A", "B"]


def test_a_record_that_returns_to_its_old_bytes_is_read_as_it_was(serve, warehouse):
    old, new = locations("A", status="AVAILABLE"), locations("A", status="CHARGING")
    status = "select status from core.evse_status where valid_to is null"
    for content, expected in ((old, "AVAILABLE"), (new, "CHARGING"), (old, "AVAILABLE")):
        serve(json.dumps(content))
        assert warehouse.execute(status).fetchall() == [(expected,)]
