"""One record's JSON: read as it stands, mended where that is safe, else refused with a reason."""

import json

import pytest
from hypothesis import given, settings

from aggregator.domain.problem import Account
from aggregator.formats.parsing import loosely, parsed
from aggregator.formats.reading import Reader, Unreadable
from tests.formats.json_texts import LOCATION, VALUES
from tests.formats.raw_records import notes_of

PATH = "$.data[0]"


def read(raw):
    account = Account()
    return parsed(raw, LOCATION, PATH, Reader(account)), account


def why_unreadable(raw):
    with pytest.raises(Unreadable) as caught:
        read(raw)
    assert loosely(raw) is None
    return caught.value


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_json_is_its_value_and_nothing_is_noted(value):
    raw = json.dumps(value, ensure_ascii=False).encode()
    found, account = read(raw)
    assert found == loosely(raw) == value
    assert not account.notes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'"G\xf6teborg"', "G\ufffdteborg"),
        (rb'"a\qb\x41"', r"a\qb\x41"),
        (rb'"C:\new\udir"', "C:\new\\udir"),
        (rb'"\\\q\""', '\\\\q"'),
        (rb'"50\% off\u00e5\u12"', "50\\% offå\\u12"),
        (b'"a\tb\nc\x00"', "a\tb\nc\x00"),
        (rb'"\ud83d"', "\ud83d"),
        (rb'"\ud83d\ude00\q"', "😀\\q"),
        (b'"\xed\xa0\xbd"', "\ufffd" * 3),
        (b"1e999", float("inf")),
    ],
)
def test_text_that_is_not_quite_json_is_mended_and_noted(text, value):
    raw = b'{"name":' + text + b"}"
    found, account = read(raw)
    assert found == loosely(raw) == {"name": value}
    assert notes_of(account) == ["mended_text"]
    assert list(account.examples.values()) == [raw.decode("utf-8", "replace")]


@pytest.mark.parametrize(
    "text", [b"tru", b'{"a":1,}', b'{"a":1,,"b":2}', b"{'a':1}", b'{"a" 1}', b'{"a":"x', b"", b"01"]
)
def test_what_is_no_json_is_refused_with_the_place_of_the_mistake(text):
    why = why_unreadable(text)
    assert why.reason_code == "not_json"
    assert why.reason.startswith("it is not JSON: ")


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"9" * 5_000])
def test_numbers_that_are_none_are_refused(number):
    assert why_unreadable(b'{"price":' + number + b"}").reason_code == "not_json"


def test_record_nested_without_end_is_refused():
    assert loosely(b"[" * 64 + b"]" * 64) is not None
    for raw in b"[" * 65 + b"]" * 65, b'{"a":' * 100_000 + b"1" + b"}" * 100_000:
        why = why_unreadable(raw)
        assert (why.reason_code, why.reason) == (
            "nested_too_deep",
            "it is nested more than 64 deep",
        )


def test_brackets_inside_texts_are_no_nesting():
    assert loosely(b'["' + b"[" * 1_000 + b'"]') == ["[" * 1_000]


def test_brackets_that_all_stand_in_a_text_are_not_deep():
    assert loosely(b'"' + b"{[" * 100 + b'"') == "{[" * 100
