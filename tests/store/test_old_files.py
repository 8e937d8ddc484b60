"""Stored warehouse files of each earlier schema state, opened by today's program."""

import hashlib
import shutil
from pathlib import Path

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.publish import publish
from aggregator.store.at_rest import at_rest
from aggregator.store.copying import contents
from aggregator.store.sql_files import sql_names
from aggregator.store.warehouse import attach, open_warehouse
from tests.harvest.documents import read_both
from tests.store.test_upgrade import DOCUMENT

FILES = sorted((Path(__file__).parent / "old_warehouses").glob("*.duckdb"))
TABLES = {
    *("feed", "module", "location", "evse", "evse_status", "connector", "tariff"),
    *("run", "run_count", "rejection", "note"),
}
RENAMED = {"seen_at": "last_seen_at"}


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def old(request, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(request.param, path)
    return path


def columns_of(path):
    """Return the columns of each table of core; a digest is the one thing that is rewritten."""
    query = (
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "where database_name = 'warehouse' and schema_name = 'core' and column_name <> 'digest' "
        "group by table_name"
    )
    with at_rest(path) as connection:
        return dict(connection.execute(query).fetchall())


def rows_of(path, columns):
    with at_rest(path) as connection:
        return {
            table: connection.execute(
                f"select {', '.join(names)} from core.{table} order by all"  # noqa: S608 - our own names
            ).fetchall()
            for table, names in columns.items()
        }


def now_named(columns):
    """Return where the columns of an old file are to be found today."""
    return {t: [RENAMED.get(name, name) for name in names] for t, names in columns.items()}


def hashed(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_earlier_state_is_stored_with_rows_in_every_table():
    assert [path.stem for path in FILES] == ["0001_core", "0002_read_record", "0003_as_of"]
    for path in FILES:
        with at_rest(path) as connection:
            rows = contents(connection).rows
        assert {f"core.{table}" for table in TABLES} <= set(rows)
        assert all(rows.values()), rows
        assert path.stat().st_size < 1_000_000


def test_an_old_file_is_brought_up_to_date_in_place_and_keeps_every_value(old):
    columns = columns_of(old)
    before = rows_of(old, columns)
    with open_warehouse(old) as connection:
        assert contents(connection).steps == sql_names("schema")
    assert rows_of(old, now_named(columns)) == before


def test_an_old_file_is_loaded_into_and_published_from(old, tmp_path):
    with open_warehouse(old) as connection:
        run = read_both(connection, DOCUMENT)
        snapshot = publish(connection, Settings(home=tmp_path))
    assert run.outcome == "ok"
    assert {(c.new, c.changed, c.ended) for c in run.counts.values()} == {(0, 0, 0)}
    assert snapshot.rows["location"] == 5
    assert snapshot.rows["tariff"] == 2
    # r0 failed and r1 was the first; then today's.
    assert snapshot.rows["feed_run"] == 3


def test_looking_at_an_old_file_does_not_upgrade_it(old):
    before = hashed(old)
    with at_rest(old) as connection:
        contents(connection)
    assert hashed(old) == before


@pytest.mark.parametrize(
    "in_the_way",
    [
        "alter table core.feed add column fingerprint varchar",  # the middle of the second step
        "alter table core.tariff drop column alt_url",  # the last statement of the second step
    ],
)
def test_an_upgrade_that_fails_half_way_leaves_the_file_as_it_was(tmp_path, in_the_way):
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(FILES[0], path)
    with duckdb.connect() as connection:
        attach(connection, path, "warehouse")
        connection.execute("use warehouse")
        connection.execute(in_the_way)
    columns = columns_of(path)
    before = rows_of(path, columns)
    with pytest.raises(duckdb.Error), open_warehouse(path):
        pass
    assert columns_of(path) == columns
    assert rows_of(path, columns) == before
    with at_rest(path) as connection:
        assert contents(connection).steps == ["0001_core"]


def test_an_upgrade_of_which_a_later_step_fails_keeps_none_of_the_earlier_ones(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(FILES[0], path)
    with duckdb.connect() as connection:
        attach(connection, path, "warehouse")
        connection.execute("use warehouse")
        connection.execute("drop table schema_step")
        # The second step can be noted, the third cannot.
        check = "check (step <> '0003_as_of')"
        connection.execute(f"create table schema_step (step varchar {check}, applied_at timestamp)")
        connection.execute("insert into schema_step values ('0001_core', '2026-03-01 12:00')")
    columns = columns_of(path)
    with pytest.raises(duckdb.ConstraintException), open_warehouse(path):
        pass
    assert columns_of(path) == columns
