"""Mangle JSON where it hurts: every node of it can be dropped, retyped, nested, repeated, renamed.

What comes out is bytes, so that it may be no JSON at all.
"""

import json
from dataclasses import dataclass

from hypothesis import strategies as st

ODD_VALUES = [
    *(b"null", b"true", b"0", b"-1", b"1.5", b"86400", b"1e300", b"1e999", b"-0.0"),
    *(b"9" * 40, b"9" * 5_000, b"9223372036854775808", b"NaN", b"-Infinity", b"tru", b"x"),
    *(b'""', b'" "', b'"NaN"', b'"1e999"', b'"0,5"', b'"\xc2\xb2"', b'"24:00"', b'"08:00Z"'),
    *(b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31T23:59:59-14:00"', b'"YES"', b'"se"'),
    *(b'"\xff\xfe"', b'"\x01\n"', rb'"\ud800"', rb'"\q\x41"', rb'"\u0000"', b'"},{\\"id\\":[{"'),
    *(b'"' + b"x" * 5_000 + b'"', b'" a  b\xc2\xa0c "', b'"SE*AAA*E1"', b'"57.7"', b"57.7"),
    *(b"[]", b"{}", b"[null]", b'[{}, 5, "x"]', b'{"":{}}', b'{"id":"1"}', b'[{"id":1},{"id":2}]'),
]
WAYS = ["odd", "odd", "null", "drop", "cut", "list", "object", "deep", "repeat", "rename"]


@dataclass(frozen=True)
class Node:
    """One value of a text. start: of its key where it has one, else of itself."""

    path: tuple
    start: int
    begin: int
    end: int


def written(value):
    """Return a value as JSON without blanks, and every node of it but the outermost."""
    text, nodes = bytearray(), []

    def write(inner, path, start):
        begin = len(text)
        if isinstance(inner, dict | list):
            is_object = isinstance(inner, dict)
            text.extend(b"{" if is_object else b"[")
            for number, key in enumerate(inner):
                text.extend(b"," * bool(number))
                own = len(text)
                text.extend(json.dumps(key).encode() + b":" if is_object else b"")
                write(inner[key] if is_object else key, (*path, key if is_object else number), own)
            text.extend(b"}" if is_object else b"]")
        else:
            text.extend(json.dumps(inner, ensure_ascii=False).encode())
        nodes.append(Node(path, start, begin, len(text)))

    write(value, (), 0)
    return bytes(text), nodes[:-1]


@st.composite
def edits(draw, nodes, most=5):
    """Draw which nodes to mangle and how; none lies inside another."""
    chosen = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=most))
    found, before = [], float("inf")
    for node in sorted(chosen, key=lambda node: node.start, reverse=True):
        if node.end <= before:
            found.append((node, draw(st.sampled_from(WAYS)), draw(st.sampled_from(ODD_VALUES))))
            before = node.start
    return found


def mangled(text, found):
    """Return a text after edits, the last place first."""
    for node, way, odd in found:
        text = _edited(text, node, way, odd)
    return text


def _edited(text, node, way, odd):
    key, value = text[node.start : node.begin], text[node.begin : node.end]
    before, behind = text[: node.start], text[node.end :]
    if way in {"drop", "cut"}:
        if way == "drop" and behind.startswith(b","):
            behind = behind[1:]
        elif way == "drop":
            before = before.removesuffix(b",")
        return before + behind
    made = {
        "odd": key + odd,
        "null": key + b"null",
        "list": key + b"[" + value + b"]",
        "object": key + b'{"value":' + value + b"}",
        "deep": key + b"[" * 100 + value + b"]" * 100,
        "repeat": key + value + b"," + key + value,
        "rename": (b'"x' + key[1:] if key else b"") + value,
    }
    return before + made[way] + behind
