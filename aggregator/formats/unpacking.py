"""A document's bytes as they came -> JSON text: gzip and ZIP files, byte order marks.

Everything is streamed and bounded, so that a small file cannot become endless.
"""

import codecs
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile

from aggregator.errors import BrokenAnswer

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
MOST_GZIP_MEMBERS = 1_000
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10_000_000
CHUNK = 1 << 20
IN_MEMORY = 8_000_000
SPARE = 100_000  # a packed document may be a little larger than what it holds
DAMAGED_ZIP = (  # zipfile lets through whatever its parts raise: seeking, names, every inflater
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    OSError,
    RuntimeError,
    ValueError,
)
Unpack = Callable[[Iterator[bytes]], Iterator[bytes]]


def unpacked(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """Yield the JSON text of a document in UTF-8, without byte order mark.

    Raises:
        BrokenAnswer: it is damaged, cut off, larger than allowed when inflated, or a ZIP archive
            that does not hold exactly one JSON document.
    """
    head, chunks = _peeked(chunks, 4)
    if head.startswith(GZIP_MAGIC):
        chunks = _bounded(_gunzipped, chunks, max_bytes)
    elif head.startswith(ZIP_MAGIC):
        chunks = _bounded(_unzipped, chunks, max_bytes)
    head, chunks = _peeked(chunks, 3)
    if head.startswith(codecs.BOM_UTF8):
        yield from _without_start(chunks, len(codecs.BOM_UTF8))
    elif encoding := UTF_16.get(head[:2]):
        yield from _in_utf_8(_without_start(chunks, 2), encoding)
    else:
        yield from chunks


def _peeked(chunks: Iterable[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, and the stream that still begins with them."""
    rest, head = iter(chunks), b""
    while len(head) < size and (part := next(rest, None)) is not None:
        head += part
    return head, chain([head] if head else [], rest)


def _without_start(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    yield next(chunks, b"")[size:]
    yield from chunks


def _in_utf_8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    for text in codecs.iterdecode(chunks, encoding, errors="replace"):
        yield text.encode()


class _Packed:
    """Counts what goes in and what comes out, and refuses what grows beyond all measure."""

    def __init__(self, max_bytes: int) -> None:
        self.came = self.left = 0
        self._max_bytes = max_bytes

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.came += len(chunk)
            self._limit(self.came - SPARE)
            yield chunk

    def check(self, part: bytes) -> bytes:
        self.left += len(part)
        self._limit(self.left)
        if self.left > RATIO_COUNTS_FROM and self.left > MOST_RATIO * self.came:
            message = f"the document grows more than {MOST_RATIO} times when inflated"
            raise BrokenAnswer(message)
        return part

    def _limit(self, size: int) -> None:
        if size > self._max_bytes:
            limit = self._max_bytes // 1_000_000
            message = f"the document is larger than {limit} MB when inflated"
            raise BrokenAnswer(message)


def _bounded(unpack: Unpack, chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    packed = _Packed(max_bytes)
    for part in unpack(packed.counted(chunks)):
        yield packed.check(part)


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what a gzip file of one or more members holds; what follows them is padding."""
    members, inflater = 1, zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    for chunk in chunks:
        waiting = chunk
        while waiting:
            if inflater.eof:
                if not waiting.startswith(GZIP_MAGIC[: len(waiting)]):
                    return
                members, inflater = members + 1, zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                if members > MOST_GZIP_MEMBERS:
                    message = f"the gzip file has more than {MOST_GZIP_MEMBERS} members"
                    raise BrokenAnswer(message)
            yield _inflated(inflater, waiting)
            waiting = inflater.unconsumed_tail or inflater.unused_data
    while not inflater.eof and (part := _inflated(inflater, b"")):
        yield part
    if not inflater.eof:
        message = "the gzip file is cut off"
        raise BrokenAnswer(message)


def _inflated(inflater: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return inflater.decompress(packed, CHUNK)
    except zlib.error as error:
        message = f"the gzip file is damaged: {error}"
        raise BrokenAnswer(message) from error


def _unzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the one JSON document of a ZIP archive; its index stands at its end, so it is kept."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as archive_file:
        for chunk in chunks:
            archive_file.write(chunk)
        try:
            with zipfile.ZipFile(archive_file) as archive, archive.open(_one_json(archive)) as file:
                while part := file.read(CHUNK):
                    yield part
        except DAMAGED_ZIP as error:
            message = f"the ZIP archive cannot be read: {error}"
            raise BrokenAnswer(message) from error


def _one_json(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [one for one in archive.infolist() if not one.is_dir()]
    documents = [one for one in files if one.filename.lower().endswith((".json", ".geojson"))]
    documents = documents or files
    if len(documents) != 1:
        message = f"the ZIP archive holds {len(documents)} documents; one is needed"
        raise BrokenAnswer(message)
    return documents[0]
