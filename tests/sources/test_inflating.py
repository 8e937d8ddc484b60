"""A body is inflated in parts of bounded size, and never past what is allowed."""

import gzip
import random
import zlib

import pytest

from aggregator.errors import BrokenAnswer
from aggregator.sources.inflating import PART_BYTES, Inflater


def inflated(packed, encoding="gzip", max_bytes=50_000_000, wire_part=10_000):
    inflater = Inflater(encoding, max_bytes)
    parts = [
        part
        for start in range(0, len(packed), wire_part)
        for part in inflater.parts(packed[start : start + wire_part])
    ]
    inflater.finish()
    return parts


def prices(size_bytes):
    """Return something that shrinks about as far as a price list does."""
    chance = random.Random(7)
    return b"".join(b'{"price":%06d,' % chance.randrange(10**6) for _ in range(size_bytes // 16))


@pytest.mark.parametrize("wire_part", [1, 7, 1_000, 10**9])
@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP ", "deflate", "identity", ""])
def test_document_is_the_same_however_it_was_sent(encoding, wire_part):
    document = prices(20_000)
    name = encoding.strip().lower()
    pack = {"deflate": zlib.compress, "identity": bytes, "": bytes}.get(name, gzip.compress)
    assert b"".join(inflated(pack(document), encoding, wire_part=wire_part)) == document


@pytest.mark.parametrize("size_bytes", [PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES])
def test_large_document_comes_in_small_parts_and_whole(size_bytes):
    document = prices(4 * PART_BYTES)[:size_bytes]
    parts = inflated(gzip.compress(document), wire_part=10**9)
    assert b"".join(parts) == document
    assert max(map(len, parts)) <= PART_BYTES


def test_file_of_several_members_is_read_to_its_end():
    assert b"".join(inflated(gzip.compress(b"[1,") + gzip.compress(b"2]"))) == b"[1,2]"
    assert b"".join(inflated(gzip.compress(b"[1,") + gzip.compress(b"2]"), wire_part=1)) == b"[1,2]"


def test_padding_behind_the_end_is_ignored():
    assert b"".join(inflated(gzip.compress(b"[]") + bytes(1_000))) == b"[]"


def test_much_of_something_else_behind_the_end_is_refused():
    with pytest.raises(BrokenAnswer, match="something else follows it"):
        inflated(gzip.compress(b"[]") + bytes(PART_BYTES + 1), wire_part=10**9)


def test_nothing_is_an_empty_document():
    assert inflated(b"") == []


def test_bomb_is_refused_before_it_is_inflated():
    bomb = gzip.compress(b" " * 40_000_000)
    inflater = Inflater("gzip", 10**9)
    parts = []
    with pytest.raises(BrokenAnswer) as caught:
        parts.extend(inflater.parts(bomb))
    assert str(caught.value) == (
        "more than 200 times larger when inflated; no price list is like that"
    )
    assert sum(map(len, parts)) <= 9 * PART_BYTES  # 200 times about 40 kB


def test_small_document_may_shrink_as_far_as_it_likes():
    assert b"".join(inflated(gzip.compress(b" " * 1_000_000))) == b" " * 1_000_000


def test_size_counts_on_the_wire_and_inflated():
    with pytest.raises(BrokenAnswer, match="larger than 2 MB"):
        inflated(bytes(2_000_001), "identity", max_bytes=2_000_000)
    with pytest.raises(BrokenAnswer, match="larger than 2 MB"):
        inflated(gzip.compress(prices(2_100_000)), max_bytes=2_000_000)
