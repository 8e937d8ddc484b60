"""Bytes as they came -> JSON text: packed, marked, damaged, and bombs that must not go off."""

import gzip
import io
import random
import zipfile
import zlib
from contextlib import suppress
from itertools import pairwise, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import BrokenAnswer
from aggregator.formats.unpacking import unpacked
from tests.formats.json_texts import SIZES, pieces

LIMIT = 100_000_000
MB = 1_000_000
TEXT = '[{"name": "Göteborg 😀"}]'
PLAIN = TEXT.encode()
PADDING = b"\x00" * 512


def text_of(content, size=LIMIT, max_bytes=LIMIT):
    return b"".join(unpacked(pieces(content, size), max_bytes))


def why_broken(content, size=LIMIT, max_bytes=LIMIT):
    with pytest.raises(BrokenAnswer) as caught:
        text_of(content, size, max_bytes)
    return str(caught.value)


def zipped(files, method=zipfile.ZIP_DEFLATED):
    archive_file = io.BytesIO()
    with zipfile.ZipFile(archive_file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return archive_file.getvalue()


class Counted:
    """Chunks without end, that know how many bytes of them were pulled."""

    def __init__(self, chunks):
        self.pulled = 0
        self._chunks = iter(chunks)

    def __iter__(self):
        for chunk in self._chunks:
            self.pulled += len(chunk)
            yield chunk


def gzip_of_zeros():
    """Yield one gzip member that never ends, in chunks of about a kilobyte for each megabyte."""
    deflater = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    for zeros in repeat(b"0" * MB):
        yield deflater.compress(zeros) + deflater.flush(zlib.Z_SYNC_FLUSH)


def until_refused(chunks, max_bytes):
    """Return how much came out before the document was refused, and why it was."""
    out, parts = [], unpacked(chunks, max_bytes)
    with pytest.raises(BrokenAnswer) as caught:
        out.extend(map(len, parts))
    return sum(out), str(caught.value)


PACKINGS = {
    "plain": PLAIN,
    "mark": b"\xef\xbb\xbf" + PLAIN,
    "gzip": gzip.compress(PLAIN),
    "gzip with mark": gzip.compress(b"\xef\xbb\xbf" + PLAIN),
    "gzip in two members": gzip.compress(PLAIN[:9]) + gzip.compress(PLAIN[9:]),
    "gzip with an empty member": gzip.compress(PLAIN) + gzip.compress(b""),
    "gzip with padding": gzip.compress(PLAIN) + PADDING,
    "gzip with a line end": gzip.compress(PLAIN) + b"\n",
    "ZIP": zipped({"all.json": PLAIN}),
    "ZIP with more": zipped({"all.JSON": PLAIN, "readme.txt": "x", "folder/": ""}),
    "ZIP without suffix": zipped({"export": PLAIN}),
    "ZIP stored, with mark": zipped({"all.geojson": b"\xef\xbb\xbf" + PLAIN}, zipfile.ZIP_STORED),
    "ZIP with LZMA": zipped({"all.json": PLAIN}, zipfile.ZIP_LZMA),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16 LE": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "UTF-16 BE": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "gzip of UTF-16": gzip.compress(b"\xfe\xff" + TEXT.encode("utf-16-be")),
}


@pytest.mark.parametrize("size", [1, 5, LIMIT])
@pytest.mark.parametrize("content", PACKINGS.values(), ids=PACKINGS.keys())
def test_text_is_the_same_however_it_is_packed(content, size):
    assert text_of(content, size) == PLAIN


@pytest.mark.parametrize("content", [b"", b"[", b"\xef\xbb", b"\x1f", gzip.compress(b"", mtime=0)])
def test_very_short_document_is_passed_on(content):
    assert text_of(content, 1) == (b"" if len(content) > 2 else content)


def test_half_a_letter_at_the_end_of_utf_16_is_replaced():
    assert text_of(TEXT.encode("utf-16") + b"\x01", 3) == PLAIN + "\ufffd".encode()


def test_half_a_pair_in_utf_16_is_replaced():
    assert text_of(b"\xff\xfe[\x00\x00\xd8]\x00") == "[\ufffd]".encode()


@given(st.binary(max_size=2_000), st.lists(st.integers(0, 2_000), max_size=4), SIZES)
@settings(max_examples=100, deadline=None)
def test_gzip_of_any_bytes_in_any_members_and_pieces_gives_those_bytes(content, cuts, size):
    edges = [0, *sorted(cuts), len(content)]
    parts = [content[a:b] for a, b in pairwise(edges)]
    packed = b"".join(map(gzip.compress, parts))
    marks = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
    if not content.startswith(marks):
        assert text_of(packed, size) == content


@pytest.mark.parametrize("end", [3, 10, 20, -1, -8, -9])
def test_gzip_that_is_cut_off_is_told(end):
    assert why_broken(gzip.compress(PLAIN)[:end], 7) == "the gzip file is cut off"


def test_what_came_before_the_cut_is_passed_on():
    noise = random.Random(1).randbytes(50_000).hex().encode()
    out, _ = until_refused([gzip.compress(noise)[:-20_000]], LIMIT)
    assert 20_000 < out < 100_000


def test_damaged_gzip_is_told():
    content = bytearray(gzip.compress(PLAIN * 50))
    content[30] ^= 0xFF
    assert why_broken(bytes(content)).startswith("the gzip file is damaged: ")


def test_gzip_whose_checksum_is_wrong_is_told():
    content = bytearray(gzip.compress(PLAIN))
    content[-6] ^= 0xFF
    assert "incorrect data check" in why_broken(bytes(content))


def test_very_many_gzip_members_are_refused():
    assert text_of(gzip.compress(b"1") * 1_000) == b"1" * 1_000
    assert why_broken(gzip.compress(b"1") * 1_001) == "the gzip file has more than 1000 members"


@pytest.mark.parametrize(
    ("files", "number"), [({"a.json": b"[]", "b.json": b"[]"}, 2), ({}, 0), ({"a/": b""}, 0)]
)
def test_zip_without_exactly_one_document_says_how_many_it_holds(files, number):
    content = zipped(files)
    reason = f"the ZIP archive holds {number} documents; one is needed"
    if content.startswith(b"PK\x03\x04"):
        assert why_broken(content) == reason
    else:
        assert text_of(content) == content  # an empty archive begins otherwise: it is no JSON


def test_what_only_begins_like_a_zip_is_told():
    reason = why_broken(b"PK\x03\x04 and then something else")
    assert reason == "the ZIP archive cannot be read: File is not a zip file"


def test_zip_with_a_password_is_told():
    content = bytearray(zipped({"a.json": PLAIN}))
    content[6] |= 1  # the flag in the file's own header, and in the index
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "password required" in why_broken(bytes(content))


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
PACKED = [zipped({"a.json": PLAIN * 9, "b.txt": b"x"}, method) for method in METHODS]
PACKED.append(gzip.compress(PLAIN * 9) * 2)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(PACKED),
    st.lists(st.tuples(st.integers(4, 10_000), st.integers(0, 255)), min_size=1, max_size=3),
    st.integers(4, 10_000),
)
def test_packed_document_damaged_anywhere_is_told_or_read(packed, damages, end):
    content = bytearray(packed)
    for at, byte in damages:
        content[4 + at % (len(content) - 4)] = byte
    with suppress(BrokenAnswer):
        text_of(bytes(content[:end]), 100, 1_000_000)


def test_gzip_bomb_is_refused_for_its_growth_long_before_its_end():
    chunks = Counted(gzip_of_zeros())
    out, reason = until_refused(chunks, 1_000 * MB)
    assert reason == "the document grows more than 200 times when inflated"
    assert out <= 10 * MB
    assert chunks.pulled < 0.1 * MB


def test_gzip_that_inflates_beyond_the_limit_is_refused_long_before_its_end():
    chunks = Counted(gzip_of_zeros())
    out, reason = until_refused(chunks, 5 * MB)
    assert reason == "the document is larger than 5 MB when inflated"
    assert out <= 5 * MB
    assert chunks.pulled < 0.1 * MB


def test_bomb_in_one_chunk_is_inflated_only_to_the_limit():
    bomb = gzip.compress(bytes(40 * MB))
    out, _ = until_refused([bomb], 2 * MB)
    assert out <= 2 * MB


def test_zip_bomb_is_refused_for_its_growth():
    out, reason = until_refused([zipped({"a.json": bytes(40 * MB)})], 1_000 * MB)
    assert reason == "the document grows more than 200 times when inflated"
    assert out <= 10 * MB


def test_zip_without_end_is_not_kept_beyond_the_limit():
    chunks = Counted(repeat(b"PK\x03\x04" + bytes(100_000)))
    out, reason = until_refused(chunks, 5 * MB)
    assert reason == "the document is larger than 5 MB when inflated"
    assert out == 0
    assert chunks.pulled < 5.3 * MB


def test_json_that_packs_well_is_no_bomb():
    content = b",".join(b'{"id": "%d", "name": null, "city": null}' % n for n in range(300_000))
    assert len(content) > 12 * MB
    assert text_of(gzip.compress(content)) == content


def test_what_the_inflater_still_holds_at_the_end_is_passed_on():
    content = b"0" * ((1 << 20) + 100)  # a hundred bytes more than are inflated at once
    assert text_of(gzip.compress(content) * 3) == content * 3
    assert why_broken(gzip.compress(content)[:-8]) == "the gzip file is cut off"
