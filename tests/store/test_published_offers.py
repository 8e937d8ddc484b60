"""Everything that one snapshot says of a few offers, to be worked out anew."""

from datetime import UTC, time
from decimal import Decimal

import pytest

from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.publish import publish
from aggregator.store.connector_tariffs import Place
from aggregator.store.pointer import current_snapshot
from aggregator.store.published_offers import published_offers
from tests.records import connector, evse, location, tariff

TWO = location(evses=(evse(connectors=(connector("1"), connector("2", tariff_ids=("t1",)))),))


@pytest.fixture
def found(receive, warehouse, tmp_path):
    """Return a function that publishes what came and asks for a place."""

    def ask(locations, tariffs, place=Place(), **asked):  # noqa: B008 - it cannot be changed
        receive(locations, tariffs)
        folder = Settings(home=tmp_path).snapshots_folder
        publish(warehouse, Settings(home=tmp_path))
        return published_offers(folder, place, **asked)

    return ask


def test_an_offer_has_its_tariff_quote_and_totals(found):
    # 40 kWh at 5.00 and 25 % tax are 250.00.
    (row,) = found([location()], [tariff()]).offers
    assert (row["tariff_feed"], row["stated_tariff_id"]) == ("f", "T1")
    assert row["price_list"].startswith('{"currency":"SEK"')
    assert (row["session_code"], row["vat_rate"]) == ("hpc", None)
    assert row["price_excl_vat_per_kwh"] == Decimal("5.00")
    totals = {one["session_code"]: one["total"] for one in row["session_totals"]}
    assert totals["hpc"] == row["session_hpc_total"] == 250


def test_ways_to_pay_that_cost_the_same_are_one_row(found):
    (row,) = found([location()], [tariff(type=None)]).offers
    assert row["payment_methods"] == ["card", "contract"]


def test_a_tariff_named_in_other_letters_is_the_published_one(found):
    rows = found([TWO], [tariff()], Place(feed="f")).offers
    named = [(row["connector_id"], row["tariff_id"], row["stated_tariff_id"]) for row in rows]
    assert named == [("1", "T1", "T1"), ("2", "t1", "T1")]


def test_an_equal_tariff_of_another_party_is_not_taken_for_it(found):
    both = [tariff(country_code="NO", party_id="AAA"), tariff(), tariff(party_id="BBB")]
    (row,) = found([location()], both).offers
    assert (row["tariff_country_code"], row["tariff_party_id"]) == ("SE", "AAA")


def test_an_offer_without_a_tariff_has_a_row_with_the_reason(found):
    bay = evse(connectors=(connector(tariff_ids=()),))
    (row,) = found([location(evses=(bay,))], [tariff()]).offers
    assert (row["state"], row["state_reason"]) == ("unknown", "no_tariff_id")
    assert (row["tariff_feed"], row["session_totals"], row["payment_methods"]) == (None, None, None)


@pytest.mark.parametrize("evse_id", ["SE*AAA*EE1", "se-aaa-ee1"])
def test_only_the_place_that_is_meant_and_no_more_than_asked(found, evse_id):
    places = [location(), location("L2", evses=(evse("E2"),))]
    (row,) = found(places, [tariff()], Place(evse_id=evse_id)).offers
    assert row["location_id"] == "L1"
    assert found(places, [tariff()], Place(evse_id="SE*AAA*E9")).offers == ()
    assert len(found(places, [tariff()], most=1).offers) == 1


def test_the_rate_into_a_currency_is_there_where_it_is_asked_for(found):
    (row,) = found([location()], [tariff()]).offers
    assert (row["rate"], row["rate_missing_because"]) == (None, None)
    (row,) = found([location()], [tariff()], to_currency="SEK").offers
    assert row["rate"] == 1


def test_all_of_it_is_of_one_snapshot(found, tmp_path):
    told = found([location()], [tariff()])
    snapshot = current_snapshot(Settings(home=tmp_path).snapshots_folder)
    assert (told.snapshot_id, told.published_at) == (snapshot.snapshot_id, snapshot.published_at)
    assert told.published_at.tzinfo is UTC
    assert told.meanings["outlier"].endswith(".")
    assert {row["session_code"] for row in told.sessions} == {"ac", "dc", "hpc", "idle"}
    assert told.sessions[0]["start_time"] == time(18)


def test_without_a_snapshot_there_is_nothing_to_ask(tmp_path):
    with pytest.raises(StoreError, match="nothing has been published yet"):
        published_offers(tmp_path, Place())
