"""A stream of JSON -> elements: the same whatever the pieces, and nothing that was not there."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import BrokenAnswer
from aggregator.formats.splitting import NotSplittable, Splitter
from tests.formats.json_texts import (
    DOCUMENTS,
    RECORDS,
    SIZES,
    SPELLINGS,
    emptied,
    outermost,
    pieces,
)

RECORD = b'{"id": "L1", "x": [1, {"y": "]"}]}'


def taken(chunks, into=None):
    """Return the raw elements of every list by path; into: what came before an error, too."""
    splitter, found = Splitter(), {} if into is None else into
    for elements in splitter.split(chunks):
        items = found.setdefault(elements.path, [])
        assert elements.first == len(items)
        items += elements.items
    return splitter, found


def split(text, size=1_000_000):
    return taken(pieces(text, size))[1]


def values(found):
    return {path: [json.loads(item) for item in items] for path, items in found.items()}


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, SPELLINGS, SIZES)
def test_any_document_in_any_pieces_gives_the_elements_of_its_outermost_lists(
    document, spelling, size
):
    text = json.dumps(document, **spelling).encode()
    splitter, found = taken(pieces(text, size))
    assert values(found) == dict(outermost(document, spelling))
    assert json.loads(splitter.around) == emptied(document)


@settings(max_examples=30, deadline=None)
@given(RECORDS, SPELLINGS, st.integers(1, 200))
def test_quick_and_exact_way_agree_where_all_records_begin_alike(records, spelling, size):
    # In one piece all brackets are counted; in many, what looks like a seam is tried first.
    text = json.dumps({"a": records, "b": records[::-1]}, **spelling).encode()
    assert split(text, size) == split(text)
    assert values(split(text, size)) == {"$.a": records, "$.b": records[::-1]}


def broken_off(text, end, size):
    """Check what comes of a text that ends early against what came of all of it."""
    whole, found = split(text), {}
    with pytest.raises(BrokenAnswer, match="breaks off in the middle of the JSON"):
        taken(pieces(text[:end], size), found)
    for path, items in found.items():
        assert items == whole[path][: len(items)]


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS, SPELLINGS, SIZES, st.data())
def test_document_that_is_cut_off_anywhere_gives_nothing_that_was_not_in_it(
    document, spelling, size, data
):
    text = json.dumps(document, **spelling).encode()
    broken_off(text, data.draw(st.integers(1, len(text) - 1)), size)


@pytest.mark.parametrize("size", [5, 1_000])
@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1, "b": [12, {"x": "]}"}, [34], "{[", -5.25, {}], "c": {"d\\"": [true], "e": []}}',
        b'[{"id": 1, "t": "\\\\"}, {"id": 2, "t": "\xc3\xa5"}, null, {"id": 3, "t": "},{"}, 77]',
    ],
)
def test_document_that_is_cut_off_at_every_byte_gives_nothing_that_was_not_in_it(text, size):
    for end in range(1, len(text)):
        broken_off(text, end, size)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(list(b'{}[],:"\\ \n1ax\xff')), max_size=60).map(bytes), SIZES)
def test_what_is_no_json_at_all_is_refused_or_ends_in_pieces_of_itself(text, size):
    found = []
    with suppress(BrokenAnswer, NotSplittable):
        for elements in Splitter().split(pieces(text, size)):
            found += elements.items
    assert all(item in text for item in found)


@pytest.mark.parametrize("size", [1, 3, 7, 1_000])
@pytest.mark.parametrize(
    "text",
    [
        b'[{"a":1},{"a":2}]',
        b'[{"a":1}{"a":2}]',
        b'[{"a":1},,{"a":2}]',
        b'[,{"a":1}\n,\n{"a":2} , ]',
        b' \r\n[\t{"a":1},{"a":2},]\n',
    ],
    ids=["plain", "no comma", "two commas", "commas around", "blanks"],
)
def test_commas_may_be_missing_or_too_many(text, size):
    assert values(split(text, size)) == {"$": [{"a": 1}, {"a": 2}]}


@pytest.mark.parametrize("size", [1, 4, 1_000])
def test_scalars_keep_their_places_between_records(size):
    text = b'[1, "a,]b", {"a":1}, null, true, {"a":2}, [3, [4]], -2.5e3]'
    assert values(split(text, size)) == {
        "$": [1, "a,]b", {"a": 1}, None, True, {"a": 2}, [3, [4]], -2500.0]
    }


@pytest.mark.parametrize("size", [1, 1_000])
def test_what_is_no_json_between_records_is_one_element(size):
    assert split(b'[{"a":1}, NaN, x, {"a":2}, tru]', size) == {
        "$": [b'{"a":1}', b"NaN, x", b'{"a":2}', b"tru"]
    }


def test_empty_list_is_there_without_elements():
    assert split(b'{"data": [], "other": {"x": [ ]}}') == {"$.data": [], "$.other.x": []}


@pytest.mark.parametrize("text", [b"{}", b'{"a": {"b": 1}}', b"5", b' "x" '])
def test_document_without_lists_gives_nothing_and_stands_around_in_full(text):
    splitter, found = taken([text])
    assert found == {}
    assert bytes(splitter.around) == text


@pytest.mark.parametrize("text", [b"", b" \n "])
def test_nothing_is_nothing(text):
    assert taken([text])[1] == {}


@pytest.mark.parametrize("text", [b"[]x", b"[] []", b"{}{}", b"[1]]", b"{}}", b"] [", b"[]\n,"])
def test_what_follows_the_end_is_refused(text):
    with pytest.raises(BrokenAnswer, match="something follows the end of the JSON"):
        split(text)


@pytest.mark.parametrize("end", [b"\n", b"", b"\n\n \r\n"])
@pytest.mark.parametrize("size", [60, 80, 1_000_000])
def test_json_lines_are_one_list(end, size):
    text = b"\r\n".join([RECORD] * 5) + end
    assert split(text, size) == {"$": [RECORD] * 5}


@pytest.mark.parametrize("size", [1, 10, 35])
def test_json_lines_are_told_however_short_the_first_piece_is(size):
    assert split(b"\n".join([RECORD] * 5), size) == {"$": [RECORD] * 5}


def test_scalars_among_json_lines_keep_their_places():
    text = b'{"a":1}\n{"a":2}\nnull\n{"a":3}\n5'
    assert values(split(text)) == {"$": [{"a": 1}, {"a": 2}, None, {"a": 3}, 5]}


@pytest.mark.parametrize("end", range(1, len(RECORD)))
def test_json_lines_that_break_off_say_behind_how_many_records(end):
    found = {}
    with pytest.raises(BrokenAnswer, match="breaks off in the middle of the JSON behind 2 records"):
        taken([RECORD + b"\n" + RECORD + b"\n" + RECORD[:end]], found)
    assert found == {"$": [RECORD] * 2}


@pytest.mark.parametrize("text", [b'{"a"\n{"b":1}', b'{"a":1}\n"x"', b'["a"]\n["b"]'])
def test_lines_that_are_not_objects_are_no_json_lines(text):
    with pytest.raises(BrokenAnswer):
        split(text)


def test_document_that_breaks_off_says_behind_how_many_records():
    found = {}
    with pytest.raises(BrokenAnswer) as caught:
        taken([b"[" + b"{},{}," * 600, b'{"a'], found)
    assert str(caught.value) == (
        "the answer breaks off in the middle of the JSON behind 1,200 records"
    )
    assert found == {"$": [b"{}"] * 1_200}


def test_key_is_known_however_the_pieces_cut_it():
    text = b'{"a": {"x \\"[y\\u00e5": [1], "\xc3\xa5": {"z": [2]}}, "b": [3]}'
    for size in range(1, len(text)):
        assert values(split(text, size)) == {
            '$.a.x \\"[y\\u00e5': [1],
            "$.a.å.z": [2],
            "$.b": [3],
        }


def test_seam_that_also_stands_inside_records_is_given_up():
    record = {"id": 1, "evses": [{"id": 2}, {"id": 3}, {"id": 4}]}
    text = json.dumps([record] * 40, separators=(",", ":")).encode()
    for size in 20, 45, 60, 130:
        assert values(split(text, size)) == {"$": [record] * 40}


def test_one_record_beyond_all_measure_is_refused():
    def endless():
        yield b'[{"a": "'
        while True:
            yield b"x" * 11_000_000

    with pytest.raises(BrokenAnswer, match="one record is larger than 32 MB"):
        taken(endless())


def test_document_that_is_more_than_lists_is_not_split():
    text = b'{"a": "' + b"x" * 4_000_000 + b'", "data": []}'
    with pytest.raises(NotSplittable, match="holds more than lists of records"):
        split(text)


def test_list_under_very_many_keys_is_not_looked_for():
    below, above = b'{"a":' * 64 + b"[1]" + b"}" * 64, b'{"a":' * 66 + b"[1]" + b"}" * 66
    assert values(split(below)) == {"$" + ".a" * 64: [1]}
    with pytest.raises(NotSplittable):
        split(above)
