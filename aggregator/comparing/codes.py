"""Arrays, and words as numbers, so that a million rows of them are small and quick to compare."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

NONE = -1

Bools = npt.NDArray[np.bool_]
Int8s = npt.NDArray[np.int8]
Int16s = npt.NDArray[np.int16]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.object_]


class Codes:
    """The numbers of words, in the order in which they came; none is NONE."""

    def __init__(self) -> None:
        """Know no word yet."""
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, word: str | None) -> int:
        """Return the number of a word, a new one for a new word."""
        if word is None:
            return NONE
        if word not in self._numbers:
            self._numbers[word] = len(self.words)
            self.words.append(word)
        return self._numbers[word]

    def known(self, word: str | None) -> int:
        """Return the number of a word; NONE where no row has it."""
        return NONE if word is None else self._numbers.get(word, NONE)

    def numbers(self, column: pa.Array) -> Int32s:
        """Return the number of each word of a column."""
        encoded = pc.dictionary_encode(column)
        table = [self.number(word) for word in encoded.dictionary.to_pylist()]
        own = pc.fill_null(encoded.indices, len(table)).to_numpy(zero_copy_only=False)
        found: Int32s = np.array([*table, NONE], np.int32)[own]
        return found

    def word(self, number: int) -> str | None:
        """Return the word of a number."""
        return None if number == NONE else self.words[number]


def spread(rows: Int64s, values: npt.NDArray[Any], size: int, fill: Any) -> npt.NDArray[Any]:  # noqa: ANN401 - as the values
    """Return the values at their rows among so many, and `fill` at all others."""
    found = np.full(size, fill, values.dtype)
    found[rows] = values
    return found
