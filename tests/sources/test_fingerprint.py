"""Whether two pages are told apart, or known again."""

import pytest

from aggregator.errors import BrokenAnswer, FormatError
from aggregator.sources.fingerprint import KnownDocument


def document(content):
    return KnownDocument(lambda: iter([content]), max_bytes=1_000_000)


SITE = b'{"id": "%s", "evses": [], "last_updated": "%d"}'


def page(*ids, time=0, around=b""):
    return document(b'{%s"data": [%s]}' % (around, b",".join(SITE % (i, time) for i in ids)))


def test_page_is_known_again_by_its_ids_whatever_else_changes():
    assert page(b"1", b"2").peek() == page(b"1", b"2", time=1, around=b'"timestamp": 1, ').peek()


@pytest.mark.parametrize("other", [(b"2", b"1"), (b"1",), (b"1", b"3"), (b"1", b"2", b"3")])
def test_page_with_other_records_is_another_page(other):
    assert page(b"1", b"2").peek() != page(*other).peek()


def test_page_of_one_record_is_another_page_when_the_record_changes():
    assert page(b"1", time=0).peek() != page(b"1", time=1).peek()


@pytest.mark.parametrize("ids", [b"null", b"[1]", b"{}"])
def test_records_without_usable_ids_are_known_by_all_they_hold(ids):
    def records(time):
        one = b'{"id": %s, "evses": [], "last_updated": "%d"}' % (ids, time)
        return document(b"[%s, %s]" % (one, one))

    assert records(1).peek() == records(1).peek()
    assert records(1).peek() != records(2).peek()


def test_what_is_no_object_is_known_by_its_bytes():
    assert document(b'[{"id": "1", "evses": []}, 7]').peek() == ("1", b"7")


def test_empty_page_has_nothing_to_be_known_by():
    assert document(b'{"data": []}').peek() == ()


@pytest.mark.parametrize(("content", "kind"), [(b"<html>", BrokenAnswer), (b"7", BrokenAnswer)])
def test_what_is_no_document_cannot_be_known(content, kind):
    with pytest.raises((kind, FormatError)):
        document(content).peek()


def test_document_can_be_read_from_the_front_after_it_was_looked_into():
    known = page(b"1", b"2")
    known.peek()
    assert sum(len(batch.records) for batch in known.batches()) == 2
    assert known.received == 2


def ids_of(*records):
    known = document(b"[%s]" % b",".join(records))
    assert sum(len(batch.records) for batch in known.batches()) == len(records)
    return known.ids


def test_each_record_has_one_number_however_often_it_comes():
    assert len(ids_of(SITE % (b"1", 1), SITE % (b"2", 1), SITE % (b"1", 2))) == 2


PARTY = b'{"country_code": "DE", "party_id": "%s", "id": "1", "evses": []}'
PARTY_BEHIND = b'{"id": "1", "evses": [], "country_code": "DE", "party_id": "%s"}'


@pytest.mark.parametrize("record", [PARTY, PARTY_BEHIND], ids=["before the id", "behind the id"])
def test_records_of_two_parties_have_two_numbers(record):
    assert len(ids_of(record % b"AAA", record % b"BBB", record % b"AAA")) == 2


def test_records_without_usable_ids_have_a_number_each():
    assert len(ids_of(b'{"id": null, "evses": [1]}', b'{"id": null, "evses": [2]}')) == 2
