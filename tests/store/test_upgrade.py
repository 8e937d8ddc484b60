"""A warehouse of the first schema step: opened now, it holds the same and nothing counts as new."""

from random import Random

import duckdb
import pytest

from aggregator.store.columns import SCHEMAS, content_columns
from aggregator.store.sql_files import sql, sql_names
from aggregator.store.warehouse import attach, open_warehouse
from tests.formats.raw_records import (
    raw_component,
    raw_connector,
    raw_element,
    raw_evse,
    raw_location,
    raw_tariff,
)
from tests.harvest.documents import current, feed_of, read_both

FIRST = "2026-03-01 12:00:00"
TABLES = tuple(SCHEMAS)
OTHERS = ("location", "connector", "tariff")
LATER = {"accepted_service_providers", "connector_capabilities", "opening_times"}  # since 0008


def place(latitude, longitude):
    return {"latitude": latitude, "longitude": longitude}


LOCATIONS = [
    raw_location(id="L1", coordinates=place("57.706700", "11.967000")),
    raw_location(id="L2", coordinates=place("57.70670014", "11.96700006")),
    raw_location(id="L3", coordinates=place("57.123456789012", "11.98765432109"), name=None),
    raw_location(id="L4", coordinates=place(57.6999999999999, 11.1)),
    raw_location(
        id="L5",
        evses=[
            raw_evse(uid="å'\"", capabilities=[], physical_reference=None, status="WORKING"),
            raw_evse(uid="E2", connectors=[raw_connector(max_electric_power=22_080)]),
            raw_evse(uid="E3", connectors=[raw_connector(id="2", tariff_ids=["T1", "T2"])]),
        ],
    ),
]
TARIFFS = [
    raw_tariff(tariff_alt_text=[{"language": "sv", "text": 'Fem "kronor"'}]),
    raw_tariff(
        id="T2",
        start_date_time="2026-01-01T00:00:00Z",
        end_date_time="2027-01-01T00:00:00.5Z",
        elements=[raw_element(raw_component(price=0.1234), raw_component(type="FLAT", price=1))],
    ),
]
DOCUMENT = {"locations": LOCATIONS, "tariffs": TARIFFS}
# As the first step kept them: decimal(10, 7), worked out by hand.
KEPT_PLACES = [
    ("L1", "57.7067000", "11.9670000"),
    ("L2", "57.7067001", "11.9670001"),
    ("L3", "57.1234568", "11.9876543"),
    ("L4", "57.7000000", "11.1000000"),
    ("L5", "57.7067000", "11.9670000"),
]


def columns_of_the_first_step(table):
    return [name for name in SCHEMAS[table].names if name not in LATER]


def rows_of_the_first_step(document):
    """Return what the first step kept of a document: the same columns, digests by SHA-256."""
    rows = {}
    with open_warehouse(None) as other:
        read_both(other, document)
        for table in TABLES:
            columns = ", ".join(columns_of_the_first_step(table))
            content = ", ".join(one for one in content_columns(table) if one not in LATER)
            query = (
                f"select {columns}, sha256(json_array({content})::varchar), "  # noqa: S608 - our own names
                f"timestamp '{FIRST}', timestamp '{FIRST}', null::timestamp from core.{table}"
            )
            rows[table] = other.execute(query).fetchall()
    return rows


def make_old(path, document=DOCUMENT):
    """Write a warehouse that knows the first schema step only."""
    rows = rows_of_the_first_step(document)
    with duckdb.connect() as old:
        attach(old, path, "warehouse")
        old.execute("use warehouse")
        old.execute("create table schema_step (step varchar not null, applied_at timestamp)")
        old.execute(sql("schema", "0001_core"))
        old.execute("insert into schema_step values ('0001_core', ?)", [FIRST])
        old.execute(
            "insert into core.feed values "
            "('one', 'Test', null, 'CC0-1.0', null, 'http://127.0.0.1/all', 21600, false, false)"
        )
        run = "insert into core.run values ('r1', 'one', $1, $1, 'ok', null, 1, 9)"
        old.execute(run, [FIRST])
        old.execute("insert into core.module values ('one', 'locations', ?)", [FIRST])
        old.execute("insert into core.run_count values ('r1', 'location', 5, 5, 0, 0, 5, 0, 0)")
        for table, some in rows.items():
            if not some:
                continue
            places = ", ".join("?" * len(some[0]))
            old.executemany(f"insert into core.{table} values ({places})", some)  # noqa: S608 - our own names
    return path


@pytest.fixture
def old(tmp_path):
    return make_old(tmp_path / "w.duckdb")


def test_the_old_warehouse_of_these_tests_holds_rounded_places_and_text_digests(old):
    with duckdb.connect(old) as connection:
        columns = "location_id, latitude::varchar, longitude::varchar, length(digest)"
        rows = connection.execute(f"select {columns} from core.location order by 1").fetchall()  # noqa: S608 - as above
        sizes = {t: len(current(connection, t, "digest")) for t in TABLES}
    assert rows == [(*one, 64) for one in KEPT_PLACES]
    assert sizes == {"location": 5, "evse": 7, "evse_status": 7, "connector": 7, "tariff": 2}


def test_an_upgrade_keeps_every_version_as_it_was(old):
    columns = {table: ", ".join(columns_of_the_first_step(table)) for table in TABLES}
    columns = {table: f"{own}, first_seen_at, valid_from" for table, own in columns.items()}
    with duckdb.connect(old) as connection:
        before = {table: current(connection, table, columns[table]) for table in TABLES}
    with open_warehouse(old) as connection:
        after = {table: current(connection, table, columns[table]) for table in TABLES}
        runs = connection.execute("select run_id, outcome from core.run").fetchall()
    assert after == before
    assert runs == [("r1", "ok")]


def test_the_same_data_after_an_upgrade_are_no_change(old):
    with open_warehouse(old) as connection:
        run = read_both(connection, DOCUMENT)
        moments = {t: current(connection, t, "distinct valid_from::varchar") for t in TABLES}
        numbers = connection.execute("select count(*) from core.location").fetchone()
    assert run.outcome == "ok"
    assert not run.has_changes
    assert {(c.new, c.changed, c.ended) for c in run.counts.values()} == {(0, 0, 0)}
    assert run.counts["location"].kept == 5
    assert moments == {table: [(FIRST,)] for table in TABLES}
    assert numbers == (5,)


def test_the_same_data_are_recognised_in_the_second_run_after_an_upgrade(old):
    with open_warehouse(old) as connection:
        read_both(connection, DOCUMENT)
        (known,) = connection.execute("select count(*) from core.read_record").fetchone()
        run = read_both(connection, DOCUMENT)
    assert known == 7
    assert not run.has_changes


def test_a_change_after_an_upgrade_is_one(old):
    changed = {"locations": [*LOCATIONS[1:], raw_location(id="L1", name="new")], "tariffs": TARIFFS}
    with open_warehouse(old) as connection:
        run = read_both(connection, changed)
        first_seen = current(connection, "location", "distinct first_seen_at::varchar")
    assert (run.counts["location"].changed, run.counts["location"].new) == (1, 0)
    assert first_seen == [(FIRST,)]


def test_records_of_an_old_warehouse_have_empty_lists_of_what_came_later(old):
    with open_warehouse(old) as connection:
        lists = current(connection, "evse", "accepted_service_providers, connector_capabilities")
        hours = current(connection, "location", "opening_times")
    assert lists == [([], [])] * 7
    assert hours == [([],)] * 5


@pytest.fixture(params=["0001_core", "0007_refused_record"])
def before_lists(request, old):
    """Return an old warehouse that was brought up to a step before the lists were added."""
    with duckdb.connect() as connection:
        attach(connection, old, "warehouse")
        connection.execute("use warehouse")
        for step in sql_names("schema"):
            if "0001_core" < step <= request.param:
                connection.execute(sql("schema", step))
                connection.execute("insert into schema_step values (?, ?)", [step, FIRST])
    return old


def test_evses_that_state_no_lists_are_no_change_after_the_step(before_lists):
    with open_warehouse(before_lists) as connection:
        run = read_both(connection, DOCUMENT)
        moments = current(connection, "evse", "distinct valid_from::varchar")
    assert not run.has_changes
    assert moments == [(FIRST,)]


@pytest.mark.parametrize(
    ("changes", "lists"),
    [
        ({"accepted_service_providers": ["B", "A"]}, (["A", "B"], [])),
        (
            {"connectors": [raw_connector(capabilities=["ISO_15118_2_PLUG_AND_CHARGE"])]},
            ([], ["ISO_15118_2_PLUG_AND_CHARGE"]),
        ),
    ],
)
def test_a_list_that_is_stated_after_the_step_is_one_changed_evse(before_lists, changes, lists):
    document = {
        "locations": [raw_location(id="L1", evses=[raw_evse(**changes)]), *LOCATIONS[1:]],
        "tariffs": TARIFFS,
    }
    columns = "accepted_service_providers, connector_capabilities"
    with open_warehouse(before_lists) as connection:
        run = read_both(connection, document)
        found = connection.execute(
            f"select {columns} from core.evse where location_id = 'L1' order by valid_from"  # noqa: S608 - as above
        ).fetchall()
        (known,) = connection.execute("select count(*) from core.read_record").fetchone()
        again = read_both(connection, document)
    assert (run.counts["evse"].changed, run.counts["evse"].new) == (1, 0)
    assert {(run.counts[kind].changed, run.counts[kind].new) for kind in OTHERS} == {(0, 0)}
    assert found == [([], []), lists]
    assert known == 7
    assert not again.has_changes


def test_a_feed_of_an_old_warehouse_is_read_afresh(old):
    with open_warehouse(old) as connection:
        facts = connection.execute("select fingerprint, tariffs_from from core.feed").fetchall()
        (known,) = connection.execute("select count(*) from core.read_record").fetchone()
    assert facts == [(None, None)]
    assert known == 0


def test_an_upgrade_is_made_once(old):
    for _ in range(2):
        with open_warehouse(old) as connection:
            steps = connection.execute("select step from schema_step order by 1").fetchall()
    assert [step for (step,) in steps] == sql_names("schema")


def test_a_thousand_places_are_no_change_after_an_upgrade(tmp_path):
    chance = Random(1)
    document = {
        "locations": [
            raw_location(
                id=f"L{number}",
                evses=[],
                coordinates=place(
                    f"{chance.uniform(55.5, 68):.{chance.randint(4, 12)}f}",
                    chance.uniform(12, 20),
                ),
            )
            for number in range(1_000)
        ],
        "tariffs": TARIFFS,
    }
    with open_warehouse(make_old(tmp_path / "w.duckdb", document)) as connection:
        run = read_both(connection, document)
    assert (run.counts["location"].new, run.counts["location"].changed) == (0, 0)
    assert run.counts["location"].kept == 1_000


@pytest.mark.parametrize("upgraded", [False, True])
def test_what_is_finer_than_a_centimetre_is_no_change(tmp_path, upgraded):
    def at(latitude, longitude):
        return {
            "locations": [raw_location(coordinates=place(latitude, longitude))],
            "tariffs": TARIFFS,
        }

    path = tmp_path / "w.duckdb"
    if upgraded:
        make_old(path, at("57.12345671", "11.98765432"))
    with open_warehouse(path) as connection:
        if not upgraded:
            read_both(connection, at("57.12345671", "11.98765432"))
        for digit in "234":
            run = read_both(connection, at(f"57.1234567{digit}", f"11.9876543{digit}"))
            assert not run.has_changes
        run = read_both(connection, at("57.12345679", "11.98765432"))
        assert run.counts["location"].changed == 1
        places = current(connection, "location", "latitude::varchar, longitude::varchar")
    assert places == [("57.1234568", "11.9876543")]


def test_two_feeds_of_an_old_warehouse_stay_apart(old):
    with open_warehouse(old) as connection:
        run = read_both(connection, DOCUMENT, feed_of(feed_id="two"))
        feeds = current(connection, "location", "feed, location_id")
    assert run.counts["location"].new == 5
    assert [feed for feed, _ in feeds] == ["one"] * 5 + ["two"] * 5
