"""On which line of a TOML text a key stands: the reader of the standard library does not tell."""

import re
from collections.abc import Iterator, Mapping

from aggregator.plans.fault import Key

TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)
DEPTHS = {"[": 1, "{": 1, "]": -1, "}": -1}


def key_lines(text: str) -> dict[Key, int]:
    r"""Return the line of each key and table of a TOML text that can be read, counted from 1.

    What stands inside a value, as the keys of an inline table, is not found: its line is that of
    the key whose value it is.

    >>> key_lines("name = 'x'\n[[price]]\nper_kwh = 1\n")
    {('name',): 1, ('price', 0): 2, ('price', 0, 'per_kwh'): 3}
    """
    lines: dict[Key, int] = {}
    numbers: dict[str, int] = {}
    table: Key = ()
    for number, line in _statements(f"{text}\n"):
        key, equals, _ = line.partition("=")
        if line.startswith("["):
            table = _table(line, numbers)
            lines.setdefault(table, number)
        elif equals and not line.startswith("#"):
            lines.setdefault((*table, *_parts(key)), number)
    return lines


def line_of(key: Key, lines: Mapping[Key, int]) -> int | None:
    """Return the line of a key, else of the table or key around it; None where none is known."""
    for length in range(len(key), 0, -1):
        if key[:length] in lines:
            return lines[key[:length]]
    return None


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line that does not begin inside a value."""
    depth, number, first, begin = 0, 1, 1, 0
    for token in TOKEN.finditer(text):
        depth += DEPTHS.get(token[0], 0)
        number += token[0].count("\n")
        if token[0] == "\n" and not depth:
            yield first, text[begin : text.index("\n", begin)].strip()
            first, begin = number, token.end()


def _table(line: str, numbers: dict[str, int]) -> Key:
    """Return the key of a table; one of a list of tables has its number in the list."""
    parts = _parts(line.lstrip("[").partition("]")[0])
    first, *rest = parts
    if line.startswith("[[") and not rest:
        numbers[first] = numbers.get(first, -1) + 1
    return (first, numbers[first], *rest) if first in numbers else parts


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
