"""Pruning: the archive is bounded by age and size, and no feed loses its newest documents."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.sources.archive import Archive

NOW = datetime(2026, 3, 31, tzinfo=UTC)
SIZE = 400_000  # bytes that cannot be compressed: of 1 MB, two fit and three do not


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive", max_days=30, max_mb=1)


@pytest.fixture
def roomy(archive):
    """Return the same archive before its bound was lowered."""
    return Archive(archive.folder, max_days=10_000, max_mb=1_000)


def put(run, content, status=200):
    spool = run.spool("locations")
    spool.write(content)
    spool.finish(url="https://a.example/x", status=status, headers={}, asked_at=NOW)


def run_days_ago(archive, days, *seeds, feed="a", status=200, size_bytes=SIZE):
    with archive.run(feed, f"{feed}{days}", NOW - timedelta(days=days)) as run:
        for seed in seeds:
            put(run, random.Random(seed).randbytes(size_bytes), status)


def left(archive):
    return sorted(run.name.partition("_")[2] for run in archive.folder.glob("*/*"))


def test_runs_older_than_allowed_go_whole(roomy, archive):
    for days in (32, 31, 30, 1):
        run_days_ago(roomy, days, days, size_bytes=1_000)
    archive.prune(NOW)
    assert left(archive) == ["a1", "a30"]


def test_oldest_runs_of_all_feeds_go_until_the_rest_fits(roomy, archive):
    run_days_ago(roomy, 4, 4, feed="b")
    run_days_ago(roomy, 3, 3)
    run_days_ago(roomy, 2, 2, feed="b")
    run_days_ago(roomy, 1, 1)
    archive.prune(NOW)
    assert left(archive) == ["a1", "b2"]


def test_linked_document_counts_once(roomy, archive):
    for days in (3, 2, 1):
        run_days_ago(roomy, days, 7)
    run_days_ago(roomy, 0, 8)
    archive.prune(NOW)
    assert left(archive) == ["a0", "a1", "a2", "a3"]


def test_size_falls_only_when_the_last_link_goes(roomy, archive):
    run_days_ago(roomy, 4, 7)
    run_days_ago(roomy, 3, 7)
    run_days_ago(roomy, 2, 8)
    run_days_ago(roomy, 1, 9)  # 1.2 MB: removing day 4 alone frees nothing
    archive.prune(NOW)
    assert left(archive) == ["a1", "a2"]


def test_newest_run_of_each_feed_stays_however_old_it_is(roomy, archive):
    for feed in ("a", "b", "c"):
        run_days_ago(roomy, 60, feed, feed=feed)
        run_days_ago(roomy, 50, feed * 2, feed=feed)
    archive.prune(NOW)
    assert left(archive) == ["a50", "b50", "c50"]


def test_newest_documents_stay_when_later_runs_were_refused(roomy, archive):
    run_days_ago(roomy, 60, 1)
    run_days_ago(roomy, 50, 2, status=503, size_bytes=100)
    run_days_ago(roomy, 40, 3, status=503, size_bytes=100)
    archive.prune(NOW)
    assert left(archive) == ["a40", "a60"]


def test_run_that_alone_exceeds_the_bound_goes_and_the_others_stay(roomy, archive):
    run_days_ago(roomy, 3, 1, feed="b")
    run_days_ago(roomy, 2, 2)
    run_days_ago(roomy, 1, 3, 4, 5)
    archive.prune(NOW)
    assert left(archive) == ["a2", "b3"]


def test_active_run_stays_whatever_its_size(archive):
    with archive.run("a", "active", NOW) as run:
        for seed in range(3):
            put(run, random.Random(seed).randbytes(SIZE))
        archive.prune(NOW)
        assert left(archive) == ["active"]
    archive.prune(NOW)
    assert left(archive) == []


def test_start_of_a_run_makes_room(archive):
    for days in (5, 4, 3, 2):
        run_days_ago(archive, days, days)
    assert left(archive) == ["a2", "a3", "a4"]  # 1.2 MB, until the next run starts
    run_days_ago(archive, 1, 1)
    assert left(archive) == ["a1", "a2", "a3"]


def test_start_of_a_run_makes_room_although_the_archive_was_looked_at_just_now(archive):
    for seed in range(4):
        with archive.run("a", f"r{seed}", NOW + timedelta(seconds=seed)) as run:
            put(run, random.Random(seed).randbytes(SIZE))
    assert left(archive) == ["r1", "r2", "r3"]


def test_archive_of_no_size_removes_what_was_kept_before(roomy, archive):
    run_days_ago(roomy, 1, 1)
    run_days_ago(Archive(archive.folder, max_days=30, max_mb=0), 0, 2)
    assert left(archive) == []


def test_what_is_no_run_is_left_alone(archive):
    (archive.folder / "a" / "notes_of_mine").mkdir(parents=True)
    (archive.folder / "a" / "99999999T999999Z_x").mkdir()
    (archive.folder / "readme.txt").write_text("mine")
    archive.prune(NOW)
    assert left(archive) == ["of_mine", "x"]
    assert (archive.folder / "readme.txt").exists()
