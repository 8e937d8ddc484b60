"""Where brackets stand: outside texts only, however texts are escaped or cut."""

import json

import pytest
from hypothesis import given, settings

from aggregator.formats.structure import brackets
from tests.formats.json_texts import VALUES


def by_hand(text, depth):
    """Return position and depth of each bracket, letter by letter."""
    found, is_text, is_escaped = [], False, False
    for at, letter in enumerate(text.decode("latin-1")):
        if is_text:
            if not is_escaped and letter == '"':
                is_text = False
            is_escaped = letter == "\\" and not is_escaped
        elif letter == '"':
            is_text = True
        elif letter in "{[":
            depth += 1
            found.append((at, depth))
        elif letter in "}]":
            depth -= 1
            found.append((at, depth))
    return found


def found_in(text, depth=0):
    found = brackets(text, depth)
    assert [abs(int(step)) for step in found.steps] == [1] * len(found.at)
    return list(zip(found.at.tolist(), found.depth.tolist(), strict=True))


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_brackets_are_those_that_a_reader_sees_letter_by_letter(value):
    text = json.dumps(value, ensure_ascii=False).encode()
    for end in range(len(text) + 1):
        assert found_in(text[:end], 3) == by_hand(text[:end], 3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", []),
        (b"abc", []),
        (b"{[]}", [(0, 1), (1, 2), (2, 1), (3, 0)]),
        (b'"{"', []),
        (b'"{', []),
        (rb'"\"{" [', [(6, 1)]),
        (rb'"\\" [', [(5, 1)]),
        (rb'"\\\"[" [', [(8, 1)]),
        (b"]}", [(0, -1), (1, -2)]),
    ],
)
def test_brackets_inside_texts_do_not_count(text, found):
    assert found_in(text) == found


def test_more_than_255_quotes_are_counted_right():
    text = b'["' + b'","' * 300 + b'["]'
    assert found_in(text) == [(0, 1), (len(text) - 1, 0)]
