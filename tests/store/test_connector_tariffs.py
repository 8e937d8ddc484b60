"""What the connectors of an EVSE are charged by, from the current snapshot."""

import json

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.publish import publish
from aggregator.store import connector_tariffs as module
from aggregator.store.connector_tariffs import Place, connector_tariffs
from aggregator.store.ledger import FeedFacts
from aggregator.store.pointer import current_snapshot
from tests.records import connector, evse, location, tariff


@pytest.fixture
def chosen(tmp_path):
    return Settings(home=tmp_path)


@pytest.fixture
def found(receive, warehouse, chosen):
    """Return a function that publishes locations and tariffs and asks for a place."""

    def ask(locations, tariffs, *, loaded_as="f", **place):
        receive(locations, tariffs, feed=loaded_as)
        publish(warehouse, chosen)
        return connector_tariffs(chosen.snapshots_folder, Place(**place))

    return ask


@pytest.mark.parametrize(
    "asked", ["SE*AAA*EE1", "se*aaa*ee1", "SEAAAEE1", "SE-AAA-E-E1", " se aaa.ee1 "]
)
def test_an_evse_id_is_found_whatever_its_separators_and_case(found, asked):
    (row,) = found([location()], [tariff()], evse_id=asked)
    assert (row["feed"], row["location_id"], row["evse_uid"]) == ("f", "L1", "E1")
    assert json.loads(row["price_list"])["currency"] == "SEK"


@pytest.mark.parametrize("asked", ["SE*AAA*EE", "SE*AAA*EE11", "", "*", "%", "' or 1=1 --"])
def test_another_evse_id_finds_nothing(found, asked):
    assert found([location()], [tariff()], evse_id=asked) == []


def test_an_evse_without_an_id_is_found_by_its_uid_only(found):
    places = [location(evses=(evse(evse_id=None),))]
    assert found(places, [tariff()], evse_id="") == []
    assert len(found(places, [tariff()], evse_uid="E1")) == 1


TWO = evse(connectors=(connector("1", tariff_ids=("T1", "T2")), connector("2")))
OTHER = evse("E2")


@pytest.mark.parametrize(
    ("place", "rows"),
    [
        ({"evse_id": "SE*AAA*EE1"}, [("E1", "1", "T1"), ("E1", "1", "T2"), ("E1", "2", "T1")]),
        ({"evse_id": "SE*AAA*EE1", "connector_id": "2"}, [("E1", "2", "T1")]),
        ({"feed": "f", "location_id": "L1", "evse_uid": "E2"}, [("E2", "1", "T1")]),
        ({"feed": "g"}, []),
        ({"location_id": "L9"}, []),
    ],
)
def test_each_tariff_of_each_connector_meant_comes_once(found, place, rows):
    asked = found([location(evses=(TWO, OTHER))], [tariff(), tariff("T2", "6.00")], **place)
    assert [(row["evse_uid"], row["connector_id"], row["tariff_id"]) for row in asked] == rows


def test_ways_to_pay_stand_together(found):
    (row,) = found([location()], [tariff()])
    assert row["payment_methods"] == sorted(set(row["payment_methods"]))
    assert "card" in row["payment_methods"]


def test_a_connector_without_a_tariff_has_a_reason_and_no_prices(found):
    bay = evse(connectors=(connector(tariff_ids=("gone",)),))
    (row,) = found([location(evses=(bay,))], [tariff()])
    assert row["price_list"] is None
    assert not row["payment_methods"]
    assert row["state_reason"] == "tariff_not_in_feed"


def test_a_simulated_operator_is_marked(found):
    facts = FeedFacts("demo", "Demo", synthetic=True)
    (row,) = found([location()], [tariff()], loaded_as=facts)
    assert row["synthetic"] is True


def test_no_more_rows_than_a_person_reads(found, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    assert len(found([location(evses=(TWO, OTHER))], [tariff()])) == 2


def test_without_a_snapshot_a_line_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="klarpris harvest"):
        connector_tariffs(tmp_path, Place())


def test_a_snapshot_without_the_new_columns_is_told(found, chosen):
    found([location()], [tariff()])
    path = current_snapshot(chosen.snapshots_folder).path
    path.chmod(0o600)
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table mart.offered_tariff drop column content_hash")
    with pytest.raises(StoreError, match="older Klarpris; `klarpris publish` renews it"):
        connector_tariffs(chosen.snapshots_folder, Place())


def test_a_damaged_snapshot_is_told_in_one_line(found, chosen):
    found([location()], [tariff()])
    path = current_snapshot(chosen.snapshots_folder).path
    path.chmod(0o600)
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError) as error:
        connector_tariffs(chosen.snapshots_folder, Place())
    assert "cannot be read" in str(error.value)
    assert "\n" not in str(error.value)
