"""Publishing: readers see a whole snapshot or the one before."""

import os
import time
from decimal import Decimal

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.ledger import FeedFacts
from aggregator.store.pointer import current_snapshot, replace_file
from tests.records import connector, evse, location, price_list, tariff


@pytest.fixture
def chosen(tmp_path):
    return Settings(home=tmp_path)


def rows(snapshot, query):
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_the_pointer_names_the_file_its_time_and_its_rows(receive, warehouse, chosen):
    receive([location()], [tariff()])
    published = publish(warehouse, chosen)

    found = current_snapshot(chosen.snapshots_folder)
    assert found == published
    assert found.rows["offer"] == len(rows(found, "select * from mart.offer")) == 1


def test_an_offer_carries_the_price_with_tax_and_the_totals_of_three_sessions(
    receive, warehouse, chosen
):
    # 5.00 SEK/kWh net, 25 % VAT: 6.25; 20, 30 and 40 kWh cost 125, 187.50 and 250.
    receive([location()], [tariff(price="5.00")])
    offers = rows(
        publish(warehouse, chosen),
        "select payment_method, state, currency, tax_basis, price_per_kwh, session_ac_total, "
        "session_dc_total, session_hpc_total from mart.offer where payment_method = 'card'",
    )
    price = (Decimal("6.25"), Decimal(125), Decimal("187.5"), Decimal(250))
    assert offers == [("card", "priced", "SEK", "gross", *price)]


@pytest.mark.parametrize(
    ("tariff_ids", "reason"),
    [((), "no_tariff_id"), (("gone",), "tariff_not_in_feed")],
)
def test_a_connector_without_a_usable_tariff_says_why(
    receive, warehouse, chosen, tariff_ids, reason
):
    bay = evse(connectors=(connector(tariff_ids=tariff_ids),))
    receive([location(evses=(bay,))], [tariff()])
    offers = rows(
        publish(warehouse, chosen),
        "select state, state_reason, payment_method, price_per_kwh from mart.offer",
    )
    assert offers == [("unknown", reason, None, None)]


def test_a_tariff_of_another_party_is_never_taken(receive, warehouse, chosen):
    foreign = tariff("T1", price="9.00", party_id="BBB")
    receive([location()], [foreign])
    state = "select distinct state_reason from mart.offer"
    assert rows(publish(warehouse, chosen), state) == [("tariff_not_in_feed",)]


def test_a_tariff_without_a_party_is_found_within_its_feed(receive, warehouse, chosen):
    receive([location()], [tariff("T1", country_code="ZZ", party_id="ZZZ")])
    states = "select distinct state from mart.offer"
    assert rows(publish(warehouse, chosen), states) == [("priced",)]


def test_a_tariff_that_lacks_only_its_country_is_found(receive, warehouse, chosen):
    receive([location()], [tariff("T1", country_code="ZZ")])
    states = "select distinct state from mart.offer"
    assert rows(publish(warehouse, chosen), states) == [("priced",)]


def test_a_connector_without_a_party_never_picks_one_of_two_tariffs(receive, warehouse, chosen):
    tariffs = [tariff("T1", price="0.60"), tariff("T1", price="0.12", party_id="BBB")]
    receive([location(country_code="ZZ", party_id="ZZZ")], tariffs)
    offers = "select state, state_reason from mart.offer"
    assert rows(publish(warehouse, chosen), offers) == [("unknown", "ambiguous_tariff")]


@pytest.mark.parametrize(
    ("price", "reason"), [("99999999999", "absurd_price"), ("5", None)], ids=["absurd", "plain"]
)
def test_an_absurd_price_costs_only_itself(receive, warehouse, chosen, price, reason):
    receive([location()], [tariff("T1", price=price)])
    found = "select distinct state_reason from mart.offer"
    assert rows(publish(warehouse, chosen), found) == [(reason,)]


def test_a_tariff_of_very_many_elements_is_not_priced(receive, warehouse, chosen):
    element = price_list().elements[0]
    many = tariff("T1", price_list=price_list(elements=(element,) * 301))
    receive([location()], [many])
    found = "select distinct state, state_reason from mart.offer"
    assert rows(publish(warehouse, chosen), found) == [("not_computable", "too_complex")]


@pytest.mark.parametrize("status", ["PLANNED", "REMOVED"])
def test_what_is_not_in_service_is_counted_but_not_offered(receive, warehouse, chosen, status):
    receive([location(evses=(evse("E1", status=status), evse("E2")))], [tariff()])
    published = publish(warehouse, chosen)
    assert rows(published, "select distinct evse_uid from mart.offer") == [("E2",)]
    assert rows(published, "select evses, out_of_service_evses from mart.feed") == [(2, 1)]


def test_what_is_not_to_be_published_is_counted_but_not_shown(receive, warehouse, chosen):
    receive([location("L1", publish=False), location("L2")], [tariff()])
    published = publish(warehouse, chosen)
    assert rows(published, "select location_id from mart.location") == [("L2",)]
    assert rows(published, "select locations, unpublished_locations from mart.feed") == [(2, 1)]


def test_a_future_tariff_is_kept_but_not_offered_beside_a_valid_one(receive, warehouse, chosen):
    later = tariff("T2", price="1.00", start_date_time=location().last_updated.replace(year=2999))
    bay = evse(connectors=(connector(tariff_ids=("T1", "T2")),))
    receive([location(evses=(bay,))], [tariff("T1"), later])
    published = publish(warehouse, chosen)
    assert rows(published, "select distinct tariff_id from mart.offer") == [("T1",)]
    assert len(rows(published, "select * from mart.tariff")) == 2


def test_the_same_rows_are_published_whatever_is_left_over_from_a_crash(receive, warehouse, chosen):
    receive([location()], [tariff()])
    chosen.snapshots_folder.mkdir()
    rest = chosen.snapshots_folder / "20200101T000000000000Z.duckdb.building"
    rest.write_text("half a file")
    assert publish(warehouse, chosen).rows["offer"] == 1
    assert not rest.exists()


def test_old_snapshots_go_but_an_open_one_stays_readable(receive, warehouse, chosen):
    receive([location()], [tariff()])
    first = publish(warehouse, chosen)
    reader = duckdb.connect(str(first.path), read_only=True)
    for _ in range(4):
        publish(warehouse, chosen)
    assert not first.path.exists()
    assert reader.execute("select count(*) from mart.offer").fetchone() == (1,)
    reader.close()


def test_a_snapshot_is_readable_while_the_next_is_written(receive, warehouse, chosen):
    receive([location()], [tariff()])
    published = publish(warehouse, chosen)
    with duckdb.connect(str(published.path), read_only=True) as reader:
        receive([location("L2")], [tariff("T2")])
        publish(warehouse, chosen)
        assert reader.execute("select count(*) from mart.location").fetchone() == (1,)


def test_every_mart_column_that_is_a_price_says_its_unit(receive, warehouse, chosen):
    receive([location()], [tariff()])
    comments = rows(
        publish(warehouse, chosen),
        "select column_name, comment from duckdb_columns() where table_name = 'offer' "
        "and (column_name like '%price%' or column_name like '%total' or column_name like '%fee')",
    )
    prices = {name: comment for name, comment in comments if name != "price_varies"}
    assert len(prices) == 9
    assert all("currency" in comment for comment in prices.values())


def test_a_file_is_replaced_whole_while_others_read_it(tmp_path):
    path = tmp_path / "current.json"
    replace_file(path, "a" * 10_000)
    until = time.monotonic() + 0.3
    child = os.fork()
    if child == 0:
        while time.monotonic() < until:
            replace_file(path, "b" * 10_000)
            replace_file(path, "a" * 10_000)
        os._exit(0)
    seen = set()
    while time.monotonic() < until:
        seen.add(path.read_text())
    os.waitpid(child, 0)
    assert seen <= {"a" * 10_000, "b" * 10_000}


def test_a_price_that_another_feed_publishes_is_named_with_that_feed(receive, warehouse, chosen):
    near = FeedFacts("near", "Near", licence="CC0", tariffs_from=("far",))
    far = FeedFacts("far", "Far", licence="OGL", synthetic=True)
    receive([location()], [], feed=near)
    receive([], [tariff()], feed=far)
    snapshot = publish(warehouse, chosen)
    found = rows(snapshot, "select distinct state, licence, synthetic from mart.offer")
    assert found == [("priced", "CC0; OGL", True)]
