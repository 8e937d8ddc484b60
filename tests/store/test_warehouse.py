"""Opening the warehouse: one writer, steps in order, files that other versions can read."""

import subprocess
import sys

import duckdb
import pytest

from aggregator.errors import StoreError
from aggregator.store.sql_files import sql, sql_names
from aggregator.store.warehouse import open_warehouse, transaction, with_little_memory

HOLD = """
import sys, time
from pathlib import Path
from aggregator.store.warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""


def test_schema_steps_are_applied_once_and_remembered(tmp_path):
    for _ in range(2):
        with open_warehouse(tmp_path / "w.duckdb") as connection:
            steps = connection.execute("select step from schema_step").fetchall()
    assert [step for (step,) in steps] == sql_names("schema")


def test_a_warehouse_of_a_newer_klarpris_is_refused(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        connection.execute("insert into schema_step values ('9999_future', now()::timestamp)")
    with (
        pytest.raises(StoreError, match="newer Klarpris"),
        open_warehouse(tmp_path / "w.duckdb"),
    ):
        pass


def test_a_second_writer_is_refused_in_one_clear_line(tmp_path):
    path = tmp_path / "w.duckdb"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="another klarpris process is writing"):
            open_warehouse(path).__enter__()
        holder.kill()


def test_a_file_that_is_no_warehouse_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "w.duckdb"
    path.write_text("not a database, but somebody's notes " * 100)
    with pytest.raises(StoreError, match="cannot be opened"), open_warehouse(path):
        pass
    assert path.read_text().startswith("not a database")


def fail_in_the_middle(connection):
    with transaction(connection):
        connection.execute("insert into core.module values ('f', 'locations', now()::timestamp)")
        raise InterruptedError


def test_a_transaction_that_fails_leaves_nothing(tmp_path):
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        with pytest.raises(InterruptedError):
            fail_in_the_middle(connection)
        assert connection.execute("select count(*) from core.module").fetchone() == (0,)


def test_only_identifiers_are_ever_put_into_sql():
    with pytest.raises(ValueError, match="not an identifier"):
        sql("core", "stage", table="x; drop table y")


def test_work_that_runs_out_of_memory_is_done_again_with_all_that_is_allowed(tmp_path):
    tried = []

    def work():
        (limit,) = connection.execute("select current_setting('memory_limit')").fetchone()
        tried.append(limit)
        if len(tried) == 1:
            raise duckdb.OutOfMemoryException
        return "done"

    with open_warehouse(tmp_path / "w.duckdb") as connection:
        assert with_little_memory(connection, 1_000, 500_000_000, work) == "done"
    assert tried == ["122.7 MiB", "476.8 MiB"]


def test_work_that_fails_otherwise_is_not_done_again(tmp_path):
    tried = []

    def work():
        tried.append(1)
        message = "no room on the disk"
        raise StoreError(message)

    with (
        open_warehouse(tmp_path / "w.duckdb") as connection,
        pytest.raises(StoreError, match="no room"),
    ):
        with_little_memory(connection, 1_000, 500_000_000, work)
    assert len(tried) == 1
