"""JSON texts of every kind, in pieces as a network delivers them, and what is found in them."""

import json

from hypothesis import strategies as st

from aggregator.domain.problem import ObjectType
from aggregator.formats.document import Document

LIMIT = 100_000_000
TRICKY = ["", "[", "]}", '"', '\\"', "\\", '},{"id":', "a: [", "å", "😀", "\u2028", "\n\t", "null"]
TEXTS = st.one_of(st.sampled_from(TRICKY), st.text(max_size=6))
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
DOCUMENTS = st.one_of(st.lists(VALUES, max_size=6), st.dictionaries(TEXTS, VALUES, max_size=5))
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"id": TEXTS, "more": st.lists(st.fixed_dictionaries({"id": TEXTS, "x": VALUES}))},
        optional={"note": VALUES},
    ),
    min_size=3,
    max_size=12,
)
SIZES = st.one_of(st.integers(1, 40), st.just(1_000_000))
SPELLINGS = st.sampled_from(
    [
        {},
        {"ensure_ascii": False},
        {"indent": 1},
        {"indent": 2, "separators": (" ,", " : ")},
        {"separators": (",", ":"), "ensure_ascii": False},
    ]
)


def pieces(text, size):
    """Return bytes in pieces of one size."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def outermost(value, spelling, path="$"):
    """Return the outermost lists of a value by their paths; keys stay spelled as in the text."""
    if isinstance(value, list):
        return [(path, value)]
    found = []
    for key, inner in value.items() if isinstance(value, dict) else ():
        name = json.dumps(key, ensure_ascii=spelling.get("ensure_ascii", True))[1:-1]
        found += outermost(inner, spelling, f"{path}.{name}")
    return found


def emptied(value):
    """Return a value with its outermost lists emptied."""
    if isinstance(value, dict):
        return {key: emptied(inner) for key, inner in value.items()}
    return [] if isinstance(value, list) else value


def document_of(text, size=LIMIT, **stated):
    """Return a document of JSON or bytes that come in pieces of one size."""
    content = text if isinstance(text, bytes) else json.dumps(text).encode()
    return Document(lambda: iter(pieces(content, size)), max_bytes=LIMIT, **stated)


def found_in(text, size=LIMIT, **stated):
    """Return kind, path and number of the records of every list of a document, in order."""
    found = {}
    for batch in document_of(text, size, **stated).batches():
        assert batch.first == found.get((batch.object_type, batch.json_path), 0)
        found[batch.object_type, batch.json_path] = batch.first + len(batch.records)
    return [(kind, path, number) for (kind, path), number in found.items()]


LOCATION, EVSE = ObjectType.LOCATION, ObjectType.EVSE
CONNECTOR, TARIFF = ObjectType.CONNECTOR, ObjectType.TARIFF
