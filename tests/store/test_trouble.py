"""A full disk, damaged files and lost snapshots: one clear line, and nothing is lost."""

import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from aggregator.config import Settings
from aggregator.errors import InUse, StoreError
from aggregator.publish import publish
from aggregator.store.pointer import current_snapshot, replace_file
from aggregator.store.reading import ask_current
from aggregator.store.trouble import warehouse_trouble
from aggregator.store.warehouse import lost, open_warehouse, transaction, trouble_of
from tests.receiving import Receiver
from tests.records import location, tariff
from tests.store.damages import DAMAGES, scribble

LEAVE_A_LOG = """
import os, sys
from pathlib import Path
from aggregator.store.warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])) as connection:
    connection.execute("insert into core.module values ('f', 'locations', now()::timestamp)")
    connection.execute("insert into core.module values ('g', 'locations', now()::timestamp)")
    os._exit(0)
"""
ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.publish import publish
from aggregator.store.warehouse import open_warehouse
chosen = Settings(home=Path(sys.argv[1]))
with open_warehouse(chosen.warehouse_path) as connection:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        publish(connection, chosen)
    except StoreError as error:
        print("told:", error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("then:", publish(connection, chosen).snapshot_id)
"""


@contextmanager
def room_for(most_bytes):
    """Let no file of this process grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def chosen(tmp_path):
    return Settings(home=tmp_path)


@pytest.fixture
def filled(chosen):
    """Make a warehouse of one feed in which much stands, published once; return its file."""
    with open_warehouse(chosen.warehouse_path) as connection:
        many = [location(f"L{n}", name=os.urandom(40).hex()) for n in range(2_000)]
        Receiver(connection)(many, [tariff()])
        publish(connection, chosen)
    return chosen.warehouse_path


def refusal_of(path):
    with pytest.raises(StoreError) as caught, open_warehouse(path):
        pass
    return str(caught.value)


def locations(path):
    with open_warehouse(path) as connection:
        return connection.execute("select count(*) from core.location").fetchone()[0]


# ---- a full disk


def test_a_pointer_that_cannot_be_written_leaves_the_old_one_and_no_rest(tmp_path):
    path = tmp_path / "current.json"
    replace_file(path, "old")
    with room_for(10), pytest.raises(StoreError, match="cannot be written: File too large") as told:
        replace_file(path, "new" * 1_000)
    assert str(path) in str(told.value)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_run_that_finds_no_room_is_not_loaded_and_the_next_one_is(filled):
    with open_warehouse(filled) as connection:
        before = connection.execute("select count(*) from core.location").fetchone()
        with (
            room_for(filled.stat().st_size),
            pytest.raises(duckdb.Error) as caught,
            transaction(connection),
        ):
            connection.execute("create table core.much as select * from range(2000000)")
        told = trouble_of(connection, caught.value)
        assert f"the warehouse {filled} cannot be written: file too large" in str(told)
        assert f"make room in {filled.parent}" in str(told)
        assert connection.execute("select count(*) from core.location").fetchone() == before
        Receiver(connection)([location("later")], [tariff()], complete=())
    assert locations(filled) == before[0] + 1


def test_a_warehouse_that_could_not_be_made_leaves_no_file_that_can_never_be_opened(tmp_path):
    path = tmp_path / "w.duckdb"
    with room_for(5_000):
        assert "cannot be written: file too large" in refusal_of(path)
    assert not path.exists()
    assert locations(path) == 0


def fill(connection):
    for _ in range(50):
        with transaction(connection):
            connection.execute(
                "insert into core.much select sha256(n::varchar) from range(2000) t(n)"
            )


def test_a_warehouse_that_gave_itself_up_says_so_and_opens_again_whole(filled):
    with open_warehouse(filled) as connection:
        assert lost(connection) is None
        connection.execute("set checkpoint_threshold = '1KB'")
        connection.execute("create table core.much (words varchar)")
        with room_for(filled.stat().st_size), pytest.raises(duckdb.Error):
            fill(connection)
        told = lost(connection)
    assert f"the warehouse {filled} cannot be written" in str(told)
    assert locations(filled) == 2_000


@pytest.mark.parametrize("most_bytes", [1_000, 20_000, 400_000], ids=["header", "log", "blocks"])
def test_a_snapshot_that_finds_no_room_leaves_the_old_one_and_is_written_later(
    filled, chosen, most_bytes
):
    old = current_snapshot(chosen.snapshots_folder)
    command = [sys.executable, "-c", ON_A_FULL_DISK, str(chosen.home), str(most_bytes)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [line for line in ended.stdout.splitlines() if line.startswith("told: ")]
    assert len(told) == 1
    assert f"no snapshot could be written to {chosen.snapshots_folder}" in told[0]
    assert "file too large" in told[0]
    assert "the one before is still shown" in told[0]
    new = current_snapshot(chosen.snapshots_folder)
    assert f"then: {new.snapshot_id}" in ended.stdout
    files = sorted(path.name for path in chosen.snapshots_folder.iterdir())
    assert files == sorted([old.path.name, new.path.name, "current.json"])


# ---- a damaged warehouse


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_warehouse_is_named_with_the_way_out_and_left_alone(filled, chosen, damage):
    damage(filled)
    before = filled.read_bytes()
    told = refusal_of(filled)
    assert f"the warehouse {filled}" in told
    assert "`klarpris restore FILE` puts a backup in its place" in told
    assert "another klarpris process" not in told
    assert "\n" not in told
    assert filled.read_bytes() == before
    assert [row["locations"] for row in ask_current(chosen.snapshots_folder, "feeds", {})] == [
        2_000
    ]


def test_damage_that_shows_only_in_use_is_told_as_well(filled):
    blocks = range(12_288 + 262_144, filled.stat().st_size, 262_144)
    for start in blocks:
        scribble(start + 1_000)(filled)
    before = filled.read_bytes()
    with (
        pytest.raises(StoreError, match=r"is damaged: .*checksum.*klarpris restore FILE"),
        open_warehouse(filled) as connection,
    ):
        connection.execute("select * from core.location, core.evse, core.connector").fetchall()
    assert filled.read_bytes() == before


def test_a_damaged_log_is_named_and_kept(filled):
    subprocess.run([sys.executable, "-c", LEAVE_A_LOG, str(filled)], check=True)
    log = Path(f"{filled}.wal")
    log.write_bytes(log.read_bytes().replace(b"locations", b"scribbles"))
    damaged, before = log.read_bytes(), filled.read_bytes()
    told = refusal_of(filled)
    assert f'{log}"' in told
    assert "`klarpris restore FILE`" in told
    assert (log.read_bytes(), filled.read_bytes()) == (damaged, before)


def test_an_end_of_the_log_that_a_crash_cut_off_is_no_damage(filled):
    subprocess.run([sys.executable, "-c", LEAVE_A_LOG, str(filled)], check=True)
    log = Path(f"{filled}.wal")
    log.write_bytes(log.read_bytes()[:-10])
    with open_warehouse(filled) as connection:
        feeds = connection.execute("select feed from core.module order by feed").fetchall()
    assert ("f",) in feeds
    assert ("g",) not in feeds


def test_a_folder_in_the_place_of_the_warehouse_is_told(tmp_path):
    (tmp_path / "w.duckdb").mkdir()
    assert "Is a directory" in refusal_of(tmp_path / "w.duckdb")


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ('Could not set lock on file "/checksum": Conflicting lock is held', "another klarpris"),
        ('Cannot open file "/a conflicting lock/w": Permission denied', "give this user the right"),
        ('could not write "/x": No space left on device', "make room in /home"),
        ("computed checksum 1 does not match stored checksum 2 in block", "klarpris restore"),
        ("failed to allocate data (out of memory)", "KLARPRIS_MEMORY_LIMIT"),
    ],
)
def test_what_duckdb_says_is_told_by_who_has_to_act(says, expected):
    told = warehouse_trouble(Path("/home/w.duckdb"), duckdb.IOException(says))
    assert expected in str(told)


def test_a_fault_of_ours_is_not_called_a_trouble_of_the_disk(warehouse):
    with pytest.raises(duckdb.CatalogException) as caught:
        warehouse.execute("select * from core.no_such_table")
    assert trouble_of(warehouse, caught.value) is None


def test_a_second_writer_is_refused_by_name_and_harms_nothing(filled):
    tried = "from pathlib import Path; from aggregator.store.warehouse import open_warehouse"
    enter = f"{tried}; open_warehouse(Path({str(filled)!r})).__enter__()"
    with open_warehouse(filled) as connection:
        ended = subprocess.run(
            [sys.executable, "-c", enter], capture_output=True, text=True, check=False
        )
        assert ended.returncode == 1
        last_line = ended.stderr.splitlines()[-1]
        assert f"{InUse.__name__}: another klarpris process is writing {filled}" in last_line
        assert connection.execute("select count(*) from core.location").fetchone() == (2_000,)
