"""A backup is whole and proven, or there is none; the harvester need not stop for it."""

import asyncio
import json
import os
import tarfile
from datetime import UTC, datetime

import pytest

from aggregator.care.attendance import Attendance
from aggregator.care.backup import WAITING, WORKING, Waiting, back_up, default_path
from aggregator.care.copies import Answer, CopyRequest, folder_of, requests
from aggregator.care.packing import unpack
from aggregator.errors import InUse, StoreError
from aggregator.store.copying import verify
from aggregator.store.warehouse import open_warehouse
from tests.care.conftest import everything_in, held_by_another

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def told_to(lines, pause=lambda: None, seconds=60):
    return Waiting(seconds, lines.append, pause)


def test_a_backup_holds_the_warehouse_and_the_status_and_nothing_else(filled, tmp_path):
    (filled.home / "secrets.toml").write_text('TOKEN = "hidden"')
    made = back_up(filled, tmp_path / "b.tar", told_to([]), NOW)
    with tarfile.open(made.path) as tar:
        assert tar.getnames() == ["SHA256SUMS", "manifest.json", "status.json", "warehouse.duckdb"]
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["made_at"] == "2026-11-22T12:00:00Z"
    assert manifest["holds"]["rows"]["core.location"] == 2
    assert b"hidden" not in made.path.read_bytes()
    unpack(made.path, tmp_path / "w.duckdb")
    assert verify(tmp_path / "w.duckdb") == made.holds


def test_a_backup_leaves_the_home_as_it_was(filled, tmp_path):
    before = everything_in(filled.home)
    back_up(filled, tmp_path / "b.tar", told_to([]), NOW)
    assert everything_in(filled.home) == before
    assert [path.name for path in tmp_path.glob("*b.tar*")] == ["b.tar"]


def test_without_a_name_a_backup_goes_into_the_home_with_its_time(filled):
    assert default_path(filled, NOW) == filled.home / "backups" / "klarpris-20261122T120000Z.tar"


def test_what_was_committed_before_a_crash_is_in_the_backup(filled, tmp_path, crash):
    crash(filled.warehouse_path)
    assert filled.warehouse_path.with_name("warehouse.duckdb.wal").exists()
    before = everything_in(filled.home)
    made = back_up(filled, tmp_path / "b.tar", told_to([]), NOW)
    assert made.holds.rows["core.module"] == 3
    assert everything_in(filled.home) == before


def test_there_is_nothing_to_back_up_without_a_warehouse(settings, tmp_path):
    with pytest.raises(StoreError, match="there is no warehouse"):
        back_up(settings, tmp_path / "b.tar", told_to([]), NOW)
    assert not settings.home.exists()


def test_a_file_that_is_there_already_is_never_replaced(filled, tmp_path):
    (tmp_path / "b.tar").write_text("older")
    with pytest.raises(StoreError, match="is there already"):
        back_up(filled, tmp_path / "b.tar", told_to([]), NOW)
    assert (tmp_path / "b.tar").read_text() == "older"
    assert [path.name for path in tmp_path.glob("*b.tar*")] == ["b.tar"]


def test_a_target_that_cannot_be_written_is_told_and_leaves_nothing(filled, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="no backup could be written"):
        back_up(filled, tmp_path / "file" / "b.tar", told_to([]), NOW)
    assert requests(filled.home) == []


def test_a_damaged_warehouse_gives_no_backup(filled, tmp_path):
    filled.warehouse_path.write_bytes(b"not a database" * 1_000)
    with pytest.raises(StoreError, match=r"warehouse\.duckdb"):
        back_up(filled, tmp_path / "b.tar", told_to([]), NOW)
    assert not (tmp_path / "b.tar").exists()


def test_while_a_harvester_runs_it_makes_the_copy(filled, tmp_path):
    """The command waits in between: each pause of it is a look of the harvester."""
    lines = []
    with held_by_another(filled), open_warehouse(None) as connection:
        # Two processes would be needed to have one file open in one and closed in the other; the
        # harvester's warehouse is another one here, so that its copy is known by what it holds.
        connection.execute("insert into core.module values ('f', 'locations', now()::timestamp)")
        attendance = Attendance(connection, filled)
        waiting = told_to(lines, lambda: asyncio.run(attendance.attend(NOW)))
        made = back_up(filled, tmp_path / "b.tar", waiting, NOW)
    assert made.holds.rows["core.module"] == 1
    assert made.holds.rows["core.location"] == 0
    assert lines == [WAITING]
    assert requests(filled.home) == []


def test_a_harvester_that_is_still_copying_is_told_apart_from_other_writers(filled, tmp_path):
    lines, looks = [], []

    def look():
        looks.append(1)
        (request,) = requests(filled.home)
        words = (
            Answer(state="working") if len(looks) == 1 else Answer(state="failed", message="ill")
        )
        request.answer(words)

    with held_by_another(filled), pytest.raises(StoreError, match="ill"):
        back_up(filled, tmp_path / "b.tar", told_to(lines, look), NOW)
    assert lines == [WAITING, WORKING]


def test_a_copy_that_is_not_what_the_harvester_says_is_not_used(filled, tmp_path):
    with open_warehouse(None) as connection:
        attendance = Attendance(connection, filled)

        def look():
            asyncio.run(attendance.attend(NOW))
            for request in requests(filled.home):
                answer = request.answered()
                answer.holds.rows["core.location"] += 1
                request.answer(answer)

        with held_by_another(filled), pytest.raises(StoreError, match="does not hold"):
            back_up(filled, tmp_path / "b.tar", told_to([], look), NOW)
    assert not (tmp_path / "b.tar").exists()


def test_a_one_off_harvest_is_waited_for_and_the_backup_made_when_it_is_over(filled, tmp_path):
    lines = []
    holding = held_by_another(filled)
    holding.__enter__()
    made = back_up(
        filled, tmp_path / "b.tar", told_to(lines, lambda: holding.__exit__(None, None, None)), NOW
    )
    assert made.holds.rows["core.location"] == 2
    assert lines == [WAITING]


def test_nobody_is_waited_for_longer_than_said(filled, tmp_path):
    with held_by_another(filled), pytest.raises(InUse, match="still in use; --wait"):
        back_up(filled, tmp_path / "b.tar", told_to([], seconds=0), NOW)
    assert requests(filled.home) == []


def test_a_harvester_that_fell_silent_is_not_believed(filled):
    with CopyRequest.made(filled.home) as request:
        request.answer(Answer(state="working"))
        assert request.answered().state == "working"
        grow_old(folder_of(filled.home) / f"{request.request_id}.answer")
        assert request.answered() is None
        request.still_working()
        assert request.answered().state == "working"


def test_the_harvester_clears_away_what_nobody_waits_for(filled):
    folder = folder_of(filled.home)
    folder.mkdir(parents=True)
    for name in ("a.request", "a.answer", "a.duckdb", "a.duckdb.wal", "b.duckdb"):
        (folder / name).write_text("")
        grow_old(folder / name)
    (folder / "c.request").write_text("")
    (folder / "c.answer").write_text("{}")
    with open_warehouse(None) as connection:
        asyncio.run(Attendance(connection, filled).attend(NOW))
    assert sorted(path.name for path in folder.iterdir()) == ["c.answer", "c.request"]


def grow_old(path):
    os.utime(path, (0, 0))


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9, 0.999])
def test_a_backup_that_is_cut_off_is_refused(filled, tmp_path, share):
    made = back_up(filled, tmp_path / "b.tar", told_to([]), NOW)
    whole = made.path.read_bytes()
    # A tar ends in blocks of nothing, which may be missing.
    made.path.write_bytes(whole.rstrip(b"\0")[: int(len(whole.rstrip(b"\0")) * share)])
    with pytest.raises(StoreError, match="damaged, cut off"):
        unpack(made.path)


@pytest.mark.parametrize("place", [520, 1_540, 1_900, 4_700, 100_000])
def test_a_backup_with_a_wrong_byte_is_refused(filled, tmp_path, place):
    made = back_up(filled, tmp_path / "b.tar", told_to([]), NOW)
    content = bytearray(made.path.read_bytes())
    content[place] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        unpack(made.path)
