"""Bytes -> records: what came before a document broke is good, and never is all of it in memory."""

import gzip
import json
import subprocess
import sys

import pytest

from aggregator.errors import BrokenAnswer, FormatError, Refused
from aggregator.formats.document import Document
from tests.formats.json_texts import LIMIT, LOCATION, TARIFF, document_of, found_in, pieces
from tests.formats.raw_records import raw_location, raw_tariff

RECORDS = [raw_location(id=f"L{number}") for number in range(50)]
TEXT = json.dumps({"status_code": 1000, "data": RECORDS}).encode()


def read_until_broken(text, size=700, **stated):
    """Return the records that came before the document turned out broken, and why it is."""
    came, document = [], document_of(text, size, **stated)
    batches = document.batches()
    with pytest.raises((BrokenAnswer, FormatError, Refused)) as caught:
        came.extend(record for batch in batches for record in batch.records)
    assert document.received == len(came)
    return came, caught.value


@pytest.mark.parametrize("wanted", [None, LOCATION])
@pytest.mark.parametrize("kept", [1, 20, 49])
def test_document_that_breaks_off_hands_out_what_came(kept, wanted):
    end = TEXT.index(json.dumps(RECORDS[kept]).encode()) + 100
    came, error = read_until_broken(TEXT[:end], wanted=wanted)
    assert [json.loads(record) for record in came] == RECORDS[:kept]
    assert str(error) == (f"the answer breaks off in the middle of the JSON behind {kept} records")


def test_document_that_breaks_off_before_its_records_are_known_still_counts_them():
    came, _ = read_until_broken(b'{"data": [{"id": 1}, {}, {"i', wanted=LOCATION)
    assert [json.loads(record) for record in came] == [{"id": 1}, {}]


def test_gzip_that_breaks_off_hands_out_what_came():
    cut = gzip.compress(TEXT)[:-30]
    came, error = read_until_broken(cut)
    assert str(error) == "the gzip file is cut off"
    assert [json.loads(record) for record in came] == RECORDS[: len(came)] != []


@pytest.mark.parametrize("text", [b"", b" \n", b"\xef\xbb\xbf"])
def test_document_of_nothing_is_empty(text):
    came, error = read_until_broken(text)
    assert (came, str(error)) == ([], "the answer is empty")


@pytest.mark.parametrize("end", range(1, len(TEXT), 1_397))
def test_document_that_breaks_off_anywhere_is_broken(end):
    came, error = read_until_broken(TEXT[:end], 50, wanted=LOCATION)
    assert isinstance(error, BrokenAnswer)
    assert [json.loads(record) for record in came] == RECORDS[: len(came)]


@pytest.mark.parametrize("size", [10, 100, 1_000_000])
def test_records_come_with_their_positions_and_samples_whatever_the_pieces(size):
    [batch] = document_of(TEXT, size).batches()
    assert (batch.json_path, batch.first, len(batch.records)) == ("$.data", 0, 50)
    assert batch.sample() == RECORDS[:20]


def test_document_can_be_read_again_from_its_front():
    document = document_of(TEXT)
    assert next(document.batches()).first == 0
    assert sum(len(batch.records) for batch in document.batches()) == document.received == 50


def test_head_is_what_stands_around_the_lists():
    document = document_of({"status_code": 1000, "data": RECORDS, "more": {"page": 1}})
    list(document.batches())
    assert document.head == {"status_code": 1000, "data": [], "more": {"page": 1}}
    assert document.kinds == {LOCATION}


@pytest.mark.parametrize("around", ["{%s}", '{"data": {%s}}'])
@pytest.mark.parametrize(
    "lists", ['"locations": [{"evses": []}], "tariffs": []', '"Tariffs": [], "Locations": []']
)
def test_empty_list_of_tariffs_beside_the_locations_says_that_there_are_none(around, lists):
    document = document_of((around % lists).encode())
    list(document.batches())
    assert document.kinds == {LOCATION, TARIFF}


def test_empty_list_of_tariffs_inside_one_location_says_nothing_about_all():
    document = document_of({"data": raw_location(tariffs=[])})
    list(document.batches())
    assert document.kinds == {LOCATION}


@pytest.mark.parametrize("size", [2_000, 1_000_000])
def test_json_lines_are_records(size):
    lines = b"\n".join(json.dumps(record).encode() for record in RECORDS)
    assert found_in(lines, size) == [(LOCATION, "$", 50)]


@pytest.mark.parametrize("odd", [rb'"\xe5 \q"', b'"\xff"', b'"\x01"', rb'"\ud800"', b"1e999"])
def test_records_with_letters_that_are_no_json_are_still_known_by_their_shape(odd):
    record = json.dumps(raw_location(name="ODD")).encode().replace(b'"ODD"', odd)
    [batch] = document_of(b"[" + record + b"]").batches()
    assert (batch.object_type, batch.records) == (LOCATION, [record])
    assert batch.sample()[0]["id"] == "L1"


def test_records_that_cannot_be_read_at_all_have_no_sample():
    text = b'{"data": [{"id": NaN}, ' + b"[" * 100 + b"]" * 100 + b", tru]}"
    [batch] = document_of(text, wanted=LOCATION).batches()
    assert batch.sample() == [None, None, None]


def long_document(*, head=b'{"data": [', tail=b"]}", size_mb=5):
    """Return a document longer than what is held until its head is known."""
    record = json.dumps(raw_location(name="x" * 1_000)).encode()
    return head + b",".join([record] * (size_mb * 1_000_000 // len(record))) + tail


def test_long_document_is_handed_out_before_its_end_is_there():
    text, pulled = long_document(), []

    def chunks():
        for piece in pieces(text, 500_000):
            pulled.append(piece)
            yield piece

    batches = Document(chunks, max_bytes=LIMIT).batches()
    first = next(batches)
    assert sum(map(len, pulled)) < len(text)
    assert first.first == 0
    assert first.first + len(first.records) == next(batches).first


def test_long_document_that_ends_in_an_ocpi_error_is_refused():
    came, error = read_until_broken(long_document(tail=b'], "status_code": 2001}'), 500_000)
    assert len(came) > 1_000
    assert str(error) == "the OCPI server reports error 2001: no message"


def test_long_document_that_is_more_than_lists_is_refused():
    tail = b'], "more": "' + b"x" * 5_000_000 + b'"}'
    came, error = read_until_broken(long_document(tail=tail), 500_000)
    assert len(came) > 1_000
    assert "more than lists of records" in str(error)


def test_short_list_that_is_nothing_at_all_is_left_alone_in_a_long_document():
    text = long_document(head=b'{"errors": [{"code": 1}], "data": [')
    assert [path for _, path, _ in found_in(text, 500_000)] == ["$.data"]


def test_document_too_long_to_be_read_as_a_whole_is_refused():
    text = b'{"a": "' + b"x" * 70_000_000 + b'"}'
    _, error = read_until_broken(text, 1 << 20)
    assert str(error) in {
        "one record is larger than 32 MB",
        "the document is larger than 64 MB",
    }


def test_keyed_document_is_never_in_memory_beyond_the_limit():
    text = json.dumps({"data": {"a": raw_tariff(id="x" * 3_000), "b": raw_tariff()}}).encode()
    document = Document(lambda: iter([text]), max_bytes=3_000)
    with pytest.raises(BrokenAnswer, match="the document is larger than 0 MB"):
        list(document.batches())


LARGE = """
import json, resource
from pathlib import Path
from aggregator.formats.document import Document
from tests.formats.raw_records import raw_connector, raw_evse, raw_location

connectors = [raw_connector(id=str(n)) for n in range(4)]
record = json.dumps(raw_location(evses=[raw_evse(uid=f"E{n}", connectors=connectors)
                                        for n in range(10)])).encode()
NUMBER = 200_000_000 // len(record) + 1

def chunks():
    yield b'{"status_code": 1000, "data": [' + record
    for _ in range((NUMBER - 1) // 20):
        yield (b"," + record) * 20
    yield (b"," + record) * ((NUMBER - 1) % 20) + b"]}"

read, size = 0, 0
for batch in Document(chunks, max_bytes=10**9).batches():
    read += len(batch.records)
    size += sum(map(len, batch.records))
status = Path("/proc/self/status")
if status.exists():  # what getrusage says includes the process that started this one
    [peak] = [line.split()[1] for line in status.read_text().splitlines() if "VmHWM" in line]
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(read == NUMBER, size >= 200_000_000, int(peak) / 1_000)
"""


@pytest.mark.slow
def test_200_mb_document_is_read_in_less_than_300_mb_of_memory():
    child = subprocess.run(
        [sys.executable, "-c", LARGE], capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    is_complete, is_large, peak_mb = child.stdout.split()
    assert (is_complete, is_large) == ("True", "True")
    assert float(peak_mb) < 300


NAMELESS = [{"id": f"x{number}"} for number in range(20)]


@pytest.mark.parametrize("size", [700, 1_000_000])
@pytest.mark.parametrize("begin", [19, 20, 45])
def test_list_that_begins_with_other_things_is_known_by_its_key(begin, size):
    other = [{"id": f"x{number}"} for number in range(begin)]
    text = {"locations": [*other, *RECORDS], "tariffs": [raw_tariff()]}
    found = found_in(text, size)
    assert found == [(LOCATION, "$.locations", begin + 50), (TARIFF, "$.tariffs", 1)]


def test_list_that_begins_with_other_things_keeps_their_place():
    batches = document_of({"data": {"Locations": [*NAMELESS, *RECORDS]}}).batches()
    [batch] = batches
    assert (batch.json_path, batch.first) == ("$.data.Locations", 0)
    assert [json.loads(record) for record in batch.records] == [*NAMELESS, *RECORDS]


def test_list_under_another_key_that_begins_with_other_things_is_left_alone():
    text = {"errors": [*NAMELESS, *RECORDS], "tariffs": [raw_tariff()]}
    assert found_in(text) == [(TARIFF, "$.tariffs", 1)]


def test_list_of_the_wanted_records_that_begins_with_other_things_is_read():
    assert found_in({"data": [*NAMELESS, *RECORDS]}, wanted=LOCATION) == [
        (LOCATION, "$.data", 70),
    ]


def test_list_named_for_other_records_than_are_wanted_is_left_alone():
    text = {"locations": [*NAMELESS, *RECORDS], "tariffs": [raw_tariff()]}
    assert found_in(text, wanted=TARIFF) == [(TARIFF, "$.tariffs", 1)]


def test_long_list_that_begins_with_other_things_is_known_by_its_key():
    text = long_document(head=b'{"locations": [' + b'{"id": 1},' * 20, tail=b'], "more": 1}')
    [(kind, path, _)] = found_in(text, 500_000)
    assert (kind, path) == (LOCATION, "$.locations")
