"""What the archive holds after a run that broke off, a crash, a full disk or meddling hands."""

import subprocess
import sys
from pathlib import Path

import pytest

from aggregator.errors import StoreError
from aggregator.sources.archive import Archive, find
from tests.sources.archiving import LARGE, NOW, files, noise, put, run_with

FULL = Path("/dev/full")
needs_full_disk = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive", max_days=30, max_mb=100)


def test_run_in_which_nothing_came_leaves_nothing(archive):
    with archive.run("a_feed", "r1", NOW) as run:
        run.spool("locations").write(b"[")
        run.spool("tariffs").discard()
    assert not archive.folder.exists()


def test_run_that_breaks_off_leaves_what_was_whole(archive):
    def break_off():
        with archive.run("a_feed", "r1", NOW) as run:
            put(run)
            run.spool("tariffs").write(noise(LARGE))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert [Path(name).name for name in files(archive)] == [
        "0001_locations.json.zst",
        "manifest.jsonl",
    ]


CRASH = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from aggregator.sources.archive import Archive
now = datetime(2026, 3, 1, 12, tzinfo=UTC)
with Archive(Path(sys.argv[1]), 30, 100).run("a_feed", "r1", now) as run:
    spool = run.spool("locations")
    spool.write(b"[1]")
    spool.finish(url="https://a.example/x", status=200, headers={}, asked_at=now)
    run.spool("tariffs").write(os.urandom(5 << 20))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_crash_leaves_a_readable_archive_and_the_next_run_tidies_up(archive):
    ended = subprocess.run([sys.executable, "-c", CRASH, archive.folder], check=False)
    assert ended.returncode == -9
    assert [name for name in files(archive) if name.endswith(".part")] != []
    assert [one.body().read() for one in find(archive.folder, "a_feed", "r1")] == [b"[1]"]
    [linked] = run_with(archive, "r2", b"[1]", hour=1)
    assert linked.path.stat().st_nlink == 2
    assert [name for name in files(archive) if name.endswith(".part")] == []


def test_line_that_a_crash_cut_off_is_passed_over(archive):
    [body] = run_with(archive, "r1", b"[1]")
    with (body.path.parent / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"number":2,"file":"0002_tar')
    assert [one.number for one in find(archive.folder, "a_feed", "r1")] == [1]


def test_document_that_somebody_removed_is_still_named(archive):
    [body] = run_with(archive, "r1", b"[1]")
    body.path.unlink()
    [gone] = find(archive.folder, "a_feed", "r1")
    assert (gone.file, gone.path) == ("0001_locations.json.zst", None)


def test_document_that_was_changed_is_damaged(archive):
    first, second = run_with(archive, "r1", b"[1]", b"[2]")
    first.path.write_bytes(second.path.read_bytes())
    with pytest.raises(StoreError, match="damaged: it no longer holds the bytes that came"):
        find(archive.folder, "a_feed", "r1")[0].body().read()


def test_archive_of_no_size_keeps_nothing_after_the_run(tmp_path):
    archive = Archive(tmp_path / "archive", max_days=30, max_mb=0)
    with archive.run("a_feed", "r1", NOW) as run:
        small, large = put(run), put(run, noise(LARGE))
        assert small.path is None
        assert (small.read(), large.read()) == (b"[]", noise(LARGE))
    assert list(archive.folder.iterdir()) == []


@needs_full_disk
def test_full_disk_is_one_line_that_names_the_folder(archive):
    with archive.run("a_feed", "r1", NOW) as run:
        run.part().symlink_to(FULL)  # 0001.part; the next is 0002.part
        (run.folder / "0002.part").symlink_to(FULL)
        with pytest.raises(StoreError) as caught:
            put(run, noise(2 * LARGE))
        assert put(run, b"[1]").read() == b"[1]"
    assert str(caught.value) == (
        f"{run.folder}: the archive cannot be written: No space left on device; "
        "make room or mend the folder"
    )
    assert [one.number for one in find(archive.folder, "a_feed", "r1")] == [1]


@needs_full_disk
def test_manifest_that_cannot_grow_is_one_line_too(archive):
    with archive.run("a_feed", "r1", NOW) as run:
        run.part()
        (run.folder / "manifest.jsonl").symlink_to(FULL)
        with pytest.raises(StoreError, match="No space left on device"):
            put(run)


def test_file_in_the_place_of_the_folder_is_one_line(archive):
    archive.folder.write_text("not a folder")
    with (
        pytest.raises(StoreError, match="the archive cannot be written: Not a directory"),
        archive.run("a_feed", "r1", NOW),
    ):
        pass
    with pytest.raises(StoreError, match="the archive cannot be read: Not a directory"):
        find(archive.folder, "a_feed", "r1")
