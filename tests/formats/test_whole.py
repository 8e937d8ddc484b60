"""Bytes -> one JSON value: plain and packed; cut off, hostile and refused."""

import gzip
import json

import pytest

from aggregator.errors import BrokenAnswer, Refused
from aggregator.formats.whole import decode, refuse_ocpi_error

LIMIT = 1_000_000
DOCUMENT = {"data": [{"id": "Å"}]}
PLAIN = json.dumps(DOCUMENT, ensure_ascii=False).encode()


def why_broken(content, limit=LIMIT):
    with pytest.raises(BrokenAnswer) as caught:
        decode(content, limit)
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        gzip.compress(PLAIN, mtime=0),
        b"\xef\xbb\xbf" + PLAIN,
        gzip.compress(b"\xef\xbb\xbf" + PLAIN, mtime=0),
    ],
    ids=["plain", "gzip", "byte order mark", "gzip with byte order mark"],
)
def test_document_is_decoded_however_it_is_packed(content):
    assert decode(content, LIMIT) == DOCUMENT


def test_json_that_is_cut_off_is_told_apart():
    assert why_broken(PLAIN[:-3]).startswith("the answer breaks off in the middle of the JSON")


def test_web_page_instead_of_json_is_shown():
    reason = why_broken(b"  <!DOCTYPE html><title>Sign in</title>")
    assert reason == (
        "the answer is a web page or XML, not JSON: '<!DOCTYPE html><title>Sign in</title>'"
    )


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_empty_answer_is_called_empty(content):
    assert why_broken(content) == "the answer is empty"


@pytest.mark.parametrize("literal", [b"NaN", b"Infinity", b"-Infinity"])
def test_numbers_that_are_none_in_json_are_refused(literal):
    assert "the answer is not JSON" in why_broken(b'{"price": ' + literal + b"}")


def test_text_that_is_not_utf_8_is_refused():
    assert "not JSON" in why_broken(b'{"name": "\xe5"}')


def test_start_of_what_is_not_json_is_shown():
    assert why_broken(b"PK\x05\x06").endswith("'PK\\x05\\x06'")


def test_deep_nesting_ends_in_one_line():
    assert "recursion limit" in why_broken(b"[" * 100_000)


def test_gzip_bomb_is_stopped_at_the_limit():
    bomb = gzip.compress(b" " * 20_000_000)
    assert len(bomb) < 30_000
    assert why_broken(bomb, 2_000_000) == "the document is larger than 2 MB when inflated"


def test_plain_document_beyond_the_limit_is_refused():
    assert why_broken(b" " * 2_000_001, 2_000_000) == "the document is larger than 2 MB"


def test_document_just_below_the_limit_is_inflated():
    assert decode(gzip.compress(PLAIN), len(PLAIN) + 1) == DOCUMENT


def test_gzip_file_that_is_cut_off_is_told_apart():
    assert why_broken(gzip.compress(PLAIN)[:-9]) == "the gzip file is cut off"


def test_damaged_gzip_file_is_told_apart():
    assert why_broken(b"\x1f\x8b" + b"\x00" * 20).startswith("the gzip file is damaged")


@pytest.mark.parametrize("status", [2000, 2001, 3000, 3002, "3001"])
def test_ocpi_error_status_is_refused_with_its_message(status):
    with pytest.raises(Refused) as caught:
        refuse_ocpi_error({"status_code": status, "status_message": "No such token", "data": []})
    assert str(caught.value) == f"the OCPI server reports error {status}: No such token"


def test_ocpi_error_without_a_message_says_so():
    with pytest.raises(Refused, match="the OCPI server reports error 2000: no message"):
        refuse_ocpi_error({"status_code": 2000})


def test_long_message_of_an_ocpi_error_is_cut():
    with pytest.raises(Refused) as caught:
        refuse_ocpi_error({"status_code": 3000, "status_message": "x" * 5_000})
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    "document",
    [
        [],
        None,
        {},
        {"status_code": 1000},
        {"status_code": "1000"},
        {"status_code": "ok"},
        {"status_code": None},
    ],
)
def test_document_without_an_ocpi_error_passes(document):
    refuse_ocpi_error(document)
