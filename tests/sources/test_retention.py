"""Pruning: the archive is bounded by age and size, and no feed loses its newest documents."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.sources.archive import NOT_KEPT, Archive, find

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
    return spool.finish(url="https://a.example/x", status=status, headers={}, asked_at=NOW)


def run_days_ago(archive, days, *seeds, feed="a", status=200, size_bytes=SIZE):
    with archive.run(feed, f"{feed}{days}", NOW - timedelta(days=days)) as run:
        for seed in seeds:
            put(run, random.Random(seed).randbytes(size_bytes), status)


def total(archive):
    return sum(path.stat().st_size for path in archive.folder.rglob("*.zst"))


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


def test_active_run_stays_whatever_its_size(roomy, archive):
    with roomy.run("a", "active", NOW) as run:
        for seed in range(3):
            put(run, random.Random(seed).randbytes(SIZE))
        roomy.prune(NOW)
        assert left(archive) == ["active"]
    archive.prune(NOW)
    assert left(archive) == []


def test_start_of_a_run_makes_room(roomy, archive):
    for days in (4, 3, 2):
        run_days_ago(roomy, days, days)
    with archive.run("a", "a1", NOW):
        assert left(archive) == ["a2", "a3"]


def test_run_makes_room_while_it_grows(archive):
    for seed in range(4):
        with archive.run("a", f"r{seed}", NOW + timedelta(seconds=seed)) as run:
            put(run, random.Random(seed).randbytes(SIZE))
            assert total(archive) < 1_000_000
    assert left(archive) == ["r2", "r3"]


@pytest.mark.parametrize("size_bytes", [SIZE, 5 << 20], ids=["in memory", "in a file"])
def test_what_a_run_brings_beyond_the_bound_is_noted_and_read_but_not_kept(archive, size_bytes):
    run_days_ago(archive, 1, 1)
    more = random.Random(9).randbytes(size_bytes)
    with archive.run("a", "r", NOW) as run:
        for seed in (2, 3):
            put(run, random.Random(seed).randbytes(SIZE))
        body = put(run, more)
        last = put(run, b"[1]")
        assert (body.read(), last.read()) == (more, b"[1]")
    kept = find(archive.folder, "a", "r")
    assert [one.path is None for one in kept] == [False, False, True, True]
    assert [one.error for one in kept[1:]] == [None, *[NOT_KEPT] * 2]
    assert (kept[2].size_bytes, kept[2].file) == (size_bytes, None)
    assert left(archive) == ["r"]
    assert total(archive) < 1_000_000
    archive.prune(NOW)
    assert left(archive) == ["r"]


def test_documents_that_did_not_change_count_for_their_run(archive):
    run_days_ago(archive, 1, 1, 2)
    run_days_ago(archive, 0, 1, 2, 3)
    kept = find(archive.folder, "a", "a0")
    assert [one.path is None for one in kept] == [False, False, True]
    assert kept[0].path.stat().st_nlink == 2
    archive.prune(NOW)
    assert left(archive) == ["a0", "a1"]


def test_archive_that_cannot_make_room_is_not_searched_for_each_document(archive):
    searched = []

    class Counting(Archive):
        def prune(self, now):
            searched.append(now)
            super().prune(now)

    counting = Counting(archive.folder, max_days=30, max_mb=1)
    with counting.run("b", "b", NOW) as other, counting.run("a", "a", NOW) as run:
        for seed in (1, 2):
            put(other, random.Random(seed).randbytes(SIZE))
        searched.clear()
        for seed in range(100, 120):  # 20 times 20 kB: from the tenth on there is no room
            put(run, random.Random(seed).randbytes(20_000))
    assert 0 < len(searched) <= 5


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
