"""A compact copy takes the warehouse's place; whatever happens, a whole file stands there."""

import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from aggregator.errors import InUse, StoreError
from aggregator.store.at_rest import at_rest, log_of
from aggregator.store.compacting import COMPACTING, _put_in_place, _signature, compact
from aggregator.store.copying import contents, copy_at_rest
from aggregator.store.warehouse import open_warehouse
from tests.receiving import Receiver
from tests.records import location, tariff

HOLD = """
import sys
from pathlib import Path
from aggregator.store.warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""
COMPACT = """
import sys
from pathlib import Path
from aggregator.store.compacting import compact
print("begun", flush=True)
compact(Path(sys.argv[1]))
"""


@pytest.fixture
def loose(tmp_path):
    """Return a warehouse file with much room that nothing uses any more."""
    path = tmp_path / "warehouse.duckdb"
    moment = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with open_warehouse(path) as connection:
        Receiver(connection)([location()], [tariff()])
        connection.execute(
            "insert into core.note select 'r', 'f', 'evse', '$', 'c', md5(i::varchar), 1, null "
            "from range(100_000) as numbers (i)"
        )
        connection.execute("insert into core.module values ('g', 'locations', ?)", [moment])
    with open_warehouse(path) as connection:
        connection.execute("delete from core.note")
    return path


def held_in(path):
    with at_rest(path) as connection:
        return contents(connection)


def test_the_file_becomes_smaller_and_holds_the_same(loose):
    before = held_in(loose)
    size = loose.stat().st_size
    sizes = compact(loose)
    assert sizes.before_bytes == size
    assert sizes.after_bytes == loose.stat().st_size
    assert sizes.after_bytes < size / 1.5
    assert held_in(loose) == before
    assert before.rows["core.location"] == 1
    assert {name for name, _ in before.macros} >= {"core.location_as_of", "core.tariff_as_of"}


def test_what_was_made_compact_is_harvested_into_as_before(loose):
    compact(loose)
    with open_warehouse(loose) as connection:
        run = Receiver(connection)([location()], [tariff()])
        as_of = "select count(*) from core.location_as_of(now()::timestamp)"
        assert connection.execute(as_of).fetchone() == (1,)
    assert not run.has_changes


def test_nothing_is_left_beside_it_and_what_a_crash_left_is_cleared_away(loose):
    beside = loose.with_name(loose.name + COMPACTING)
    beside.write_bytes(b"half a file")
    beside.with_name(f"{beside.name}.wal").write_bytes(b"its log")
    compact(loose)
    assert [path.name for path in loose.parent.iterdir()] == [loose.name]


@contextmanager
def held_by_another(path):
    command = [sys.executable, "-c", HOLD, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        yield
        holder.stdin.close()


def test_a_warehouse_that_another_process_has_stays_as_it_is(loose):
    before = loose.read_bytes()
    with held_by_another(loose), pytest.raises(InUse):
        compact(loose)
    assert loose.read_bytes() == before


def test_a_process_that_has_the_warehouse_again_after_the_copy_keeps_it(loose):
    beside, signature = loose.with_name("copy"), _signature(loose)
    copy_at_rest(loose, beside)
    before = loose.read_bytes()
    with held_by_another(loose), pytest.raises(InUse, match="is using"):
        _put_in_place(beside, loose, signature)
    assert loose.read_bytes() == before


def test_what_was_written_after_the_copy_is_not_lost(loose):
    beside, signature = loose.with_name("copy"), _signature(loose)
    copy_at_rest(loose, beside)
    with open_warehouse(loose) as connection:
        Receiver(connection)([location(), location("L2")], [tariff()])
    with pytest.raises(InUse, match="has written"):
        _put_in_place(beside, loose, signature)
    assert held_in(loose).rows["core.location"] == 2


def test_what_is_still_in_the_log_is_not_lost(loose):
    beside, signature = loose.with_name("copy"), _signature(loose)
    copy_at_rest(loose, beside)
    log_of(loose).write_bytes(b"committed")
    with pytest.raises(InUse, match="has written"):
        _put_in_place(beside, loose, signature)


def test_a_damaged_warehouse_stays_as_it_is(loose):
    loose.write_bytes(loose.read_bytes()[:60_000])
    before = loose.read_bytes()
    with pytest.raises(StoreError):
        compact(loose)
    assert loose.read_bytes() == before
    assert [path.name for path in loose.parent.iterdir()] == [loose.name]


def test_there_is_nothing_to_compact_without_a_warehouse(tmp_path):
    with pytest.raises(StoreError, match="there is no warehouse"):
        compact(tmp_path / "warehouse.duckdb")


def test_a_process_that_is_killed_meanwhile_leaves_a_whole_warehouse(loose):
    before = held_in(loose)
    beside = loose.with_name(loose.name + COMPACTING)
    command = [sys.executable, "-c", COMPACT, str(loose)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as compacting:
        assert compacting.stdout.readline() == "begun\n"
        while not beside.exists() and compacting.poll() is None:
            pass
        compacting.kill()
    assert held_in(loose) == before
    compact(loose)
    assert held_in(loose) == before
    assert not beside.exists()
