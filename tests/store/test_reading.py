"""Readers of lost, damaged and foreign snapshots: told what to do, and mended by publishing."""

import json
import subprocess
import sys

import pytest

from aggregator.config import Settings
from aggregator.errors import StoreError
from aggregator.publish import publish
from aggregator.store.connector_tariffs import Place, connector_tariffs
from aggregator.store.pointer import current_snapshot
from aggregator.store.queries import current_reader
from aggregator.store.reading import ask_current
from tests.records import location, tariff
from tests.store.damages import SEEN_AT_ONCE, cut, scribble

READ_ON = """
import sys
from pathlib import Path
from aggregator.store.reading import ask_current
for _ in range(30):
    ask_current(Path(sys.argv[1]), "feeds", {})
print("read")
"""


@pytest.fixture
def chosen(tmp_path):
    return Settings(home=tmp_path)


@pytest.fixture
def shown(receive, warehouse, chosen):
    """Publish one location; return the snapshot."""
    receive([location()], [tariff()])
    return publish(warehouse, chosen)


def ask_feeds(folder):
    return ask_current(folder, "feeds", {})


def asked(chosen):
    return ask_current(chosen.snapshots_folder, "about_snapshot", {})[0]["snapshot_id"]


def test_a_reader_of_a_deleted_snapshot_goes_on_and_takes_the_next(shown, warehouse, chosen):
    reader = current_reader(chosen.snapshots_folder)
    shown.path.unlink()
    assert current_reader(chosen.snapshots_folder) is reader
    assert reader.countries() == ["SWE"]
    newer = publish(warehouse, chosen)
    assert current_reader(chosen.snapshots_folder).snapshot == newer


def test_a_reader_holds_its_snapshot_through_five_more(shown, warehouse, chosen):
    reader = current_reader(chosen.snapshots_folder)
    for _ in range(5):
        publish(warehouse, chosen)
    assert not shown.path.exists()
    assert reader.countries() == ["SWE"]
    assert len(list(chosen.snapshots_folder.glob("*.duckdb"))) == 3


def test_a_snapshot_that_cannot_be_removed_now_stops_no_publishing(shown, warehouse, chosen):
    stubborn = chosen.snapshots_folder / "20200101T000000000000Z.duckdb"
    stubborn.mkdir()  # the system refuses to remove it, as it does with open files elsewhere
    for _ in range(4):
        newest = publish(warehouse, chosen)
    assert current_snapshot(chosen.snapshots_folder) == newest
    assert stubborn.exists()
    stubborn.rmdir()
    stubborn.touch()
    publish(warehouse, chosen)
    assert not stubborn.exists()


def test_a_pointer_to_a_missing_file_says_what_to_do_and_publishing_mends_it(
    shown, warehouse, chosen
):
    shown.path.unlink()
    for read in (current_reader, ask_feeds):
        with pytest.raises(StoreError, match="is gone; `klarpris publish` renews it"):
            read(chosen.snapshots_folder)
    newer = publish(warehouse, chosen)
    assert current_reader(chosen.snapshots_folder).snapshot == newer
    assert asked(chosen) == newer.snapshot_id


@pytest.mark.parametrize("damage", SEEN_AT_ONCE.values(), ids=SEEN_AT_ONCE)
def test_a_damaged_snapshot_says_what_to_do_and_publishing_mends_it(
    shown, warehouse, chosen, damage
):
    damage(shown.path)
    for read in (current_reader, ask_feeds):
        with pytest.raises(StoreError, match=r"cannot be read: .*; `klarpris publish` renews it"):
            read(chosen.snapshots_folder)
    newer = publish(warehouse, chosen)
    assert asked(chosen) == newer.snapshot_id


def test_a_new_snapshot_that_cannot_be_read_leaves_readers_the_old_one(
    shown, warehouse, chosen, caplog
):
    reader = current_reader(chosen.snapshots_folder)
    newer = publish(warehouse, chosen)
    cut(100)(newer.path)
    for _ in range(2):
        assert current_reader(chosen.snapshots_folder) is reader
    assert [one for one in caplog.messages if str(newer.path) in one] == caplog.messages
    assert len(caplog.messages) == 1


def test_damage_that_shows_only_when_asked_is_told_as_well(receive, warehouse, chosen):
    receive([location(location_id=f"L{number}") for number in range(1500)], [tariff()])
    shown = publish(warehouse, chosen)
    for start in range(12_288 + 262_144, shown.path.stat().st_size, 262_144):
        scribble(start + 1_000)(shown.path)
    with pytest.raises(StoreError, match=r"cannot be read: .*`klarpris publish` renews it"):
        connector_tariffs(chosen.snapshots_folder, Place())


@pytest.mark.parametrize(
    ("version", "words"),
    [(0, "an older Klarpris; `klarpris publish` renews it"), (99, "a newer Klarpris; upgrade")],
)
def test_a_snapshot_of_another_version_says_whose_it_is(shown, chosen, version, words):
    pointer = chosen.snapshots_folder / "current.json"
    told = json.loads(pointer.read_text()) | {"schema_version": version}
    pointer.write_text(json.dumps(told))
    for read in (current_reader, ask_feeds):
        with pytest.raises(StoreError, match=words):
            read(chosen.snapshots_folder)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", "\x00\x01", '{"rows": 5, "snapshot_id": "x"}'],
)
def test_a_damaged_pointer_says_what_to_do_and_publishing_mends_it(shown, warehouse, chosen, text):
    (chosen.snapshots_folder / "current.json").write_text(text)
    with pytest.raises(StoreError, match=r"current\.json cannot be read: it is damaged; `klarpris"):
        current_reader(chosen.snapshots_folder)
    newer = publish(warehouse, chosen)
    assert asked(chosen) == newer.snapshot_id


@pytest.mark.parametrize(
    "changed",
    [
        {"file": 5},
        {"file": None},
        {"published_at": "yesterday"},
        {"rows": 5},
        {"rows": {"offer": "many"}},
        {"schema_version": None},
    ],
)
def test_a_pointer_of_odd_values_is_damaged(shown, chosen, changed):
    pointer = chosen.snapshots_folder / "current.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | changed))
    with pytest.raises(StoreError, match="it is damaged"):
        current_snapshot(chosen.snapshots_folder)


def test_a_pointer_names_files_of_its_own_folder_only(shown, chosen):
    pointer = chosen.snapshots_folder / "current.json"
    elsewhere = json.loads(pointer.read_text()) | {"file": "../../etc/passwd"}
    pointer.write_text(json.dumps(elsewhere))
    assert current_snapshot(chosen.snapshots_folder).path.parent == chosen.snapshots_folder


def test_readers_are_never_refused_while_one_publishes(shown, warehouse, chosen):
    command = [sys.executable, "-c", READ_ON, str(chosen.snapshots_folder)]
    published = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        while reader.poll() is None:
            publish(warehouse, chosen)
            published += 1
        assert reader.stdout.read() == "read\n"
    assert reader.returncode == 0
    assert published > 0
