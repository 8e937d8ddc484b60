"""Where brackets stand in a stretch of JSON, found without building anything from it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

QUOTE = ord('"')
IS_BRACKET = bytes(byte in b"{}[]" for byte in range(256))
STEP = np.zeros(256, np.int8)
STEP[list(b"{[")] = 1
STEP[list(b"}]")] = -1


class Brackets(NamedTuple):
    """The brackets outside texts. at: their positions; depth: how deep it is behind each."""

    at: NDArray[np.intp]
    steps: NDArray[np.int8]
    depth: NDArray[np.int32]


def brackets(text: bytes, depth: int) -> Brackets:
    """Return the brackets of JSON that begins outside of any text, at the given depth.

    The text may break off anywhere; what stands in an unfinished text at its end is left out.
    """
    if b"\\" in text:  # blank out escaped quotes: pairs of backslashes from the left come first
        text = text.replace(b"\\\\", b"  ").replace(b'\\"', b"  ")
    letters = np.frombuffer(text, np.uint8)
    at = np.flatnonzero(np.frombuffer(text.translate(IS_BRACKET), np.bool_))
    if len(at):
        quotes = (letters == QUOTE).view(np.uint8)
        between = np.add.reduceat(quotes, at, dtype=np.uint8)
        before = np.add.reduce(quotes[: at[0]], dtype=np.uint8)
        inside = (before + np.cumsum(between, dtype=np.uint8) - between) & 1
        at = at[inside == 0]
    steps = STEP[letters[at]]
    return Brackets(at, steps, np.cumsum(steps, dtype=np.int32) + np.int32(depth))
