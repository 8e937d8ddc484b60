"""A restore replaces the warehouse as a whole or not at all, and can be undone."""

import shutil
import tarfile
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest

from aggregator.care.backup import Waiting, back_up
from aggregator.care.packing import About, pack
from aggregator.care.restoring import Restoration
from aggregator.config import Settings
from aggregator.errors import InUse, StoreError
from aggregator.sources.memory import FeedMemory
from aggregator.store.at_rest import at_rest, log_of
from aggregator.store.copying import contents, copy_at_rest
from aggregator.store.status import HarvestStatus
from aggregator.store.warehouse import open_warehouse
from tests.care.conftest import everything_in, held_by_another, locations, receive, remember

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def backup(filled, tmp_path):
    """Return a backup of L1 and L2; the warehouse has gone on to L3 since."""
    made = back_up(filled, tmp_path / "b.tar", Waiting(60, print), NOW)
    receive(filled, ["L1", "L2", "L3"])
    return made.path


def restore(file, settings):
    with Restoration.of(file, settings) as found:
        return found.put_in_place()


def test_what_was_backed_up_is_there_again(backup, filled):
    restore(backup, filled)
    assert locations(filled) == ["L1", "L2"]


def test_it_says_what_the_file_holds_before_anything_is_replaced(backup, filled):
    before = everything_in(filled.home)
    with Restoration.of(backup, filled) as found:
        assert found.made_at == NOW
        assert found.holds.rows["core.location"] == 2
    assert everything_in(filled.home) == before


def test_the_warehouse_before_is_kept_beside_it_and_restores_as_well(backup, filled):
    kept = restore(backup, filled)
    assert kept.parent == filled.home
    assert kept.name.startswith("warehouse.before-restore-")
    restore(kept, filled)
    assert locations(filled) == ["L1", "L2", "L3"]


def test_a_home_without_a_warehouse_gets_one(backup, tmp_path):
    elsewhere = Settings(home=tmp_path / "elsewhere")
    assert restore(backup, elsewhere) is None
    assert locations(elsewhere) == ["L1", "L2"]
    assert HarvestStatus.read(elsewhere.home).feeds["one"].outcome == "ok"


def test_the_next_harvest_fetches_everything_and_keeps_to_the_limits(backup, filled):
    remember(filled)
    restore(backup, filled)
    memory = FeedMemory(filled.memory_folder / "f.json")
    assert (memory.last_full_at, memory.last_pull_at) == (None, None)
    assert memory.validators("https://f.example/all") == {}
    assert memory.not_before is not None
    assert len(memory.asked_at) == 1


def test_feeds_are_due_as_they_were_then_or_at_once_where_the_file_does_not_say(backup, filled):
    then = HarvestStatus.read(filled.home)
    HarvestStatus(updated_at=NOW).write(filled.home)
    kept = restore(backup, filled)
    assert HarvestStatus.read(filled.home) == then
    restore(kept, filled)
    assert HarvestStatus.read(filled.home) is None


def test_while_a_process_has_the_warehouse_nothing_is_restored(backup, filled):
    before = everything_in(filled.home)
    with held_by_another(filled), pytest.raises(InUse, match="wait for it or stop it"):
        restore(backup, filled)
    assert everything_in(filled.home) == before


def test_a_warehouse_in_use_is_refused_before_anything_is_read(filled, tmp_path):
    with held_by_another(filled), pytest.raises(InUse):
        restore(tmp_path / "nothing.tar", filled)


def test_a_process_that_comes_in_between_keeps_its_warehouse(backup, filled):
    before = everything_in(filled.home)
    with (
        pytest.raises(InUse),
        Restoration.of(backup, filled) as found,
        held_by_another(filled),
    ):
        found.put_in_place()
    assert everything_in(filled.home) == before


def cut_off(path):
    path.write_bytes(path.read_bytes()[:50_000])


def with_a_wrong_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def of_something_else(path):
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, "notes.txt")


def with_a_link_for_a_warehouse(path):
    with tarfile.open(path, "w") as tar:
        for name in ("SHA256SUMS", "manifest.json", "warehouse.duckdb"):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(link)


def no_tar(path):
    path.write_text("some notes")


@pytest.mark.parametrize(
    "spoil", [cut_off, with_a_wrong_byte, of_something_else, with_a_link_for_a_warehouse, no_tar]
)
def test_a_file_that_is_not_whole_is_refused_and_nothing_is_touched(backup, filled, spoil):
    spoil(backup)
    before = everything_in(filled.home)
    with pytest.raises(StoreError, match="damaged, cut off, or no backup"):
        restore(backup, filled)
    assert everything_in(filled.home) == before


def test_a_file_that_is_not_there_is_told(filled, tmp_path):
    with pytest.raises(StoreError, match="there is no file"):
        restore(tmp_path / "nothing.tar", filled)


def test_a_damaged_warehouse_file_is_refused(filled, tmp_path):
    file = tmp_path / "old.duckdb"
    file.write_bytes(filled.warehouse_path.read_bytes()[:100_000])
    before = everything_in(filled.home)
    with pytest.raises(StoreError, match=r"old\.duckdb"):
        restore(file, filled)
    assert everything_in(filled.home) == before


def packed(settings, tmp_path, *, step=None, demo=False):
    """Return a backup of what the warehouse holds, perhaps with a schema step of tomorrow."""
    copy, target = tmp_path / "copy.duckdb", tmp_path / "packed.tar"
    source = tmp_path / "source.duckdb"
    shutil.copyfile(settings.warehouse_path, source)
    if step:
        with open_warehouse(source) as connection:
            connection.execute("insert into schema_step values (?, null)", [step])
    pack(target, copy, {}, About(copy_at_rest(source, copy), NOW, demo))
    return target


def test_a_backup_of_a_newer_schema_is_refused(filled, tmp_path):
    file = packed(filled, tmp_path, step="9999_future")
    before = everything_in(filled.home)
    with pytest.raises(StoreError, match="newer Klarpris"):
        restore(file, filled)
    assert everything_in(filled.home) == before


def test_a_backup_of_a_newer_format_is_refused_whatever_else_it_says(filled, tmp_path):
    manifest = b'{"format": 2, "klarpris_version": "9.0", "made_at": "in another way"}'
    sums = f"{sha256(manifest).hexdigest()}  manifest.json\n".encode()
    with tarfile.open(tmp_path / "new.tar", "w") as tar:
        for name, text in (("SHA256SUMS", sums), ("manifest.json", manifest)):
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, BytesIO(text))
    with pytest.raises(StoreError, match=r"newer Klarpris \(9\.0\)"):
        restore(tmp_path / "new.tar", filled)


@pytest.mark.parametrize(("demo", "words"), [(True, "--demo restores"), (False, "without --demo")])
def test_simulated_and_real_data_do_not_replace_each_other(filled, tmp_path, demo, words):
    file = packed(filled, tmp_path, demo=demo)
    with pytest.raises(StoreError, match=words):
        restore(file, filled.model_copy(update={"demo": not demo}))


def test_a_damaged_warehouse_is_kept_as_it_is_and_replaced(backup, filled):
    filled.warehouse_path.write_bytes(b"not a database" * 1_000)
    log_of(filled.warehouse_path).write_bytes(b"nor a log")
    kept = restore(backup, filled)
    assert locations(filled) == ["L1", "L2"]
    assert kept.read_bytes().startswith(b"not a database")
    assert log_of(kept).read_bytes() == b"nor a log"


def test_what_a_crash_left_in_the_log_is_kept_with_the_warehouse_before(backup, filled, crash):
    crash(filled.warehouse_path)
    kept = restore(backup, filled)
    assert not log_of(filled.warehouse_path).exists()
    assert not log_of(kept).exists()  # one file: no instant at which it lacks its log
    with at_rest(kept) as connection:
        assert contents(connection).rows["core.module"] == 3
