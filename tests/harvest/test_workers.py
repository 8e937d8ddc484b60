"""What workers read ends in the warehouse as if no one had helped."""

from threading import BoundedSemaphore

import pytest

from aggregator.harvest import reading
from aggregator.harvest.batches import Batches
from aggregator.sources.page import BOTH
from aggregator.store.warehouse import open_warehouse
from aggregator.workers import pool
from tests.formats.raw_records import raw_connector, raw_evse, raw_location, raw_tariff
from tests.harvest.documents import TABLES, Documents, feed_of, read, written

CONTENT = {
    "location": "location_id, name, publish, latitude, operator_last_updated",
    "evse": "location_id, evse_uid, capabilities, accepted_service_providers, "
    "connector_capabilities",
    "evse_status": "evse_uid, status",
    "connector": "location_id, evse_uid, connector_id, max_power_kw, tariff_ids",
    "tariff": "tariff_id, currency, price_list",
}


def location(number):
    """Return one of many: every seventh is unusual, every fiftieth refused, some come twice."""
    changes = {}
    if number % 7 == 0:
        changes["evses"] = [raw_evse(status="WORKING", connectors=[raw_connector(id="9")])]
    if number % 9 == 0:
        plug = raw_connector(capabilities=["ISO_15118_2_PLUG_AND_CHARGE"])
        changes["evses"] = [raw_evse(accepted_service_providers=["A", "B"], connectors=[plug])]
    if number % 50 == 0:
        changes["evses"] = [raw_evse(uid=None)]
    if number % 11 == 0:
        inline = raw_tariff(id=f"T{number % 3}", currency="SEK" if number % 2 else "EUR")
        changes["tariffs"] = [inline]
    return raw_location(id=f"L{number % 190}", name=f"no {number}", **changes)


@pytest.fixture
def many(monkeypatch):
    """Have workers called however little there is; return the workers that were called."""
    monkeypatch.setattr(reading, "MANY_RECORDS", -1)
    monkeypatch.setattr(pool, "PLACES", BoundedSemaphore(2))
    monkeypatch.setattr(pool, "IS_OF_USE", True)
    called = []
    come = pool.Workers.come

    def come_and_wait(self):
        come(self)
        for worker in self._workers:
            worker._started.result(30)
            called.append(worker)

    monkeypatch.setattr(pool.Workers, "come", come_and_wait)
    return called


def read_in_pages(warehouse):
    pages = [written(*map(location, range(start, start + 20))) for start in range(0, 200, 20)]
    return read(warehouse, Documents({"locations": pages, "tariffs": [written(raw_tariff())]}))


def everything(warehouse):
    rows = {}
    for table in TABLES:
        query = f"select {CONTENT[table]} from core.{table} order by all"  # noqa: S608 - made in tests
        rows[table] = warehouse.execute(query).fetchall()
    columns = "object_type, object_id, json_path, reason_code"
    query = f"select {columns} from core.rejection order by all"  # noqa: S608 - made in tests
    rows["rejection"] = warehouse.execute(query).fetchall()
    query = "select json_path, note_code, occurrences, example from core.note order by all"
    rows["note"] = warehouse.execute(query).fetchall()
    return rows


def test_many_pages_are_the_same_with_workers_and_without(many):
    with open_warehouse(None) as warehouse:
        helped = read_in_pages(warehouse)
        with_workers = everything(warehouse)
    assert sum(len(one._tasks) for one in many) > 0
    with pytest.MonkeyPatch.context() as alone:
        alone.setattr(Batches, "expect_many", lambda _: None)
        with open_warehouse(None) as warehouse:
            unhelped = read_in_pages(warehouse)
            assert everything(warehouse) == with_workers
    assert helped.counts == unhelped.counts
    assert helped.account.received == unhelped.account.received
    assert with_workers["rejection"]
    assert with_workers["note"]


def test_what_came_before_a_broken_page_is_kept(many, warehouse):
    pages = [written(*map(location, range(1, 6))), b""]
    run = read(warehouse, Documents({"locations": pages}, broken={"locations"}))
    assert many
    assert run.outcome == "attention"
    assert run.counts["location"].kept == 5


def test_tariffs_are_asked_for_by_the_names_that_workers_found(many, warehouse):
    feed = feed_of(url=None, locations_url="http://a.example/l", tariff_url="http://a.example/{id}")
    asked = []

    class Source(Documents):
        async def single_tariffs(self, names):
            asked.extend(names)
            for _ in ():
                yield _

    connectors = [raw_connector(id=str(n), tariff_ids=[f"T{n % 3}"]) for n in range(9)]
    source = Source({"locations": [written(raw_location(evses=[raw_evse(connectors=connectors)]))]})
    read(warehouse, source, feed)
    assert many
    assert asked == ["T0", "T1", "T2"]


def test_a_document_of_both_modules_is_read_with_workers(many, warehouse):
    content = b'{"locations":' + written(raw_location())[8:-1] + b',"tariffs":'
    content += written(raw_tariff())[8:]
    run = read(warehouse, Documents({BOTH: [content]}))
    assert many
    assert {kind: run.counts[kind].kept for kind in ("location", "tariff")} == {
        "location": 1,
        "tariff": 1,
    }


def test_where_nothing_is_to_be_read_nobody_is_called(many, warehouse):
    content = written(raw_location(id="same"))
    read(warehouse, Documents({"locations": [content]}))
    called = len(many)
    read(warehouse, Documents({"locations": [content]}))
    assert called
    assert len(many) == called
