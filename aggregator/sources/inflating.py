"""Inflate a body part by part, so that no answer can grow past what is allowed."""

import zlib
from collections.abc import Iterator

from aggregator.domain.text import one_line
from aggregator.errors import BrokenAnswer

ENCODINGS = {
    "identity": 0,
    "gzip": zlib.MAX_WBITS | 16,
    "x-gzip": zlib.MAX_WBITS | 16,
    "deflate": zlib.MAX_WBITS,
}
GZIP_START = b"\x1f\x8b"
PART_BYTES = 1 << 20
MOST_RATIO = 200
"""JSON shrinks to a tenth, in odd cases to a fiftieth; beyond this it is an attack."""
RATIO_COUNTS_FROM_BYTES = 1_000_000


class Inflater:
    """Turns what comes over the wire into the document, within bounds."""

    def __init__(self, encoding: str, max_bytes: int) -> None:
        """Prepare for a Content-Encoding.

        Raises:
            BrokenAnswer: the encoding was not asked for.
        """
        name = encoding.strip().lower() or "identity"
        if name not in ENCODINGS:
            message = f"sent as {one_line(name, 40)!r}, which was not asked for"
            raise BrokenAnswer(message)
        self._window_bits = ENCODINGS[name]
        self._max_bytes = max_bytes
        self._stream = zlib.decompressobj(self._window_bits) if self._window_bits else None
        self.wire_bytes = self.size_bytes = 0

    def parts(self, raw: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next bytes of the wire, in parts of bounded size.

        Raises:
            BrokenAnswer: too large, suspiciously small before, or damaged.
        """
        self.wire_bytes += len(raw)
        self._refuse_above(self.wire_bytes)
        if self._stream is None:
            self.size_bytes = self.wire_bytes
            yield raw
            return
        while raw:  # the check sum at the end keeps it from being used up before the output is
            part = self._inflated(raw)
            self.size_bytes += len(part)
            self._refuse_above(self.size_bytes)
            self._refuse_bomb()
            yield part
            raw = self._rest()

    def _inflated(self, raw: bytes) -> bytes:
        assert self._stream is not None  # noqa: S101 - only called while inflating
        try:
            return self._stream.decompress(raw, PART_BYTES)
        except zlib.error as error:
            message = f"the compressed answer is damaged: {error}"
            raise BrokenAnswer(message) from None

    def _rest(self) -> bytes:
        """Return what is still to be inflated; a gzip stream may have several members."""
        assert self._stream is not None  # noqa: S101 - only called while inflating
        rest = self._stream.unused_data
        if not self._stream.eof:
            return self._stream.unconsumed_tail
        if rest.startswith(GZIP_START):
            self._stream = zlib.decompressobj(self._window_bits)
            return rest
        if len(rest) > PART_BYTES:
            message = "the compressed answer is damaged: something else follows it"
            raise BrokenAnswer(message)
        return b""

    def _refuse_above(self, size_bytes: int) -> None:
        if size_bytes > self._max_bytes:
            message = (
                f"larger than {self._max_bytes // 1_000_000} MB; "
                "raise KLARPRIS_MAX_DOCUMENT_MB if that is expected"
            )
            raise BrokenAnswer(message)

    def _refuse_bomb(self) -> None:
        if self.size_bytes > max(RATIO_COUNTS_FROM_BYTES, MOST_RATIO * self.wire_bytes):
            message = (
                f"more than {MOST_RATIO} times larger when inflated; no price list is like that"
            )
            raise BrokenAnswer(message)

    def finish(self) -> None:
        """Check that all has come.

        Raises:
            BrokenAnswer: the compressed answer is cut off.
        """
        if self._stream and self.wire_bytes and not self._stream.eof:
            message = "the compressed answer is cut off"
            raise BrokenAnswer(message)
