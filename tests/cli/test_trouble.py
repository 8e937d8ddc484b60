"""A full disk, a folder that may not be written, a damaged file: exit code 1, one line, no loss."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import LOCATION, TARIFF

HINDERED = Path(__file__).with_name("hindered.py")
READ_ONLY = 0
pytestmark = pytest.mark.slow


def write(folder, number):
    """Record a feed of so many locations, which hardly compress."""
    folder.mkdir(parents=True)
    chance = random.Random(number)
    found = [
        LOCATION | {"id": f"L{n}", "name": f"{chance.getrandbits(400):x}"} for n in range(number)
    ]
    (folder / "locations.json").write_text(json.dumps(found), encoding="utf-8")
    (folder / "tariffs.json").write_text(json.dumps([TARIFF]), encoding="utf-8")
    return folder.parent


@pytest.fixture
def few(tmp_path):
    return write(tmp_path / "few" / "someone", 3)


@pytest.fixture
def many(tmp_path):
    return write(tmp_path / "many" / "someone", 15_000)


@pytest.fixture
def home(tmp_path):
    """Return the home; its modes are mended afterwards, or nobody could remove it."""
    folder = tmp_path / "home"
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)


@pytest.fixture
def harvested(klarpris, few, home):
    """Harvest a few locations; return the home."""
    done = klarpris("harvest", "--from", few)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def hindered(home, tmp_path):
    """Return a function that runs `klarpris` with less room or less right to its end."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KLARPRIS_")}
    environment |= {"KLARPRIS_HOME": str(home), "COLUMNS": "400"}

    def run(most_bytes, *arguments):
        return subprocess.run(
            [sys.executable, HINDERED, str(most_bytes), *map(str, arguments)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    return run


def forbid(*paths):
    for path in paths:
        path.chmod(path.stat().st_mode & 0o555)


def rows(klarpris):
    """Return how many offers the current snapshot has, as `klarpris snapshot` says."""
    return json.loads(klarpris("snapshot", "--json").stdout)["rows"]["offer"]


def is_one_line(ended, *words):
    """Tell whether a command failed with one line for people that says all of this."""
    lines = [line for line in ended.stderr.splitlines() if line.startswith("klarpris: ")]
    assert ended.returncode == 1, ended.stderr
    assert len(lines) == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return all(word in lines[0] for word in words)


def files(home):
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


def test_a_harvest_without_room_loads_nothing_and_the_next_one_loads_all(
    klarpris, hindered, harvested, many
):
    room = (harvested / "warehouse.duckdb").stat().st_size
    before = files(harvested)
    ended = hindered(room, "harvest", "--from", many)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    [told] = [line for line in ended.stdout.splitlines() if line.startswith("someone: ")]
    assert f"the warehouse {harvested / 'warehouse.duckdb'} cannot be written" in told
    assert f"make room in {harvested} and run it again" in told
    assert rows(klarpris) == 3
    assert {name for name in files(harvested) if not name.endswith(".wal")} == before
    assert klarpris("harvest", "--from", many).returncode == 0
    assert rows(klarpris) == 15_000


def test_a_snapshot_without_room_is_published_by_the_next_harvest(
    klarpris, hindered, harvested, few
):
    assert klarpris("harvest", "--from", write(few.parent / "more" / "other", 5)).returncode == 0
    before = files(harvested)
    ended = hindered(100_000, "publish")
    assert is_one_line(ended, f"written to {harvested / 'snapshots'}", "make room there")
    assert files(harvested) == before
    assert rows(klarpris) == 8


def test_what_was_loaded_but_could_not_be_published_is_published_later(
    klarpris, hindered, harvested, few
):
    more = write(few.parent / "more" / "other", 5)
    forbid(harvested / "snapshots")
    ended = hindered(READ_ONLY, "harvest", "--from", more)
    assert is_one_line(ended, f"written to {harvested / 'snapshots'}", "give this user the right")
    assert rows(klarpris) == 3
    (harvested / "snapshots").chmod(0o755)
    assert klarpris("harvest", "--from", more).returncode == 0
    assert rows(klarpris) == 8


def test_a_status_file_without_room_is_told_and_leaves_no_rest(klarpris, hindered, few, home):
    ended = hindered(100, "harvest", "--from", few)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert str(home) in ended.stderr
    assert klarpris("harvest", "--from", few).returncode == 0
    assert files(home) >= {"status.json", "warehouse.duckdb", "snapshots/current.json"}
    assert len(files(home)) == 4


def test_from_a_home_that_may_only_be_read_everything_can_be_read(hindered, harvested, many):
    forbid(*harvested.rglob("*"), harvested)
    evse = ("--connector", "someone/L1/E1/1", "--kwh", "10")
    for command in (["snapshot"], ["quarantine"], ["bill", *evse], ["feeds", "list"]):
        ended = hindered(READ_ONLY, *command)
        assert ended.returncode == 0, ended.stderr
    for command in (["harvest", "--from", many], ["publish"]):
        ended = hindered(READ_ONLY, *command)
        warehouse = harvested / "warehouse.duckdb"
        assert is_one_line(ended, f"{warehouse} cannot be written: permission denied")


def test_a_warehouse_that_may_only_be_read_is_named(klarpris, hindered, harvested, many):
    forbid(harvested / "warehouse.duckdb")
    ended = hindered(READ_ONLY, "harvest", "--from", many)
    assert is_one_line(ended, str(harvested / "warehouse.duckdb"), "give this user the right")
    assert rows(klarpris) == 3


def test_a_damaged_warehouse_stops_the_harvest_and_nothing_that_reads(klarpris, harvested, many):
    path = harvested / "warehouse.duckdb"
    path.write_bytes(path.read_bytes()[:20_000])
    for command in (["harvest", "--from", many], ["publish"]):
        ended = klarpris(*command)
        assert is_one_line(ended, f"the warehouse {path}", "`klarpris restore FILE`")
    assert path.stat().st_size == 20_000
    assert rows(klarpris) == 3


def test_damage_that_shows_while_loading_is_told_beside_the_feed(klarpris, harvested, few):
    path = harvested / "warehouse.duckdb"
    content = bytearray(path.read_bytes())
    for start in range(12_288, len(content), 262_144):
        content[start + 200 : start + 300] = os.urandom(100)
    path.write_bytes(content)
    ended = klarpris("harvest", "--from", few)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "`klarpris restore FILE`" in ended.stdout + ended.stderr


def test_a_lost_snapshot_is_told_by_every_command_and_comes_back(klarpris, harvested, few):
    path = Path(json.loads(klarpris("snapshot", "--json").stdout)["path"])
    path.unlink()
    for command in (["snapshot"], ["quarantine"], ["bill", "--evse-id", "X", "--kwh", "1"]):
        told = klarpris(*command)
        assert is_one_line(told, f"the snapshot {path} is gone", "`klarpris publish` renews it")
    assert klarpris("harvest", "--from", few).returncode == 0
    assert rows(klarpris) == 3


def test_a_damaged_pointer_is_told_and_mended_by_the_next_harvest(klarpris, harvested, few):
    pointer = harvested / "snapshots" / "current.json"
    pointer.write_text('{"snapshot_id": "2026')
    assert is_one_line(klarpris("snapshot"), f"{pointer} cannot be read", "`klarpris publish`")
    assert klarpris("harvest", "--from", few).returncode == 0
    assert rows(klarpris) == 3


HOLD = """
import sys
from pathlib import Path
from aggregator.store.warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_refused_and_readers_are_not(klarpris, harvested, few):
    path = harvested / "warehouse.duckdb"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "open\n"
        for writing in (["harvest", "--from", few], ["publish"]):
            ended = klarpris(*writing)
            assert is_one_line(ended, f"another klarpris process is writing {path}")
        for reading in (["snapshot"], ["quarantine"], ["feeds", "list"]):
            assert klarpris(*reading).returncode == 0
        holder.stdin.close()
    assert holder.returncode == 0
    assert klarpris("publish").returncode == 0
