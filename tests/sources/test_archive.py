"""The archive: what lies where, what its manifest says, what is a link."""

import json
from datetime import datetime, timedelta
from stat import S_IMODE

import pytest

from aggregator.errors import StoreError
from aggregator.sources.archive import Archive, find
from tests.sources.archiving import LARGE, NOW, files, noise, put, run_with


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive", max_days=30, max_mb=100)


def test_documents_lie_below_feed_and_run(archive):
    with archive.run("a_feed", "r1", NOW) as run:
        put(run)
        put(run, b"[1]", name="locations and tariffs")
    assert files(archive) == [
        "a_feed/20260301T120000Z_r1/0001_locations.json.zst",
        "a_feed/20260301T120000Z_r1/0002_locations_and_tariffs.json.zst",
        "a_feed/20260301T120000Z_r1/manifest.jsonl",
    ]


def test_start_in_another_time_zone_is_written_in_utc(archive):
    with archive.run("a_feed", "r1", datetime.fromisoformat("2026-03-01T13:30:00+02:00")) as run:
        put(run)
    assert files(archive)[0].startswith("a_feed/20260301T113000Z_r1/")


def test_manifest_says_where_each_document_came_from(archive):
    headers = {"Content-Type": "application/json", "ETag": '"7"', "Last-Modified": "yesterday"}
    with archive.run("a_feed", "r1", NOW) as run:
        put(run, b"abc", headers=headers.items())
    [line] = (run.folder / "manifest.jsonl").read_text().splitlines()
    stored_bytes = (run.folder / "0001_locations.json.zst").stat().st_size
    assert json.loads(line) == {
        "number": 1,
        "file": "0001_locations.json.zst",
        "url": "https://a.example/locations",
        "asked_at": "2026-03-01T12:00:00Z",
        "status": 200,
        "size_bytes": 3,
        "stored_bytes": stored_bytes,
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "content_type": "application/json",
        "etag": '"7"',
        "last_modified": "yesterday",
        "error": None,
    }


def test_address_keeps_the_page_and_loses_what_may_be_secret(archive):
    asked = "https://me:pw@a.example/x?api_key=s3cret&offset=50&limit=25&Token=t&date_from=2026"
    with archive.run("a_feed", "r1", NOW) as run:
        put(run, url=asked)
        put(run, url="https://[broken?key=s3cret")
    [page, broken] = find(archive.folder, "a_feed", "r1")
    assert page.url == "https://a.example/x?offset=50&limit=25&date_from=2026"
    assert broken.url == "an address that makes no sense"


def test_price_is_traced_to_the_bytes_it_came_from(archive):
    run_with(archive, "r1", b"[1]", noise(LARGE))
    small, large = find(archive.folder, "a_feed", "r1")
    assert (small.body().read(), large.body().read()) == (b"[1]", noise(LARGE))
    assert (small.number, large.number, large.asked_at) == (1, 2, NOW)


@pytest.mark.parametrize(("feed_id", "run_id"), [("b_feed", "r1"), ("a_feed", "r2"), ("", "")])
def test_run_that_is_not_archived_has_no_documents(archive, feed_id, run_id):
    run_with(archive, "r1", b"[1]")
    assert find(archive.folder, feed_id, run_id) == []


def test_only_the_owner_can_enter(archive):
    run_with(archive, "r1", b"[1]")
    run = archive.folder / "a_feed" / "20260301T120000Z_r1"
    modes = [S_IMODE(path.stat().st_mode) for path in (run, run.parent, run.parent.parent)]
    assert modes == [0o700, 0o700, 0o700]


def test_only_the_owner_can_read_what_lies_there(archive):
    with archive.run("a_feed", "r1", NOW) as run:
        put(run)
        put(run, noise(LARGE))
        put(run, b"busy", status=503)
    written = [path for path in run.folder.iterdir() if S_IMODE(path.stat().st_mode) == 0o600]
    assert len(written) == len(list(run.folder.iterdir())) == 4


def test_file_that_others_could_read_is_closed_to_them_when_it_is_linked_to(archive):
    [first] = run_with(archive, "r1", b"[1]")
    first.path.chmod(0o644)
    [second] = run_with(archive, "r2", b"[1]", hour=1)
    assert S_IMODE(second.path.stat().st_mode) == 0o600


def test_no_name_leads_out_of_the_archive(archive, tmp_path):
    with archive.run("../../up", "../r/1", NOW) as run:
        put(run, name="../../x y")
    assert files(archive)[0] == "_.._up/20260301T120000Z__r_1/0001__.._x_y.json.zst"
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert len(find(archive.folder, "../../up", "../r/1")) == 1


@pytest.mark.parametrize("content", [b"[1]", noise(LARGE)], ids=["small", "large"])
def test_unchanged_document_is_a_link_to_that_of_the_run_before(archive, content):
    [first] = run_with(archive, "r1", content)
    [second] = run_with(archive, "r2", content, hour=1)
    assert first.path != second.path
    assert first.path.stat().st_ino == second.path.stat().st_ino
    assert find(archive.folder, "a_feed", "r2")[0].body().read() == content
    assert not [name for name in files(archive) if name.endswith(".part")]


def test_changed_document_and_that_of_another_feed_are_no_links(archive):
    run_with(archive, "r1", b"[1]")
    [changed] = run_with(archive, "r2", b"[2]", hour=1)
    [other] = run_with(archive, "r3", b"[2]", hour=2, feed="b_feed")
    assert changed.path.stat().st_nlink == other.path.stat().st_nlink == 1


def test_document_that_comes_twice_in_a_run_is_stored_once(archive):
    first, second = run_with(archive, "r1", b"[1]", b"[1]")
    assert first.path.stat().st_ino == second.path.stat().st_ino


def test_document_is_written_again_where_no_link_can_be_made(archive):
    _, lost = run_with(archive, "r1", b"[1]", noise(LARGE))
    with archive.run("a_feed", "r2", NOW + timedelta(hours=1)) as run:
        put(run, b"[1]")  # from here on it is known what r1 holds
        lost.path.unlink()
        again = put(run, noise(LARGE))
    assert again.path.stat().st_nlink == 1
    assert again.read() == noise(LARGE)


def test_file_that_lost_its_end_is_not_linked_to(archive):
    [cut] = run_with(archive, "r1", b"[1]")
    cut.path.write_bytes(b"")
    [whole] = run_with(archive, "r2", b"[1]", hour=1)
    assert whole.path.stat().st_nlink == 1
    assert find(archive.folder, "a_feed", "r2")[0].body().read() == b"[1]"


def test_run_that_was_refused_does_not_break_the_links(archive):
    [first] = run_with(archive, "r1", b"[1]")
    with archive.run("a_feed", "r2", NOW + timedelta(hours=1)) as run:
        put(run, b"busy", status=503)
    [third] = run_with(archive, "r3", b"[1]", hour=2)
    assert first.path.stat().st_ino == third.path.stat().st_ino


def test_refusal_is_recorded_with_status_error_and_body(archive):
    with archive.run("a_feed", "r1", NOW) as run:
        put(run, b"no access", status=403, error="the server\nrefuses us")
    [refusal] = find(archive.folder, "a_feed", "r1")
    assert (refusal.status, refusal.error) == (403, "the server refuses us")
    assert (refusal.file, refusal.body().read()) == ("0001_locations.failed.zst", b"no access")


@pytest.mark.parametrize("size_bytes", [65_537, LARGE])
def test_large_body_of_a_useless_answer_is_noted_but_not_kept(archive, size_bytes):
    with archive.run("a_feed", "r1", NOW) as run:
        put(run, noise(size_bytes), error="cut off")
    [useless] = find(archive.folder, "a_feed", "r1")
    assert (useless.path, useless.size_bytes, useless.error) == (None, size_bytes, "cut off")
    assert files(archive) == ["a_feed/20260301T120000Z_r1/manifest.jsonl"]
    with pytest.raises(StoreError, match="the body of this answer was not kept"):
        useless.body().read()
