"""`klarpris backup`, `restore`, `vacuum`: what people see, and exit codes."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.config import settings
from aggregator.store.pointer import current_snapshot
from aggregator.store.warehouse import open_warehouse
from tests.care.conftest import held_by_another, locations, receive
from tests.cli.running import ran

FEED = 'name = "One"\nsource = "ocpi_file"\nurl = "http://127.0.0.1:9/all"\nlicence = "CC0-1.0"\n'


@pytest.fixture
def chosen(home):
    """Return the settings of a home that holds L1 and L2."""
    found = settings()
    assert found.home == home
    receive(found, ["L1", "L2"])
    return found


@pytest.mark.parametrize("command", ["backup", "restore", "vacuum", "doctor"])
def test_every_command_of_care_has_help(klarpris, command):
    result = klarpris(command, "--help")
    assert result.returncode == 0
    assert "Usage" in result.stdout


def test_the_help_says_that_nothing_secret_is_in_a_backup(klarpris):
    words = " ".join(klarpris("backup", "--help").stdout.split())
    assert "Secrets, credentials, feed files, the archive and snapshots are not in it" in words


def test_a_backup_is_named_and_counted_and_comes_back(chosen, tmp_path):
    made = ran("backup", tmp_path / "b.tar", "--json")
    assert made.code == 0
    assert made.data["path"] == str(tmp_path / "b.tar")
    assert made.data["bytes"] == (tmp_path / "b.tar").stat().st_size
    assert made.data["rows"]["core.location"] == 2
    receive(chosen, ["L1", "L2", "L3"])
    restored = ran("restore", tmp_path / "b.tar", "--yes")
    assert restored.code == 0
    assert locations(chosen) == ["L1", "L2"]
    assert current_snapshot(chosen.snapshots_folder).rows["location"] == 2


def test_what_a_restore_says_undoes_it(chosen, tmp_path):
    ran("backup", tmp_path / "b.tar")
    receive(chosen, ["L1", "L2", "L3"])
    text = ran("restore", tmp_path / "b.tar", "--yes").text
    (undo,) = [line for line in text.splitlines() if "To undo:" in line]
    command = undo.partition("To undo: klarpris ")[2].split()
    assert ran(*command, "--yes").code == 0
    assert locations(chosen) == ["L1", "L2", "L3"]


def test_a_folder_may_be_named_and_a_backup_goes_into_the_home_otherwise(chosen, tmp_path):
    for arguments, folder in (((tmp_path,), tmp_path), ((), chosen.backups_folder)):
        assert ran("backup", *arguments).code == 0
        assert len(list(folder.glob("klarpris-*.tar"))) == 1


def test_a_restore_asks_and_no_means_no(klarpris, tmp_path, recordings):
    klarpris("harvest", "--from", recordings)
    klarpris("backup", tmp_path / "b.tar")
    before = (tmp_path / "home" / "warehouse.duckdb").read_bytes()
    result = klarpris("restore", tmp_path / "b.tar")  # nobody answers
    assert result.returncode == 1
    assert "Put it in place of" in result.stdout
    assert (tmp_path / "home" / "warehouse.duckdb").read_bytes() == before


def test_a_file_of_that_name_is_wrong_use(chosen, tmp_path):
    (tmp_path / "b.tar").write_text("older")
    result = ran("backup", tmp_path / "b.tar")
    assert result.code == 2
    assert "is there already" in result.said
    assert (tmp_path / "b.tar").read_text() == "older"


@pytest.mark.parametrize("command", [["backup"], ["vacuum"], ["vacuum", "--dry-run"]])
def test_without_a_warehouse_one_line_says_so_and_none_is_made(home, command):
    assert "there is no warehouse" in ran(*command).said
    assert not home.exists()


def test_a_restore_while_a_process_has_the_warehouse_says_what_to_do(chosen, tmp_path):
    ran("backup", tmp_path / "b.tar")
    with held_by_another(chosen):
        assert "wait for it or stop it" in ran("restore", tmp_path / "b.tar", "--yes").said
        assert "wait for it or stop it" in ran("vacuum").said


@pytest.fixture
def loose(chosen):
    """Return settings of a home whose states of EVSEs of long ago fill most of the file."""
    day = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=91)
    with open_warehouse(chosen.warehouse_path) as connection:
        connection.execute(
            "insert into core.evse_status by name select 'f' as feed, 'SE' as country_code, "
            "'AAA' as party_id, 'L1' as location_id, md5(i::varchar) as evse_uid, "
            "'CHARGING' as status, md5_number(i::varchar) as digest, $day as first_seen_at, "
            "$day as valid_from, $day as valid_to from range(50_000) as numbers (i)",
            {"day": day},
        )
    return chosen


def test_a_vacuum_says_what_went_and_how_much_room_came_back(loose):
    size = loose.warehouse_path.stat().st_size
    told = ran("vacuum", "--json").data
    assert told["removed"]["evse_status"] == 50_000
    assert told["after_bytes"] < told["before_bytes"] == size
    assert loose.warehouse_path.stat().st_size == told["after_bytes"]
    assert locations(loose) == ["L1", "L2"]


def test_a_dry_vacuum_counts_and_removes_nothing(loose):
    for _ in range(2):
        result = ran("vacuum", "--dry-run")
        assert "Rows that would be removed" in result.text
        assert "50,000" in result.text
        assert "bytes after" not in result.text


def test_settings_say_how_long_the_past_is_kept(loose, monkeypatch):
    monkeypatch.setenv("KLARPRIS_KEEP_STATUS_DAYS", "0")
    settings.cache_clear()
    assert ran("vacuum", "--dry-run", "--json").data["removed"]["evse_status"] == 0


def test_a_vacuum_removes_unfinished_files(chosen):
    stray = chosen.home / "abc.duckdb.incoming"
    stray.write_bytes(b"half")
    os.utime(stray, (0, 0))
    assert ran("vacuum", "--json").data["unfinished_bytes"] == 4
    assert not stray.exists()


def test_a_backup_while_the_schedule_runs_comes_from_it(chosen, tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "one.toml").write_text(FEED + "allow_private = true\n")
    environment = os.environ | {"KLARPRIS_FEEDS": str(folder)}
    command = [sys.executable, "-m", "aggregator.cli", "schedule"]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True
    ) as scheduling:
        lines = iter(scheduling.stderr.readline, "")
        assert any("schedule started" in line for line in lines)
        made = ran("backup", tmp_path / "b.tar", "--wait", 60, "--json")
        assert any("warehouse copied" in line for line in lines)
        scheduling.terminate()
    assert made.data["rows"]["core.location"] == 2
    assert list((chosen.home / "copies").iterdir()) == []
