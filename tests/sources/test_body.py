"""Bodies: in memory while small, else in a compressed file that is read as a stream."""

import hashlib
import random
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from aggregator.errors import StoreError
from aggregator.sources.archive import Archive
from aggregator.sources.body import CHUNK, IN_MEMORY_BYTES, Body

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture
def run(tmp_path):
    with Archive(tmp_path / "archive", max_days=30, max_mb=100).run("a_feed", "r1", NOW) as run:
        yield run


def spooled(run, *parts, url="https://a.example/locations"):
    spool = run.spool("locations")
    for part in parts:
        spool.write(part)
    return spool.finish(url=url, status=200, headers={}, asked_at=NOW)


def noise(size_bytes, seed=1):
    return random.Random(seed).randbytes(size_bytes)


def test_body_in_memory_knows_its_size_and_digest():
    body = Body.of(b"abc", "https://me:pw@a.example/x?key=s3cret")
    assert (body.size_bytes, body.sha256, body.path) == (3, SHA256_OF_ABC, None)
    assert (body.url, body.status) == ("https://a.example/x", 200)
    assert body.read() == b"abc"


@pytest.mark.parametrize(
    ("size_bytes", "lengths"),
    [(0, [0]), (CHUNK, [CHUNK]), (2 * CHUNK + 5, [CHUNK, CHUNK, 5])],
)
def test_chunks_are_at_most_a_mebibyte(size_bytes, lengths):
    assert [len(chunk) for chunk in Body.of(bytes(size_bytes)).chunks()] == lengths


def test_digest_is_of_the_bytes_as_they_came_in_parts(run):
    body = spooled(run, b"a", b"", b"bc")
    assert (body.size_bytes, body.sha256, body.read()) == (3, SHA256_OF_ABC, b"abc")


def test_body_names_its_address_without_user_and_query(run):
    body = spooled(run, b"x", url="https://me:pw@a.example/locations?offset=0&key=s3cret")
    assert body.url == "https://a.example/locations"


def test_answer_without_a_body_has_an_empty_one(run):
    body = spooled(run)
    assert (body.size_bytes, body.read(), b"".join(body.chunks())) == (0, b"", b"")


def test_small_body_is_read_without_its_file(run):
    body = spooled(run, noise(IN_MEMORY_BYTES))
    body.path.unlink()
    assert body.read() == noise(IN_MEMORY_BYTES)


def test_large_body_is_read_from_its_file_again_and_again(run):
    content = noise(IN_MEMORY_BYTES + 1)
    body = spooled(run, content[:CHUNK], content[CHUNK:])
    assert body.sha256 == hashlib.sha256(content).hexdigest()
    assert body.read() == b"".join(body.chunks()) == content
    assert [len(chunk) for chunk in body.chunks()] == [CHUNK] * 4 + [1]


def test_large_body_is_on_disk_while_it_comes_in(run):
    spool = run.spool("locations")
    for seed in range(6):
        spool.write(noise(CHUNK, seed))
    [part] = run.folder.iterdir()
    assert part.name == "0001.part"
    assert part.stat().st_size > 4 * CHUNK
    spool.discard()
    assert list(run.folder.iterdir()) == []


def test_body_that_is_finished_is_not_discarded(tmp_path):
    with Archive(tmp_path, max_days=30, max_mb=0).run("a_feed", "r1", NOW) as run:
        spool = run.spool("locations")
        spool.write(noise(5 * CHUNK))
        body = spool.finish(url="https://a.example/x", status=200, headers={}, asked_at=NOW)
        spool.discard()
        assert body.read() == noise(5 * CHUNK)


def test_reading_streams_what_comes_before_a_fault(run):
    body = spooled(run, noise(6 * CHUNK))
    body.path.write_bytes(body.path.read_bytes()[: 3 * CHUNK])
    chunks = body.chunks()
    assert next(chunks) + next(chunks) == noise(6 * CHUNK)[: 2 * CHUNK]
    with pytest.raises(StoreError, match=r"0001_locations\.json\.zst: cannot be read: Truncated"):
        list(chunks)


def test_file_that_was_emptied_is_damaged(run):
    body = spooled(run, noise(6 * CHUNK))
    body.path.write_bytes(b"")
    with pytest.raises(StoreError, match="damaged: it no longer holds the bytes that came"):
        body.read()


def test_file_that_is_gone_is_one_line_that_names_it(run):
    body = spooled(run, noise(6 * CHUNK))
    body.path.unlink()
    with pytest.raises(StoreError) as caught:
        body.read()
    assert str(caught.value) == f"{body.path}: cannot be read: No such file or directory"


@pytest.mark.parametrize("size_bytes", [3, 9 * CHUNK])
def test_file_is_a_stream_of_the_format_that_any_tool_opens(run, size_bytes):
    content = noise(size_bytes)
    path = spooled(run, content).path
    assert path.read_bytes().startswith(b"\x28\xb5\x2f\xfd")  # RFC 8878, 3.1.1
    assert pa.input_stream(path, compression="zstd").read() == content


def test_text_is_stored_much_smaller(run):
    body = spooled(run, b'{"uid": "DE*ABC*E1", "status": "AVAILABLE"}' * 200_000)
    assert body.size_bytes == 8_600_000
    assert body.path.stat().st_size < 100_000
